(* Claims at exact values. Values of variables are equations, vectors are blocks; what a term is worth
   is arithmetic on numbers, their exponentials and logarithms. Order among these is decided by
   intervals whose ends are whole numbers `Z`: floats of the machine would be axioms. *)
From Coq Require Export Reals Lra Lia ZArith List Permutation Sorting.Sorted.
From Interval.Float Require Import Specific_stdz Specific_ops.
From Interval Require Import Tactic.
From SA Require Export Blocks.
Export ListNotations.
Module Floats := SpecificFloat StdZRadix2.
Module Intervals := Interval.Tactic.IntervalTactic Floats.
Export Interval.Tactic Intervals.
Open Scope R_scope.
Open Scope sa_scope.

(* ---- values of variables ---- *)
Lemma some_real (x : R) : exists v, v = x.
Proof. exists x; reflexivity. Qed.
Lemma some_whole z : (0 <= z)%Z -> exists n, Z.of_nat n = z.
Proof. intro H; exists (Z.to_nat z); apply Z2Nat.id; exact H. Qed.
Lemma counted_list l : forallb (fun b : block => Z.leb 0 (snd b)) l = true -> counted l.
Proof.
  intro H. apply Forall_forall; intros b Hb. rewrite forallb_forall in H. apply Z.leb_le. exact (H b Hb).
Qed.

(* f i = x for the next k indices, and so on *)
Fixpoint runs (f : nat -> R) (s : Z) (l : list block) : Prop :=
  match l with
  | nil => True
  | (x, k) :: r => (forall i, (s < Z.of_nat i <= s + k)%Z -> f i = x) /\ runs f (s + k) r
  end.
Lemma order_runs f n l z : forallb (fun b : block => Z.leb 0 (snd b)) l = true -> Z.of_nat n = z -> times l = z ->
  runs f 0 l -> in_order (mkvec n f) l.
Proof.
  intros C <- T H. apply counted_list in C. split; [exact C|].
  assert (G : forall s, runs f (Z.of_nat s) l -> map f (seq (S s) (Z.to_nat (times l))) = spread l).
  { clear T H n. induction C as [|(x, k) l K C IH]; intros s H; [reflexivity|].
    destruct H as (H1 & H2). pose proof (times_ge0 l C) as P. cbn [snd] in K.
    change (times ((x, k) :: l)) with (k + times l)%Z. cbn [spread flat_map fst snd]. fold (spread l).
    rewrite Z2Nat.inj_add, seq_app, map_app by assumption. f_equal.
    - transitivity (map (fun _ => x) (seq (S s) (Z.to_nat k))).
      + apply map_ext_in; intros i Hi. apply in_seq in Hi. apply H1; lia.
      + clear. generalize (S s). induction (Z.to_nat k) as [|m IH]; intro s0; [reflexivity|].
        cbn [seq map repeat]. f_equal; apply IH.
    - change (S s + Z.to_nat k)%nat with (S (s + Z.to_nat k)). apply IH. rewrite Nat2Z.inj_add, Z2Nat.id by exact K. exact H2. }
  specialize (G 0%nat H). rewrite T, Nat2Z.id in G. exact G.
Qed.
Lemma some_vector l : forallb (fun b : block => Z.leb 0 (snd b)) l = true ->
  exists W : nat -> R, (forall n, Z.of_nat n = times l -> in_order (mkvec n W) l) /\
    (Forall (fun b => 0 <= fst b) l -> forall i, 0 <= W i).
Proof.
  intro C. exists (fun i => nth (i - 1) (spread l) 0). split.
  - intros n E. apply counted_list in C. split; [exact C|]. unfold entries; cbn [len ent].
    assert (L : n = length (spread l)) by (apply Nat2Z.inj; rewrite spread_length by exact C; exact E).
    rewrite L. clear. apply nth_ext with 0 0; [rewrite map_length, seq_length; reflexivity|].
    intros i Hi. rewrite map_length, seq_length in Hi.
    rewrite (nth_indep _ 0 ((fun i => nth (i - 1) (spread l) 0) 0%nat)) by (rewrite map_length, seq_length; exact Hi).
    rewrite (map_nth (fun i => nth (i - 1) (spread l) 0)), seq_nth by exact Hi. f_equal; lia.
  - intros P i. assert (G : Forall (fun x => 0 <= x) (spread l)).
    { clear C. induction P as [|(x, k) r H P IH]; [constructor|]. cbn [spread flat_map fst snd]. apply Forall_app.
      split; [|exact IH]. apply Forall_forall; intros y Hy. apply repeat_spec in Hy. subst; exact H. }
    destruct (nth_in_or_default (i - 1) (spread l) 0) as [H| ->]; [|lra].
    rewrite Forall_forall in G. exact (G _ H).
