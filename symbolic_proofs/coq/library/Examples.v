(* What the tactics for certificates prove, each an example of its kind. Nothing rests on this file. *)
From Coq Require Import Reals Lra Lia ZArith List Permutation Sorting.Sorted.
From SA Require Import Certificates.
Import ListNotations.
Open Scope R_scope.
Open Scope sa_scope.
Goal pw 2 (1/2) * pw 2 (1/2) = 2. Proof. equal_numbers. Qed.
Goal pw 12 (1/2) = 2 * pw 3 (1/2). Proof. equal_numbers. Qed.
Goal pw (1/2) (1/3) * pw 4 (1/3) = pw 2 (1/3). Proof. equal_numbers. Qed.
Goal 1 / pw 2 (/2) = pw 2 (/ 2) / 2. Proof. equal_numbers. Qed.
Goal pw 6 (2/3) / pw 2 (2/3) = pw 9 (1/3). Proof. equal_numbers. Qed.
Goal ln 6 - ln 2 = ln (1/3) * (-1). Proof. equal_numbers. Qed.
Goal / (1 + pw 2 (1/2)) = pw 2 (1/2) - 1. Proof. equal_numbers. Qed.
Goal pw 2 (/2) + pw 8 (/2) + pw 3 (/3) * pw (/ 9) (/ 3) * pw 3 (/ 3) = 3 * pw 2 (/2) + 1. Proof. equal_numbers. Qed.
Goal pw (1 + pw 2 (1/2)) 2 = 3 + 2 * pw 2 (1/2). Proof. equal_numbers. Qed.
Goal pw 30 (/7) * pw 7 (/5) = pw 2 (1/7) * pw 3 (1/7) * pw 5 (2/14) * pw 7 (2/10). Proof. equal_numbers. Qed.
Goal pw (0 * 3) (/7) + pw 1 (/2) = 1. Proof. equal_numbers. Qed.
Goal pw 2 (1/2) < pw 3 (1/2). Proof. ordered. Qed.
Goal pw 2 (1/2) >= pw (1 + pw 2 (-1)) (1/2). Proof. ordered. Qed.
Goal pw 2 (1/2) <> pw (1 + pw 2 (-1)) (1/2) * ln 3. Proof. ordered. Qed.
Goal psum (cat (rep 1 3) (rep (-2) (Z.to_nat 1000000000000))) (1/2) = 3 + 1000000000000 * pw 2 (1/2).
Proof. values. equal_numbers. Qed.
Goal norm (cat (rep 1 3) (rep 0 (Z.to_nat 1000000000000))) (1/2) = 9.
Proof. values. equal_numbers. Qed.
Goal PQI (mkvec 4 (ent (cat (rep 1 3) (rep 0 1)))) (1/2) 1 > PQI (vmap (fun x => 2 * x) (steps (fun _ => cat (rep 1 3) (cat (rep 0 1) (rep 1 (Z.to_nat 5000)))) (Z.to_nat 1000000000000))) (1/2) 1.
Proof. values. ordered. Qed.
Goal nzcount (cat (rep 1 3) (rep 0 (Z.to_nat 1000000000000))) + atmost (cat (rep 1 3) (rep 0 (Z.to_nat 1000000000000))) (1/2) + INR (Z.to_nat 100000 + 1) = 1000000100004 .
Proof. values. lra. Qed.
Notation W := (cat (rep 2 3) (rep 1 (Z.to_nat 1000000000000))).
Goal window W 4 = 0.
Proof.
 assert (B : in_order (sorted W) [(1, 1000000000000%Z); (2, 3%Z)]) by made_sorted.
 window_is B.
Qed.
Goal window (vmap (fun x => 3 * x - 4) (cat (rep 5 10) W)) (Z.to_nat 1000000000001) = 3.
Proof.
 assert (B : in_order (sorted (vmap (fun x => 3 * x - 4) (cat (rep 5 10) W))) [(-1, 1000000000000%Z); (2, 3%Z); (11,10%Z)]) by made_sorted.
 window_is B.
Qed.
Goal ~ constant W. Proof. is_constant. Qed.
Goal constant (cat (rep (-2) 4) (vmap (fun x => 2 * x) (rep 1 (Z.to_nat 1000000000000)))). Proof. is_constant. Qed.
Goal nonzero W. Proof. is_nonzero. Qed.
Goal ~ nonzero (cat (rep 0 3) (rep 1 0)). Proof. is_nonzero. Qed.
Goal greatest (fun i => ent W i) (3 + Z.to_nat 1000000000000) = 2.
Proof. extreme_is (fun x : R => x) constr:(W). Qed.
Goal least (fun i => 2 * ent W i + 1) (3 + Z.to_nat 1000000000000) = 3.
Proof. extreme_is (fun x : R => 2 * x + 1) constr:(W). Qed.
Goal sum (fun i => 2 * ent W i + 1) (3 + Z.to_nat 1000000000000) = 3000000000015.
Proof. values. lra. Qed.
Goal nztotal (fun x => x * ln x) W = 6 * ln 2.
Proof. values. equal_numbers. Qed.
Goal nztotal (fun x => x * ln (x / 2)) W = - 1000000000000 * ln 2.
Proof. values. equal_numbers. Qed.
Goal forall i, (1 <= i <= 3 + Z.to_nat 1000000000000)%nat -> ent W i > 0.
Proof. every_is (fun x => x > 0) constr:(W). Qed.
Goal exists i, (1 <= i <= 3 + Z.to_nat 1000000000000)%nat /\ ent W i <> 2.
Proof. some_is (fun x => x <> 2) constr:(W). Qed.
Goal same_zeros (cat (rep 2 3) (rep 0 (Z.to_nat 1000000000000))) (cat (rep 4 3) (rep 0 (Z.to_nat 1000000000000))).
Proof.
 certified.
