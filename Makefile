# make verify   settle the paper: the verdict table, and out/verdicts.json
# make test     run the tests
#
# Needs Python 3.11 or later and one of: uv, pip 22.3 or later, python3-venv.
# The set-up goes to .venv and is made again only when pyproject.toml or constraints.txt change.
# Variables: PYTHON (the interpreter), VENV, OUT, UV (empty: do not use uv), PYTEST_ARGS.

PYTHON ?= python3
VENV ?= .venv
OUT ?= out
UV ?= $(shell command -v uv 2>/dev/null)
PYTEST_ARGS ?=

SHELL := /bin/sh
ENV_PYTHON = $(VENV)/bin/python
CORE = $(VENV)/.installed-core
TEST = $(VENV)/.installed-test
BENCH = $(VENV)/.installed-bench
PACKAGES = symbolic_proofs numeric_check sparsity_audit

.PHONY: help setup verify test coq benchmarks lint format constraints clean FORCE
.DEFAULT_GOAL := help
.NOTPARALLEL:

help:
	@echo 'make verify       settle the paper: prints the verdicts, writes $(OUT)/verdicts.json'
	@echo 'make test         run the tests               (PYTEST_ARGS="-k kernel -x")'
	@echo 'make coq          the proofs of all built-in claims, before Coq'
	@echo 'make benchmarks   the tables of benchmarks/, beside bare NumPy and other tools'
	@echo 'make lint         ruff and mypy'
	@echo 'make format       let ruff format the sources'
	@echo 'make setup        only the environment, in $(VENV)   (PYTHON=python3.12)'
	@echo 'make constraints  choose the pinned versions anew (needs uv)'
	@echo 'make clean        remove all that make has made'

setup: $(TEST)

verify: $(CORE)
	@mkdir -p '$(OUT)'
	'$(VENV)/bin/sparsity-audit' verify --exit-zero --json '$(OUT)/verdicts.json'

test: $(TEST)
	'$(ENV_PYTHON)' -m pytest --numprocesses auto --dist loadfile $(PYTEST_ARGS)

# 1: something is open or has no translation, and is named
coq: $(CORE)
	'$(VENV)/bin/sparsity-audit' export --coq '$(OUT)/coq' '*' || test $$? -eq 1
	'$(ENV_PYTHON)' '$(OUT)/coq/check.py'

benchmarks: $(BENCH)
	@for script in search_speed array_speed proof_speed peers; do \
	    echo "== $$script" && '$(ENV_PYTHON)' "benchmarks/$$script.py" || exit; \
	done

lint: $(TEST)
	'$(ENV_PYTHON)' -m ruff check .
	'$(ENV_PYTHON)' -m ruff format --check .
	'$(ENV_PYTHON)' -m mypy --strict $(PACKAGES)

format: $(TEST)
	'$(ENV_PYTHON)' -m ruff check --fix-only .
	'$(ENV_PYTHON)' -m ruff format .

# --fork-strategy fewest: one version for every Python, so that all see the same digits.
constraints:
	@test -n '$(UV)' || { echo 'make constraints needs uv on the PATH' >&2; exit 1; }
	'$(UV)' pip compile --quiet --upgrade --universal --all-extras --python-version 3.11 \
	    --fork-strategy fewest --no-header --no-annotate --no-emit-index-url \
	    --no-emit-find-links --output-file constraints.txt pyproject.toml

clean:
	@if test -f '$(VENV)/pyvenv.cfg'; then rm -rf '$(VENV)'; fi
	rm -rf out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(wildcard $(PACKAGES) tests benchmarks notebooks) -name __pycache__ -prune -exec rm -rf {} +

# An environment knows its checkout and its Python by absolute paths: it is made anew when
# either has moved.
ifneq ($(shell '$(ENV_PYTHON)' -c '' 2>/dev/null && cat '$(VENV)/.checkout'),$(CURDIR))
$(CORE) $(TEST) $(BENCH): FORCE
endif

$(CORE): pyproject.toml constraints.txt
	$(call install,.)

$(TEST): pyproject.toml constraints.txt
	$(call install,.[test])
	@touch '$(CORE)'

$(BENCH): pyproject.toml constraints.txt
	$(call install,.[bench])
	@touch '$(CORE)'

# $(call install,REQUIREMENT): an environment in $(VENV) that holds the checkout, editable.
# Debian's Python comes without ensurepip: the environment has no pip, pip works on it from outside.
define install
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "sparsity-audit needs Python 3.11 or later, and '$(PYTHON)' is" \
	        "$$('$(PYTHON)' --version 2>/dev/null || echo not there): try make PYTHON=python3.11" >&2; \
	    exit 1; }
	@if ! '$(ENV_PYTHON)' -c '' 2>/dev/null || test "$$(cat '$(VENV)/.checkout' 2>/dev/null)" != '$(CURDIR)'; then \
	    if test -e '$(VENV)' && ! test -f '$(VENV)/pyvenv.cfg'; then \
	        echo '$(VENV) exists and is not a virtual environment: choose another with make VENV=...' >&2; \
	        exit 1; \
	    fi; \
	    '$(PYTHON)' -m venv --clear --without-pip '$(VENV)' && echo '$(CURDIR)' >'$(VENV)/.checkout'; \
	fi
	@if test -n '$(UV)'; then \
	    set -- '$(UV)' pip install --quiet --python '$(ENV_PYTHON)'; \
	elif '$(PYTHON)' -m pip --python '$(ENV_PYTHON)' --version >/dev/null 2>&1; then \
	    set -- '$(PYTHON)' -m pip --python '$(ENV_PYTHON)' install --quiet --no-input --disable-pip-version-check; \
	elif '$(PYTHON)' -m venv '$(VENV)' >/dev/null 2>&1; then \
	    set -- '$(ENV_PYTHON)' -m pip install --quiet --no-input --disable-pip-version-check; \
	else \
	    echo 'no installer: sparsity-audit needs uv, pip 22.3 or later, or the python3-venv package' >&2; \
	    exit 1; \
	fi; \
	echo 'setting up $(VENV), once: about half a minute' >&2; \
	"$$@" --constraint constraints.txt --editable '$(1)'
	@touch '$@'
endef
