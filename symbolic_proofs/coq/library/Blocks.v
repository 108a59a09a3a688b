(* Vectors that are made of a few values, each repeated many times: sums, counts, extremes, sorted
   sums and windows come down to arithmetic on the values. Times are whole numbers `Z`, which are as
   short as their digits; a natural number of that size is never written out. *)
From Coq Require Import Reals Lra Lia ZArith List Permutation Sorting.Sorted.
From SA Require Export Sorted.
Import ListNotations.
Open Scope R_scope.
Open Scope sa_scope.

(* a value and how often it stands; all of them as a list; how many there are *)
Notation block := (R * Z)%type.
Definition spread (l : list block) : list R := flat_map (fun b => repeat (fst b) (Z.to_nat (snd b))) l.
Definition counted (l : list block) : Prop := Forall (fun b => (0 <= snd b)%Z) l.
Definition times (l : list block) : Z := fold_right (fun b s => (snd b + s)%Z) 0%Z l.
(* the entries are those of the blocks, in any order; in this order *)
Definition in_blocks (V : vec) (l : list block) : Prop := counted l /\ Permutation (entries V) (spread l).
Definition in_order (V : vec) (l : list block) : Prop := counted l /\ entries V = spread l.

Lemma order_blocks V l : in_order V l -> in_blocks V l.
Proof. intros (C & E); split; [exact C|rewrite E; reflexivity]. Qed.
Lemma spread_app l m : spread (l ++ m) = spread l ++ spread m.
Proof. unfold spread; rewrite flat_map_app; reflexivity. Qed.
Lemma map_of_repeat (f : R -> R) x k : map f (repeat x k) = repeat (f x) k.
Proof. induction k; cbn [repeat map]; congruence. Qed.
Lemma spread_map f l : spread (map (fun b => (f (fst b), snd b)) l) = map f (spread l).
Proof.
  unfold spread. induction l as [|(x, k) l IH]; [reflexivity|]. cbn [map flat_map fst snd].
  rewrite map_app, IH, map_of_repeat; reflexivity.
Qed.
Lemma counted_map f l : counted l -> counted (map (fun b => (f (fst b), snd b)) l).
Proof. unfold counted; rewrite Forall_map; exact (fun h => h). Qed.
Lemma spread_length l : counted l -> Z.of_nat (length (spread l)) = times l.
Proof.
  induction 1 as [|(x, k) l H C IH]; [reflexivity|]. cbn [spread flat_map times fold_right fst snd] in *.
  rewrite app_length, repeat_length, Nat2Z.inj_add, Z2Nat.id by exact H. f_equal; exact IH.
Qed.

(* ---- what a vector is made of ---- *)
Lemma order_rep x n z : Z.of_nat n = z -> in_order (rep x n) [(x, z)].
Proof.
  intros <-. split; [repeat constructor; cbn; lia|]. rewrite entries_rep. cbn [spread flat_map fst snd].
  rewrite Nat2Z.id, app_nil_r; reflexivity.
Qed.
Lemma order_cat U V l m : in_order U l -> in_order V m -> in_order (cat U V) (l ++ m).
Proof.
  intros (C & E) (D & F); split; [apply Forall_app; split; assumption|].
  rewrite entries_cat, spread_app, E, F; reflexivity.
Qed.
Lemma order_map f V l : in_order V l -> in_order (vmap f V) (map (fun b => (f (fst b), snd b)) l).
Proof. intros (C & E); split; [apply counted_map; exact C|]. rewrite entries_map, spread_map, E; reflexivity. Qed.
Lemma order_vec V n l : n = len V -> in_order V l -> in_order (mkvec n (ent V)) l.
Proof. intros ->; exact (fun h => h). Qed.
Lemma order_none V : in_order (steps V 0) nil.
Proof. split; [constructor|]. unfold entries; cbn [len steps]. rewrite Nat.mul_0_r; reflexivity. Qed.
Lemma order_step V T l m : (forall t, len (V t) = len (V 1%nat)) ->
  in_order (steps V T) l -> in_order (V (S T)) m -> in_order (steps V (S T)) (l ++ m).
Proof.
  intros L (C & E) (D & F); split; [apply Forall_app; split; assumption|].
  rewrite entries_steps, seq_S, flat_map_app, <- entries_steps by exact L.
  cbn [flat_map Nat.add]. rewrite app_nil_r, spread_app, E, F; reflexivity.
Qed.
Lemma order_of_one V T x k z w : in_order V [(x, k)] -> Z.of_nat T = z -> (k * z)%Z = w ->
  in_order (steps (fun _ => V) T) [(x, w)].
Proof.
  intros (C & E) <- <-. inversion C as [|? ? K]; cbn [snd] in K. split; [repeat constructor; cbn; lia|].
  rewrite entries_copies, E. cbn [spread flat_map fst snd]. rewrite !app_nil_r.
  rewrite Z2Nat.inj_mul, Nat2Z.id by lia. rewrite Nat.mul_comm. clear.
  induction T as [|T IH]; [reflexivity|]. cbn [repeat concat Nat.mul]. rewrite IH, repeat_app; reflexivity.
