# Tandem. Needed on a fresh machine: Python 3.11 or newer, git and make. Everything else each target sets up itself.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup test test-fast faults lint format demo story texts screenshots catalogues lock bench clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/dev.lock
READY := $(VENV)/.ready
UV := $(BIN)/python -m uv
# The databases of the tests sync every commit: in memory that costs nothing, where there is room for them.
MEMORY := $(shell test -w /dev/shm && df -Pk /dev/shm | awk 'NR == 2 && $$4 > 4000000 { print "/dev/shm" }')
# Neighbours run in one process as long as both have enough to do: what a module or a process shares is built once.
PYTEST := $(if $(MEMORY),TMPDIR=$(MEMORY)) $(BIN)/python -m pytest

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv with everything in it; the command is then .venv/bin/tandem

# The lock holds every package with its hash. The project itself comes last, as a link to this folder.
$(READY): $(LOCK) requirements/uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tandem needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $(LOCK)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

test: $(READY) ## Run every test, on SQLite and on PostgreSQL
	$(PYTEST) -n auto --dist worksteal $(ARGS)

test-fast: $(READY) ## Run the quick tests only: rules, units, architecture
	$(PYTEST) -n auto --dist worksteal -m "not slow" tests/unit tests/architecture $(ARGS)

faults: $(READY) ## Kill workers and break Slack and the database in every way, with 10,000 messages; prints what was lost
	FAULTS=full $(PYTEST) -n auto --dist worksteal tests/faults tests/integration/test_pauses.py \
		tests/integration/test_clock_changes.py $(ARGS)
	$(if $(MEMORY),TMPDIR=$(MEMORY)) $(BIN)/python -m tests.faults.full

lint: $(READY) ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(READY) ## Put every file into the house's format
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

# Without a terminal (or with CI set) nobody could press Ctrl-C: then it only sees that the page comes up.
demo: $(READY) ## Try Tandem in the browser, without a Slack workspace
	@if [ -t 1 ] && [ -z "$$CI" ]; then $(BIN)/tandem demo --open $(ARGS); else $(BIN)/tandem demo --check $(ARGS); fi

story: $(READY) ## Play people through four weeks and through a season, and print who sees what, in both languages
	$(BIN)/tandem story --language en
	$(BIN)/tandem story --language de
	$(BIN)/tandem story --weeks 12 --language en
	$(BIN)/tandem story --weeks 12 --language de --http

texts: $(READY) ## Print every text in both languages on one sheet
	$(BIN)/python -m bot.locales.sheet

screenshots: $(READY) ## Take the pictures of the README anew, in a real Chromium
	$(BIN)/python -m scripts.screenshots

catalogues: $(READY) ## Bring the translation catalogues up to date with the code
	$(BIN)/python -m bot.locales.extract

bench: $(READY) ## Measure a stored note against a command that does nothing
	$(BIN)/python benchmarks/commands.py

LOCKING := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

lock: $(READY) ## Write the lock files anew from pyproject.toml, with hashes and without any address
	$(UV) pip compile pyproject.toml $(LOCKING) --all-extras --output-file $(LOCK)
	$(UV) pip compile pyproject.toml $(LOCKING) --constraint $(LOCK) --extra postgres --output-file requirements/runtime.lock
	echo uv | $(UV) pip compile - $(LOCKING) --output-file requirements/uv.lock

clean: ## Remove everything that make and the tests have made
	rm -rf $(VENV) build dist .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis
