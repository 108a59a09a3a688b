(* Sorted entries, sums over them, shortest windows: the lemmas behind the rules `sorted_sum`,
   `ranked_sum`, `window_scaled`, `window_of_copies`, `window_of_equals`. *)
From Coq Require Import Reals Lra Lia Arith List Permutation Sorting.Sorted.
From SA Require Export SA.
Open Scope R_scope.
Open Scope sa_scope.

(* ---- lists in ascending order ---- *)
Definition ascending (l : list R) : list R := fold_right insert nil l.
Notation Asc := (StronglySorted Rle).

Lemma insert_perm x l : Permutation (insert x l) (x :: l).
Proof.
  induction l as [|y l IH]; [reflexivity|]. cbn [insert]. destruct (Rle_dec x y); [reflexivity|].
  rewrite IH. apply perm_swap.
Qed.
Lemma insert_asc x l : Asc l -> Asc (insert x l).
Proof.
  induction l as [|y l IH]; intro H; cbn [insert]; [repeat constructor|].
  apply StronglySorted_inv in H as (H & A). rewrite Forall_forall in A.
  destruct (Rle_dec x y) as [L|N].
  - constructor; [constructor; [exact H|rewrite Forall_forall; exact A]|].
    constructor; [exact L|]. rewrite Forall_forall; intros z Hz. specialize (A z Hz). lra.
  - constructor; [apply IH; exact H|]. rewrite Forall_forall; intros z Hz.
    apply (Permutation_in _ (insert_perm x l)) in Hz as [<-|Hz]; [lra|apply A; exact Hz].
Qed.
Lemma ascending_perm l : Permutation (ascending l) l.
Proof.
  induction l as [|x l IH]; [reflexivity|]. cbn [ascending fold_right]. rewrite insert_perm.
  constructor; exact IH.
Qed.
Lemma ascending_asc l : Asc (ascending l).
Proof. induction l; [constructor|]; apply insert_asc; assumption. Qed.
Lemma asc_unique l : forall m, Asc l -> Asc m -> Permutation l m -> l = m.
Proof.
  induction l as [|x l IH]; intros m L M P; [apply Permutation_nil in P; congruence|].
  destruct m as [|y m]; [symmetry in P; apply Permutation_nil in P; congruence|].
  apply StronglySorted_inv in L as (L & A), M as (M & B). rewrite Forall_forall in A, B.
  assert (E : x = y).
  { assert (X : In x (y :: m)) by (apply (Permutation_in _ P); left; reflexivity).
    assert (Y : In y (x :: l)) by (apply (Permutation_in _ (Permutation_sym P)); left; reflexivity).
    destruct X as [X|X], Y as [Y|Y]; try congruence. specialize (A _ Y); specialize (B _ X). lra. }
  subst y. f_equal. apply IH; [assumption..|]. apply Permutation_cons_inv in P; exact P.
Qed.
Lemma ascending_same l m : Permutation l m -> ascending l = ascending m.
Proof.
  intro P. apply asc_unique; [apply ascending_asc..|]. rewrite !ascending_perm. exact P.
Qed.
Lemma ascending_of l m : Permutation l m -> Asc m -> ascending l = m.
Proof. intros P A. apply asc_unique; [apply ascending_asc|exact A|rewrite ascending_perm; exact P]. Qed.
Lemma ascending_length l : length (ascending l) = length l.
Proof. apply Permutation_length, ascending_perm. Qed.
Lemma asc_nth l : Asc l -> forall i j, (i <= j)%nat -> (j < length l)%nat -> nth i l 0 <= nth j l 0.
Proof.
  induction 1 as [|x l H IH A]; intros i j Hij Hj; cbn [length] in Hj; [lia|].
  rewrite Forall_forall in A. destruct i as [|i], j as [|j]; cbn [nth]; try lia; [lra| |apply IH; lia].
  apply A, nth_In; lia.
Qed.

(* ---- entries as a list ---- *)
Lemma entries_length V : length (entries V) = len V.
Proof. unfold entries; rewrite map_length, seq_length; reflexivity. Qed.
Lemma nth_entries V i : (1 <= i <= len V)%nat -> nth (i - 1) (entries V) 0 = ent V i.
Proof.
  intro Hi. rewrite (nth_indep _ 0 (ent V 0)) by (rewrite entries_length; lia).
  unfold entries. rewrite map_nth, seq_nth by lia. apply (f_equal (ent V)); lia.
