(* What proofs use: lemmas about the words of `Definitions`, one or more for each rule of the kernel,
   and tactics for signs, powers and logarithms. Nothing here enters a statement. *)
From Coq Require Import Reals Lra Lia Psatz Classical Arith FunctionalExtensionality List.
From SA Require Export Definitions.
Open Scope R_scope.
Open Scope sa_scope.

(* ---- powers ---- *)
Lemma pw_0 e : pw 0 e = 0.
Proof. unfold pw; destruct (Req_EM_T 0 0); congruence. Qed.
Lemma pw_exp x e : 0 < x -> pw x e = exp (e * ln x).
Proof. intro H; unfold pw; destruct (Req_EM_T x 0); [lra|reflexivity]. Qed.
Lemma pw_gt0 x e : x <> 0 -> 0 < pw x e.
Proof. intro H; unfold pw; destruct (Req_EM_T x 0); [contradiction|apply exp_pos]. Qed.
Lemma pw_pos x e : 0 < x -> 0 < pw x e.
Proof. intro; apply pw_gt0; lra. Qed.
Lemma pw_ge0 x e : 0 <= pw x e.
Proof. unfold pw; destruct (Req_EM_T x 0); [lra|left; apply exp_pos]. Qed.
Lemma ln_pw x e : 0 < x -> ln (pw x e) = e * ln x.
Proof. intro; rewrite pw_exp by assumption; apply ln_exp. Qed.
(* a letter for a power *)
Lemma pw_var x e (P : Prop) : 0 < x -> (forall v, v = pw x e -> 0 < v -> P) -> P.
Proof. intros H K; exact (K _ eq_refl (pw_pos x e H)). Qed.
Lemma exp_var e (P : Prop) : (forall v, v = exp e -> 0 < v -> P) -> P.
Proof. intro K; exact (K _ eq_refl (exp_pos e)). Qed.
(* a product of powers as e^u, u linear in the logarithms of what stands in it *)
Lemma exp_of_mult a b u v : a = exp u -> b = exp v -> a * b = exp (u + v).
Proof. intros -> ->; symmetry; apply exp_plus. Qed.
Lemma exp_of_inv a u : a = exp u -> / a = exp (- u).
Proof. intros ->; symmetry; apply exp_Ropp. Qed.
Lemma exp_of_pw a e u : a = exp u -> pw a e = exp (e * u).
Proof. intros ->; rewrite pw_exp, ln_exp by apply exp_pos; reflexivity. Qed.
Lemma exp_of_ln a : 0 < a -> a = exp (ln a).
Proof. intro; symmetry; apply exp_ln; assumption. Qed.
Lemma exp_of_1 : 1 = exp 0.
Proof. symmetry; apply exp_0. Qed.
Lemma exp_same a b u v : a = exp u -> b = exp v -> u = v -> a = b.
Proof. intros -> -> ->; reflexivity. Qed.
Lemma ln_powN x n : 0 < x -> ln (x ^ n) = INR n * ln x.
Proof.
  intro H; induction n as [|n IH]; [simpl; rewrite ln_1; lra|].
  rewrite S_INR; simpl pow; rewrite ln_mult, IH by (try apply pow_lt; assumption); lra.
Qed.
Lemma exp_of_pow a n u : a = exp u -> a ^ n = exp (INR n * u).
Proof.
  intros ->. apply ln_inv; [apply pow_lt, exp_pos|apply exp_pos|].
  rewrite ln_powN, !ln_exp by apply exp_pos; reflexivity.
Qed.

(* ---- sums ---- *)
Lemma sum_ext f g n : (forall i, (1 <= i <= n)%nat -> f i = g i) -> sum f n = sum g n.
Proof. induction n; intro H; simpl; [reflexivity|]; rewrite IHn, H by (intros; try apply H; lia); reflexivity. Qed.
Lemma sum_le f g n : (forall i, (1 <= i <= n)%nat -> f i <= g i) -> sum f n <= sum g n.
Proof.
  induction n; intro H; simpl; [lra|].
  assert (sum f n <= sum g n) by (apply IHn; intros; apply H; lia).
  assert (f (S n) <= g (S n)) by (apply H; lia). lra.
Qed.
Lemma sum_lt1 f g n k : (forall i, (1 <= i <= n)%nat -> f i <= g i) -> (1 <= k <= n)%nat -> f k < g k ->
  sum f n < sum g n.
Proof.
  induction n; intros H Hk Hs; simpl; [lia|].
  assert (f (S n) <= g (S n)) by (apply H; lia).
  destruct (Nat.eq_dec k (S n)) as [->|].
  - assert (sum f n <= sum g n) by (apply sum_le; intros; apply H; lia). lra.
  - assert (sum f n < sum g n) by (apply IHn; [intros; apply H; lia|lia|assumption]). lra.
Qed.
Lemma sum_lt f g n : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> f i < g i) -> sum f n < sum g n.
Proof.
  intros Hn H; apply (sum_lt1 f g n 1); [intros; left; apply H; lia|lia|apply H; lia].
Qed.
Lemma sum_plus f g n : sum (fun i => f i + g i) n = sum f n + sum g n.
Proof. induction n; simpl; [lra|rewrite IHn; lra]. Qed.
Lemma sum_scal c f n : sum (fun i => c * f i) n = c * sum f n.
Proof. induction n; simpl; [lra|rewrite IHn; lra]. Qed.
Lemma sum_const c n : sum (fun _ => c) n = c * INR n.
Proof. induction n; [simpl; lra|]; rewrite S_INR; simpl; rewrite IHn; lra. Qed.
Lemma sum_ge0 f n : (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> 0 <= sum f n.
Proof.
  intro H; replace 0 with (sum (fun _ => 0) n) by (rewrite sum_const; lra); apply sum_le; assumption.
Qed.
Lemma sum_gt0 f n : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 < f i) -> 0 < sum f n.
Proof.
  intros Hn H; replace 0 with (sum (fun _ => 0) n) by (rewrite sum_const; lra); apply sum_lt; assumption.
