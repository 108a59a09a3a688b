"""How hard a claim is tried when nothing else is said; it imports nothing, for the command line."""

#: candidates of the search
DEFAULT_BUDGET = 200_000
DEFAULT_SEED = 0
#: rules that the provers may apply for a claim: ten times what any proof of the paper takes
DEFAULT_EFFORT = 20_000
#: how seldom memory is searched for cycles: terms and JSON are trees, and searching all of them
#: again and again took a third of the time
COLLECTING = (100_000, 50, 50)