Qed.
Lemma entries_rep x k : entries (rep x k) = repeat x k.
Proof.
  unfold entries; cbn [ent len rep]. generalize 1%nat.
  induction k as [|k IH]; intro s; [reflexivity|]. cbn [seq map repeat]. f_equal; apply IH.
Qed.
Lemma entries_map f V : entries (vmap f V) = map f (entries V).
Proof. unfold entries; rewrite map_map; reflexivity. Qed.
Lemma seq_from s n : seq (s + 1) n = map (fun i => (s + i)%nat) (seq 1 n).
Proof.
  apply (nth_ext _ _ 0%nat 0%nat); [rewrite map_length, !seq_length; reflexivity|].
  intros i Hi. rewrite seq_length in Hi.
  rewrite (nth_indep (map _ _) 0%nat (s + 0)%nat) by (rewrite map_length, seq_length; lia).
  rewrite (map_nth (fun i => (s + i)%nat)), !seq_nth by lia. lia.
Qed.
Lemma entries_cat U V : entries (cat U V) = entries U ++ entries V.
Proof.
  unfold entries at 1; cbn [len cat]. rewrite seq_app, map_app. f_equal.
  - unfold entries; apply map_ext_in; intros i Hi. apply in_seq in Hi. apply ent_catl; lia.
  - rewrite Nat.add_comm, seq_from, map_map. unfold entries; apply map_ext_in; intros i Hi.
    apply in_seq in Hi. apply ent_catr; lia.
Qed.
Lemma entries_ext U V : len U = len V -> (forall i, (1 <= i <= len U)%nat -> ent U i = ent V i) ->
  entries U = entries V.
Proof.
  intros L H. unfold entries; rewrite <- L. apply map_ext_in; intros i Hi. apply in_seq in Hi.
  apply H; lia.
Qed.
Lemma entries_steps V T : (forall t, len (V t) = len (V 1%nat)) ->
  entries (steps V T) = flat_map (fun t => entries (V t)) (seq 1 T).
Proof.
  intro L. induction T as [|T IH]; [unfold entries; cbn [len steps]; rewrite Nat.mul_0_r; reflexivity|].
  rewrite seq_S, flat_map_app, <- IH. cbn [flat_map Nat.add]. rewrite app_nil_r, <- entries_cat.
  apply entries_ext; [cbn [len steps cat]; rewrite (L (S T)); lia|].
  intros i Hi. cbn [len steps] in Hi. cbn [ent cat]. cbn [len steps].
  destruct (Nat.leb i (len (V 1%nat) * T)) eqn:E; [reflexivity|]. apply Nat.leb_gt in E.
  set (n := len (V 1%nat)) in *. rewrite <- (ent_steps V (S T) (S T)) by (try exact L; rewrite ?(L (S T)); lia).
  fold n. apply (f_equal (ent (steps V (S T)))). nia.
Qed.

(* ---- sums over a list ---- *)
Definition total (l : list R) : R := fold_right Rplus 0 l.
Lemma total_app l m : total (l ++ m) = total l + total m.
Proof.
  induction l as [|x l IH]; [cbn [app]; change (total nil) with 0; lra|].
  change (x + total (l ++ m) = x + total l + total m). lra.
Qed.
Lemma total_perm l m : Permutation l m -> total l = total m.
Proof. unfold total. induction 1; cbn [fold_right]; lra. Qed.
Lemma sum_entries (F : R -> R) V n : n = len V -> sum (fun i => F (ent V i)) n = total (map F (entries V)).
Proof.
  intros ->. unfold entries. rewrite map_map. generalize (len V) as n.
  induction n as [|n IH]; [reflexivity|]. rewrite seq_S, map_app, total_app. cbn [sum]. rewrite IH. cbn. lra.
Qed.
Lemma entries_sorted V : entries (sorted V) = ascending (entries V).
Proof.
  apply (nth_ext _ _ 0 0); [rewrite ascending_length, !entries_length; reflexivity|].
  intros i Hi. rewrite entries_length in Hi. cbn [len sorted] in Hi.
  assert (E := nth_entries (sorted V) (S i)). cbn [len sorted] in E. specialize (E ltac:(lia)).
  cbn [ent sorted Nat.sub] in E. rewrite Nat.sub_0_r in E. exact E.
Qed.
Lemma ent_sorted V k : ent (sorted V) k = nth (k - 1) (ascending (entries V)) 0.
Proof. reflexivity. Qed.
Lemma sorted_up V i j : (1 <= i)%nat -> (i <= j)%nat -> (j <= len V)%nat ->
  ent (sorted V) i <= ent (sorted V) j.
