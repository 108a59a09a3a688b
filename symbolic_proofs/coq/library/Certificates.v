(* Facts about numbers: what certificates at a witness are proved with. Exact equality of products of
   powers of rational numbers; strict order by interval arithmetic over whole numbers alone. *)
From Coq Require Import Reals Lra Lia ZArith QArith Qreduction List Permutation Sorting.Sorted.
From Interval.Float Require Import Specific_stdz Specific_ops.
From Interval Require Import Tactic.
From SA Require Export Blocks.
Import ListNotations.
Open Scope R_scope.
Open Scope sa_scope.
(* floating point numbers made of whole ones: primitive ones would come with axioms of their own *)
Module FloatZ := SpecificFloat StdZRadix2.
Module IntervalZ := Interval.Tactic.IntervalTactic FloatZ.
Export Interval.Tactic IntervalZ.
(* without `i_prec` the tactic takes primitive numbers all the same *)
Ltac interval_at p := interval with (i_prec p).
Ltac by_interval := first [ interval_at 60%positive | interval_at 150%positive ].

(* ---- order ---- *)
Lemma lt_apart (a b : R) : 0 < b - a -> a < b. Proof. lra. Qed.
Lemma ne_below (a b : R) : a < b -> a <> b. Proof. lra. Qed.
Lemma ne_above (a b : R) : b < a -> a <> b. Proof. lra. Qed.
(* powers as exponentials, the innermost first *)
Ltac powers := repeat match goal with |- context [pw ?x ?e] =>
  lazymatch x with context [pw _ _] => fail | _ => idtac end;
  lazymatch e with context [pw _ _] => fail | _ => idtac end;
  first [ rewrite (pw_exp x e) by (first [ lra | by_interval ])
        | replace (pw x e) with 0 by (symmetry; replace x with 0 by (first [ lra | ring | field ]); apply pw_0) ]
  end.
Ltac absolutes := repeat match goal with |- context [Rabs ?x] =>
  lazymatch x with context [Rabs _] => fail | _ => idtac end;
  first [ rewrite (Rabs_pos_eq x) by (first [ lra | nra | by_interval ])
        | rewrite (Rabs_left1 x) by (first [ lra | nra | by_interval ]) ] end.
Ltac apart_at p := first [ interval_at p | apply lt_apart; interval_at p ].
Ltac ordered_at p := lazymatch goal with
  | |- _ < _ => apart_at p
  | |- _ <= _ => first [ left; apart_at p | interval_at p ]
  | |- _ <> _ => first [ apply ne_below; apart_at p | apply ne_above; apart_at p ]
  end.
(* a < b, a <= b, a <> b or a negation, of numbers that differ; more digits cost much more time *)
Ltac ordered := absolutes; first
  [ lra
  | lazymatch goal with
    | |- ~ _ < _ => apply Rle_not_lt
    | |- ~ _ <= _ => apply Rlt_not_le
    | _ => idtac
    end;
    powers; first [ ordered_at 60%positive | ordered_at 150%positive | ordered_at 500%positive ] ].

(* ---- exact equality of products of powers ---- *)
(* the prime factors of a whole number, each with its power; what small primes do not divide counts as one *)
Fixpoint divided (fuel : nat) (p n k : Z) : Z * Z :=
  match fuel with
  | O => (n, k)
  | S f => if Z.eqb (Z.modulo n p) 0 then divided f p (Z.div n p) (k + 1) else (n, k)
  end.
Fixpoint rooted (fuel : nat) (n k : Z) : list (Z * Z) :=
  match fuel with
  | O => [(n, k)]
  | S f => let r := Z.sqrt n in if Z.eqb (r * r) n then rooted f r (2 * k) else [(n, k)]
  end.
Fixpoint factored (fuel : nat) (p n : Z) : list (Z * Z) :=
  match fuel with
  | O => if Z.eqb n 1 then [] else rooted 6 n 1
  | S f =>
      if Z.ltb n (p * p) then if Z.eqb n 1 then [] else [(n, 1%Z)]
      else let (m, k) := divided 400 p n 0 in
           if Z.eqb k 0 then factored f (p + 1) n else (p, k) :: factored f (p + 1) m
  end.
Definition factors (q : Q) : list (Z * Z) := if Z.eqb (Qnum q) 0 then [] else
  factored 1000 2 (Qnum q) ++ map (fun f => (fst f, (- snd f)%Z)) (factored 1000 2 (Zpos (Qden q))).

Lemma pw_opp x e : 0 < x -> / pw x e = pw x (- e).
Proof.
  intro H. rewrite !pw_exp by exact H. rewrite <- exp_Ropp. f_equal. ring.
Qed.
(* the product of p^k over a list, by whole powers *)
Definition power (x : R) (k : Z) : R := match k with
  | Z0 => 1 | Zpos n => x ^ Pos.to_nat n | Zneg n => / x ^ Pos.to_nat n end.
Definition product (l : list (Z * Z)) : R := fold_right (fun f r => power (IZR (fst f)) (snd f) * r) 1 l.
Lemma power_pos x k : 0 < x -> 0 < power x k.
Proof.
  intro H; destruct k; cbn [power]; [lra|apply pow_lt; exact H|apply Rinv_0_lt_compat, pow_lt; exact H].
Qed.
Lemma ln_power x k : 0 < x -> ln (power x k) = IZR k * ln x.
Proof.
  intro H; destruct k as [|n|n]; cbn [power].
  - rewrite ln_1; lra.
  - rewrite ln_powN, INR_IPR by exact H. reflexivity.
  - rewrite ln_Rinv, ln_powN, INR_IPR by (try apply pow_lt; exact H). change (Zneg n) with (- Zpos n)%Z.
    rewrite opp_IZR. unfold IZR. lra.