Qed.
Lemma some_family (F : nat -> nat -> R) : exists W, W = F.
Proof. exists F; reflexivity. Qed.
Lemma family_ge0 (ws : list (nat -> R)) : Forall (fun w => forall i, 0 <= w i) ws ->
  forall t i, 0 <= nth (t - 1) ws (fun _ => 0) i.
Proof.
  intros H t i. rewrite Forall_forall in H. destruct (nth_in_or_default (t - 1) ws (fun _ => 0)) as [K| ->]; [|lra].
  exact (H _ K i).
Qed.

(* ---- what vectors are worth ---- *)
Lemma ent_run V l j x k i a : in_order V l -> nth_error l j = Some (x, k) -> times (firstn j l) = a ->
  (a < Z.of_nat i <= a + k)%Z -> ent V i = x.
Proof.
  intros B N A H. pose proof (len_times V l (order_blocks V l B)) as L.
  apply nth_error_split in N as (p & r & -> & P). assert (F : @firstn block j (p ++ (x, k) :: r) = p).
  { rewrite <- P, firstn_app, Nat.sub_diag, firstn_all. apply app_nil_r. }
  assert (T : times p = a) by (rewrite <- F; exact A). clear A. subst a. destruct B as (C & E). pose proof C as D. apply Forall_app in D as (D & K).
  inversion K as [|? ? K1 K2]. pose proof (times_ge0 p D). pose proof (times_ge0 r K2).
  rewrite (ent_order V _ i (Z.of_nat i) (conj C E) eq_refl).
  - rewrite value_at_app by (exact D || lia). cbn [value_at]. destruct (Z.leb_spec (Z.of_nat i - times p) k); [reflexivity|lia].
  - rewrite times_app in *. cbn [times fold_right snd] in *. fold (times r) in *. lia.
Qed.
Lemma order_of V n l z : in_order V l -> Z.of_nat n = z -> times l = z -> n = len V.
Proof. intros B N T. pose proof (len_times V l (order_blocks V l B)). lia. Qed.
Lemma blocks_len V l z : in_blocks V l -> times l = z -> INR (len V) = IZR z.
Proof. intros B <-; apply len_blocks; exact B. Qed.
Lemma inr_value n z : Z.of_nat n = z -> INR n = IZR z.
Proof. intros <-; apply INR_IZR_INZ. Qed.
Lemma sum_runs f n l : in_order (mkvec n f) l -> sum f n = bsum (fun x => x) l.
Proof. intro B. exact (sum_blocks (fun x => x) (mkvec n f) l n (order_blocks _ _ B) eq_refl). Qed.
(* f i = a + b i + c i^2 for the next k indices, and so on; the sum of that *)
Definition piece : Type := Z * (R * R * R).
Definition upto1 x := x * (x + 1) / 2.
Definition upto2 x := x * (x + 1) * (2 * x + 1) / 6.
Fixpoint rising (f : nat -> R) (s : Z) (l : list piece) : Prop :=
  match l with
  | nil => True
  | (k, (a, b, c)) :: r =>
      (forall i, (s < Z.of_nat i <= s + k)%Z -> f i = a + b * INR i + c * INR i ^ 2) /\ rising f (s + k) r
  end.
Fixpoint rising_sum (s : Z) (l : list piece) : R :=
  match l with
  | nil => 0
  | (k, (a, b, c)) :: r =>
      a * IZR k + b * (upto1 (IZR (s + k)) - upto1 (IZR s)) + c * (upto2 (IZR (s + k)) - upto2 (IZR s))
      + rising_sum (s + k) r
  end.
