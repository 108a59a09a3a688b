(* Tactics of the proofs that are written by the program, and lemmas for them. *)
From Coq Require Import Reals Lra Lia Psatz Classical Arith ZArith FunctionalExtensionality List.
From SA Require Export SA.
Open Scope R_scope.
Open Scope sa_scope.

Lemma vec_same V n f : len V = n -> ent V = f -> mkvec n f = V.
Proof. intros <- <-; destruct V; reflexivity. Qed.

(* an index of 1 .. n as a real number; what is known of real numbers as a range *)
Ltac real_range i n := apply Rle_trans with (INR n); [ apply le_INR; lia | inr_push; lra ].
Ltac in_range H := split; [ inrange | apply INR_le; revert H; inr_push; lra ].

(* the negation of a formula, moved inwards *)
Ltac negated H := first
  [ exact H | exact (Rnot_lt_le _ _ H) | exact (Rnot_le_lt _ _ H) | exact (NNPP _ H)
  | (let N := fresh in let i := fresh in let B := fresh in let M := fresh in
     lazymatch goal with
     | |- exists _, _ => apply NNPP; intro N; apply H; intros i B; apply NNPP; intro M; apply N;
         exists i; split; [ exact B | negated M ]
     | |- forall _, _ => intros i B; apply NNPP; intro M; apply H; exists i; split; [ exact B |];
         apply NNPP; intro N; apply M; negated N
     end)
  | lra ].
(* a formula and its negation, moved inwards *)
Ltac contrary A B := first
  [ exact (A B) | exact (B A) | exact (Rlt_not_le _ _ A B) | exact (Rle_not_lt _ _ A B)
  | exact (A (eq_sym B)) | exact (B (eq_sym A))
  | (let i := fresh in let R := fresh in let N := fresh in
     destruct B as (i & R & N); let M := fresh in pose proof (A i R) as M; contrary M N)
  | (let i := fresh in let R := fresh in let N := fresh in
     destruct A as (i & R & N); let M := fresh in pose proof (B i R) as M; contrary M N)
  | lra ].

(* a < b for whole numbers *)
Ltac whole_step H :=
  revert H; rewrite ?INR_IZR_INZ;
  rewrite <- ?plus_IZR, <- ?minus_IZR, <- ?mult_IZR, <- ?opp_IZR;
  let G := fresh in intro G; apply lt_IZR in G; apply IZR_le; lia.