Qed.
Lemma summand f k n : (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> (1 <= k <= n)%nat -> f k <= sum f n.
Proof.
  induction n; intros H Hk; simpl; [lia|]. destruct (Nat.eq_dec k (S n)) as [->|].
  - assert (0 <= sum f n) by (apply sum_ge0; intros; apply H; lia). lra.
  - assert (f k <= sum f n) by (apply IHn; [intros; apply H|]; lia).
    assert (0 <= f (S n)) by (apply H; lia). lra.
Qed.
Lemma sum_app f n m : sum f (n + m) = sum f n + sum (fun i => f (n + i)%nat) m.
Proof.
  induction m; [rewrite Nat.add_0_r; simpl; lra|].
  rewrite Nat.add_succ_r; simpl; rewrite IHm, Nat.add_succ_r; lra.
Qed.
(* rule `split` *)
Lemma split_cat (F : R -> R) U V n : n = (len U + len V)%nat ->
  sum (fun i => F (ent (cat U V) i)) n = sum (fun i => F (ent U i)) (len U) + sum (fun i => F (ent V i)) (len V).
Proof.
  intros ->. rewrite sum_app; f_equal; apply sum_ext; intros i Hi; f_equal; simpl.
  - rewrite (proj2 (Nat.leb_le _ _)) by lia; reflexivity.
  - rewrite (proj2 (Nat.leb_gt _ _)) by lia; f_equal; lia.
Qed.
Lemma sum_of_steps (F : R -> R) V T m :
  (forall t, len (V t) = len (V 1%nat)) -> m = (len (V 1%nat) * T)%nat ->
  sum (fun i => F (ent (steps V T) i)) m = sum (fun t => sum (fun i => F (ent (V t) i)) (len (V t))) T.
Proof.
  intros L ->. rewrite (sum_ext (fun t => sum (fun i => F (ent (V t) i)) (len (V t)))
    (fun t => sum (fun i => F (ent (V t) i)) (len (V 1%nat)))) by (intros; rewrite L; reflexivity).
  unfold steps; cbn [ent]; generalize (len (V 1%nat)); intro n; clear L. destruct n as [|n'].
  { simpl; induction T; simpl; [reflexivity|lra]. }
  induction T as [|T IH]; [rewrite Nat.mul_0_r; reflexivity|].
  rewrite Nat.mul_succ_r, sum_app.
  change (sum (fun t => sum (fun i => F (ent (V t) i)) (S n')) (S T))
    with (sum (fun t => sum (fun i => F (ent (V t) i)) (S n')) T + sum (fun i => F (ent (V (S T)) i)) (S n')).
  f_equal; [exact IH|]. apply sum_ext; intros i Hi. f_equal.
  assert (E : (S n' * T + i - 1 = (i - 1) + T * S n')%nat) by nia.
  rewrite E, Nat.div_add, Nat.mod_add, Nat.div_small, Nat.mod_small by lia.
  replace (S (i - 1)) with i by lia. reflexivity.
Qed.

(* ---- the least and the greatest ---- *)
Lemma least_le f k n : (1 <= k <= n)%nat -> least f n <= f k.
Proof.
  induction n as [|n IH]; intro H; [lia|]. destruct n as [|n]; [replace k with 1%nat by lia; simpl; lra|].
  change (least f (S (S n))) with (Rmin (least f (S n)) (f (S (S n)))).
  destruct (Nat.eq_dec k (S (S n))) as [->|]; [apply Rmin_r|].
  eapply Rle_trans; [apply Rmin_l|apply IH; lia].
Qed.
Lemma greatest_ge f k n : (1 <= k <= n)%nat -> f k <= greatest f n.
Proof.
  induction n as [|n IH]; intro H; [lia|]. destruct n as [|n]; [replace k with 1%nat by lia; simpl; lra|].
  change (greatest f (S (S n))) with (Rmax (greatest f (S n)) (f (S (S n)))).
  destruct (Nat.eq_dec k (S (S n))) as [->|]; [apply Rmax_r|].
  eapply Rle_trans; [apply IH; lia|apply Rmax_l].
Qed.

Lemma greatest_bound f n c : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> f i <= c) -> greatest f n <= c.
Proof.
  induction n as [|n IH]; intros Hn H; [lia|]. destruct n as [|n]; [apply H; lia|].
  change (greatest f (S (S n))) with (Rmax (greatest f (S n)) (f (S (S n)))).
  apply Rmax_lub; [apply IH; [lia|intros; apply H; lia]|apply H; lia].
Qed.
Lemma greatest_bound_lt f n c : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> f i < c) -> greatest f n < c.
Proof.
  induction n as [|n IH]; intros Hn H; [lia|]. destruct n as [|n]; [apply H; lia|].
  change (greatest f (S (S n))) with (Rmax (greatest f (S n)) (f (S (S n)))).
  apply Rmax_lub_lt; [apply IH; [lia|intros; apply H; lia]|apply H; lia].
Qed.
Lemma least_bound f n c : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> c <= f i) -> c <= least f n.
Proof.
  induction n as [|n IH]; intros Hn H; [lia|]. destruct n as [|n]; [apply H; lia|].
  change (least f (S (S n))) with (Rmin (least f (S n)) (f (S (S n)))).
  apply Rmin_glb; [apply IH; [lia|intros; apply H; lia]|apply H; lia].
Qed.
Lemma least_bound_lt f n c : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> c < f i) -> c < least f n.
Proof.
  induction n as [|n IH]; intros Hn H; [lia|]. destruct n as [|n]; [apply H; lia|].
  change (least f (S (S n))) with (Rmin (least f (S n)) (f (S (S n)))).
  apply Rmin_glb_lt; [apply IH; [lia|intros; apply H; lia]|apply H; lia].
Qed.
Lemma onz_nz f v : v <> 0 -> onz f v = f v.
Proof. intro; unfold onz; destruct (Req_EM_T v 0); [contradiction|reflexivity]. Qed.
Lemma onz_0 f : onz f 0 = 0.
Proof. unfold onz; destruct (Req_EM_T 0 0); [reflexivity|congruence]. Qed.
Lemma tanh_def y : tanh y = 1 - 2 * / (exp (2 * y) + 1).
Proof.
  unfold tanh, sinh, cosh. replace (2 * y) with (y + y) by ring. rewrite exp_plus, exp_Ropp.
  pose proof (exp_pos y). field. split; nra.
Qed.

(* ---- vectors ---- *)
Lemma psum_ge0 V r : 0 <= psum V r.
Proof. apply sum_ge0; intros; apply pw_ge0. Qed.
Lemma psum_gt0 V r : nonzero V -> 0 < psum V r.
Proof.
  intros (k & Hk & H). assert (0 < pw (Rabs (ent V k)) r) by (apply pw_gt0, Rabs_no_R0; assumption).
  pose proof (summand (fun i => pw (Rabs (ent V i)) r) k (len V) (fun i _ => pw_ge0 _ _) Hk) as S.
  unfold psum; simpl in S; lra.
Qed.
Lemma norm_ge0 V r : 0 <= norm V r.
Proof. apply pw_ge0. Qed.
Lemma norm_gt0 V r : nonzero V -> 0 < norm V r.
Proof. intro; apply pw_pos, psum_gt0; assumption. Qed.
Lemma nonzero_catl U V : nonzero U -> nonzero (cat U V).
Proof.
  intros (k & Hk & H); exists k; simpl; split; [lia|].
  rewrite (proj2 (Nat.leb_le _ _)) by lia; assumption.
Qed.
Lemma nonzero_catr U V : nonzero V -> nonzero (cat U V).
Proof.
  intros (k & Hk & H); exists (len U + k)%nat; simpl; split; [lia|].
  rewrite (proj2 (Nat.leb_gt _ _)) by lia. replace (len U + k - len U)%nat with k by lia; assumption.
Qed.
Lemma nonzero_rep x k : x <> 0 -> (1 <= k)%nat -> nonzero (rep x k).
Proof. intros; exists 1%nat; simpl; split; [lia|assumption]. Qed.
Lemma nonzero_steps V T : (1 <= T)%nat -> nonzero (V 1%nat) -> nonzero (steps V T).
Proof.
  intros HT (k & Hk & H). exists k; simpl; split; [nia|].
  rewrite Nat.div_small, Nat.mod_small by lia. replace (S (k - 1)) with k by lia. exact H.
Qed.
Lemma nonzero_len V : nonzero V -> (1 <= len V)%nat.
Proof. intros (k & Hk & _); lia. Qed.
Lemma open_nonzero V : nonzero V -> exists i, (1 <= i <= len V)%nat /\ ent V i <> 0.
Proof. exact (fun H => H). Qed.
Lemma open_zero V : ~ nonzero V -> forall i, (1 <= i <= len V)%nat -> ent V i = 0.
Proof. intros H i Hi; apply NNPP; intro K; apply H; exists i; split; assumption. Qed.
Lemma open_not_constant V c : ~ constant V -> exists i, (1 <= i <= len V)%nat /\ Rabs (ent V i) <> c.
Proof.
  intro H; apply NNPP; intro K; apply H; intros i Hi.
  assert (A : forall j, (1 <= j <= len V)%nat -> Rabs (ent V j) = c).
  { intros j Hj; apply NNPP; intro N; apply K; exists j; split; assumption. }
  rewrite !A by lia; reflexivity.
Qed.
Lemma nonzero_nc V : ~ constant V -> nonzero V.
Proof.
  intro H; destruct (open_not_constant V 0 H) as (i & Hi & N). exists i; split; [exact Hi|].
  intro E; apply N; rewrite E; apply Rabs_R0.
Qed.
Lemma exp_weak x : 1 + x <= exp x.
Proof. apply exp_ineq1_le. Qed.
Lemma exp_strict x : x <> 0 -> 1 + x < exp x.
Proof. apply exp_ineq1. Qed.
Lemma INR_count n : (1 <= n)%nat -> 1 <= INR n.
Proof. intro H; apply le_INR in H; exact H. Qed.
Lemma sq_gt0 x : x <> 0 -> 0 < x ^ 2.
Proof. intro H; simpl; rewrite Rmult_1_r; apply Rsqr_pos_lt; exact H. Qed.
Lemma PQI_def V p q L : INR (len V) = L -> PQI V p q = 1 - pw L (/ q - / p) * norm V p * / norm V q.
Proof. intros <-; reflexivity. Qed.
(* a comparison of other sides that are equal to these *)
Lemma sides_lt a b a' b' : a = a' -> b = b' -> a' < b' -> a < b. Proof. intros -> ->; exact (fun h => h). Qed.
Lemma sides_le a b a' b' : a = a' -> b = b' -> a' <= b' -> a <= b. Proof. intros -> ->; exact (fun h => h). Qed.
Lemma sides_gt a b a' b' : a = a' -> b = b' -> a' > b' -> a > b. Proof. intros -> ->; exact (fun h => h). Qed.
Lemma sides_ge a b a' b' : a = a' -> b = b' -> a' >= b' -> a >= b. Proof. intros -> ->; exact (fun h => h). Qed.
Lemma sides_eq (a b a' b' : R) : a = a' -> b = b' -> a' = b' -> a = b. Proof. intros -> ->; exact (fun h => h). Qed.
Lemma sides_ne (a b a' b' : R) : a = a' -> b = b' -> a' <> b' -> a <> b. Proof. intros -> ->; exact (fun h => h). Qed.
Lemma pos_of x : 0 <= x -> x <> 0 -> 0 < x.
Proof. intros [H|H] N; [exact H|]. exfalso; apply N; symmetry; exact H. Qed.
Lemma zero_or x : 0 <= x -> x = 0 \/ 0 < x. Proof. lra. Qed.

(* what holds of every entry *)
Lemma cat_all (P : R -> Prop) U V :
  (forall i, (1 <= i <= len U)%nat -> P (ent U i)) -> (forall i, (1 <= i <= len V)%nat -> P (ent V i)) ->
  forall i, (1 <= i <= len (cat U V))%nat -> P (ent (cat U V) i).
Proof.
  intros HU HV i Hi. cbn [ent cat len] in *. destruct (Nat.leb i (len U)) eqn:E.
  - apply Nat.leb_le in E. apply HU; lia.
  - apply Nat.leb_gt in E. apply HV; lia.
Qed.
Lemma steps_all (P : R -> Prop) V T :
  (forall t, len (V t) = len (V 1%nat)) ->
  (forall t, (1 <= t <= T)%nat -> forall i, (1 <= i <= len (V t))%nat -> P (ent (V t) i)) ->
  forall i, (1 <= i <= len (steps V T))%nat -> P (ent (steps V T) i).
Proof.
  intros L H i Hi. cbn [ent steps len] in *. set (n := len (V 1%nat)) in *.
  assert (n <> 0)%nat by (intro Z; rewrite Z in Hi; simpl in Hi; lia).
  assert (D := Nat.div_mod (i - 1) n ltac:(assumption)). assert (M := Nat.mod_upper_bound (i - 1) n ltac:(assumption)).
  apply H; [|rewrite L; fold n; lia]. split; [lia|].
  assert ((i - 1) / n < T)%nat by (apply Nat.div_lt_upper_bound; lia). lia.
Qed.
Lemma nonzero_multiple c f V : (forall x, f x = c * x) -> c <> 0 -> nonzero V -> nonzero (vmap f V).
Proof.
  intros E Hc (k & Hk & H); exists k; split; [exact Hk|]; simpl; rewrite E.
  apply Rmult_integral_contrapositive; split; assumption.
Qed.
Lemma least_ge0 f n : (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> 0 <= least f n.
Proof. destruct n; intro H; [simpl; lra|apply least_bound; [lia|assumption]]. Qed.
Lemma greatest_ge0 f n : (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> 0 <= greatest f n.
Proof.
  destruct n; intro H; [simpl; lra|]. eapply Rle_trans; [apply (H 1%nat); lia|apply greatest_ge; lia].
Qed.
Lemma least_gt0 f n : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 < f i) -> 0 < least f n.
Proof. intros; apply least_bound_lt; assumption. Qed.
Lemma greatest_gt0 f n : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 < f i) -> 0 < greatest f n.
Proof.
  intros Hn H. eapply Rlt_le_trans; [apply (H 1%nat); lia|apply greatest_ge; lia].
Qed.
Lemma onz_ge0 v : 0 <= onz (fun _ => 1) v.
Proof. unfold onz; destruct (Req_EM_T v 0); lra. Qed.
Lemma nzcount_ge0 V : 0 <= nzcount V.
Proof. apply sum_ge0; intros; apply onz_ge0. Qed.
Lemma nzcount_gt0 V : nonzero V -> 0 < nzcount V.
Proof.
  intros (k & Hk & H).
  pose proof (summand (fun i => onz (fun _ => 1) (ent V i)) k (len V) (fun i _ => onz_ge0 _) Hk) as S.
  cbv beta in S. rewrite (onz_nz (fun _ => 1) _ H) in S. unfold nzcount, nztotal. lra.
Qed.
Lemma atmost_ge0 V b : 0 <= atmost V b.
Proof. apply sum_ge0; intros; destruct (Rle_dec (ent V i) b); lra. Qed.
Lemma not_constant_len V : ~ constant V -> (2 <= len V)%nat.
Proof.
  intro H. destruct (le_lt_dec 2 (len V)); [assumption|]. exfalso; apply H; intros i Hi.
  replace i with 1%nat by lia. reflexivity.
Qed.
Lemma Rinv_ge0 x : 0 <= x -> 0 <= / x.
Proof. intros [H|H]; [left; apply Rinv_0_lt_compat; exact H|subst; rewrite Rinv_0; lra]. Qed.
Lemma cat_assoc U V W : cat (cat U V) W = cat U (cat V W).
Proof.
  unfold cat; cbn [len ent]. rewrite Nat.add_assoc. f_equal.
  apply functional_extensionality; intro i.
  destruct (Nat.leb i (len U)) eqn:A.
  - apply Nat.leb_le in A. rewrite (proj2 (Nat.leb_le i (len U + len V))) by lia. reflexivity.
  - apply Nat.leb_gt in A. destruct (Nat.leb i (len U + len V)) eqn:B.
    + apply Nat.leb_le in B. rewrite (proj2 (Nat.leb_le (i - len U) (len V))) by lia. reflexivity.
    + apply Nat.leb_gt in B. rewrite (proj2 (Nat.leb_gt (i - len U) (len V))) by lia. f_equal; lia.
Qed.
Lemma ceil_ge x : 0 <= IZR (ceil x) - x.
Proof. unfold ceil. rewrite opp_IZR. destruct (base_Int_part (- x)). lra. Qed.
Lemma ceil_lt x : 0 < x + 1 - IZR (ceil x).
Proof. unfold ceil. rewrite opp_IZR. destruct (base_Int_part (- x)). lra. Qed.
Lemma ceil_ge0 x : 0 <= x -> 0 <= IZR (ceil x).
Proof. intro; pose proof (ceil_ge x); lra. Qed.
Lemma ceil_gt0 x : 0 < x -> 0 < IZR (ceil x).
Proof. intro; pose proof (ceil_ge x); lra. Qed.
Lemma pos_nat n : 0 < INR n -> (1 <= n)%nat.
Proof. intro H; change (INR 0 < INR n) in H; apply INR_lt in H; lia. Qed.
Lemma sum_same f g n m : (forall i, (1 <= i <= n)%nat -> f i = g i) -> n = m -> sum f n = sum g m.
Proof. intros H <-; apply sum_ext; exact H. Qed.
Lemma least_same f g n m : (forall i, (1 <= i <= n)%nat -> f i = g i) -> n = m -> least f n = least g m.
Proof.
  intros H <-. revert H. induction n as [|n IH]; intro H; [reflexivity|]. destruct n as [|n]; [apply H; lia|].
  change (Rmin (least f (S n)) (f (S (S n))) = Rmin (least g (S n)) (g (S (S n)))).
  f_equal; [apply IH; intros; apply H; lia|apply H; lia].
Qed.
Lemma greatest_same f g n m :
  (forall i, (1 <= i <= n)%nat -> f i = g i) -> n = m -> greatest f n = greatest g m.
Proof.
  intros H <-. revert H. induction n as [|n IH]; intro H; [reflexivity|]. destruct n as [|n]; [apply H; lia|].
  change (Rmax (greatest f (S n)) (f (S (S n))) = Rmax (greatest g (S n)) (g (S (S n)))).
  f_equal; [apply IH; intros; apply H; lia|apply H; lia].
Qed.
Lemma vmap_same f g U V : (forall x, f x = g x) -> U = V -> vmap f U = vmap g V.
Proof. intros H <-. f_equal. apply functional_extensionality; exact H. Qed.
Lemma steps_same (U V : nat -> vec) n m :
  (forall t, U t = V t) -> n = m -> steps U n = steps V m.
Proof. intros H <-. f_equal. apply functional_extensionality; exact H. Qed.
Lemma onz_same f g u v : (u <> 0 -> f u = g u) -> u = v -> onz f u = onz g v.
Proof. intros H <-. unfold onz. destruct (Req_EM_T u 0); [reflexivity|apply H; assumption]. Qed.
Lemma nztotal_same f g U V :
  (forall i, (1 <= i <= len V)%nat -> ent V i <> 0 -> f (ent V i) = g (ent V i)) -> U = V ->
  nztotal f U = nztotal g V.
Proof.
  intros H ->. unfold nztotal. apply sum_ext; intros i Hi. apply onz_same; [apply H; exact Hi|reflexivity].
Qed.
Lemma Rabs_of_nonpos x y : x = - y -> 0 <= y -> Rabs x = y.
Proof. intros -> H. rewrite Rabs_Ropp. apply Rabs_pos_eq; exact H. Qed.
Lemma Rabs_of_nonneg x y : x = y -> 0 <= y -> Rabs x = y.
Proof. intros -> H. apply Rabs_pos_eq; exact H. Qed.
Lemma abs_zero x : Rabs x = 0 -> x = 0.
Proof. intro H. apply NNPP. intro N. exact (Rabs_no_R0 x N H). Qed.
Lemma even_ge0 x n : Nat.even n = true -> 0 <= x ^ n.
Proof.
  intro E. apply Nat.even_spec in E. destruct E as (k & ->). rewrite pow_mult. apply pow_le, pow2_ge_0.
Qed.
Lemma abs_even x n : Nat.even n = true -> Rabs x ^ n = x ^ n.
Proof. intro E. rewrite RPow_abs. apply Rabs_pos_eq, even_ge0, E. Qed.
Lemma abs_odd x n : Nat.even n = true -> Rabs x ^ S n = Rabs x * x ^ n.
Proof. intro E. rewrite <- (abs_even x n E). reflexivity. Qed.
Lemma even_gt0 x n : Nat.even n = true -> x <> 0 -> 0 < x ^ n.
Proof.
  intros E H. destruct (even_ge0 x n E) as [K|K]; [exact K|].
  exfalso; apply (pow_nonzero x n H); symmetry; exact K.
Qed.
Lemma sum_two c f g n : sum (fun i => c * f i + g i) n = c * sum f n + sum g n.
Proof. rewrite (sum_plus (fun i => c * f i) g), sum_scal. reflexivity. Qed.
Lemma sum_one n : sum (fun _ => 1) n = INR n.
Proof. rewrite sum_const; lra. Qed.

(* ---- the rules of the kernel, where a rule takes more than one of the lemmas above ---- *)
(* rule `on_nonzero`: what the term says, read in either case *)
Lemma onz_zero f v : v = 0 -> onz f v = 0.
Proof. intros ->; apply onz_0. Qed.
(* rule `instantiate`: a vector is its length and its entries *)
Lemma vec_same V n f : len V = n -> ent V = f -> mkvec n f = V.
Proof. intros <- <-; destruct V; reflexivity. Qed.
(* rule `rewrite`: equals in the place of equals *)
Lemma rewrite_in {A : Type} (P : A -> Prop) (a b : A) : a = b -> P a -> P b.
Proof. intros <-; exact (fun h => h). Qed.

(* rules `cases`, `absurd`, `iff`: the negation of what is said of every index, or of some *)

(* entries of the parts of a concatenation *)
Lemma ent_catl U V i : (i <= len U)%nat -> ent (cat U V) i = ent U i.
Proof. intro; cbn [ent cat]; rewrite (proj2 (Nat.leb_le _ _)) by assumption; reflexivity. Qed.
Lemma ent_catr U V i : (1 <= i)%nat -> ent (cat U V) (len U + i) = ent V i.
Proof.
  intro; cbn [ent cat]; rewrite (proj2 (Nat.leb_gt _ _)) by lia. f_equal; lia.
Qed.
(* rule `every_part`: what holds of every entry holds of those of a part *)
Lemma every_catl (P : R -> Prop) U V n : n = (len U + len V)%nat ->
  (forall i, (1 <= i <= n)%nat -> P (ent (cat U V) i)) -> forall i, (1 <= i <= len U)%nat -> P (ent U i).
Proof. intros -> H i Hi; rewrite <- (ent_catl U V) by lia; apply H; lia. Qed.
Lemma every_catr (P : R -> Prop) U V n : n = (len U + len V)%nat ->
  (forall i, (1 <= i <= n)%nat -> P (ent (cat U V) i)) -> forall i, (1 <= i <= len V)%nat -> P (ent V i).
Proof. intros -> H i Hi; rewrite <- (ent_catr U V) by lia; apply H; lia. Qed.
(* rule `extreme_of_part`: the least of all is among the least of a part, or below *)
Lemma least_catl (F : R -> R) U V n : n = (len U + len V)%nat -> (1 <= len U)%nat ->
  least (fun i => F (ent (cat U V) i)) n <= least (fun i => F (ent U i)) (len U).
Proof.
  intros -> H; apply least_bound; [exact H|]; intros i Hi. rewrite <- (ent_catl U V) by lia.
  apply (least_le (fun i => F (ent (cat U V) i))); lia.
Qed.
Lemma least_catr (F : R -> R) U V n : n = (len U + len V)%nat -> (1 <= len V)%nat ->
  least (fun i => F (ent (cat U V) i)) n <= least (fun i => F (ent V i)) (len V).
Proof.
  intros -> H; apply least_bound; [exact H|]; intros i Hi. rewrite <- (ent_catr U V) by lia.
  apply (least_le (fun i => F (ent (cat U V) i))); lia.
Qed.
Lemma greatest_catl (F : R -> R) U V n : n = (len U + len V)%nat -> (1 <= len U)%nat ->
  greatest (fun i => F (ent U i)) (len U) <= greatest (fun i => F (ent (cat U V) i)) n.
Proof.
  intros -> H; apply greatest_bound; [exact H|]; intros i Hi. rewrite <- (ent_catl U V) by lia.
  apply (greatest_ge (fun i => F (ent (cat U V) i))); lia.
Qed.
Lemma greatest_catr (F : R -> R) U V n : n = (len U + len V)%nat -> (1 <= len V)%nat ->
  greatest (fun i => F (ent V i)) (len V) <= greatest (fun i => F (ent (cat U V) i)) n.
Proof.
  intros -> H; apply greatest_bound; [exact H|]; intros i Hi. rewrite <- (ent_catr U V) by lia.
  apply (greatest_ge (fun i => F (ent (cat U V) i))); lia.
Qed.
(* a part of a part: what follows the first vectors of a concatenation *)
Lemma least_catr_le (F : R -> R) U V n c : n = (len U + len V)%nat -> (1 <= len V)%nat ->
  least (fun i => F (ent V i)) (len V) <= c -> least (fun i => F (ent (cat U V) i)) n <= c.
Proof. intros H K; apply Rle_trans, least_catr; assumption. Qed.
Lemma greatest_catr_ge (F : R -> R) U V n c : n = (len U + len V)%nat -> (1 <= len V)%nat ->
  c <= greatest (fun i => F (ent V i)) (len V) -> c <= greatest (fun i => F (ent (cat U V) i)) n.
Proof. intros H K L; eapply Rle_trans; [exact L|apply greatest_catr; assumption]. Qed.

(* rule `split`, over steps: each entry of the steps is one of a step, and the other way round *)
Lemma ent_steps V T t j : (forall t, len (V t) = len (V 1%nat)) ->
  (1 <= t)%nat -> (1 <= j <= len (V t))%nat ->
  ent (steps V T) (len (V 1%nat) * (t - 1) + j) = ent (V t) j.
Proof.
  intros L Ht Hj. rewrite L in Hj. cbn [ent steps]. set (n := len (V 1%nat)) in *.
  replace (n * (t - 1) + j - 1)%nat with (j - 1 + (t - 1) * n)%nat by nia.
  rewrite Nat.div_add, Nat.mod_add, Nat.div_small, Nat.mod_small by lia.
  replace (S (0 + (t - 1))) with t by lia. replace (S (j - 1)) with j by lia. reflexivity.
Qed.
Lemma in_steps n T t j : (1 <= t <= T)%nat -> (1 <= j <= n)%nat ->
  (1 <= n * (t - 1) + j <= n * T)%nat.
Proof. nia. Qed.
Lemma least_of_steps (F : R -> R) V T m :
  (forall t, len (V t) = len (V 1%nat)) -> m = (len (V 1%nat) * T)%nat ->
  least (fun i => F (ent (steps V T) i)) m = least (fun t => least (fun i => F (ent (V t) i)) (len (V t))) T.
Proof.
  intros L ->. destruct T as [|T]; [rewrite Nat.mul_0_r; reflexivity|].
  destruct (Nat.eq_dec (len (V 1%nat)) 0) as [Z|N].
  { rewrite Z. cbn [Nat.mul]. rewrite (least_same _ (fun _ => 0) (S T) (S T)).
    - induction T as [|T IH]; [reflexivity|].
      change (0 = Rmin (least (fun _ => 0) (S T)) 0). change (least _ 0) with 0 in IH.
      rewrite <- IH. symmetry. apply Rmin_left; lra.
    - intros t _; rewrite (L t), Z; reflexivity.
    - reflexivity. }
  apply Rle_antisym.
  - apply least_bound; [lia|]; intros t Ht. rewrite (L t). apply least_bound; [lia|]; intros j Hj.
    rewrite <- (ent_steps V (S T) t j L) by (rewrite ?(L t); lia).
    apply (least_le (fun i => F (ent (steps V (S T)) i))), in_steps; lia.
  - apply least_bound; [nia|]; intros i Hi.
    apply (steps_all (fun x => least (fun t => least (fun i => F (ent (V t) i)) (len (V t))) (S T) <= F x) V (S T) L);
      [|exact Hi]. intros t Ht j Hj.
    eapply Rle_trans; [apply (least_le _ t); exact Ht|]. apply (least_le (fun i => F (ent (V t) i))); exact Hj.
Qed.
Lemma greatest_of_steps (F : R -> R) V T m :
  (forall t, len (V t) = len (V 1%nat)) -> m = (len (V 1%nat) * T)%nat ->
  greatest (fun i => F (ent (steps V T) i)) m =
  greatest (fun t => greatest (fun i => F (ent (V t) i)) (len (V t))) T.
Proof.
  intros L ->. destruct T as [|T]; [rewrite Nat.mul_0_r; reflexivity|].
  destruct (Nat.eq_dec (len (V 1%nat)) 0) as [Z|N].
  { rewrite Z. cbn [Nat.mul]. rewrite (greatest_same _ (fun _ => 0) (S T) (S T)).
    - induction T as [|T IH]; [reflexivity|].
      change (0 = Rmax (greatest (fun _ => 0) (S T)) 0). change (greatest _ 0) with 0 in IH.
      rewrite <- IH. symmetry. apply Rmax_left; lra.
    - intros t _; rewrite (L t), Z; reflexivity.
    - reflexivity. }
  apply Rle_antisym.
  - apply greatest_bound; [nia|]; intros i Hi.
    apply (steps_all (fun x => F x <= greatest (fun t => greatest (fun i => F (ent (V t) i)) (len (V t))) (S T)) V (S T) L);
      [|exact Hi]. intros t Ht j Hj.
    eapply Rle_trans; [apply (greatest_ge (fun i => F (ent (V t) i))); exact Hj|].
    apply (greatest_ge (fun t => greatest (fun i => F (ent (V t) i)) (len (V t))) t); exact Ht.
  - apply greatest_bound; [lia|]; intros t Ht. rewrite (L t). apply greatest_bound; [lia|]; intros j Hj.
    rewrite <- (ent_steps V (S T) t j L) by (rewrite ?(L t); lia).
    apply (greatest_ge (fun i => F (ent (steps V (S T)) i))), in_steps; lia.
Qed.

(* rule `count_parts`: counts are sums over the parts; a repeated value counts always or never *)
Lemma nztotal_cat f U V : nztotal f (cat U V) = nztotal f U + nztotal f V.
Proof. exact (split_cat (onz f) U V _ eq_refl). Qed.
Lemma nztotal_rep f x k : nztotal f (rep x k) = onz f x * INR k.
Proof. exact (sum_const (onz f x) k). Qed.
Lemma nzcount_cat U V : nzcount (cat U V) = nzcount U + nzcount V.
Proof. apply nztotal_cat. Qed.
Lemma nzcount_rep x k : x <> 0 -> nzcount (rep x k) = INR k.
Proof. intro H; unfold nzcount; rewrite nztotal_rep, onz_nz by exact H; lra. Qed.
Lemma nzcount_zeros x k : x = 0 -> nzcount (rep x k) = 0.
Proof. intros ->; unfold nzcount; rewrite nztotal_rep, onz_0; lra. Qed.
Lemma nzcount_map c f V : (forall x, f x = c * x) -> c <> 0 -> nzcount (vmap f V) = nzcount V.
Proof.
  intros E Hc. apply sum_ext; intros i _; cbn [ent vmap]; rewrite E. unfold onz.
  destruct (Req_EM_T (c * ent V i) 0) as [Z|N], (Req_EM_T (ent V i) 0) as [Z'|N']; try reflexivity.
  - apply Rmult_integral in Z; tauto.
  - rewrite Z' in N; lra.
Qed.
Lemma atmost_cat U V b : atmost (cat U V) b = atmost U b + atmost V b.
Proof. exact (split_cat (fun x => if Rle_dec x b then 1 else 0) U V _ eq_refl). Qed.
Lemma atmost_rep x k b : x <= b -> atmost (rep x k) b = INR k.
Proof.
  intro H; unfold atmost; cbn [ent len rep]. destruct (Rle_dec x b); [apply sum_one|contradiction].
Qed.
Lemma atmost_above x k b : b < x -> atmost (rep x k) b = 0.
Proof.
  intro H; unfold atmost; cbn [ent len rep]. destruct (Rle_dec x b); [lra|rewrite sum_const; lra].
Qed.

(* rule `whole`: whole numbers that differ are 1 apart; sums, products, powers of whole numbers *)
Definition whole (x : R) : Prop := exists z, x = IZR z.
Lemma whole_IZR z : whole (IZR z). Proof. exists z; reflexivity. Qed.
Lemma whole_INR n : whole (INR n). Proof. exists (Z.of_nat n); apply INR_IZR_INZ. Qed.
Lemma whole_plus x y : whole x -> whole y -> whole (x + y).
Proof. intros (a & ->) (b & ->); exists (a + b)%Z; symmetry; apply plus_IZR. Qed.
Lemma whole_minus x y : whole x -> whole y -> whole (x - y).
Proof. intros (a & ->) (b & ->); exists (a - b)%Z; symmetry; apply minus_IZR. Qed.
Lemma whole_mult x y : whole x -> whole y -> whole (x * y).
Proof. intros (a & ->) (b & ->); exists (a * b)%Z; symmetry; apply mult_IZR. Qed.
Lemma whole_opp x : whole x -> whole (- x).
Proof. intros (a & ->); exists (- a)%Z; symmetry; apply opp_IZR. Qed.
Lemma whole_abs x : whole x -> whole (Rabs x).
Proof. intros (a & ->); exists (Z.abs a); symmetry; apply abs_IZR. Qed.
Lemma whole_pow x n : whole x -> whole (x ^ n).
Proof.
  intro H; induction n; [apply (whole_IZR 1)|]. apply whole_mult; assumption.
Qed.
Lemma whole_pw x e : whole x -> whole e -> 0 <= e -> whole (pw x e).
Proof.
  intros H (z & ->) P. apply le_IZR in P. rewrite <- (Z2Nat.id z P), <- INR_IZR_INZ. unfold pw.
  destruct (Req_EM_T x 0); [apply (whole_IZR 0)|]. destruct (Rlt_dec 0 x) as [K|K].
  - rewrite Rpower_pow by exact K. apply whole_pow; exact H.
  - unfold Rpower, ln. destruct (Rlt_dec 0 x); [contradiction|]. rewrite Rmult_0_r, exp_0. apply (whole_IZR 1).
Qed.
Lemma whole_sum f n : (forall i, (1 <= i <= n)%nat -> whole (f i)) -> whole (sum f n).
Proof.
  induction n; intro H; [apply (whole_IZR 0)|].
  apply whole_plus; [apply IHn; intros; apply H; lia|apply H; lia].
Qed.
Lemma whole_nzcount V : whole (nzcount V).
Proof.
  apply whole_sum; intros i _; unfold onz. destruct (Req_EM_T (ent V i) 0); apply whole_IZR.
Qed.
Lemma whole_atmost V b : whole (atmost V b).
Proof. apply whole_sum; intros i _. destruct (Rle_dec (ent V i) b); apply whole_IZR. Qed.
Lemma whole_lt x y : whole x -> whole y -> x < y -> x + 1 <= y.
Proof.
  intros (a & ->) (b & ->) H. apply lt_IZR in H. rewrite <- plus_IZR. apply IZR_le; lia.
Qed.

(* a ceiling as a natural number *)
Lemma INR_ceil x : 0 <= x -> INR (Z.to_nat (ceil x)) = IZR (ceil x).
Proof.
  intro H. rewrite INR_IZR_INZ, Z2Nat.id; [reflexivity|]. apply le_IZR, ceil_ge0; exact H.
Qed.
Lemma INR_of_ceil x : 0 <= IZR (ceil x) -> INR (Z.to_nat (ceil x)) = IZR (ceil x).
Proof. intro H; rewrite INR_IZR_INZ, Z2Nat.id; [reflexivity|]. apply le_IZR; exact H. Qed.
Lemma ceil_value x z : IZR z - 1 < x -> x <= IZR z -> ceil x = z.
Proof.
  intros A B. pose proof (ceil_ge x); pose proof (ceil_lt x).
  assert (IZR (ceil x) < IZR (z + 1)) by (rewrite plus_IZR; lra).
  assert (IZR z < IZR (ceil x + 1)) by (rewrite plus_IZR; lra).
  apply lt_IZR in H1, H2. lia.
Qed.
Lemma ceil_nat x n : INR n - 1 < x -> x <= INR n -> Z.to_nat (ceil x) = n.
Proof.
  rewrite INR_IZR_INZ; intros A B. rewrite (ceil_value x (Z.of_nat n) A B). apply Nat2Z.id.
Qed.
Lemma ceil_whole x : whole x -> IZR (ceil x) = x.
Proof. intros (z & ->). rewrite (ceil_value (IZR z) z); [reflexivity|lra|lra]. Qed.
Lemma INR_nzcount V : INR (Z.to_nat (ceil (nzcount V))) = nzcount V.
Proof. rewrite INR_ceil by apply nzcount_ge0. apply ceil_whole, whole_nzcount. Qed.
Lemma INR_atmost V b : INR (Z.to_nat (ceil (atmost V b))) = atmost V b.
Proof. rewrite INR_ceil by apply atmost_ge0. apply ceil_whole, whole_atmost. Qed.

(* ---- tactics ---- *)
(* natural numbers *)
Ltac lengths := cbn [len cat rep vmap steps sorted].
Ltac inr_push := repeat first
  [ rewrite plus_INR | rewrite mult_INR | rewrite S_INR | rewrite pow_INR
  | rewrite INR_nzcount | rewrite INR_atmost
  | rewrite INR_ceil by (first [ assumption | lra ])
  | rewrite INR_of_ceil by (first [ assumption | (left; assumption) | lra ])
  | rewrite minus_INR by (first [ lia | nia | apply INR_le; repeat (rewrite ?plus_INR, ?mult_INR); simpl INR; lra ]) ];
  simpl INR.
Ltac natlra := lengths; apply INR_le; inr_push; lra.
Ltac inrange := cbn [len cat rep vmap steps sorted] in *; first [ lia | (repeat split; first [ lia | natlra ]) | nia ].
Ltac nateq := lengths; first [ reflexivity | lia | nia | ring | (apply INR_eq; inr_push; lra)
  | (apply (f_equal (fun zz => Z.to_nat (ceil zz))); first [ ring | field ])
  | (apply ceil_nat; simpl INR; lra) ].
Ltac inr := lengths; inr_push; first [ reflexivity | ring | lra ].
(* 1 <= n for a natural number of which 0 < n is known as a real one *)
Ltac natural P := let G := fresh in assert (G : P) by pos; apply pos_nat; inr_push; lra
(* what is said of the length of a vector, as a real number *)
with long H := let G := fresh in
  assert (G := H); cbn [len] in G; apply le_INR in G;
  rewrite ?plus_INR, ?mult_INR in G; simpl INR in G; lra
(* nonzero vectors and signs: by structure; the leaves are facts in the context *)
with nzv := first
  [ assumption | apply nonzero_catl; nzv | apply nonzero_catr; nzv
  | apply nonzero_rep; [ neq0 | inrange ] ]
with pos := lazymatch goal with
  | |- 0 < _ => first
    [ assumption
    | lazymatch goal with
      | |- 0 < _ * _ => apply Rmult_lt_0_compat; pos
      | |- 0 < _ / _ => apply Rdiv_lt_0_compat; pos
      | |- 0 < / _ => apply Rinv_0_lt_compat; pos
      | |- 0 < pw _ _ => first [ apply pw_pos; pos | apply pw_gt0; neq0 ]
      | |- 0 < exp _ => apply exp_pos
      | |- 0 < Rabs _ => apply Rabs_pos_lt; neq0
      | |- 0 < psum _ _ => apply psum_gt0; nzv
      | |- 0 < norm _ _ => apply norm_gt0; nzv
      | |- 0 < nzcount _ => apply nzcount_gt0; nzv
      | |- 0 < IZR (ceil _) => apply ceil_gt0; pos
      | |- 0 < INR _ => apply lt_0_INR; inrange
      | |- 0 < _ ^ 2 => first [ apply pow_lt; pos | apply sq_gt0; neq0 ]
      | |- 0 < _ ^ _ => first [ apply pow_lt; pos | apply even_gt0; [ reflexivity | neq0 ] ]
      | |- 0 < _ + _ => pos_sum
      | |- 0 < ?a - ?b => change (0 < a + - b); pos_sum (* minus is not unfolded in a and b *)
      end
    | lra ]
  end
with pos_sum := first
  [ apply Rplus_lt_le_0_compat; [ pos | nng ] | apply Rplus_le_lt_0_compat; [ nng | pos ] ]
with nng := lazymatch goal with
  | |- 0 <= _ => first
    [ assumption
    | lazymatch goal with
      | |- 0 <= _ * _ => apply Rmult_le_pos; nng
      | |- 0 <= _ / _ => apply Rmult_le_pos; [ nng | apply Rinv_ge0; nng ]
      | |- 0 <= / _ => apply Rinv_ge0; nng
      | |- 0 <= pw _ _ => apply pw_ge0
      | |- 0 <= exp _ => left; apply exp_pos
      | |- 0 <= Rabs _ => apply Rabs_pos
      | |- 0 <= psum _ _ => apply psum_ge0
      | |- 0 <= norm _ _ => apply norm_ge0
      | |- 0 <= nzcount _ => apply nzcount_ge0
      | |- 0 <= atmost _ _ => apply atmost_ge0
      | |- 0 <= IZR (ceil _) => apply ceil_ge0; nng
      | |- 0 <= INR _ => apply pos_INR
      | |- 0 <= _ ^ 2 => apply pow2_ge_0
      | |- 0 <= _ ^ _ => first [ apply pow_le; nng | apply even_ge0; reflexivity ]
      | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; nng
      | |- 0 <= ?a - ?b => change (0 <= a + - b); apply Rplus_le_le_0_compat; nng
      end
    | left; pos | lra ]
  end
with neq0 := first
  [ assumption | apply not_eq_sym, Rlt_not_eq; pos | apply not_eq_sym; assumption
  | apply Rmult_integral_contrapositive; split; neq0
  | apply Ropp_neq_0_compat; neq0 | apply Rinv_neq_0_compat; neq0 | apply Rabs_no_R0; neq0
  | apply pow_nonzero; neq0 | lra ].
(* what is divided by, cleared of its own fractions, by what says that it is not 0 *)
Ltac sides := repeat split; first [ neq0 | cleared ]
with cleared := match goal with H : _ <> 0 |- _ <> 0 =>
  let Z := fresh in intro Z; apply H; field_simplify_eq; [ lra | sides ] end.
(* rule `whole`: what is written with whole numbers alone is one *)
Ltac whole_number := lazymatch goal with
  | |- whole (IZR _) => apply whole_IZR
  | |- whole (INR _) => apply whole_INR
  | |- whole (_ + _) => apply whole_plus; whole_number
  | |- whole (_ - _) => apply whole_minus; whole_number
  | |- whole (_ * _) => apply whole_mult; whole_number
  | |- whole (- _) => apply whole_opp; whole_number
  | |- whole (Rabs _) => apply whole_abs; whole_number
  | |- whole (_ ^ _) => apply whole_pow; whole_number
  | |- whole (pw _ _) => apply whole_pw; [ whole_number | whole_number | nng ]
  | |- whole (nzcount _) => apply whole_nzcount
  | |- whole (atmost _ _) => apply whole_atmost
  | |- whole (sum _ _) => apply whole_sum; intros; whole_number
  end.
Ltac whole_step H := lazymatch type of H with ?a < ?b =>
  let W := fresh in
  assert (W : a + 1 <= b) by (apply whole_lt; [ whole_number | whole_number | exact H ]);
  first [ exact W | lra ] end.
(* rules `cases`, `iff`: the negation of a statement, moved inwards, from what denies it *)
Ltac negated H := first
  [ exact H | lra | (apply NNPP; exact H)
  | lazymatch goal with |- ex _ => let N := fresh in apply NNPP; intro N; apply H; denied N end
  | denied H ]
with denied N := lazymatch type of N with
  | ~ ex ?Q =>
      let x := fresh in intro x; let T := eval cbv beta in (Q x) in
      let M := fresh in assert (M : ~ T) by (let q := fresh in intro q; apply N; exists x; exact q);
      denied M
  | ~ (?A /\ ?B) =>
      let k := fresh in intro k;
      let M := fresh in assert (M : ~ B) by (let q := fresh in intro q; exact (N (conj k q)));
      denied M
  | _ => negated N
  end.
(* rule `absurd`: a statement and its negation, moved inwards *)
Ltac contrary Y N := first
  [ exact (N Y) | exact (Y N)
  | let P := fresh in let Q := fresh in assert (P := Y); assert (Q := N); clear - P Q; lra
  | lazymatch type of N with
    | ex _ => let x := fresh in let M := fresh in destruct N as [x M]; contrary (Y x) M
    | _ /\ _ => let k := fresh in let M := fresh in destruct N as [k M]; contrary (Y k) M
    end
  | lazymatch type of Y with
    | ex _ => let x := fresh in let M := fresh in destruct Y as [x M]; contrary M (N x)
    | _ /\ _ => let k := fresh in let M := fresh in destruct Y as [k M]; contrary M (N k)
    end ].
(* an index from 1 to n, of which it is known as a real number that n - i is not negative *)
Ltac in_range H := lazymatch goal with |- (1 <= ?i <= _)%nat =>
  let B := fresh in let P := fresh in
  assert (B : (1 <= i)%nat) by (first [ lia | apply pos_nat; inr_push; pos ]);
  split; [ exact B |]; assert (P := INR_count _ B); revert P; inr_push; intro P;
  apply INR_le; inr_push; lra end.
(* m (l - 1) < k <= m l from what is known of real numbers *)
Ltac natural_below H := first
  [ lia | nia
  | apply Nat.nlt_ge; let G := fresh in intro G; apply le_INR in G; revert G H; inr_push; intros; nra
  | apply INR_lt; revert H; inr_push; intro; nra | apply INR_le; revert H; inr_push; intro; nra ].
(* an index as a real number, at most the count n, in whatever way that is written *)
Ltac real_range i n := apply (Rle_trans _ (INR n)); [ apply le_INR; inrange | right; inr ].
(* |x|^2 = x^2: whatever the sign of x is *)
Ltac bysigns := progress repeat match goal with |- context [Rabs ?x] =>
  destruct (Rle_lt_dec 0 x); [ rewrite (Rabs_pos_eq x) by assumption | rewrite (Rabs_left x) by assumption ] end.
(* lra is asked before ring and field: it reads an equation far sooner than they do *)
Ltac fin := first [ reflexivity | (clear; unfold Rdiv; lra) | (field; sides) | ring | (unfold Rdiv; ring)
  | bysigns; first [ ring | (field; sides) ]
  | (match goal with H : _ = 0 |- _ => rewrite H end; first [ ring | (field; sides) ]) ].
(* parts that are not below 0 have the sum 0, and one of them is above 0 *)
Ltac zeros := exfalso; match goal with H : ?a + ?b = 0 |- _ =>
  assert (0 <= a) by nng; assert (0 <= b) by nng; subst; lra end.
(* two positive products of powers are equal if their logarithms are *)
Ltac lnpush := repeat first
  [ rewrite ln_exp | rewrite ln_1 | rewrite ln_mult by pos | rewrite ln_Rinv by pos
  | rewrite ln_pw by pos | rewrite ln_powN by pos ].
Ltac as_exp := lazymatch goal with
  | |- ?a * ?b = _ => eapply exp_of_mult; as_exp
  | |- / ?a = _ => eapply exp_of_inv; as_exp
  | |- pw ?a ?e = _ => eapply exp_of_pw; as_exp
  | |- exp ?u = _ => reflexivity
  | |- ?a ^ ?n = _ => eapply exp_of_pow; as_exp
  | |- 1 = _ => exact exp_of_1
  | |- _ => apply exp_of_ln; pos
  end.
Ltac monoeq := unfold Rdiv; eapply exp_same; [ as_exp | as_exp | simpl INR; first [ fin | lnpush; simpl INR; fin ] ].
Ltac lneq := unfold Rdiv; lnpush; simpl INR; fin.
(* |x y| = |x| |y|, |x| as it is said to be, but not by itself, and x where it is not negative *)
Ltac abspush := unfold Rdiv; repeat first
  [ rewrite Rabs_mult | rewrite Rabs_inv | rewrite Rabs_Ropp | rewrite Rabs_Rabsolu | rewrite Rabs_R0
  | match goal with |- context [Rabs (?x ^ ?n)] => rewrite <- (RPow_abs x n) end
  | match goal with H : Rabs ?x = ?r |- context [Rabs ?x] =>
      lazymatch r with context [Rabs x] => fail | _ => rewrite H end end
  | match goal with |- context [Rabs ?x] => rewrite (Rabs_pos_eq x) by nng end
  | match goal with |- context [Rabs ?x] => rewrite (Rabs_left1 x) by lra end ].
(* |x| as E says, and |y| where y is x *)
Ltac abs_as E := try rewrite E;
  repeat lazymatch type of E with Rabs ?x = ?r => match goal with |- context [Rabs ?y] =>
    let Z := fresh in assert (Z : y = x) by (clear; lra);
    replace (Rabs y) with r by (symmetry; exact (eq_trans (f_equal Rabs Z) E)); clear Z end end;
  clear E.
(* even powers of |x| beside those of x *)
Ltac abseven := repeat match goal with
  | |- context [Rabs ?x ^ ?n] => rewrite (abs_even x n eq_refl)
  | |- context [Rabs ?x ^ S (S ?n)] => rewrite (abs_odd x (S n) eq_refl)
  | H : context [Rabs ?x ^ ?n] |- _ => rewrite (abs_even x n eq_refl) in H
  end.
(* |x|^2 = x^2 for what has bars in the goal or in H *)
Ltac abs_squares H := repeat first
  [ match goal with |- context [Rabs ?x] => abs_square x end
  | match type of H with context [Rabs ?x] => abs_square x end ]
with abs_square x := lazymatch goal with
  | _ : Rabs x ^ 2 = x ^ 2 |- _ => fail
  | _ => pose proof (pow2_abs x) end.
Ltac linear := first [ lra | field_simplify; [ lra | sides ] ].
(* a power whose base is 0 by H *)
Ltac zeropw H := lazymatch goal with |- pw ?b _ = 0 =>
  let Z := fresh in assert (Z : b = 0) by (iszero H); rewrite Z; apply pw_0 end
with iszero H := first
  [ lra | (rewrite ?H; fin) | zeropw H | (field [H]; sides) | (abs_squares H; lra)
  | (rewrite <- pow2_abs, H; ring)
  | lazymatch goal with
    | |- ?a * ?b = 0 => let Z := fresh in first
        [ (assert (Z : a = 0) by (iszero H); rewrite Z; ring)
        | (assert (Z : b = 0) by (iszero H); rewrite Z; ring) ]
    | |- ?a + ?b = 0 => let Z := fresh in let Y := fresh in
        assert (Z : a = 0) by (iszero H); assert (Y : b = 0) by (iszero H); lra
    | |- ?a / _ = 0 => let Z := fresh in
        assert (Z : a = 0) by (iszero H); rewrite Z; unfold Rdiv; ring
    | |- ?a ^ _ = 0 => let Z := fresh in assert (Z : a = 0) by (iszero H); rewrite Z; ring
    end
  | lazymatch type of H with Rabs _ = 0 =>
      let Z := fresh in assert (Z := abs_zero _ H); clear H; iszero Z end ].
Ltac zeropw0 := match goal with |- pw ?b _ = 0 => replace b with 0 by (rewrite ?pw_0; fin); apply pw_0 end.
(* the same statement, its sides exchanged or not *)
Ltac same H := first [ exact H | (apply eq_sym; exact H) | (apply not_eq_sym; exact H) | lra ].

(* ---- vectors given by blocks, for counterexamples ---- *)
Lemma psum_cat U V r : psum (cat U V) r = psum U r + psum V r.
Proof. unfold psum; exact (split_cat (fun x => pw (Rabs x) r) U V _ eq_refl). Qed.
Lemma psum_rep x k r : psum (rep x k) r = pw (Rabs x) r * INR k.
Proof. unfold psum; simpl; apply sum_const. Qed.
Lemma psum_map_rep f x k r : psum (vmap f (rep x k)) r = pw (Rabs (f x)) r * INR k.
Proof. exact (psum_rep (f x) k r). Qed.
Lemma psum_map_cat f U V r : psum (vmap f (cat U V)) r = psum (vmap f U) r + psum (vmap f V) r.
Proof. unfold psum; exact (split_cat (fun x => pw (Rabs (f x)) r) U V _ eq_refl). Qed.
Lemma INR_Z z : (0 <= z)%Z -> INR (Z.to_nat z) = IZR z.
Proof. intro; rewrite INR_IZR_INZ, Z2Nat.id by assumption; reflexivity. Qed.
Ltac blocks := rewrite ?psum_map_cat, ?psum_map_rep, ?psum_cat, ?psum_rep; cbv beta.
