# Everything a newcomer needs: `make demo` and `make test` set themselves up.
# PYTHON may name another interpreter (3.11 or newer): make test PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := uv==0.13.8
JOBS ?= 3

PACK := export -q --frozen --no-emit-project --no-header

# Slow tests stand side by side: worksteal lets no worker wait while another has them all.
PYTEST := $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal

# Compiled code is kept, whatever the environment says: else each of the tests' processes, and each
# `sujarit` that they start, compiles everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-all check format clean
.DEFAULT_GOAL := help

help: ## what there is
	@grep -hE '^[a-z.-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 20

demo: $(READY) ## start everything, play a conversation, keep running (DEMO=once: end after it)
	@exec $(BIN)/sujarit demo $(if $(filter once,$(DEMO)),--once)

test: $(READY) ## the tests of every day
	$(PYTEST) -m "not long"

test-all: $(READY) ## all tests, the long ones too
	$(PYTEST)

check: $(READY) ## format, lint, types, and the arrows between packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY) ## rewrite the code in the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the environment and what the demo made
	rm -rf $(VENV) .sujarit

requirements.txt: $(READY) uv.lock ## what App Engine installs
	$(BIN)/uv $(PACK) --no-hashes --no-dev --extra gcs -o $@
	echo "." >> $@

# The lock is exported and installed with pip, hashes checked, so that whatever package
# index this machine's pip knows is enough.
$(READY): uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Sujarit needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python cannot make an environment here; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@echo "Setting up .venv from uv.lock (once, about a minute) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check "$(UV)"
	@$(BIN)/uv $(PACK) --extra embedded --all-groups -o $(VENV)/requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(VENV)/requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