Lemma sum_piece f s m a b c :
  (forall i, (Z.of_nat s < Z.of_nat i <= Z.of_nat s + Z.of_nat m)%Z -> f i = a + b * INR i + c * INR i ^ 2) ->
  sum f (s + m) = sum f s + (a * INR m + b * (upto1 (INR (s + m)) - upto1 (INR s))
    + c * (upto2 (INR (s + m)) - upto2 (INR s))).
Proof.
  induction m as [|m IH]; intro H; [rewrite Nat.add_0_r; simpl (INR 0); lra|].
  rewrite Nat.add_succ_r. cbn [sum]. rewrite IH by (intros i Hi; apply H; lia). rewrite H by lia.
  rewrite !S_INR. unfold upto1, upto2. field.
Qed.
Lemma sum_rising f n l z : forallb (fun p : piece => Z.leb 0 (fst p)) l = true -> Z.of_nat n = z ->
  fold_right (fun (p : piece) s => (fst p + s)%Z) 0%Z l = z -> rising f 0 l -> sum f n = rising_sum 0 l.
Proof.
  intros C E T H. assert (G : forall s m, rising f (Z.of_nat s) l ->
    Z.of_nat m = fold_right (fun (p : piece) s => (fst p + s)%Z) 0%Z l ->
    sum f (s + m) = sum f s + rising_sum (Z.of_nat s) l).
  { clear E T H n z. induction l as [|(k, ((a, b), c)) l IH]; intros s m H M.
    - cbn [fold_right] in M. replace m with 0%nat by lia. rewrite Nat.add_0_r. cbn [rising_sum]. lra.
    - cbn [forallb fst] in C. apply andb_prop in C as (K & C). apply Z.leb_le in K.
      destruct H as (H1 & H2). cbn [fold_right fst] in M.
      assert (P : (0 <= fold_right (fun (p : piece) s => (fst p + s)%Z) 0%Z l)%Z).
      { clear - C. induction l as [|p l IH]; [cbn; lia|]. cbn [forallb fold_right] in *.
        apply andb_prop in C as (K & C). apply Z.leb_le in K. specialize (IH C). lia. }
      destruct (some_whole k K) as (w & <-). replace m with (w + (m - w))%nat by lia.
      rewrite Nat.add_assoc. rewrite (IH C (s + w)%nat (m - w)%nat);
        [|rewrite Nat2Z.inj_add; exact H2|rewrite Nat2Z.inj_sub by lia; lia].
      rewrite (sum_piece f s w a b c) by (intros i Hi; apply H1; lia). cbn [rising_sum].
      rewrite !INR_IZR_INZ, Nat2Z.inj_add. lra. }
  specialize (G 0%nat n H). rewrite T in G. specialize (G E). cbn [Nat.add sum] in G. rewrite G. simpl (Z.of_nat 0). lra.
Qed.
Lemma least_runs f n l m : in_order (mkvec n f) l -> one (fun x => x = m) l -> each (fun x => m <= x) l -> least f n = m.
Proof. intros B H K. exact (least_blocks (fun x => x) (mkvec n f) l n m (order_blocks _ _ B) eq_refl H K). Qed.
Lemma greatest_runs f n l m : in_order (mkvec n f) l -> one (fun x => x = m) l -> each (fun x => x <= m) l -> greatest f n = m.
Proof. intros B H K. exact (greatest_blocks (fun x => x) (mkvec n f) l n m (order_blocks _ _ B) eq_refl H K). Qed.
Lemma psum_value V l r e : in_blocks V l -> r = e -> psum V r = bsum (fun x => pw (Rabs x) e) l.
Proof. intros B ->; apply psum_blocks; exact B. Qed.
Lemma norm_value V r s e : psum V r = s -> / r = e -> norm V r = pw s e.
Proof. intros <- <-; reflexivity. Qed.
Lemma PQI_value V p q n e a b : INR (len V) = n -> / q - / p = e -> norm V p = a -> norm V q = b ->
  PQI V p q = 1 - pw n e * a / b.