Qed.
Lemma order_part V l x a b r : in_order V (l ++ (x, (a + b)%Z) :: r) -> (0 <= a)%Z -> (0 <= b)%Z ->
  in_order V (l ++ (x, a) :: (x, b) :: r).
Proof.
  intros (C & E) Ha Hb. apply Forall_app in C as (C & D). inversion D; subst. split.
  - apply Forall_app; split; [exact C|]. repeat constructor; assumption.
  - rewrite E, !spread_app. f_equal. cbn [spread flat_map fst snd].
    rewrite Z2Nat.inj_add, repeat_app, <- app_assoc by assumption; reflexivity.
Qed.

Lemma blocks_rep x n z : Z.of_nat n = z -> in_blocks (rep x n) [(x, z)].
Proof. intro; apply order_blocks, order_rep; assumption. Qed.
Lemma blocks_cat U V l m : in_blocks U l -> in_blocks V m -> in_blocks (cat U V) (l ++ m).
Proof.
  intros (C & E) (D & F); split; [apply Forall_app; split; assumption|].
  rewrite entries_cat, spread_app, E, F; reflexivity.
Qed.
Lemma blocks_map f V l : in_blocks V l -> in_blocks (vmap f V) (map (fun b => (f (fst b), snd b)) l).
Proof.
  intros (C & E); split; [apply counted_map; exact C|]. rewrite entries_map, spread_map, E; reflexivity.
Qed.
Lemma blocks_vec V n l : n = len V -> in_blocks V l -> in_blocks (mkvec n (ent V)) l.
Proof. intros ->; exact (fun h => h). Qed.
Lemma blocks_sorted V l : in_blocks V l -> in_blocks (sorted V) l.
Proof.
  intros (C & E); split; [exact C|]. rewrite entries_sorted, <- E. apply ascending_perm.
Qed.
Lemma blocks_perm V l m : in_blocks V l -> Permutation l m -> in_blocks V m.
Proof.
  intros (C & E) P; split; [|rewrite E; apply Permutation_flat_map; exact P].
  unfold counted in *; rewrite Forall_forall in *. intros b Hb. apply C. apply (Permutation_in _ (Permutation_sym P) Hb).
Qed.
Lemma blocks_copies V T l z : in_blocks V l -> Z.of_nat T = z ->
  in_blocks (steps (fun _ => V) T) (map (fun b => (fst b, (snd b * z)%Z)) l).
Proof.
  intros (C & E) <-. split.
  - unfold counted in *; rewrite Forall_map, Forall_forall in *. intros b Hb. specialize (C b Hb). cbn; lia.
  - rewrite entries_copies. rewrite (perm_concat _ _ T E). clear E.
    induction C as [|(x, k) l K C IH].
    + cbn [map spread flat_map]. induction T as [|T IH]; [reflexivity|exact IH].
    + cbn [map spread flat_map fst snd] in *. fold (spread l) in *. rewrite <- IH. clear IH.
      rewrite Z2Nat.inj_mul, Nat2Z.id by (cbn in K; lia). rewrite Nat.mul_comm.
      induction T as [|T IH]; [reflexivity|]. cbn [repeat concat Nat.mul].
      rewrite IH, repeat_app, <- !app_assoc. apply Permutation_app_head.
      rewrite !app_assoc. apply Permutation_app_tail, Permutation_app_comm.
Qed.
Lemma blocks_none V : in_blocks (steps V 0) nil.
Proof. apply order_blocks, order_none. Qed.
Lemma blocks_step V T l m : (forall t, len (V t) = len (V 1%nat)) ->
  in_blocks (steps V T) l -> in_blocks (V (S T)) m -> in_blocks (steps V (S T)) (l ++ m).
Proof.
  intros L (C & E) (D & F); split; [apply Forall_app; split; assumption|].
  rewrite entries_steps, seq_S, flat_map_app, <- entries_steps by exact L.
  cbn [flat_map Nat.add]. rewrite app_nil_r, spread_app, E, F; reflexivity.
Qed.

(* ---- sums and counts ---- *)
Definition bsum (F : R -> R) (l : list block) : R := fold_right (fun b s => IZR (snd b) * F (fst b) + s) 0 l.
Lemma total_repeat x k : total (repeat x k) = INR k * x.
Proof.
  induction k as [|k IH]; [cbn [repeat]; change (total nil) with 0; simpl; lra|].
  cbn [repeat]. change (x + total (repeat x k) = INR (S k) * x). rewrite IH, S_INR; lra.
Qed.
Lemma total_spread F l : counted l -> total (map F (spread l)) = bsum F l.
Proof.
  induction 1 as [|(x, k) l H C IH]; [reflexivity|]. cbn [spread flat_map fst snd bsum fold_right] in *.
  fold (spread l). fold (bsum F l). rewrite map_app, total_app, IH, map_of_repeat, total_repeat, INR_Z by exact H. reflexivity.
Qed.
Lemma sum_blocks (F : R -> R) V l n : in_blocks V l -> n = len V ->
  sum (fun i => F (ent V i)) n = bsum F l.