Proof.
  intros. rewrite !ent_sorted. apply asc_nth; [apply ascending_asc|lia|].
  rewrite ascending_length, entries_length; lia.
Qed.

(* rule `sorted_sum`: sorted entries are the entries in another order *)
Lemma sorted_sum (F : R -> R) V n : n = len V ->
  sum (fun k => F (ent (sorted V) k)) n = sum (fun i => F (ent V i)) n.
Proof.
  intro E. rewrite (sum_entries F (sorted V)) by exact E. rewrite (sum_entries F V) by exact E.
  rewrite entries_sorted. apply total_perm, Permutation_map, ascending_perm.
Qed.
(* what holds of every entry holds of the sorted ones *)
Lemma sorted_all (P : R -> Prop) V : (forall i, (1 <= i <= len V)%nat -> P (ent V i)) ->
  forall k, (1 <= k <= len (sorted V))%nat -> P (ent (sorted V) k).
Proof.
  intros H k Hk. cbn [len sorted] in Hk. rewrite ent_sorted.
  assert (K : In (nth (k - 1) (ascending (entries V)) 0) (entries V)).
  { apply (Permutation_in _ (ascending_perm _)), nth_In. rewrite ascending_length, entries_length; lia. }
  unfold entries in K at 2. apply in_map_iff in K as (i & <- & Hi). apply in_seq in Hi. apply H; lia.
Qed.

(* rule `ranked_sum`: for entries in ascending order by induction, for others by `sorted_sum` *)
Lemma ranked_up c n : (forall i j, (1 <= i)%nat -> (i <= j)%nat -> (j <= n)%nat -> c i <= c j) ->
  sum (fun k => INR k * c k) n =
  1 / 4 * sum (fun i => sum (fun j => Rabs (c i - c j)) n) n + (INR n + 1) / 2 * sum c n.
Proof.
  induction n as [|n IH]; intro M; [simpl; lra|].
  assert (G : sum (fun j => Rabs (c (S n) - c j)) n = INR n * c (S n) - sum c n).
  { rewrite (sum_ext _ (fun j => c (S n) + (-1) * c j)).
    - rewrite (sum_plus (fun _ => c (S n)) (fun j => (-1) * c j)), sum_const, sum_scal. lra.
    - intros j Hj. rewrite Rabs_pos_eq; [lra|]. assert (c j <= c (S n)) by (apply M; lia). lra. }
  cbn [sum]. rewrite (sum_plus (fun i => sum (fun j => Rabs (c i - c j)) n) (fun i => Rabs (c i - c (S n)))).
  rewrite (sum_ext (fun i => Rabs (c i - c (S n))) (fun j => Rabs (c (S n) - c j)))
    by (intros; apply Rabs_minus_sym).
  rewrite G, IH by (intros; apply M; lia). rewrite S_INR.
  replace (c (S n) - c (S n)) with 0 by lra. rewrite Rabs_R0. lra.
Qed.
Lemma ranked_sum V n : n = len V ->
  sum (fun k => INR k * ent (sorted V) k) n =
  1 / 4 * sum (fun i => sum (fun j => Rabs (ent V i - ent V j)) n) n +
  (INR n + 1) / 2 * sum (fun i => ent V i) n.
Proof.
  intro E. rewrite ranked_up by (rewrite E; intros; apply sorted_up; assumption). f_equal.
  - f_equal. transitivity (sum (fun i => sum (fun j => Rabs (ent (sorted V) i - ent V j)) n) n).
    + apply sum_ext; intros i _. exact (sorted_sum (fun x => Rabs (ent (sorted V) i - x)) V n E).
    + exact (sorted_sum (fun x => sum (fun j => Rabs (x - ent V j)) n) V n E).
  - f_equal. exact (sorted_sum (fun x => x) V n E).
Qed.

(* ---- shortest windows ---- *)
Lemma window_ge0 V k : (1 <= k)%nat -> (k <= len V)%nat -> 0 <= window V k.
Proof.
  intros Hk Hn. apply least_ge0; intros i Hi.
  assert (ent (sorted V) i <= ent (sorted V) (i + k - 1)) by (apply sorted_up; lia). lra.
Qed.

