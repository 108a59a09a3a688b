# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The claims on a trained spiking network
#
# A claim is about all vectors. What does it say of the weights and the spike trains of a network
# that has learnt something? We train one, NumPy alone, on the 8 × 8 digits that scikit-learn ships,
# and put its tensors in the place of the vectors. Two questions for each claim, both decided by
# exact arithmetic on the numbers as they are stored: do its hypotheses hold, and is it true there?
#
# The network: the pixels feed a layer of leaky integrate-and-fire neurons for a few steps,
#
# $$v_t = \lambda v_{t-1} + x W - \theta s_{t-1}, \qquad s_t = [\,v_t > \theta\,],$$
#
# and the rates of their spikes are read out. The step $[v > \theta]$ has no useful derivative; in
# the backward pass $1/(1 + 5|v - \theta|)^2$ stands for it.

# %%
import numpy as np
from sklearn.datasets import load_digits

STEPS, HIDDEN, LEAK, THRESHOLD = 12, 64, 0.9, 1.0
RATE, BATCHES, EPOCHS = 0.02, 23, 20

pixels, digits = load_digits(return_X_y=True)
pixels = pixels / 16
random = np.random.default_rng(0)
training, held_out = np.split(random.permutation(len(digits)), [1437])
weights = {
    "input.weight": random.normal(0, 0.08, (64, HIDDEN)),
    "readout.weight": random.normal(0, 0.2, (HIDDEN, 10)),
    "readout.bias": np.zeros(10),
}


def forward(images):
    """Return the potentials and the spikes, (steps, images, neurons), and the scores."""
    current = images @ weights["input.weight"]
    potentials = np.zeros((STEPS, *current.shape))
    spikes = np.zeros_like(potentials)
    potential = spike = np.zeros_like(current)
    for t in range(STEPS):
        potential = LEAK * potential + current - THRESHOLD * spike
        spike = (potential > THRESHOLD) * 1.0
        potentials[t], spikes[t] = potential, spike
    return potentials, spikes, spikes.mean(0) @ weights["readout.weight"] + weights["readout.bias"]


def gradients(images, answers):
    """Return the gradient of the cross entropy for each tensor, back through the steps."""
    potentials, spikes, scores = forward(images)
    chances = np.exp(scores - scores.max(1, keepdims=True))
    error = (chances / chances.sum(1, keepdims=True) - np.eye(10)[answers]) / len(answers)
    to_spikes = error @ weights["readout.weight"].T / STEPS
    carried = to_current = np.zeros_like(to_spikes)
    for t in reversed(range(STEPS)):
        surrogate = 1 / (1 + 5 * np.abs(potentials[t] - THRESHOLD)) ** 2
        carried = to_spikes * surrogate + LEAK * carried
        to_current = to_current + carried
    return {
        "input.weight": images.T @ to_current,
        "readout.weight": spikes.mean(0).T @ error,
        "readout.bias": error.sum(0),
    }


# Adam (Kingma & Ba, 2015)
first = {name: np.zeros_like(tensor) for name, tensor in weights.items()}
second = {name: np.zeros_like(tensor) for name, tensor in weights.items()}
step = 0
for _ in range(EPOCHS):
    for batch in np.array_split(random.permutation(training), BATCHES):
        step += 1
        for name, slope in gradients(pixels[batch], digits[batch]).items():
            first[name] = 0.9 * first[name] + 0.1 * slope
            second[name] = 0.999 * second[name] + 0.001 * slope**2
            size = np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8
            weights[name] -= RATE * first[name] / (1 - 0.9**step) / size

_, spikes, scores = forward(pixels[held_out])
accuracy = np.mean(scores.argmax(1) == digits[held_out])
assert accuracy >= 0.8
print(f"{accuracy:.1%} of {len(held_out)} held-out digits are named rightly")
print(f"a neuron fires in {spikes.mean():.1%} of the steps")

# %% [markdown]
# Its tensors: the weights, the spike rates of the neurons over all held-out digits, and the spike
# train of one digit, a vector of zeros and ones for each step.

# %%
from numeric_check import pq_index

image = 0
train = spikes[:, image]
tensors = weights | {"rates": spikes.mean((0, 1)), "spikes": train}
for name, tensor in tensors.items():
    print(f"{name:15} {tensor.shape!s:9} I(1, 2) = {pq_index(tensor, 1, 2):.4f}")

# %% [markdown]
# Now the claims, such as this one: a connection, or a neuron, that becomes active lowers $I$.

# %%
from symbolic_proofs import find_claim

find_claim("firing.lowers.weights").statement

# %% [markdown]
# A tensor becomes a witness, number by number: every float64 is a fraction.

# %%
from fractions import Fraction