Qed.
Definition positive (l : list (Z * Z)) : Prop := Forall (fun f => (0 < fst f)%Z) l.
Lemma product_pos l : positive l -> 0 < product l.
Proof.
  induction 1 as [|(p, k) l H C IH]; cbn [product fold_right fst snd] in *; [lra|].
  apply Rmult_lt_0_compat; [apply power_pos, IZR_lt; exact H|exact IH].
Qed.
(* a power of a product, by letters y = p^(1/D) with y^D = p *)
Definition letter (D p : Z) : R := pw (IZR p) (/ IZR D).
Lemma letter_pos D p : (0 < p)%Z -> 0 < letter D p.
Proof. intro; apply pw_pos, IZR_lt; assumption. Qed.
Lemma letter_power D p : (0 < D)%Z -> (0 < p)%Z -> letter D p ^ Z.to_nat D = IZR p.
Proof.
  intros H K. apply ln_inv; [apply pow_lt, letter_pos; exact K|apply IZR_lt; exact K|].
  rewrite ln_powN by (apply letter_pos; exact K). unfold letter. rewrite ln_pw by (apply IZR_lt; exact K).
  rewrite INR_Z by lia. field. apply not_0_IZR; lia.
Qed.
(* p^(k e), where k e D = a D + r, is p^a y^r *)
Definition lettered (D n : Z) (f : Z * Z) : R :=
  power (IZR (fst f)) (Z.div (snd f * n) D) * letter D (fst f) ^ Z.to_nat (Z.modulo (snd f * n) D).
Lemma pw_letters D n b e l : (0 < D)%Z -> positive l -> b = product l -> e = IZR n / IZR D ->
  pw b e = fold_right (fun f r => lettered D n f * r) 1 l.
Proof.
  intros HD P -> ->. pose proof (product_pos l P) as B.
  assert (L : 0 < fold_right (fun f r => lettered D n f * r) 1 l /\
    ln (fold_right (fun f r => lettered D n f * r) 1 l) = IZR n / IZR D * ln (product l)).
  { clear B. induction P as [|(p, k) l H P (IH & IE)]; cbn [product fold_right fst snd] in *.
    - split; [lra|]. rewrite ln_1; lra.
    - assert (K : 0 < IZR p) by (apply IZR_lt; exact H). fold (product l). pose proof (product_pos l P).
      assert (X : 0 < lettered D n (p, k)).
      { apply Rmult_lt_0_compat; [apply power_pos; exact K|apply pow_lt, letter_pos; exact H]. }
      split; [apply Rmult_lt_0_compat; assumption|]. rewrite ln_mult, IE by assumption.
      rewrite (ln_mult (power _ _)) by (try apply power_pos; assumption). rewrite ln_power by exact K.
      unfold lettered; cbn [fst snd]. rewrite ln_mult by (try apply power_pos; try apply pow_lt, letter_pos; assumption).
      rewrite ln_power, ln_powN by (try apply letter_pos; assumption). unfold letter. rewrite ln_pw by exact K.
      pose proof (Z.div_mod (k * n) D ltac:(lia)) as E. pose proof (Z.mod_pos_bound (k * n) D HD) as M.
      rewrite INR_Z by lia. apply (f_equal IZR) in E. rewrite plus_IZR, !mult_IZR in E.
      assert (N : IZR D <> 0) by (apply not_0_IZR; lia).
      replace (IZR n / IZR D * (IZR k * ln (IZR p) + ln (product l)))
        with (IZR k * IZR n / IZR D * ln (IZR p) + IZR n / IZR D * ln (product l)) by (field; exact N).
      rewrite E. field. exact N. }
  destruct L as (L & E). apply ln_inv; [apply pw_pos; exact B|exact L|]. rewrite ln_pw, E by exact B. reflexivity.
Qed.
Lemma ln_letters b l : positive l -> b = product l -> ln b = fold_right (fun f r => IZR (snd f) * ln (IZR (fst f)) + r) 0 l.
Proof.
  intros P ->. induction P as [|(p, k) l H P IH]; cbn [product fold_right fst snd] in *; [apply ln_1|].
  assert (K : 0 < IZR p) by (apply IZR_lt; exact H). fold (product l).
  rewrite ln_mult, ln_power, IH by (try apply power_pos; try apply product_pos; assumption). reflexivity.
Qed.

