"""Settings that every test runs under."""

import os

from hypothesis import HealthCheck, settings

# python-flint would change SymPy's ground types by being there. The package settles this
# itself; a test that imports SymPy first must see the same.
os.environ.setdefault("SYMPY_GROUND_TYPES", "python")
os.environ.setdefault("MPLBACKEND", "Agg")
# Tests start some hundreds of processes, each of which would compile the packages anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No deadlines: the first example of a test pays for imports and SymPy's caches.
settings.register_profile("default", deadline=None, max_examples=100)
# The same examples on every run, so that a failure in CI is a failure of the change.
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=50,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
in_ci = bool(os.environ.get("CI"))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if in_ci else "default"))