(* rule `window_scaled`: a c_(k) + b are the sorted entries of a V + b, for a >= 0 *)
Lemma asc_map f l : (forall x y, x <= y -> f x <= f y) -> Asc l -> Asc (map f l).
Proof.
  intros M. induction 1 as [|x l H IH A]; constructor; [exact IH|].
  rewrite Forall_forall in *. intros y Hy. apply in_map_iff in Hy as (z & <- & Hz). apply M, A, Hz.
Qed.
Lemma sorted_map f V k : (forall x y, x <= y -> f x <= f y) -> (1 <= k <= len V)%nat ->
  ent (sorted (vmap f V)) k = f (ent (sorted V) k).
Proof.
  intros M Hk. rewrite !ent_sorted, entries_map.
  rewrite (ascending_of _ (map f (ascending (entries V)))).
  - rewrite (nth_indep _ 0 (f 0)) by (rewrite map_length, ascending_length, entries_length; lia).
    apply map_nth.
  - symmetry. apply Permutation_map, ascending_perm.
  - apply asc_map; [exact M|apply ascending_asc].
Qed.
Lemma least_scal a f n : 0 <= a -> least (fun i => a * f i) n = a * least f n.
Proof.
  intro Ha. induction n as [|n IH]; [simpl; lra|]. destruct n as [|n]; [reflexivity|].
  change (Rmin (least (fun i => a * f i) (S n)) (a * f (S (S n))) = a * Rmin (least f (S n)) (f (S (S n)))).
  rewrite IH. symmetry. unfold Rmin. destruct (Rle_dec (least f (S n)) (f (S (S n)))), (Rle_dec (a * least f (S n)) (a * f (S (S n)))); nra.
Qed.
Lemma window_scaled f a b V k : (forall x, f x = a * x + b) -> 0 <= a -> (1 <= k)%nat -> (k <= len V)%nat ->
  window (vmap f V) k = a * window V k.
Proof.
  intros E Ha Hk Hn. unfold window. cbn [len vmap]. rewrite <- least_scal by exact Ha.
  apply least_same; [|reflexivity]. intros i Hi.
  assert (M : forall x y, x <= y -> f x <= f y).
  { intros x y H. rewrite !E. apply Rplus_le_compat_r, Rmult_le_compat_l; assumption. }
  rewrite !sorted_map by (exact M || lia). rewrite !E. ring.
Qed.

(* rule `window_of_copies`: in m copies, sorted, each c_(s) stands m times *)
Lemma nth_spread (l : list R) m i : (1 <= m)%nat ->
  nth i (flat_map (fun x => repeat x m) l) 0 = nth (i / m) l 0.
Proof.
  intro Hm. revert i. induction l as [|x l IH]; intro i; [destruct i, (_ / m)%nat; reflexivity|].
  cbn [flat_map]. destruct (lt_dec i m) as [H|H].
  - rewrite app_nth1 by (rewrite repeat_length; exact H). rewrite Nat.div_small by exact H. cbn [nth].
    apply (repeat_spec m x), nth_In. rewrite repeat_length; exact H.
  - rewrite app_nth2 by (rewrite repeat_length; lia). rewrite repeat_length, IH.
    replace i with (i - m + 1 * m)%nat at 2 by lia. rewrite Nat.div_add by lia.
    rewrite Nat.add_1_r. reflexivity.
Qed.
Lemma spread_perm (l : list R) m :
  Permutation (flat_map (fun x => repeat x m) l) (concat (repeat l m)).
Proof.
  induction m as [|m IH]; cbn [repeat concat].
  - induction l; [reflexivity|exact IHl].
  - rewrite <- IH. clear IH. induction l as [|x l IH]; [reflexivity|]. cbn [flat_map repeat app].
    constructor. rewrite IH. rewrite !app_assoc. apply Permutation_app_tail, Permutation_app_comm.
Qed.
Lemma asc_repeat x k l : Asc l -> (forall y, In y l -> x <= y) -> Asc (repeat x k ++ l).
Proof.
  intros A L. induction k as [|k IH]; [exact A|]. cbn [repeat app]. constructor; [exact IH|].
  rewrite Forall_forall; intros y Hy. apply in_app_or in Hy as [Hy|Hy]; [|apply L, Hy].
  apply repeat_spec in Hy; lra.
Qed.
Lemma asc_spread l m : Asc l -> Asc (flat_map (fun x => repeat x m) l).
Proof.
  induction 1 as [|x l H IH A]; [constructor|]. cbn [flat_map]. apply asc_repeat; [exact IH|].
  rewrite Forall_forall in A. intros y Hy. apply in_flat_map in Hy as (z & Hz & Hy).
  apply repeat_spec in Hy; subst. apply A, Hz.