Proof.
  intros (C & E) N. rewrite (sum_entries F V n N), (total_perm _ _ (Permutation_map F E)).
  apply total_spread; exact C.
Qed.
Lemma sum_blocks2 (F : R -> R -> R) U V l m n k : in_blocks U l -> in_blocks V m -> n = len U -> k = len V ->
  sum (fun i => sum (fun j => F (ent U i) (ent V j)) k) n = bsum (fun x => bsum (F x) m) l.
Proof.
  intros A B N K. rewrite <- (sum_blocks (fun x => bsum (F x) m) U l n A N).
  apply sum_ext; intros i _. exact (sum_blocks (F (ent U i)) V m k B K).
Qed.
Lemma len_blocks V l : in_blocks V l -> INR (len V) = IZR (times l).
Proof.
  intros (C & E). rewrite <- entries_length, (Permutation_length E), INR_IZR_INZ, spread_length by exact C.
  reflexivity.
Qed.
Lemma len_times V l : in_blocks V l -> Z.of_nat (len V) = times l.
Proof. intros (C & E). rewrite <- entries_length, (Permutation_length E). apply spread_length; exact C. Qed.
Lemma psum_blocks V l r : in_blocks V l -> psum V r = bsum (fun x => pw (Rabs x) r) l.
Proof. intro B; exact (sum_blocks (fun x => pw (Rabs x) r) V l _ B eq_refl). Qed.
Lemma norm_blocks V l r : in_blocks V l -> norm V r = pw (bsum (fun x => pw (Rabs x) r) l) (/ r).
Proof. intro B; unfold norm; rewrite (psum_blocks V l r B); reflexivity. Qed.
Lemma PQI_blocks V l p q : in_blocks V l -> PQI V p q =
  1 - pw (IZR (times l)) (/ q - / p) * pw (bsum (fun x => pw (Rabs x) p) l) (/ p)
      / pw (bsum (fun x => pw (Rabs x) q) l) (/ q).
Proof. intro B; unfold PQI; rewrite (len_blocks V l B), !(norm_blocks V l _ B); reflexivity. Qed.
Lemma nztotal_blocks f V l : in_blocks V l -> nztotal f V = bsum (onz f) l.
Proof. intro B; exact (sum_blocks (onz f) V l _ B eq_refl). Qed.
Lemma nzcount_blocks V l : in_blocks V l -> nzcount V = bsum (onz (fun _ => 1)) l.
Proof. apply nztotal_blocks. Qed.
Lemma atmost_blocks V l b : in_blocks V l -> atmost V b = bsum (fun x => if Rle_dec x b then 1 else 0) l.
Proof. intro B; exact (sum_blocks (fun x => if Rle_dec x b then 1 else 0) V l _ B eq_refl). Qed.
Lemma bsum_same F G l : Forall (fun b => F (fst b) = G (fst b)) l -> bsum F l = bsum G l.
Proof. induction 1 as [|b l E _ IH]; [reflexivity|]. cbn [bsum fold_right]. fold (bsum F l) (bsum G l). rewrite E, IH; reflexivity. Qed.

(* ---- what holds of every entry, or of some ---- *)
Lemma in_spread x l : In x (spread l) <-> exists k, In (x, k) l /\ (0 < k)%Z.
Proof.
  unfold spread; rewrite in_flat_map. split.
  - intros ((y, k) & H & K). cbn [fst snd] in K. pose proof (repeat_spec _ _ _ K) as E. subst y.
    exists k; split; [exact H|]. destruct (Z.to_nat k) eqn:Z; [destruct K|lia].
  - intros (k & H & K). exists (x, k); split; [exact H|]. cbn [fst snd].
    destruct (Z.to_nat k) eqn:Z; [lia|left; reflexivity].
Qed.
Lemma in_entries x V : In x (entries V) <-> exists i, (1 <= i <= len V)%nat /\ ent V i = x.
Proof.
  unfold entries; rewrite in_map_iff. split.
  - intros (i & E & H). apply in_seq in H. exists i; split; [lia|exact E].
  - intros (i & H & E). exists i; split; [exact E|apply in_seq; lia].
Qed.
Lemma entry_in_blocks V l x : in_blocks V l ->
  (exists i, (1 <= i <= len V)%nat /\ ent V i = x) <-> (exists k, In (x, k) l /\ (0 < k)%Z).
Proof.
  intros (C & E). rewrite <- in_entries, <- in_spread.
  split; apply Permutation_in; [exact E|symmetry; exact E].
Qed.
(* for each block: it is empty, or P holds of its value; some block is not empty and P holds of it *)
Definition each (P : R -> Prop) (l : list block) : Prop := Forall (fun b => snd b = 0%Z \/ P (fst b)) l.
Definition one (P : R -> Prop) (l : list block) : Prop := Exists (fun b => (0 < snd b)%Z /\ P (fst b)) l.
Lemma every_blocks (P : R -> Prop) V l n : in_blocks V l -> n = len V -> each P l ->
  forall i, (1 <= i <= n)%nat -> P (ent V i).