from numeric_check import NotACounterexample, Undecided, Witness, certify


def vector(tensor):
    """Return the entries of a tensor as a vector of a witness, exactly."""
    return tuple((Fraction(float(entry)), 1) for entry in np.ravel(tensor))


def told(claim, witness):
    """Return whether a certificate shows that a claim fails at a witness, or why there is none."""
    try:
        certify(claim, witness)
    except (NotACounterexample, Undecided) as reason:
        return str(reason)
    return "FALSE"


def apart(tensor, place):
    """Return the entry at a place of a flat tensor, and the others."""
    flat = np.ravel(tensor)
    return Fraction(float(flat[place])), vector(np.delete(flat, place))


EXPONENTS = {"p": Fraction(1), "q": Fraction(2)}
instances = []


def instance(id_, tensor, vectors=(), families=(), **scalars):
    """Add a claim with the tensor that it is tried on, and the values of its symbols."""
    values = EXPONENTS | {name: Fraction(value) for name, value in scalars.items()}
    instances.append((id_, tensor, Witness(values, dict(vectors), dict(families))))


# %% [markdown]
# What each claim is tried on. For claims about one entry $x$ and the rest $R$, the entry is the
# largest or the smallest of the tensor; for those about steps, the steps are those of the spike
# train in which some neuron fires.

# %%
for name in ("input.weight", "readout.weight", "readout.bias", "rates"):
    tensor = tensors[name]
    sizes = np.abs(np.ravel(tensor))
    n = sizes.size
    W = {"W": vector(tensor)}
    instance("range.lower", name, W, N=n)
    instance("range.dense-is-zero", name, W, N=n)
    instance("length.factor-needed", name, W, N=n)
    instance("zeros.raise", name, W, N=n, m=n)
    instance("zeros.p-norm", name, W, N=n, m=n)
    signs = {"V": vector(np.sign(tensor))}
    instance("scaling.magnitudes", f"{name} and its signs", W | signs, N=n)
    for which, place in (("largest", np.argmax(sizes)), ("least", np.argmin(sizes))):
        x, rest = apart(tensor, place)
        named = f"{name}, {which} entry"
        instance("firing.lowers.weights", named, {"R": rest}, n=n - 1, x=x)
        instance("firing.lowers.weights.amended", named, {"R": rest}, n=n - 1, x=x)
        instance("adjust.literal", f"{named} + 1/8", {"R": rest}, n=n - 1, x=x, alpha="1/8")
        instance("adjust.p-norm", f"{named} + 1/8", {"R": rest}, n=n - 1, x=x, alpha="1/8")

by_digit = [spikes[:, digits[held_out] == digit].mean((0, 1)) for digit in range(10)]
counts = [np.count_nonzero(rates) for rates in by_digit]
many, few = int(np.argmax(counts)), int(np.argmin(counts))
pair = {"W": vector(by_digit[few]), "V": vector(by_digit[many])}
instance("sensitivity.count", f"rates on digits {few} and {many}", pair, N=HIDDEN)
totals = [rates.sum() for rates in by_digit]
busy, calm = int(np.argmax(totals)), int(np.argmin(totals))
pair = {"W": vector(by_digit[calm]), "V": vector(by_digit[busy])}
instance("adjust.inference", f"rates on digits {calm} and {busy}", pair, N=HIDDEN)
x, rest = apart(tensors["rates"], np.argmax(tensors["rates"]))
instance("sensitivity.temporal.rates", "rates, largest", {"R": rest}, n=HIDDEN - 1, alpha=x)

firing = [step for step in train if step.any()]
steps = {"W": tuple(map(vector, firing))}
for ending in ("first", "mean", "max"):
    id_ = f"time.varying-lowers.{ending}"
    instance(id_, "spikes", families=steps, n=HIDDEN, T=len(firing))

# %% [markdown]
# And what is true there. *FALSE* is a counterexample from a trained network, with a certificate:
# the hypotheses hold and the conclusion does not, exact to the last bit. Where a hypothesis does
# not hold, the claim says nothing of that tensor.

# %%
results = [(id_, tensor, told(find_claim(id_), witness)) for id_, tensor, witness in instances]
for id_, tensor, said in results:
    print(f"{id_:30} {tensor:36} {said}")

# %% [markdown]
# The claims that fail on a tensor of this network, and the verdict that the two engines reach for
# all vectors. None of them can be proved, or one of the two would be wrong.

# %%
from sparsity_audit import settle_claims

failing = list(dict.fromkeys(id_ for id_, _, said in results if said == "FALSE"))
verdicts = settle_claims(failing, budget=2000)
assert all(verdict.name != "proved" for verdict in verdicts)
verdicts