(* a closed expression in rational numbers as one of `Q`, or failure *)
Ltac rational e := lazymatch e with
  | IZR ?z => let v := eval vm_compute in (z # 1)%Q in v
  | INR ?n => let v := eval vm_compute in (Z.of_nat n # 1)%Q in v
  | ?a + ?b => let u := rational a in let v := rational b in eval vm_compute in (Qred (u + v)%Q)
  | ?a - ?b => let u := rational a in let v := rational b in eval vm_compute in (Qred (u - v)%Q)
  | ?a * ?b => let u := rational a in let v := rational b in eval vm_compute in (Qred (u * v)%Q)
  | ?a / ?b => let u := rational a in let v := rational b in eval vm_compute in (Qred (u / v)%Q)
  | - ?a => let u := rational a in eval vm_compute in (Qred (- u)%Q)
  | Rabs ?a => let u := rational a in
      lazymatch u with Qmake ?n ?d => eval vm_compute in (Z.abs n # d)%Q end
  | / ?a => let u := rational a in eval vm_compute in (Qred (/ u)%Q)
  | ?a ^ ?n => let u := rational a in eval vm_compute in (Qred (Qpower u (Z.of_nat n)))
  end.
(* the least common multiple of the exponents' denominators, and the primes under them *)
Ltac exponents t D := lazymatch t with
  | context C [pw ?b ?e] =>
      let rest := context C [0] in
      let m := match goal with
        | _ => let q := rational e in eval vm_compute in (Z.lcm D (Zpos (Qden q)))
        | _ => D end in
      exponents rest m
  | _ => D
  end.
Definition insert_prime (p : Z) (l : list Z) : list Z := if existsb (Z.eqb p) l then l else p :: l.
Ltac primes t l := lazymatch t with
  | context C [pw ?b ?e] =>
      let rest := context C [0] in
      let m := match goal with
        | _ => let q := rational b in
               eval vm_compute in (fold_right (fun f r => insert_prime (fst f) r) l (factors q))
        | _ => l end in
      primes rest m
  | _ => l
  end.
Ltac all_positive := unfold positive; repeat constructor.
Ltac reduced t := eval cbv - [Rmult Rinv Rplus IZR pow letter ln] in t.
Ltac is_product := cbv - [Rmult Rinv Rplus IZR pow Rdiv Rminus Ropp]; field.
(* 0 to any power; powers by whole exponents; powers of rational numbers by letters; divisors too *)
Lemma pw_zero b e : b = 0 -> pw b e = 0.
Proof. intros ->; apply pw_0. Qed.
Lemma pw_whole x e n : e = IZR (Zpos n) -> 0 <= x -> pw x e = x ^ Pos.to_nat n.
Proof.
  intros -> H. rewrite <- pw_nat by (exact H || apply Pos2Nat.is_pos). rewrite INR_IPR. reflexivity.
Qed.
(* a power that is a rational number *)
Definition exact_power (w e : Q) : option Q :=
  if Z.eqb (Qnum w) 0 then Some (0 # 1)%Q else
  let l := factors w in
  if forallb (fun f => Z.eqb (Z.modulo (snd f * Qnum e) (Zpos (Qden e))) 0) l
  then Some (Qred (fold_right (fun f r => (Qpower (fst f # 1) (snd f * Qnum e / Zpos (Qden e)) * r)%Q) (1 # 1)%Q l))
  else None.
Ltac in_R q := lazymatch q with
  | Qmake ?n 1 => constr:(IZR n)
  | Qmake ?n ?d => constr:(IZR n / IZR (Zpos d)) end.
Ltac exact_powers := repeat match goal with |- context [pw ?b ?e] =>
  let q := rational e in let w := rational b in
  let v := eval vm_compute in (exact_power w q) in
  lazymatch v with Some ?v =>
    let x := in_R v in
    replace (pw b e) with x by (symmetry; first
      [ (replace b with 0 by (first [ lra | field ]); apply pw_0)
      | let n := eval vm_compute in (Qnum q) in let D := eval vm_compute in (Zpos (Qden q)) in
        let l := eval vm_compute in (factors w) in
        let r := reduced (fold_right (fun f r => lettered D n f * r) 1 l) in
        transitivity r;
          [ refine (pw_letters D n b e l eq_refl ltac:(all_positive) _ _); [ is_product | field ] | field ] ])
  end end.
Ltac whole_exponents := repeat match goal with |- context [pw ?b ?e] =>
  let q := rational e in
  lazymatch q with Qmake (Zpos ?n) 1%positive =>
    tryif (let w := rational b in idtac) then fail
    else (rewrite (pw_whole b e n) by (first [ reflexivity | lra | field | nng | (left; by_interval) ]);
          let k := eval cbv in (Pos.to_nat n) in change (Pos.to_nat n) with k)
  end end.
Ltac no_divisors := unfold Rdiv; repeat match goal with |- context [/ pw ?b ?e] =>
  rewrite (pw_opp b e) by (first [ lra | nra | pos | by_interval ]) end.
Ltac in_letters D := repeat match goal with |- context [pw ?b ?e] =>
  let q := rational e in let w := rational b in
  lazymatch w with
  | Qmake Z0 _ => rewrite (pw_zero b e) by (first [ lra | field ])
  | _ =>
      let n := eval vm_compute in (Qnum q * Z.div D (Zpos (Qden q)))%Z in
      let l := eval vm_compute in (factors w) in
      let r := reduced (fold_right (fun f r => lettered D n f * r) 1 l) in
      replace (pw b e) with r by (symmetry; refine (pw_letters D n b e l eq_refl ltac:(all_positive) _ _);
        [ is_product | field ])
  end end.
Ltac in_logs := repeat match goal with |- context [ln ?b] =>
  let w := rational b in
  let l := eval vm_compute in (factors w) in
  lazymatch b with
  | IZR ?p => lazymatch l with cons (p, 1%Z) nil => fail | _ => idtac end
  | _ => idtac end;
  let r := reduced (fold_right (fun f r => IZR (snd f) * ln (IZR (fst f)) + r) 0 l) in
  replace (ln b) with r by (symmetry; refine (ln_letters b l ltac:(all_positive) _); is_product) end.
(* the letters' equations y^D = p and y > 0, then k *)
Ltac equations D l k := lazymatch l with
  | nil => k
  | cons ?p ?rest =>
      let n := eval cbv in (Z.to_nat D) in
      pose proof (letter_power D p eq_refl eq_refl : letter D p ^ n = IZR p);
      pose proof (letter_pos D p eq_refl); equations D rest k
  end.
(* divisors are not 0: by their structure, or as numbers *)
Ltac divisors := repeat split; first [ neq0 | unfold letter; ordered ].
Ltac by_field := first
  [ ring | (field; divisors)
  | lazymatch goal with
    | A : _ ^ _ = IZR _, B : _ ^ _ = IZR _, C : _ ^ _ = IZR _, D : _ ^ _ = IZR _ |- _ =>
        first [ ring [A B C D] | (field [A B C D]; divisors) ]
    | A : _ ^ _ = IZR _, B : _ ^ _ = IZR _, C : _ ^ _ = IZR _ |- _ =>
        first [ ring [A B C] | (field [A B C]; divisors) ]
    | A : _ ^ _ = IZR _, B : _ ^ _ = IZR _ |- _ => first [ ring [A B] | (field [A B]; divisors) ]
    | A : _ ^ _ = IZR _ |- _ => first [ ring [A] | (field [A]; divisors) ]
    end ].
(* a = b, of sums of products of rational powers of rational numbers and of their logarithms *)
Ltac equal_numbers := absolutes; rewrite ?pw_0; exact_powers; whole_exponents; no_divisors; in_logs;
  first
  [ reflexivity | ring | (field; divisors)
  | lazymatch goal with |- ?a = ?b =>
      let D := exponents (a - b) 1%Z in
      let l := primes (a - b) (@nil Z) in
      in_letters D; equations D l ltac:(by_field)
    end ].

(* ---- vectors of blocks ---- *)
(* a natural number, made of small numerals and of whole ones, as a whole number *)
Ltac whole_of n := lazymatch n with
  | Z.to_nat ?z => z
  | Nat.add ?a ?b => let u := whole_of a in let v := whole_of b in constr:((u + v)%Z)
  | Nat.mul ?a ?b => let u := whole_of a in let v := whole_of b in constr:((u * v)%Z)
  | Nat.sub ?a ?b => let u := whole_of a in let v := whole_of b in constr:((u - v)%Z)
  | Nat.pow ?a ?b => let u := whole_of a in let v := whole_of b in constr:((u ^ v)%Z)
  | len (mkvec ?k _) => whole_of k
  | len (rep _ ?k) => whole_of k
  | len (vmap _ ?V) => whole_of (len V)
  | len (sorted ?V) => whole_of (len V)
  | len (cat ?U ?V) => let u := whole_of (len U) in let v := whole_of (len V) in constr:((u + v)%Z)
  | _ => let z := eval vm_compute in (Z.of_nat n) in z
  end.
(* Z.of_nat n = z, for a z that is still to be found or is given; nothing is computed in unary numbers *)
Ltac whole_value := lazymatch goal with |- Z.of_nat ?n = ?z =>
  let w := whole_of n in let v := eval vm_compute in w in
  transitivity v; [| reflexivity ]; lengths;
  lazymatch goal with
  | |- context [Nat.sub _ _] => lia
  | _ =>
      repeat first [ rewrite Nat2Z.inj_add | rewrite Nat2Z.inj_mul | rewrite Nat2Z.inj_pow
                   | rewrite Z2Nat.id by (apply Zle_bool_imp_le; reflexivity) ];
      lazymatch goal with |- context [Z.to_nat _] => lia | _ => reflexivity end
  end end.
Ltac same_count := lengths; lazymatch goal with
  | |- ?n = ?n => reflexivity
  | |- ?n = ?m =>
      let w := whole_of n in let v := eval vm_compute in w in
      apply Nat2Z.inj; transitivity v; [ whole_value | symmetry; whole_value ] end.
(* what a vector is made of, found along its structure *)
Ltac made := lazymatch goal with
  | |- in_blocks (mkvec _ (ent _)) _ => apply blocks_vec; [ same_count | made ]
  | |- in_blocks (rep _ _) _ => apply blocks_rep; whole_value
  | |- in_blocks (cat _ _) _ => apply blocks_cat; made
  | |- in_blocks (vmap _ _) _ => apply blocks_map; made
  | |- in_blocks (sorted _) _ => apply blocks_sorted; made
  | |- in_blocks (steps (fun _ => _) 0) _ => apply blocks_none
  | |- in_blocks (steps (fun _ => ?V) _) _ => apply blocks_copies; [ made | whole_value ]
  | |- in_blocks (steps _ (S _)) _ => apply blocks_step; [ reflexivity | made | cbv beta; made ]
  end.
Ltac made_in_order := lazymatch goal with
  | |- in_order (mkvec _ (ent _)) _ => apply order_vec; [ same_count | made_in_order ]
  | |- in_order (rep _ _) _ => apply order_rep; whole_value
  | |- in_order (cat _ _) _ => apply order_cat; made_in_order
  | |- in_order (vmap _ _) _ => apply order_map; made_in_order
  | |- in_order (steps (fun _ => _) 0) _ => apply order_none
  | |- in_order (steps (fun _ => rep _ _) _) _ => eapply order_of_one; [ made_in_order | whole_value | reflexivity ]
  | |- in_order (steps _ (S _)) _ => apply order_step; [ reflexivity | made_in_order | cbv beta; made_in_order ]
  end.
(* E : e = r puts r in the place of e, where e stands as written: to look for it up to computation
   would compute in unary numbers *)
Ltac put_in e E := lazymatch type of E with _ = ?r =>
  pattern e; lazymatch goal with |- ?P e => refine (@eq_ind_r _ r P _ e E) end; cbv beta end.
(* prove in_blocks V l for an l to be found, and go on with its name *)
Ltac with_blocks V k :=
  let l := fresh "l" in let B := fresh "B" in
  evar (l : list block); assert (B : in_blocks V l) by (subst l; made); subst l;
  cbn [app map fst snd] in B; k B.
Lemma perm_value (a b : block) l front rest : fst a = fst b -> snd a = snd b ->
  Permutation l (front ++ rest) -> Permutation (a :: l) (front ++ b :: rest).
Proof. destruct a, b; cbn [fst snd]; intros -> ->; apply Permutation_cons_app. Qed.
(* the same blocks in another order, their values perhaps written in another way *)
Ltac permuted := cbn [app]; lazymatch goal with
  | |- Permutation nil nil => apply perm_nil
  | |- Permutation (_ :: _) ?m => pick m (@nil block)
  end
with pick m before := lazymatch m with cons ?b ?rest =>
  first
  [ let front := eval cbv [rev app] in (rev before) in
    apply (perm_value _ b _ front rest);
      [ cbn [fst]; first [ reflexivity | lra | equal_numbers ] | reflexivity | permuted ]
  | pick rest (cons b before) ] end.
Ltac ascend := repeat lazymatch goal with
  | |- StronglySorted _ nil => apply SSorted_nil
  | |- StronglySorted _ (_ :: _) => apply SSorted_cons
  | |- Forall _ nil => apply Forall_nil
  | |- Forall _ (_ :: _) => apply Forall_cons
  end; cbn [fst snd]; ordered.
(* the sorted entries are those of blocks given in ascending order *)
Ltac made_sorted := apply order_sorted;
  [ eapply blocks_perm; [ made | cbn [app map fst snd]; permuted ] | ascend ].
(* what is nonzero, or at most a bound, is decided at each value *)
Ltac decide_values := unfold onz; repeat match goal with
  | |- context [Req_EM_T ?a ?b] =>
      let H := fresh in destruct (Req_EM_T a b) as [H|H];
      [ try (exfalso; revert H; first [ lra | change (a <> b); ordered ])
      | try (exfalso; apply H; first [ lra | equal_numbers ]) ]; clear H
  | |- context [Rle_dec ?a ?b] =>
      let H := fresh in destruct (Rle_dec a b) as [H|H];
      [ try (exfalso; revert H; apply Rlt_not_le; ordered) | try (exfalso; apply H; ordered) ]; clear H
  end.
(* closed arithmetic on whole numbers *)
Ltac computed := cbn [bsum osum spreads value_at times fold_right map app fst snd andb]; repeat match goal with
  | |- context [Z.leb ?a ?b] => let v := eval vm_compute in (Z.leb a b) in change (Z.leb a b) with v
  | |- context [Z.ltb ?a ?b] => let v := eval vm_compute in (Z.ltb a b) in change (Z.ltb a b) with v
  | |- context [Z.add ?a ?b] => let v := eval vm_compute in (Z.add a b) in change (Z.add a b) with v
  | |- context [Z.sub ?a ?b] => let v := eval vm_compute in (Z.sub a b) in change (Z.sub a b) with v
  | |- context [Z.mul ?a ?b] => let v := eval vm_compute in (Z.mul a b) in change (Z.mul a b) with v
  | _ => progress cbn [osum spreads value_at andb]
  end.
(* for all blocks, for some block: by `t` at its value *)
Ltac each_block t := unfold each; repeat lazymatch goal with
  | |- Forall _ (_ :: _) => apply Forall_cons; [ cbn [fst snd]; first [ left; reflexivity | right; t ] |]
  end; apply Forall_nil.
Ltac one_block t := unfold one; first
  [ apply Exists_cons_hd; cbn [fst snd]; split; [ reflexivity | t ] | apply Exists_cons_tl; one_block t ].
(* goals nonzero V, constant V and their negations *)
Ltac is_nonzero := lazymatch goal with
  | |- nonzero ?V => with_blocks V ltac:(fun B => apply (nonzero_blocks V _ B); one_block ltac:(ordered))
  | |- ~ nonzero ?V => with_blocks V ltac:(fun B => apply (zero_blocks V _ B); each_block ltac:(lra))
  end.
Ltac a_magnitude l := lazymatch l with
  | cons (?x, Zpos _) _ => constr:(Rabs x)
  | cons _ ?r => a_magnitude r
  | nil => constr:(0)
  end.
Ltac is_constant := lazymatch goal with
  | |- constant ?V => with_blocks V ltac:(fun B => lazymatch type of B with in_blocks _ ?l =>
      let c := a_magnitude l in apply (constant_blocks V _ c B); each_block ltac:(absolutes; lra) end)
  | |- ~ constant ?V => with_blocks V ltac:(fun B => lazymatch type of B with in_blocks _ ?l =>
      let c := a_magnitude l in apply (not_constant_blocks V _ c B);
        [ one_block ltac:(absolutes; lra) | one_block ltac:(ordered) ] end)
  end.
(* blocks with rational values, put in ascending order *)
Fixpoint put (a : Q * Z) (l : list (Q * Z)) : list (Q * Z) :=
  match l with nil => [a] | b :: r => if Qle_bool (fst a) (fst b) then a :: l else b :: put a r end.
Ltac rational_blocks l := lazymatch l with
  | nil => constr:(@nil (Q * Z))
  | cons (?x, ?k) ?r => let q := rational x in let m := rational_blocks r in constr:(cons (q, k) m)
  end.
Ltac real_blocks l := lazymatch l with
  | nil => constr:(@nil block)
  | cons (Qmake ?n 1, ?k) ?r => let m := real_blocks r in constr:(cons (IZR n, k) m)
  | cons (Qmake ?n ?d, ?k) ?r => let m := real_blocks r in constr:(cons (IZR n / IZR (Zpos d), k) m)
  end.
(* prove in_order (sorted V) l for an l to be found, and go on with its name *)
Ltac with_sorted V k :=
  with_blocks V ltac:(fun A => lazymatch type of A with in_blocks _ ?l =>
    let q := rational_blocks l in
    let o := eval vm_compute in (fold_right put nil q) in
    let m := real_blocks o in
    let B := fresh "B" in
    assert (B : in_order (sorted V) m) by
      (apply order_sorted; [ apply (blocks_perm _ _ _ A); permuted | ascend ]);
    clear A; k B end).
(* goal window V k = w, by the sorted entries; the same for a w to be found *)
Ltac window_is B := eapply (window_blocks _ _ _ _ _ B);
  [ whole_value | computed; lia
  | computed; repeat first [ apply Exists_cons_hd; lra | apply Exists_cons_tl ]
  | computed; repeat lazymatch goal with
      | |- Forall _ (_ :: _) => apply Forall_cons; [ ordered |]
      end; apply Forall_nil ].
Ltac window_value V k :=
  with_sorted V ltac:(fun B => lazymatch type of B with in_order _ ?l =>
    let w := whole_of k in let z := eval vm_compute in w in
    let d := eval cbn [spreads times fold_right fst snd] in (spreads z l 0 l) in
    let d := eval cbv [spreads value_at times fold_right fst snd andb Z.leb Z.ltb Z.compare Z.add Z.sub Z.opp
      Z.pos_sub Pos.compare Pos.compare_cont Pos.add Pos.succ Pos.add_carry Pos.sub Pos.sub_mask Pos.pred_double
      Pos.double_mask Pos.succ_double_mask Pos.double_pred_mask Pos.pred_mask Z.double Z.succ_double Z.pred_double]
      in (spreads z l 0 l) in
    window_among B V k d; clear B end)
with window_among B V k d := lazymatch d with cons ?w ?r =>
  first [ let E := fresh in assert (E : window V k = w) by (window_is B); put_in (window V k) E; clear E
        | window_among B V k r ] end.
(* goal least (fun i => F (ent V i)) n = m, or greatest; the same for an m to be found *)
Ltac extreme_by F V B := first
  [ apply (least_blocks F V _ _ _ B) | apply (greatest_blocks F V _ _ _ B) ];
  [ same_count | one_block ltac:(first [ lra | equal_numbers ]) | each_block ltac:(ordered) ].
Ltac extreme_is F V := with_blocks V ltac:(fun B => extreme_by F V B).
Ltac extreme_value e F V := with_blocks V ltac:(fun B => lazymatch type of B with in_blocks _ ?l =>
    extreme_among e F V B l; clear B end)
with extreme_among e F V B l := lazymatch l with cons (?x, _) ?r =>
  first [ let E := fresh in let m := eval cbv beta in (F x) in
          assert (E : e = m) by (extreme_by F V B); put_in e E; clear E
        | extreme_among e F V B r ] end.
(* goal for every i from 1 to n: P (ent V i), or for some *)
Ltac every_is P V := with_blocks V ltac:(fun B => apply (every_blocks P V _ _ B); [ same_count | each_block ltac:(ordered) ]).
Ltac some_is P V := with_blocks V ltac:(fun B => apply (some_blocks P V _ _ B); [ same_count | one_block ltac:(ordered) ]).
(* f as a function of ent V i alone; fails where f uses its index by itself *)
Ltac of_entry f V := let P := eval pattern (ent V) in f in
  lazymatch P with ?g _ =>
    let F := eval cbv beta in (fun x : R => g (fun _ : nat => x) 0%nat) in
    let G := eval cbv beta in (fun x : R => g (fun _ : nat => x) 1%nat) in
    lazymatch G with F => F end
  end.
(* ceil x = z, and that for a rational x *)
Ltac ceiling_is x z := replace (ceil x) with z by (symmetry; apply ceil_value; ordered).
Ltac ceilings := repeat match goal with |- context [ceil ?x] =>
  let q := rational x in
  let z := eval vm_compute in (- (Qnum (- q) / Zpos (Qden (- q))))%Z in ceiling_is x z end.
(* the larger or the smaller of two numbers, where it is seen which *)
Ltac roughly := first [ lra | absolutes; powers; ordered_at 60%positive ].
Ltac larger_or_smaller := repeat match goal with
  | |- context [Rmax ?a ?b] => lazymatch a with context [Rmax _ _] => fail | _ => idtac end; first
      [ rewrite (Rmax_left a b) by roughly | rewrite (Rmax_right a b) by roughly
      | rewrite (Rmax_left a b) by (right; equal_numbers) ]
  | |- context [Rmin ?a ?b] => lazymatch a with context [Rmin _ _] => fail | _ => idtac end; first
      [ rewrite (Rmin_left a b) by roughly | rewrite (Rmin_right a b) by roughly
      | rewrite (Rmin_left a b) by (right; equal_numbers) ]
  end.
(* sum f n, least f n, greatest f n for a small numeral n *)
Ltac written_out e n := lazymatch n with
  | O => idtac
  | S _ => idtac
  end;
  let v := eval cbn [sum least greatest] in e in change e with v; cbv beta iota.
Ltac with_order V k :=
  let l := fresh "l" in let B := fresh "B" in
  evar (l : list block); assert (B : in_order V l) by (subst l; made_in_order); subst l;
  cbn [app map fst snd] in B; k B.
Ltac paired t := cbn [app map fst snd length Nat.add pairs]; computed; repeat lazymatch goal with
  | |- Forall _ (_ :: _) => apply Forall_cons; [ cbn [fst snd]; t |]
  end; apply Forall_nil.
(* two vectors of other lengths, or that differ where a block begins *)
Ltac begins l z := lazymatch l with
  | nil => constr:(@nil Z)
  | cons (_, ?k) ?r =>
      let w := eval vm_compute in (z + k)%Z in let m := begins r w in
      let y := eval vm_compute in (z + 1)%Z in constr:(cons y m)
  end.
Ltac differ U V by_length by_place t :=
  with_order U ltac:(fun A => with_order V ltac:(fun B =>
    lazymatch type of A with in_order _ ?l => lazymatch type of B with in_order _ ?m =>
      first
      [ apply (by_length U V l m); [ apply order_blocks; exact A | apply order_blocks; exact B | computed; lia ]
      | let p := begins l 0%Z in let q := begins m 0%Z in
        let places := eval cbv [app] in (p ++ q) in
        differ_at U V A B by_place places t ]
    end end))
with differ_at U V A B by_place places t := lazymatch places with cons ?z ?r =>
  first [ apply (by_place U V _ _ z A B); [ computed; lia | computed; lia | computed; t ]
        | differ_at U V A B by_place r t ] end.
(* psum, norm, index, counts, lengths and sums over entries of vectors of blocks, down to arithmetic *)
(* a sum over entries whose body is a polynomial in the index too *)
Ltac weighted f V n := let P := eval pattern (ent V), INR in f in
  lazymatch P with ?g _ _ =>
    let h := eval cbv beta in (fun t x : R => g (fun _ : nat => x) (fun _ : nat => t) 0%nat) in
    let h' := eval cbv beta in (fun t x : R => g (fun _ : nat => x) (fun _ : nat => t) 1%nat) in
    lazymatch h' with h => idtac end;
    let A := eval cbv beta in (fun x : R => h 0 x) in
    let C := eval cbv beta in (fun x : R => (h 2 x - 2 * h 1 x + h 0 x) / 2) in
    let B := eval cbv beta in (fun x : R => h 1 x - h 0 x - (h 2 x - 2 * h 1 x + h 0 x) / 2) in
    let k := ltac:(fun O => put_in (sum f n) (sum_weighted h A B C V _ n
      ltac:(intros; cbv beta; first [ ring | field; divisors ]) O ltac:(same_count)); clear O) in
    lazymatch V with sorted ?W => with_sorted W k | _ => with_order V k end
  end.
(* a sum over pairs of entries of one vector *)
Ltac of_pairs b V k n := let P := eval pattern (ent V) in b in
  lazymatch P with ?g _ =>
    let F := eval cbv beta iota delta [Nat.even] in
      (fun x y : R => g (fun i : nat => if Nat.even i then x else y) 0%nat 1%nat) in
    let G := eval cbv beta iota delta [Nat.even] in
      (fun x y : R => g (fun i : nat => if Nat.even i then x else y) 2%nat 3%nat) in
    lazymatch G with F => idtac end;
    let e := eval cbv beta in (sum (fun i => sum (fun j => b i j) k) n) in
    with_blocks V ltac:(fun B => put_in e
        (sum_blocks2 F V V _ _ n k B B ltac:(same_count) ltac:(same_count)); clear B)
  end.
Ltac values := ceilings; repeat match goal with
  | |- context [INR ?n] =>
      let w := whole_of n in let v := eval vm_compute in w in
      let E := fresh in assert (E : INR n = IZR v)
        by (exact (eq_trans (INR_IZR_INZ n) (f_equal IZR (ltac:(whole_value) : Z.of_nat n = v))));
      put_in (INR n) E; clear E
  | |- context [PQI ?V ?p ?q] => with_blocks V ltac:(fun B => put_in (PQI V p q) (PQI_blocks V _ p q B); clear B)
  | |- context [norm ?V ?r] => with_blocks V ltac:(fun B => put_in (norm V r) (norm_blocks V _ r B); clear B)
  | |- context [psum ?V ?r] => with_blocks V ltac:(fun B => put_in (psum V r) (psum_blocks V _ r B); clear B)
  | |- context [nzcount ?V] => with_blocks V ltac:(fun B => put_in (nzcount V) (nzcount_blocks V _ B); clear B)
  | |- context [nztotal ?f ?V] => with_blocks V ltac:(fun B => put_in (nztotal f V) (nztotal_blocks f V _ B); clear B)
  | |- context [atmost ?V ?b] => with_blocks V ltac:(fun B => put_in (atmost V b) (atmost_blocks V _ b B); clear B)
  | |- context [bsum _ _] => progress computed
  | |- context [window ?V ?k] => window_value V k
  | |- context [sum (fun i => sum (fun j => @?b i j) ?k) ?n] => lazymatch b with context [ent ?V] => of_pairs b V k n end
  | |- context [sum ?f ?n] => lazymatch f with context [sum _ _] => fail | context [ent ?V] =>
      let F := of_entry f V in with_blocks V ltac:(fun B =>
        put_in (sum f n) (sum_blocks F V _ n B ltac:(same_count)); clear B) end
  | |- context [least ?f ?n] => lazymatch f with context [ent ?V] =>
      let F := of_entry f V in extreme_value (least f n) F V end
  | |- context [greatest ?f ?n] => lazymatch f with context [ent ?V] =>
      let F := of_entry f V in extreme_value (greatest f n) F V end
  | |- context [sum ?f ?n] => lazymatch f with context [sum _ _] => fail | context [ent ?V] => weighted f V n end
  (* what is no sum over entries is written out *)
  | |- context [sum ?f ?n] => written_out (sum f n) n
  | |- context [least ?f ?n] => written_out (least f n) n
  | |- context [greatest ?f ?n] => written_out (greatest f n) n
  | |- context [ent (sorted ?V) ?i] => let w := whole_of i in let z := eval vm_compute in w in
      with_sorted V ltac:(fun B =>
        put_in (ent (sorted V) i) (ent_sorted_order V _ i z B ltac:(whole_value) ltac:(lia)); clear B);
      computed
  | |- context [ent ?V ?i] => let w := whole_of i in let z := eval vm_compute in w in
      with_order V ltac:(fun B =>
        put_in (ent V i) (ent_order V _ i z B ltac:(whole_value) ltac:(computed; lia)); clear B);
      computed
  end; computed; ceilings; decide_values; absolutes; rewrite ?pw_0; exact_powers; larger_or_smaller.

(* ---- closed statements ---- *)
Ltac equal_sides := first [ lra | equal_numbers ].
(* a relation of numbers, or that it does not hold, at a witness *)
Ltac relation := lazymatch goal with
  | |- _ = _ :> R => values; equal_sides
  | |- _ < _ => values; ordered
  | |- _ <= _ => values; first [ lra | (powers; ordered_at 60%positive) | (right; equal_sides) | ordered ]
  | |- _ <> _ => values; ordered
  end.
(* a statement without variables, or that it does not hold: by its parts, down to relations; what is
   said of each index is shown for one after the other, or of the values of the vector it speaks of *)
Ltac certified := cbv beta iota; lazymatch goal with
  | |- True => exact I
  | |- nonzero _ => is_nonzero
  | |- ~ nonzero _ => is_nonzero
  | |- constant _ => is_constant
  | |- ~ constant _ => is_constant
  | |- same_zeros _ _ => eapply same_zeros_blocks;
      [ made_in_order | made_in_order | computed; reflexivity | paired ltac:(split; intro; lra) ]
  | |- same_vector _ _ => eapply same_vector_blocks;
      [ made_in_order | made_in_order | computed; reflexivity | paired ltac:(equal_sides) ]
  | |- ~ same_zeros ?U ?V => differ U V not_same_zeros_length not_same_zeros_at ltac:(intros [? ?]; lra)
  | |- ~ same_vector ?U ?V => differ U V not_same_vector_length not_same_vector_at ltac:(ordered)
  | |- (_ <= _ <= _)%nat => lia
  | |- (_ <= _)%nat => lia
  | |- _ = _ :> R => relation
  | |- _ <> _ :> R => relation
  | |- _ < _ => relation
  | |- _ <= _ => relation
  | |- ~ _ < _ => apply Rle_not_lt; relation
  | |- ~ _ <= _ => apply Rlt_not_le; relation
  | |- ~ _ <> _ => let N := fresh in intro N; apply N; clear N; relation
  | |- ~ ~ _ => let N := fresh in intro N; apply N; clear N; certified
  | |- _ /\ _ => split; certified
  | |- ~ (?A /\ ?B) => let N := fresh in first
      [ (assert (N : ~ A) by certified); intros [? ?]; contradiction
      | (assert (N : ~ B) by certified); intros [? ?]; contradiction ]
  | |- ?A <-> ?B => let N := fresh in let M := fresh in first
      [ (assert (N : A) by certified); (assert (M : B) by certified); tauto
      | (assert (N : ~ A) by certified); (assert (M : ~ B) by certified); tauto ]
  | |- ~ (?A <-> ?B) => let N := fresh in let M := fresh in first
      [ (assert (N : A) by certified); (assert (M : ~ B) by certified); tauto
      | (assert (N : ~ A) by certified); (assert (M : B) by certified); tauto ]
  | |- forall i : nat, (1 <= i <= ?n)%nat -> _ => first [ every_value | every_index n ]
  | |- exists i : nat, (1 <= i <= ?n)%nat /\ _ => first [ some_value | some_index n ]
  | |- ~ (forall i : nat, (1 <= i <= ?n)%nat -> _) => not_every_index n
  | |- ~ (exists i : nat, (1 <= i <= ?n)%nat /\ _) => not_some_index n
  | |- ?A -> _ => let N := fresh in first
      [ intros _; certified | (assert (N : ~ A) by certified); intro; contradiction ]
  | |- ~ (?A -> ?B) => let N := fresh in let M := fresh in
      (assert (N : A) by certified); (assert (M : ~ B) by certified); tauto
  end
with every_value := lazymatch goal with |- forall i, _ -> @?P i => lazymatch P with context [ent ?V] =>
    let Q := of_entry P V in
    with_blocks V ltac:(fun B => apply (every_blocks Q V _ _ B); [ same_count | each_block ltac:(certified) ])
  end end
with some_value := lazymatch goal with |- exists i, _ /\ @?P i => lazymatch P with context [ent ?V] =>
    let Q := of_entry P V in
    with_blocks V ltac:(fun B => apply (some_blocks Q V _ _ B); [ same_count | one_block ltac:(certified) ])
  end end
with every_index n :=
  let i := fresh "i" in let H := fresh in intros i H; each_index i n n H ltac:(certified)
(* i is one of 1 .. n, by H; then t, for each *)
with each_index i n k H t := lazymatch k with
  | O => exfalso; lia
  | S ?m => let E := fresh in destruct (Nat.eq_dec i k) as [E|E];
      [ rewrite E in *; clear E H; t | each_index i n m H t ]
  end
with some_index n := lazymatch n with S ?m =>
  first [ exists n; split; [ lia | certified ] | some_index m ] end
with not_every_index n := lazymatch n with S ?m => first
  [ let N := fresh in let M := fresh in
    intro N; assert (M := N n ltac:(lia)); clear N; revert M;
    lazymatch goal with |- ?A -> False => change (~ A) end; certified
  | not_every_index m ] end
with not_some_index n :=
  let i := fresh "i" in let H := fresh in let M := fresh in intros (i & H & M); revert M;
  each_index i n n H ltac:(lazymatch goal with |- ?A -> False => change (~ A) end; certified).
