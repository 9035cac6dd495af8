# Two commands on a fresh machine: make demo, make test. Each makes .venv from requirements.lock by itself, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.from-lock
export DAGSTER_DISABLE_TELEMETRY := 1

.DEFAULT_GOAL := help
.PHONY: help install demo test lint bench score trust format ui lock clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: $(STAMP)  ## make .venv from the lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Loadpath needs Python 3.11 or newer; name one with: make PYTHON=python3.11 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP)  ## build the sample market offline and print what it found
	$(BIN)/loadpath demo

test: $(STAMP) lint  ## lint, types and all tests
	$(BIN)/pytest -n 2 --dist loadfile

lint: $(STAMP)  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)  ## time and memory of reading documents, finding claims, building warehouse and graph, answering questions, replaying shocks, drawing the explorer
	@failed=0; for part in parse extract warehouse graph questions shock explorer; do $(BIN)/python -m tests.bench.$$part || failed=1; done; exit $$failed

score: $(STAMP)  ## precision and recall of claims on the gold, own and annotated (ARGS="--json FILE")
	$(BIN)/python -m tests.score $(ARGS)

trust: $(STAMP)  ## fit the confidence of claims on the annotated documents; writes trust.yml and docs/reliability.md
	$(BIN)/python -m tests.score.trust

format: $(STAMP)  ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

ui: $(STAMP)  ## open Dagster's web page on port 3000
	DAGSTER_HOME=$(CURDIR) VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/dg dev

lock: $(STAMP)  ## renew requirements.lock from pyproject.toml
	$(BIN)/uv pip compile --universal --generate-hashes --no-strip-extras --no-emit-index-url --python-version 3.11 --group dev \
	  --custom-compile-command "make lock" --quiet pyproject.toml -o requirements.lock

clean:  ## remove the state of this checkout (var/), not the environment
	rm -rf var