Proof.
  intros B -> H i Hi. destruct (proj1 (entry_in_blocks V l (ent V i) B)) as (k & K & Hk); [exists i; split; [exact Hi|reflexivity]|].
  unfold each in H; rewrite Forall_forall in H. destruct (H _ K) as [Z|Q]; [cbn in Z; lia|exact Q].
Qed.
Lemma some_blocks (P : R -> Prop) V l n : in_blocks V l -> n = len V -> one P l ->
  exists i, (1 <= i <= n)%nat /\ P (ent V i).
Proof.
  intros B -> H. unfold one in H; rewrite Exists_exists in H. destruct H as ((x, k) & K & Hk & Q).
  destruct (proj2 (entry_in_blocks V l x B)) as (i & Hi & E); [exists k; split; assumption|].
  exists i; split; [exact Hi|rewrite E; exact Q].
Qed.
Lemma not_every_blocks (P : R -> Prop) V l n : in_blocks V l -> n = len V -> one (fun x => ~ P x) l ->
  ~ forall i, (1 <= i <= n)%nat -> P (ent V i).
Proof. intros B N H K. destruct (some_blocks _ V l n B N H) as (i & Hi & Q). exact (Q (K i Hi)). Qed.
Lemma not_some_blocks (P : R -> Prop) V l n : in_blocks V l -> n = len V -> each (fun x => ~ P x) l ->
  ~ exists i, (1 <= i <= n)%nat /\ P (ent V i).
Proof. intros B N H (i & Hi & Q). exact (every_blocks _ V l n B N H i Hi Q). Qed.
Lemma nonzero_blocks V l : in_blocks V l -> one (fun x => x <> 0) l -> nonzero V.
Proof. intros B; exact (some_blocks (fun x => x <> 0) V l _ B eq_refl). Qed.
Lemma zero_blocks V l : in_blocks V l -> each (fun x => x = 0) l -> ~ nonzero V.
Proof.
  intros B H (i & Hi & N). apply N. exact (every_blocks (fun x => x = 0) V l _ B eq_refl H i Hi).
Qed.
Lemma constant_blocks V l c : in_blocks V l -> each (fun x => Rabs x = c) l -> constant V.
Proof.
  intros B H i Hi. pose proof (every_blocks (fun x => Rabs x = c) V l _ B eq_refl H) as E.
  rewrite (E i Hi), (E 1%nat) by lia; reflexivity.
Qed.
Lemma not_constant_blocks V l c : in_blocks V l -> one (fun x => Rabs x = c) l ->
  one (fun x => Rabs x <> c) l -> ~ constant V.
Proof.
  intros B H K C. destruct (some_blocks _ V l _ B eq_refl H) as (i & Hi & E).
  destruct (some_blocks _ V l _ B eq_refl K) as (j & Hj & N). apply N. rewrite (C j Hj), <- (C i Hi); exact E.
Qed.

(* ---- extremes ---- *)
Lemma least_blocks (F : R -> R) V l n m : in_blocks V l -> n = len V ->
  one (fun x => F x = m) l -> each (fun x => m <= F x) l -> least (fun i => F (ent V i)) n = m.
Proof.
  intros B N H K. destruct (some_blocks _ V l n B N H) as (i & Hi & E). apply Rle_antisym.
  - rewrite <- E. apply (least_le (fun i => F (ent V i)) i n Hi).
  - apply least_bound; [lia|]. exact (every_blocks (fun x => m <= F x) V l n B N K).
Qed.
Lemma greatest_blocks (F : R -> R) V l n m : in_blocks V l -> n = len V ->
  one (fun x => F x = m) l -> each (fun x => F x <= m) l -> greatest (fun i => F (ent V i)) n = m.
Proof.
  intros B N H K. destruct (some_blocks _ V l n B N H) as (i & Hi & E). apply Rle_antisym.
  - apply greatest_bound; [lia|]. exact (every_blocks (fun x => F x <= m) V l n B N K).
  - rewrite <- E. apply (greatest_ge (fun i => F (ent V i)) i n Hi).
Qed.

(* ---- in ascending order ---- *)
Lemma asc_spread_blocks l : StronglySorted (fun a b => fst a <= fst b) l -> Asc (spread l).
Proof.
  induction 1 as [|(x, k) l H IH A]; [constructor|]. cbn [spread flat_map fst snd]. apply asc_repeat; [exact IH|].
  rewrite Forall_forall in A. intros y Hy. apply in_spread in Hy as (j & Hy & _). exact (A _ Hy).
Qed.
Lemma order_sorted V l : in_blocks V l -> StronglySorted (fun a b => fst a <= fst b) l -> in_order (sorted V) l.
Proof.
  intros (C & E) A; split; [exact C|]. rewrite entries_sorted. apply ascending_of; [exact E|].
  apply asc_spread_blocks; exact A.
Qed.
(* the value that stands at a place, counted from 1 *)
Fixpoint value_at (l : list block) (z : Z) : R :=
  match l with nil => 0 | (x, k) :: r => if Z.leb z k then x else value_at r (z - k) end.
Lemma nth_spread_blocks l z : counted l -> (1 <= z)%Z ->
  nth (Z.to_nat (z - 1)) (spread l) 0 = value_at l z.
