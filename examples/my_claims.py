"""Claims of my own about the PQ index."""

from symbolic_proofs import NonZero, PQIndex, claim, concat, count, equal, positive, vector, zeros

p, q, N, m = positive("p"), positive("q"), count("N"), count("m")
W = vector("W", N)

CLAIMS = (
    claim(
        "mine.mirror",
        "my note, 1",
        "a vector and its negative together have the index of the vector",
        given=(p < q, NonZero(W)),
        then=equal(PQIndex(concat(W, -1 * W), p, q), PQIndex(W, p, q)),
    ),
    claim(
        "mine.padding",
        "my note, 2",
        "appended zeros leave the index as it is",
        given=(p < q, NonZero(W)),
        then=equal(PQIndex(concat(W, zeros(m)), p, q), PQIndex(W, p, q)),
    ),
)
