(* What the terms of a statement mean. Statements use these words, Coq's own real numbers, and no
   other. Every function has a value everywhere, as all functions of Coq have; that a term has one
   under the hypotheses of a claim is a theorem of its own beside the claim. *)
From Coq Require Import Reals Arith List.
Open Scope R_scope.

(* a > b and a >= b are other ways to write b < a and b <= a *)
Declare Scope sa_scope.
Open Scope sa_scope.
Notation "a > b" := (Rlt b a) : sa_scope.
Notation "a >= b" := (Rle b a) : sa_scope.

(* a vector: its length, and its entries, of which those from 1 to the length count *)
Set Primitive Projections.
Record vec := mkvec { len : nat; ent : nat -> R }.
Unset Primitive Projections.

(* f 1 + .. + f n *)
Fixpoint sum (f : nat -> R) (n : nat) : R :=
  match n with O => 0 | S k => sum f k + f (S k) end.
(* the least and the greatest of f 1, .., f n *)
Fixpoint least (f : nat -> R) (n : nat) : R :=
  match n with O => 0 | 1%nat => f 1%nat | S k => Rmin (least f k) (f (S k)) end.
Fixpoint greatest (f : nat -> R) (n : nat) : R :=
  match n with O => 0 | 1%nat => f 1%nat | S k => Rmax (greatest f k) (f (S k)) end.

(* x^e for x >= 0, where 0^e = 0 *)
Definition pw (x e : R) : R := if Req_EM_T x 0 then 0 else Rpower x e.
(* S_r(V), the sum of |v|^r; the norm of V; the index I_{p,q}(V) *)
Definition psum (V : vec) (r : R) : R := sum (fun i => pw (Rabs (ent V i)) r) (len V).
Definition norm (V : vec) (r : R) : R := pw (psum V r) (/ r).
Definition PQI (V : vec) (p q : R) : R :=
  1 - pw (INR (len V)) (/ q - / p) * norm V p / norm V q.

(* f v where v is not 0, else 0; the sum of that over a vector; how many entries are not 0 *)
Definition onz (f : R -> R) (v : R) : R := if Req_EM_T v 0 then 0 else f v.
Definition nztotal (f : R -> R) (V : vec) : R := sum (fun i => onz f (ent V i)) (len V).
Definition nzcount (V : vec) : R := nztotal (fun _ => 1) V.
(* how many entries are at most b *)
Definition atmost (V : vec) (b : R) : R :=
  sum (fun i => if Rle_dec (ent V i) b then 1 else 0) (len V).
(* the least whole number that is not below x *)
Definition ceil (x : R) : Z := (- Int_part (- x))%Z.

(* some entry is not 0; all |v| are equal; zeros at the same places; the same entries *)
Definition nonzero (V : vec) : Prop := exists i, (1 <= i <= len V)%nat /\ ent V i <> 0.
Definition constant (V : vec) : Prop :=
  forall i, (1 <= i <= len V)%nat -> Rabs (ent V i) = Rabs (ent V 1).
Definition same_zeros (U V : vec) : Prop :=
  len U = len V /\ forall i, (1 <= i <= len V)%nat -> (ent U i = 0 <-> ent V i = 0).
Definition same_vector (U V : vec) : Prop :=
  len U = len V /\ forall i, (1 <= i <= len V)%nat -> ent U i = ent V i.

(* x repeated k times; f of every entry; U, then V; V 1, .., V T one after the other *)
Definition rep (x : R) (k : nat) : vec := mkvec k (fun _ => x).
Definition vmap (f : R -> R) (V : vec) : vec := mkvec (len V) (fun i => f (ent V i)).
Definition cat (U V : vec) : vec :=
  mkvec (len U + len V) (fun i => if Nat.leb i (len U) then ent U i else ent V (i - len U)).
Definition steps (V : nat -> vec) (T : nat) : vec :=
  let n := len (V 1%nat) in
  mkvec (n * T) (fun i => ent (V (S ((i - 1) / n))) (S ((i - 1) mod n))).

(* the entries in ascending order; the least spread of k entries next to each other in it *)
Fixpoint insert (x : R) (l : list R) : list R :=
  match l with
  | nil => x :: nil
  | y :: rest => if Rle_dec x y then x :: l else y :: insert x rest
  end.
Definition entries (V : vec) : list R := map (ent V) (seq 1 (len V)).
Definition sorted (V : vec) : vec :=
  mkvec (len V) (fun k => nth (k - 1) (fold_right insert nil (entries V)) 0).
Definition window (V : vec) (k : nat) : R :=
  least (fun i => ent (sorted V) (i + k - 1) - ent (sorted V) i) (len V - k + 1).