Proof.
  intro C. revert z. induction C as [|(x, k) l K C IH]; intros z Hz; [destruct (Z.to_nat (z - 1)); reflexivity|].
  cbn [spread flat_map fst snd value_at] in *. fold (spread l). destruct (Z.leb_spec z k) as [H|H].
  - rewrite app_nth1 by (rewrite repeat_length; lia). apply (repeat_spec (Z.to_nat k)), nth_In. rewrite repeat_length; lia.
  - rewrite app_nth2 by (rewrite repeat_length; lia). rewrite repeat_length, <- IH by lia. f_equal; lia.
Qed.
Lemma ent_order V l i z : in_order V l -> Z.of_nat i = z -> (1 <= z <= times l)%Z -> ent V i = value_at l z.
Proof.
  intros B <- H. pose proof (len_times V l (order_blocks V l B)) as L. destruct B as (C & E).
  rewrite <- nth_entries by lia. rewrite E, <- nth_spread_blocks by (exact C || lia). f_equal; lia.
Qed.
Lemma ent_sorted_order V l i z : in_order (sorted V) l -> Z.of_nat i = z -> (1 <= z)%Z ->
  ent (sorted V) i = value_at l z.
Proof.
  intros (C & E) <- H. rewrite ent_sorted, <- entries_sorted, E, <- nth_spread_blocks by (exact C || lia).
  f_equal; lia.
Qed.

(* a sum of g(i) f(v_i), g a function of the index whose sums G are known *)
Fixpoint osum (G : R -> R) (F : R -> R) (s : Z) (l : list block) : R :=
  match l with nil => 0 | (x, k) :: r => (G (IZR (s + k)) - G (IZR s)) * F x + osum G F (s + k) r end.
Fixpoint lsum (g : R -> R) (F : R -> R) (s : nat) (l : list R) : R :=
  match l with nil => 0 | x :: r => g (INR (S s)) * F x + lsum g F (S s) r end.
Lemma lsum_app g F s l m : lsum g F s (l ++ m) = lsum g F s l + lsum g F (s + length l) m.
Proof.
  revert s. induction l as [|x l IH]; intro s; cbn [app lsum length]; [rewrite Nat.add_0_r; lra|].
  rewrite IH, Nat.add_succ_r. cbn [Nat.add]. lra.
Qed.
Lemma lsum_entries g F V : lsum g F 0 (entries V) = sum (fun i => g (INR i) * F (ent V i)) (len V).
Proof.
  unfold entries. generalize (len V). induction n as [|n IH]; [reflexivity|].
  rewrite seq_S, map_app, lsum_app, IH, map_length, seq_length. cbn [map lsum sum Nat.add]. lra.
Qed.
Lemma lsum_repeat g G F x k s : (forall n, sum (fun i => g (INR i)) n = G (INR n)) ->
  lsum g F s (repeat x k) = (G (INR (s + k)) - G (INR s)) * F x.
Proof.
  intro HG. revert s. induction k as [|k IH]; intro s; cbn [repeat lsum]; [rewrite Nat.add_0_r; lra|].
  rewrite IH, Nat.add_succ_r. cbn [Nat.add]. pose proof (HG (S s)) as A. cbn [sum] in A. rewrite HG in A.
  replace (g (INR (S s))) with (G (INR (S s)) - G (INR s)) by lra. ring.
Qed.
Lemma sum_order (g G F : R -> R) V l n : (forall n, sum (fun i => g (INR i)) n = G (INR n)) ->
  in_order V l -> n = len V -> sum (fun i => g (INR i) * F (ent V i)) n = osum G F 0 l.
Proof.
  intros HG (C & E) ->. rewrite <- lsum_entries, E. clear E.
  assert (S : forall s, lsum g F s (spread l) = osum G F (Z.of_nat s) l).
  { induction C as [|(x, k) l K C IH]; intro s; [reflexivity|]. cbn [spread flat_map fst snd osum] in *.
    fold (spread l). rewrite lsum_app, (lsum_repeat g G) by exact HG. rewrite repeat_length, IH.
    rewrite !INR_IZR_INZ, Nat2Z.inj_add, Z2Nat.id by exact K. reflexivity. }
  exact (S 0%nat).
Qed.
Lemma sum_index n : sum (fun i => INR i) n = INR n * (INR n + 1) / 2.
Proof. induction n; [simpl; lra|]. cbn [sum]. rewrite IHn, S_INR. lra. Qed.
Lemma sum_square n : sum (fun i => INR i ^ 2) n = INR n * (INR n + 1) * (2 * INR n + 1) / 6.
Proof. induction n; [simpl; lra|]. cbn [sum]. rewrite IHn, S_INR. simpl pow. nra. Qed.
Lemma sum_order_index F V l n : in_order V l -> n = len V ->
  sum (fun i => INR i * F (ent V i)) n = osum (fun x => x * (x + 1) / 2) F 0 l.