Qed.
Goal psum (steps (fun t => rep (INR t) 2) 3) 2 = 28.
Proof. values. equal_numbers. Qed.
Goal ~ same_zeros (cat (rep 2 3) (rep 0 (Z.to_nat 1000000000000))) (cat (rep 4 4) (rep 0 (Z.to_nat 999999999999))).
Proof. certified. Qed.
Goal ~ same_vector (cat (rep 2 3) (rep 0 4)) (cat (rep 2 4) (rep 0 4)). Proof. certified. Qed.
Goal same_vector (cat (rep 2 3) (rep 2 4)) (cat (rep 2 5) (vmap (fun x => 2 * x) (rep 1 2))). Proof. certified. Qed.
Goal window (vmap (fun x => 3 * x - 4) (cat (rep 5 10) W)) (Z.to_nat 1000000000001) / 2 < pw 3 (1 / 2).
Proof. certified. Qed.
Goal greatest (fun i => ent W i) (3 + Z.to_nat 1000000000000) - least (fun i => ent W i) (3 + Z.to_nat 1000000000000) = 1.
Proof. certified. Qed.
(* sums over something else than entries, entries at a place, the sorted ones at a place *)
Goal sum (fun t => INR t ^ 2 * psum (rep (INR t) 2) 1) 3 = 72. Proof. certified. Qed.
Goal ent W 4 + ent (sorted W) 4 + ent (sorted W) (Z.to_nat 1000000000003) = 4. Proof. certified. Qed.
Goal greatest (fun t => psum (rep (INR t) (4 - t)) 1) 3 = 4. Proof. certified. Qed.
(* quantifiers and connectives *)
Goal ~ (forall i, (1 <= i <= 3)%nat -> ent (cat (rep 1 2) (rep 2 1)) i = 1). Proof. certified. Qed.
Goal (forall i, (1 <= i <= 3)%nat -> ent (cat (rep 1 2) (rep 2 1)) i > INR i - 2) /\
  (exists i, (1 <= i <= 3)%nat /\ ent (cat (rep 1 2) (rep 2 1)) i = INR i).
Proof. certified. Qed.
Goal ~ (nonzero W -> psum W 1 > 2000000000000) /\ (constant W -> psum W 1 = 0) /\ ~ (nonzero W <-> constant W).
Proof. certified. Qed.
Goal ~ (exists i, (1 <= i <= 2)%nat /\ psum (rep (INR i) 2) (1 / 2) <= 1) /\ ~ ~ 1 < 2 /\ ~ 1 <> 1.
Proof. certified. Qed.
Goal exists (p q x : R) (n : nat) (R_ : nat -> R), 0 < p /\ p < q /\ nonzero (mkvec n R_) /\ x <> 0 /\
  ~ (PQI (cat (rep x 1) (mkvec n R_)) p q < PQI (cat (rep 0 1) (mkvec n R_)) p q).
Proof. exists 1, 2, 4, 2%nat, (ent (rep 1 2)). certified. Qed.
(* sums weighted by the index, over pairs, over entries of two vectors; ceilings *)
Goal sum (fun k => INR k * ent (sorted W) k) (3 + Z.to_nat 1000000000000) = 500000000006500000000012.
Proof. certified. Qed.
Goal 1 - 2 * sum (fun k => ent (sorted W) k / psum W 1 * ((INR (3 + Z.to_nat 1000000000000) - INR k + 1 / 2)
  / INR (3 + Z.to_nat 1000000000000))) (3 + Z.to_nat 1000000000000) < 1 / 100000000000.
Proof. certified. Qed.
Goal sum (fun k => INR k ^ 2 * ln (ent W k)) (3 + Z.to_nat 1000000000000) = 14 * ln 2.
Proof. certified. Qed.
Goal sum (fun i => sum (fun j => Rabs (ent W i - ent W j)) (3 + Z.to_nat 1000000000000)) (3 + Z.to_nat 1000000000000)
  = 6000000000000.
Proof. certified. Qed.
Goal sum (fun i => ent (cat (rep 1 2) (rep 3 1)) i * ent (cat (rep 2 1) (rep 5 2)) i) 3 = 22.
Proof. certified. Qed.
Goal psum (vmap (fun x => 3 * IZR (ceil (Rabs x / 3))) (cat (rep (-3) 2) (rep 4 1))) 1 = 12.
Proof. certified. Qed.
Goal (pw 3 (1 / 2) - 1) / (-1 + pw 3 (1 / 2)) = (pw 2 (1 / 2) - 1) / (-1 + pw 2 (1 / 2)).
Proof. certified. Qed.
Lemma final : pw 2 (1/2) * pw 2 (1/2) = 2 /\ pw 2 (1/2) < pw 3 (1/2) /\ window W 4 = 0 /\ nztotal (fun x => x * ln x) W = 6 * ln 2.
Proof. split; [|split; [|split]]. equal_numbers. ordered.
 assert (B : in_order (sorted W) [(1, 1000000000000%Z); (2, 3%Z)]) by made_sorted.
 window_is B. values. equal_numbers. Qed.
Print Assumptions final.