Proof. intros <- <- <- <-; reflexivity. Qed.
Lemma atmost_value V l b c : in_blocks V l -> b = c -> atmost V b = bsum (fun x => if Rle_dec x c then 1 else 0) l.
Proof. intros B ->; apply atmost_blocks; exact B. Qed.
Lemma at_most_1 x b : x <= b -> (if Rle_dec x b then 1 else 0) = 1.
Proof. intro; destruct (Rle_dec x b); [reflexivity|contradiction]. Qed.
Lemma at_most_0 x b : b < x -> (if Rle_dec x b then 1 else 0) = 0.
Proof. intro; destruct (Rle_dec x b); [lra|reflexivity]. Qed.
Lemma in_order_same V l m : l = m -> in_order V l -> in_order V m.
Proof. intros ->; exact (fun h => h). Qed.
Lemma in_blocks_same V l m : l = m -> in_blocks V l -> in_blocks V m.
Proof. intros ->; exact (fun h => h). Qed.
Lemma take_out (l r : list block) x m : Permutation (l ++ r) m -> Permutation (l ++ x :: r) (x :: m).
Proof. intro P. apply Permutation_sym, Permutation_cons_app, Permutation_sym, P. Qed.

(* ---- what terms are worth ---- *)
Lemma abs_ge0 x v : x = v -> 0 <= v -> Rabs x = v.
Proof. intros ->; apply Rabs_pos_eq. Qed.
Lemma abs_le0 x v : x = v -> v <= 0 -> Rabs x = - v.
Proof. intros ->; apply Rabs_left1. Qed.
Lemma power_value b e v w : b = v -> e = w -> 0 < v -> pw b e = exp (w * ln v).
Proof. intros -> ->; apply pw_exp. Qed.
Lemma power_of_exp b e s w : b = exp s -> e = w -> pw b e = exp (w * s).
Proof. intros -> ->. rewrite pw_exp by apply exp_pos. rewrite ln_exp; reflexivity. Qed.
Lemma power_of_zero b e : b = 0 -> pw b e = 0.
Proof. intros ->; apply pw_0. Qed.
Lemma power_of_one b e : b = 1 -> pw b e = 1.
Proof. intros ->. rewrite pw_exp by lra. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.
Lemma power_zero b e v : b = v -> e = 0 -> v <> 0 -> pw b e = 1.
Proof. intros -> -> N. unfold pw. destruct (Req_EM_T v 0); [contradiction|]. unfold Rpower. rewrite Rmult_0_l. apply exp_0. Qed.
Lemma power_whole b e v n z : b = v -> e = IZR z -> Z.of_nat n = z -> 0 < v -> pw b e = v ^ n.
Proof.
  intros -> -> <- P. rewrite pw_exp, <- INR_IZR_INZ by exact P. rewrite <- (exp_ln v P) at 2.
  clear P. induction n as [|n IH]; [simpl pow; simpl INR; rewrite Rmult_0_l, exp_0; reflexivity|].
  rewrite S_INR. cbn [pow]. rewrite <- IH, <- exp_plus. f_equal; ring.
Qed.
Lemma power_below b e v n z : b = v -> e = IZR (- z) -> Z.of_nat n = z -> 0 < v -> pw b e = / v ^ n.
Proof.
  intros -> -> N P. rewrite <- (power_whole v (IZR z) v n z eq_refl eq_refl N P), !pw_exp by exact P.
  rewrite <- exp_Ropp, opp_IZR. f_equal; ring.
Qed.
Lemma exp_same a b : a = b -> exp a = exp b.
Proof. intros ->; reflexivity. Qed.
Lemma exp_of_number x u : x = u -> 0 < u -> x = exp (ln u).
Proof. intros -> P; rewrite exp_ln by exact P; reflexivity. Qed.
Lemma exp_of_product x s u : x = exp s * u -> 0 < u -> x = exp (s + ln u).
Proof. intros -> P. rewrite exp_plus, exp_ln by exact P; reflexivity. Qed.
Lemma exp_value x v : x = v -> exp x = exp v.
Proof. intros ->; reflexivity. Qed.
Lemma exp_zero x : x = 0 -> exp x = 1.
Proof. intros ->; apply exp_0. Qed.
Lemma ln_value x v : x = v -> ln x = ln v.
Proof. intros ->; reflexivity. Qed.
Lemma ln_one x : x = 1 -> ln x = 0.
Proof. intros ->; apply ln_1. Qed.
Lemma ln_of_exp x s : x = exp s -> ln x = s.
Proof. intros ->; apply ln_exp. Qed.
Lemma tanh_value x v w : x = v -> 2 * v = w -> tanh x = 1 - 2 / (exp w + 1).
Proof.
  intros -> <-. unfold tanh, sinh, cosh. rewrite exp_Ropp. replace (2 * v) with (v + v) by ring. rewrite exp_plus.
  pose proof (exp_pos v). assert (exp v * exp v + 1 <> 0) by nra. field; repeat split; try assumption; nra.