Proof. exact (sum_order (fun x => x) (fun x => x * (x + 1) / 2) F V l n sum_index). Qed.
Lemma sum_order_square F V l n : in_order V l -> n = len V ->
  sum (fun i => INR i ^ 2 * F (ent V i)) n = osum (fun x => x * (x + 1) * (2 * x + 1) / 6) F 0 l.
Proof. exact (sum_order (fun x => x ^ 2) (fun x => x * (x + 1) * (2 * x + 1) / 6) F V l n sum_square). Qed.

(* the same for a body that is a polynomial in the index, of second degree at most *)
Lemma sum_weighted (f : R -> R -> R) A B C V l n :
  (forall t x, f t x = A x + t * B x + t ^ 2 * C x) -> in_order V l -> n = len V ->
  sum (fun i => f (INR i) (ent V i)) n =
  bsum A l + osum (fun x => x * (x + 1) / 2) B 0 l + osum (fun x => x * (x + 1) * (2 * x + 1) / 6) C 0 l.
Proof.
  intros E O N. rewrite <- (sum_blocks A V l n (order_blocks V l O) N), <- (sum_order_index B V l n O N),
    <- (sum_order_square C V l n O N), <- !sum_plus. apply sum_ext; intros i _. apply E.
Qed.

(* ---- shortest windows: the shortest begins where a block does ---- *)
Fixpoint spreads (k : Z) (whole : list block) (a : Z) (l : list block) : list R :=
  match l with
  | nil => nil
  | (x, c) :: r =>
      if (Z.ltb 0 c && Z.leb (a + k) (times whole))%bool
      then (value_at whole (a + k) - x) :: spreads k whole (a + c) r
      else spreads k whole (a + c) r
  end.
Lemma times_app l m : times (l ++ m) = (times l + times m)%Z.
Proof. induction l as [|b l IH]; [reflexivity|]. cbn [app times fold_right] in *. fold (times (l ++ m)) (times l) in *. lia. Qed.
Lemma times_ge0 l : counted l -> (0 <= times l)%Z.
Proof. induction 1 as [|b l H C IH]; [reflexivity|]. cbn [times fold_right]. fold (times l). lia. Qed.
Lemma value_at_app p l z : counted p -> (times p < z)%Z -> value_at (p ++ l) z = value_at l (z - times p).
Proof.
  intro C. revert z. induction C as [|(x, k) p K C IH]; intros z H; [cbn [app times fold_right]; f_equal; lia|].
  cbn [app value_at times fold_right fst snd] in *. fold (times p) in *. pose proof (times_ge0 p C).
  destruct (Z.leb_spec z k); [lia|]. rewrite IH by lia. f_equal; lia.
Qed.
Lemma spread_is k whole p l d : whole = p ++ l -> counted whole -> (1 <= k)%Z ->
  In d (spreads k whole (times p) l) ->
  exists s, (1 <= s)%Z /\ (s + k - 1 <= times whole)%Z /\ d = value_at whole (s + k - 1) - value_at whole s.