Qed.
Lemma entries_copies V m : entries (steps (fun _ => V) m) = concat (repeat (entries V) m).
Proof.
  rewrite entries_steps by reflexivity. generalize 1%nat.
  induction m as [|m IH]; intro s; [reflexivity|]. cbn [seq flat_map repeat concat]. rewrite IH. reflexivity.
Qed.
Lemma perm_concat (l l' : list R) m : Permutation l l' ->
  Permutation (concat (repeat l m)) (concat (repeat l' m)).
Proof.
  intro P. induction m as [|m IH]; [reflexivity|]. cbn [repeat concat]. apply Permutation_app; assumption.
Qed.
Lemma sorted_copies V m i : (1 <= m)%nat ->
  ent (sorted (steps (fun _ => V) m)) i = ent (sorted V) ((i - 1) / m + 1).
Proof.
  intro Hm. rewrite !ent_sorted, entries_copies.
  rewrite (ascending_of _ (flat_map (fun x => repeat x m) (ascending (entries V)))).
  - rewrite nth_spread by exact Hm. f_equal; lia.
  - rewrite spread_perm. apply perm_concat. symmetry; apply ascending_perm.
  - apply asc_spread, ascending_asc.
Qed.
Lemma sorted_beyond V i : (len V < i)%nat -> ent (sorted V) i = 0.
Proof.
  intro H. rewrite ent_sorted. apply nth_overflow. rewrite ascending_length, entries_length; lia.
Qed.
Lemma window_of_copies V m k l : (1 <= k)%nat -> (m * (l - 1) < k)%nat -> (k <= m * l)%nat ->
  window (steps (fun _ => V) m) k = window V l.
Proof.
  intros Hk H1 H2. assert (Hm : (1 <= m)%nat) by nia. assert (Hl : (1 <= l)%nat) by nia.
  unfold window. cbn [len steps]. set (n := len V).
  destruct (le_lt_dec l n) as [Hn|Hn].
  - assert (K : (k <= n * m)%nat) by nia.
    apply Rle_antisym.
    + apply least_bound; [lia|]; intros s Hs.
      eapply Rle_trans; [apply (least_le _ (m * (s - 1) + 1)); nia|]. cbv beta.
      rewrite !sorted_copies by exact Hm.
      replace ((m * (s - 1) + 1 - 1) / m + 1)%nat with s
        by (rewrite Nat.add_sub, Nat.mul_comm, Nat.div_mul by lia; lia).
      assert (D : ((m * (s - 1) + 1 + k - 1 - 1) / m < s - 1 + l)%nat)
        by (apply Nat.div_lt_upper_bound; nia).
      assert (ent (sorted V) ((m * (s - 1) + 1 + k - 1 - 1) / m + 1) <= ent (sorted V) (s + l - 1))
        by (apply sorted_up; fold n; lia).
      lra.
    + apply least_bound; [lia|]; intros i Hi. rewrite !sorted_copies by exact Hm.
      set (s := ((i - 1) / m + 1)%nat). set (e := ((i + k - 1 - 1) / m + 1)%nat).
      assert (S1 : (m * (s - 1) <= i - 1)%nat)
        by (unfold s; rewrite Nat.add_sub; apply Nat.mul_div_le; lia).
      assert (E1 : (s + l - 1 <= e)%nat).
      { unfold e. assert (s - 1 + (l - 1) <= (i + k - 1 - 1) / m)%nat; [|lia].
        apply Nat.div_le_lower_bound; nia. }
      assert (E2 : (e <= n)%nat).
      { unfold e. assert ((i + k - 1 - 1) / m < n)%nat; [|lia]. apply Nat.div_lt_upper_bound; nia. }
      eapply Rle_trans; [apply (least_le _ s); unfold s in *; lia|]. cbv beta.
      assert (ent (sorted V) (s + l - 1) <= ent (sorted V) e) by (apply sorted_up; fold n; lia).
      lra.
  - assert (n * m < k)%nat by nia.
    replace (n * m - k + 1)%nat with 1%nat by lia. replace (n - l + 1)%nat with 1%nat by lia.
    cbn [least]. rewrite !sorted_copies by exact Hm.
    replace ((1 - 1) / m + 1)%nat with 1%nat by (rewrite Nat.div_0_l by lia; reflexivity).
    f_equal. rewrite !sorted_beyond; [reflexivity|fold n; lia|fold n].
    assert (n <= (1 + k - 1 - 1) / m)%nat by (apply Nat.div_le_lower_bound; nia). lia.
Qed.

(* rule `window_of_equals`: equal entries stand next to each other in sorted order *)
Definition among (x : R) (q : nat) (V : vec) : Prop :=
  exists rest, Permutation (entries V) (repeat x q ++ rest).
Lemma among_rep x q : among x q (rep x q).
Proof. exists nil. rewrite entries_rep, app_nil_r; reflexivity. Qed.
Lemma among_catl x q U V : among x q U -> among x q (cat U V).
Proof.
  intros (r & P). exists (r ++ entries V). rewrite entries_cat, app_assoc. apply Permutation_app_tail; exact P.
Qed.
Lemma among_catr x q U V : among x q V -> among x q (cat U V).
Proof.
  intros (r & P). exists (entries U ++ r). rewrite entries_cat, P, !app_assoc.
  apply Permutation_app_tail, Permutation_app_comm.
Qed.
Lemma insert_equals x q l : exists A B, ascending (repeat x q ++ l) = A ++ repeat x q ++ B.
Proof.
  assert (S : exists A B, ascending l = A ++ B /\ forall p, fold_right insert (A ++ repeat x p ++ B) (repeat x 0) =
     A ++ repeat x p ++ B /\ insert x (A ++ repeat x p ++ B) = A ++ repeat x (S p) ++ B).
  { induction (ascending l) as [|y m (A & B & E & H)].
    - exists nil, nil. split; [reflexivity|]. intro p. split; [reflexivity|]. cbn [app]. rewrite !app_nil_r.
      destruct p; cbn; [reflexivity|]. destruct (Rle_dec x x); [reflexivity|lra].
    - destruct (Rle_dec x y) as [L|N].
      + exists nil, (y :: m). split; [reflexivity|]. intro p. split; [reflexivity|].
        destruct p; cbn; [destruct (Rle_dec x y); [reflexivity|contradiction]|].
        destruct (Rle_dec x x); [reflexivity|lra].
      + exists (y :: A), B. split; [rewrite E; reflexivity|]. intro p. split; [reflexivity|].
        cbn [app insert]. destruct (Rle_dec x y); [contradiction|]. f_equal. apply H. }
  destruct S as (A & B & E & H). exists A, B. induction q as [|q IH]; [exact E|].
  cbn [repeat app ascending fold_right]. fold (ascending (repeat x q ++ l)). rewrite IH. apply H.
Qed.
Lemma window_of_equals x q V k : among x q V -> (1 <= k)%nat -> (k <= q)%nat -> window V k = 0.
Proof.
  intros (r & P) Hk Hq.
  assert (N : len V = (q + length r)%nat).
  { rewrite <- entries_length, (Permutation_length P), app_length, repeat_length; reflexivity. }
  apply Rle_antisym; [|apply window_ge0; lia].
  destruct (insert_equals x q r) as (A & B & E). rewrite <- (ascending_same _ _ P) in E.
  assert (LA : (length A + q + length B = len V)%nat).
  { assert (L := ascending_length (entries V)).
    rewrite E, entries_length, !app_length, repeat_length in L; lia. }
  unfold window. eapply Rle_trans; [apply (least_le _ (length A + 1)); lia|]. cbv beta.
  assert (C : forall j, (j < q)%nat -> nth (length A + j) (ascending (entries V)) 0 = x).
  { intros j Hj. rewrite E, app_nth2_plus, app_nth1 by (rewrite repeat_length; exact Hj).
    apply (repeat_spec q x), nth_In. rewrite repeat_length; exact Hj. }
  rewrite !ent_sorted.
  replace (length A + 1 + k - 1 - 1)%nat with (length A + (k - 1))%nat by lia.
  replace (length A + 1 - 1)%nat with (length A + 0)%nat by lia. rewrite !C by lia. lra.
Qed.
Lemma window_of_one V : window V 1 = 0.
Proof.
  unfold window. rewrite (least_same _ (fun _ => 0) _ (len V - 1 + 1)).
  - generalize (len V - 1 + 1)%nat as n. induction n as [|n IH]; [reflexivity|]. destruct n; [reflexivity|].
    change (Rmin (least (fun _ => 0) (S n)) 0 = 0). rewrite IH. apply Rmin_left; lra.
  - intros i _. rewrite Nat.add_sub. lra.
  - reflexivity.
Qed.
