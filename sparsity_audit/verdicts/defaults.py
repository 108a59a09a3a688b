"""How hard a claim is tried when nothing else is said; it imports nothing, for the command line."""

#: candidates of the search
DEFAULT_BUDGET = 200_000
DEFAULT_SEED = 0
#: rules that the provers may apply for a claim: ten times what any proof of the paper takes
DEFAULT_EFFORT = 20_000