Qed.
Lemma ceil_at x v z : x = v -> IZR z - 1 < v -> v <= IZR z -> IZR (ceil x) = IZR z.
Proof. intros -> A B; f_equal; apply ceil_value; assumption. Qed.
Lemma onz_at f (x v : R) : x = v -> v <> 0 -> onz f x = f v.
Proof. intros ->; apply onz_nz. Qed.
Lemma onz_at_zero f x : x = 0 -> onz f x = 0.
Proof. intros ->; apply onz_0. Qed.
Lemma exp_power n z (s : R) : Z.of_nat n = z -> exp s ^ n = exp (IZR z * s).
Proof.
  intros <-. rewrite <- INR_IZR_INZ. induction n as [|n IH]; [simpl pow; simpl INR; rewrite Rmult_0_l, exp_0; reflexivity|].
  rewrite S_INR. cbn [pow]. rewrite IH, <- exp_plus. f_equal; ring.
Qed.
Lemma root_power x d z : 0 < x -> Z.of_nat d = z -> IZR z <> 0 -> exp (1 / IZR z * ln x) ^ d = x.
Proof.
  intros P D N. rewrite (exp_power d z _ D). replace (IZR z * (1 / IZR z * ln x)) with (ln x) by (field; exact N).
  apply exp_ln; exact P.
Qed.

(* ---- from values to statements ---- *)
Lemma at_lt (a b x y : R) : a = x -> b = y -> x < y -> a < b.
Proof. intros -> ->; exact (fun h => h). Qed.
Lemma at_le (a b x y : R) : a = x -> b = y -> x <= y -> a <= b.
Proof. intros -> ->; exact (fun h => h). Qed.
Lemma at_eq (a b x y : R) : a = x -> b = y -> x = y -> a = b.
Proof. intros -> ->; exact (fun h => h). Qed.
Lemma at_ne (a b x y : R) : a = x -> b = y -> x <> y -> a <> b.
Proof. intros -> ->; exact (fun h => h). Qed.
Lemma at_not_lt (a b x y : R) : a = x -> b = y -> y <= x -> ~ a < b.
Proof. intros -> ->; apply Rle_not_lt. Qed.
Lemma at_not_le (a b x y : R) : a = x -> b = y -> y < x -> ~ a <= b.
Proof. intros -> ->; apply Rlt_not_le. Qed.
Lemma at_not_eq (a b x y : R) : a = x -> b = y -> x <> y -> ~ a = b.
Proof. intros -> ->; exact (fun h => h). Qed.
Lemma at_not_ne (a b x y : R) : a = x -> b = y -> x = y -> ~ a <> b.
Proof. intros -> -> E N; exact (N E). Qed.

Ltac apart := first
  [ lra
  | (apply Rgt_not_eq; apply exp_pos)
  | (apply pow_nonzero; apart)
  | (apply Rmult_integral_contrapositive_currified; apart)
  | (apply Rgt_not_eq; interval with (i_prec 80%positive))
  | (apply Rlt_not_eq; interval with (i_prec 80%positive)) ].
(* two ways to write the same rational function *)
Ltac same_value := first [ reflexivity | ring | (field; repeat split; apart) ].
Ltac below bits := apply Rminus_lt; first
  [ interval with (i_prec bits)
  | interval with (i_prec (4 * bits)%positive)
  | interval with (i_prec (64 * bits)%positive) ].
Lemma one_index n a z : (a < Z.of_nat n <= z)%Z -> (a + 1 = z)%Z -> Z.of_nat n = z.
Proof. lia. Qed.
Lemma fst_transitive : Relations_1.Transitive (fun a b : block => fst a <= fst b).
Proof. intros a b c H K; lra. Qed.