Proof.
  intros E C Hk. revert p E. induction l as [|(x, c) l IH]; intros p E H; [destruct H|].
  assert (T : times (p ++ [(x, c)]) = (times p + c)%Z) by (rewrite times_app; cbn; lia).
  assert (E' : whole = (p ++ [(x, c)]) ++ l) by (rewrite <- app_assoc; exact E).
  assert (P : counted p) by (rewrite E in C; apply Forall_app in C; tauto).
  pose proof (times_ge0 p P). cbn [spreads] in H. rewrite <- T in H.
  destruct (Z.ltb_spec 0 c); cbn [andb] in H; [|exact (IH _ E' H)].
  destruct (Z.leb_spec (times p + k) (times whole)); [|exact (IH _ E' H)].
  destruct H as [<-|H]; [|exact (IH _ E' H)]. exists (times p + 1)%Z. split; [lia|]. split; [lia|].
  replace (times p + 1 + k - 1)%Z with (times p + k)%Z by lia. f_equal. f_equal.
  rewrite E, value_at_app by (exact P || lia). cbn [value_at].
  destruct (Z.leb_spec (times p + 1 - times p) c); [reflexivity|lia].
Qed.
Lemma spread_below k whole p l s : whole = p ++ l -> counted whole -> (1 <= k)%Z ->
  (forall i j, (1 <= i)%Z -> (i <= j)%Z -> (j <= times whole)%Z -> value_at whole i <= value_at whole j) ->
  (times p < s)%Z -> (s + k - 1 <= times whole)%Z ->
  exists d, In d (spreads k whole (times p) l) /\ d <= value_at whole (s + k - 1) - value_at whole s.
Proof.
  intros E C Hk M. revert p E. induction l as [|(x, c) l IH]; intros p E H1 H2.
  { rewrite app_nil_r in E; subst. lia. }
  assert (T : times (p ++ [(x, c)]) = (times p + c)%Z) by (rewrite times_app; cbn; lia).
  assert (E' : whole = (p ++ [(x, c)]) ++ l) by (rewrite <- app_assoc; exact E).
  assert (P : counted p) by (rewrite E in C; apply Forall_app in C; tauto).
  pose proof (times_ge0 p P). cbn [spreads]. rewrite <- T.
  destruct (Z_lt_le_dec (times p + c) s) as [L|L].
  - destruct (IH _ E') as (d & D & L'); [lia|exact H2|]. exists d; split; [|exact L'].
    destruct (_ && _)%bool; [right|]; exact D.
  - destruct (Z.ltb_spec 0 c); [|lia]. destruct (Z.leb_spec (times p + k) (times whole)); [|lia].
    cbn [andb]. eexists; split; [left; reflexivity|].
    assert (X : value_at whole s = x).
    { rewrite E, value_at_app by (exact P || lia). cbn [value_at]. destruct (Z.leb_spec (s - times p) c); [reflexivity|lia]. }
    rewrite X. assert (value_at whole (times p + k) <= value_at whole (s + k - 1)) by (apply M; lia). lra.
Qed.
Lemma window_blocks V l k z w : in_order (sorted V) l -> Z.of_nat k = z -> (1 <= z <= times l)%Z ->
  Exists (fun d => d = w) (spreads z l 0 l) -> Forall (fun d => w <= d) (spreads z l 0 l) -> window V k = w.
Proof.
  intros B K Hz H1 H2. pose proof (len_times _ _ (order_blocks _ _ B)) as L. cbn [len sorted] in L.
  assert (C : counted l) by (destruct B; assumption).
  assert (M : forall i j, (1 <= i)%Z -> (i <= j)%Z -> (j <= times l)%Z -> value_at l i <= value_at l j).
  { intros i j Hi Hij Hj. rewrite <- (ent_sorted_order V l (Z.to_nat i)), <- (ent_sorted_order V l (Z.to_nat j)) by
      (exact B || lia). apply sorted_up; lia. }
  apply Rle_antisym.
  - rewrite Exists_exists in H1. destruct H1 as (d & D & <-).
    destruct (spread_is z l nil l d eq_refl C ltac:(lia) D) as (s & S1 & S2 & ->).
    unfold window. eapply Rle_trans; [apply (least_le _ (Z.to_nat s)); lia|]. cbv beta.
    rewrite (ent_sorted_order V l (Z.to_nat s) s), (ent_sorted_order V l _ (s + z - 1)) by (exact B || lia). lra.
  - unfold window. apply least_bound; [lia|]; intros i Hi. rewrite Forall_forall in H2.
    destruct (spread_below z l nil l (Z.of_nat i) eq_refl C ltac:(lia) M) as (d & D & Q); [cbn; lia|lia|].
    specialize (H2 d D). rewrite (ent_sorted_order V l i (Z.of_nat i)), (ent_sorted_order V l _ (Z.of_nat i + z - 1)) by (exact B || lia).
    lra.
Qed.

(* ---- two vectors, block by block ---- *)
(* the pairs of values that stand at one place; every step takes a block off *)
Fixpoint pairs (fuel : nat) (l m : list block) : list (R * R) :=
  match fuel, l, m with
  | S f, (x, j) :: l', (y, k) :: m' =>
      if Z.leb j 0 then pairs f l' m
      else if Z.leb k 0 then pairs f l m'
      else (x, y) :: (if Z.ltb j k then pairs f l' ((y, (k - j)%Z) :: m')
                      else if Z.ltb k j then pairs f ((x, (j - k)%Z) :: l') m' else pairs f l' m')
  | _, _, _ => nil
  end.
Lemma paired_repeat (P : R -> R -> Prop) x y k l m : P x y -> Forall2 P l m ->
  Forall2 P (repeat x k ++ l) (repeat y k ++ m).
Proof. intros Q H. induction k; [exact H|constructor; assumption]. Qed.
Lemma spread_part x j k l : (0 <= j)%Z -> (j <= k)%Z ->
  spread ((x, k) :: l) = repeat x (Z.to_nat j) ++ spread ((x, (k - j)%Z) :: l).
Proof.
  intros Hj Hk. cbn [spread flat_map fst snd]. rewrite app_assoc, <- repeat_app. f_equal. f_equal. lia.
Qed.
Lemma pairs_spread (P : R -> R -> Prop) f : forall l m, counted l -> counted m -> times l = times m ->
  (length l + length m <= f)%nat -> Forall (fun p => P (fst p) (snd p)) (pairs f l m) ->
  Forall2 P (spread l) (spread m).
Proof.
  assert (E : forall l, counted l -> times l = 0%Z -> spread l = nil).
  { intros l C T. pose proof (spread_length l C). destruct (spread l); [reflexivity|cbn [length] in *; lia]. }
  induction f as [|f IH]; intros l m C D T L H.
  - destruct l, m; cbn [length] in L; try lia. constructor.
  - destruct l as [|(x, j) l]; [rewrite (E m D (eq_sym T)); constructor|].
    destruct m as [|(y, k) m]; [rewrite (E _ C T); constructor|].
    assert (C' : counted l) by (inversion C; assumption). assert (D' : counted m) by (inversion D; assumption).
    inversion C as [|? ? Hj]; inversion D as [|? ? Hk]; subst; cbn [snd length] in *. cbn [pairs] in H.
    cbn [times fold_right snd] in T. fold (times l) (times m) in T.
    revert H. destruct (Z.leb_spec j 0) as [Lj|Lj]; intro H.
    { assert (N : spread ((x, j) :: l) = spread l)
        by (cbn [spread flat_map fst snd]; replace (Z.to_nat j) with 0%nat by lia; reflexivity).
      rewrite N. apply (IH l ((y, k) :: m)); try assumption; [cbn [times fold_right snd]; fold (times m); lia|cbn [length]; lia]. }
    revert H. destruct (Z.leb_spec k 0) as [Lk|Lk]; intro H.
    { assert (N : spread ((y, k) :: m) = spread m)
        by (cbn [spread flat_map fst snd]; replace (Z.to_nat k) with 0%nat by lia; reflexivity).
      rewrite N. apply (IH ((x, j) :: l) m); try assumption; [cbn [times fold_right snd]; fold (times l); lia|cbn [length]; lia]. }
    inversion H as [|? ? Q R]; subst; cbn [fst snd] in Q. revert R.
    destruct (Z.ltb_spec j k) as [S|S]; [|destruct (Z.ltb_spec k j) as [S'|S']]; intro R.
    + rewrite (spread_part y j k) by lia. apply (paired_repeat P x y); [exact Q|]. apply IH; try assumption.
      * constructor; [cbn [snd]; lia|exact D'].
      * cbn [times fold_right snd]; fold (times m); lia.
      * cbn [length]; lia.
    + rewrite (spread_part x k j) by lia. apply (paired_repeat P x y); [exact Q|]. apply IH; try assumption.
      * constructor; [cbn [snd]; lia|exact C'].
      * cbn [times fold_right snd]; fold (times l); lia.
      * cbn [length]; lia.
    + replace k with j in * by lia. apply (paired_repeat P x y); [exact Q|]. apply IH; try assumption; lia.
Qed.
Lemma paired_entries (P : R -> R -> Prop) U V l m : in_order U l -> in_order V m -> times l = times m ->
  Forall (fun p => P (fst p) (snd p)) (pairs (length l + length m) l m) ->
  len U = len V /\ forall i, (1 <= i <= len V)%nat -> P (ent U i) (ent V i).
Proof.
  intros (C & E) (D & F) T H. pose proof (pairs_spread P _ l m C D T (le_n _) H) as A. clear H.
  assert (L : len U = len V).
  { rewrite <- !entries_length, E, F. clear - A. induction A; cbn [length]; congruence. }
  split; [exact L|]. intros i Hi. rewrite <- (nth_entries U), <- (nth_entries V), E, F by lia.
  assert (N : (i - 1 < length (spread l))%nat) by (rewrite <- E, entries_length; lia).
  revert N. generalize (i - 1)%nat. clear - A.
  induction A as [|x y l1 l2 Q A IH]; intros [|j] N; cbn [nth length] in *; try lia; [exact Q|]. apply IH; lia.
Qed.
Lemma same_zeros_blocks U V l m : in_order U l -> in_order V m -> times l = times m ->
  Forall (fun p => fst p = 0 <-> snd p = 0) (pairs (length l + length m) l m) -> same_zeros U V.
Proof. exact (paired_entries (fun x y => x = 0 <-> y = 0) U V l m). Qed.
Lemma same_vector_blocks U V l m : in_order U l -> in_order V m -> times l = times m ->
  Forall (fun p => fst p = snd p) (pairs (length l + length m) l m) -> same_vector U V.
Proof. exact (paired_entries eq U V l m). Qed.
Lemma not_same_zeros_length U V l m : in_blocks U l -> in_blocks V m -> times l <> times m -> ~ same_zeros U V.
Proof. intros A B N (L & _). apply N. rewrite <- (len_times U l A), <- (len_times V m B), L; reflexivity. Qed.
Lemma not_same_vector_length U V l m : in_blocks U l -> in_blocks V m -> times l <> times m -> ~ same_vector U V.
Proof. intros A B N (L & _). apply N. rewrite <- (len_times U l A), <- (len_times V m B), L; reflexivity. Qed.
Lemma not_same_zeros_at U V l m z : in_order U l -> in_order V m -> (1 <= z <= times l)%Z -> (z <= times m)%Z ->
  ~ (value_at l z = 0 <-> value_at m z = 0) -> ~ same_zeros U V.
Proof.
  intros A B H1 H2 N (L & H). pose proof (len_times U l (order_blocks _ _ A)). apply N.
  rewrite <- (ent_order U l (Z.to_nat z)), <- (ent_order V m (Z.to_nat z)) by (exact A || exact B || lia).
  apply H; lia.
Qed.
Lemma not_same_vector_at U V l m z : in_order U l -> in_order V m -> (1 <= z <= times l)%Z -> (z <= times m)%Z ->
  value_at l z <> value_at m z -> ~ same_vector U V.
Proof.
  intros A B H1 H2 N (L & H). pose proof (len_times U l (order_blocks _ _ A)). apply N.
  rewrite <- (ent_order U l (Z.to_nat z)), <- (ent_order V m (Z.to_nat z)) by (exact A || exact B || lia).
  apply H; lia.
Qed.
