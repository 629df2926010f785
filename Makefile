# Everything a developer or operator types. Needs make and Python 3.11 or newer; the rest is installed into .venv.
SHELL := /bin/sh
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --quiet
ARGS ?=
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run dev demo test soak lint format bench load clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: .venv/.installed ## create .venv and install what the program needs

setup-dev: .venv/.installed-dev

.venv/bin/python:
	@sh tools/make_venv .venv

.venv/.installed: requirements.txt | .venv/bin/python
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@$(PIP) -r requirements-dev.txt
	@touch $@

run: setup ## serve page and socket on SHIFTAPP_PORT (8000)
	@$(PY) -m shiftapp serve --attached

dev: setup ## serve and rebuild whenever a source changes
	@$(PY) -m shiftapp dev

demo: setup ## load the demonstration kitchen
	@$(PY) -m shiftapp demo

JOBS ?= 3
test: setup-dev ## run every test, JOBS files at a time (3: many wait); ARGS="-k name" for some
	@$(PY) -m pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

soak: setup-dev ## long faults and loads, a table of verdicts; ARGS="21 22 --share 0.1" for some, shortened
	@$(PY) -m tests.soak $(ARGS)

lint: setup-dev ## ruff, pyright (strict below the UI), import directions
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@.venv/bin/pyright
	@.venv/bin/lint-imports --cache-dir .import_linter_cache

format: setup-dev ## let ruff rewrite the code
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

CLIENTS ?= 200
SERVERS ?= 1
PERIODS ?= 1
EDITS ?= 10
SECONDS ?= 30
load: setup-dev ## many clients type; CLIENTS, SERVERS, PERIODS, EDITS a second, SECONDS; ARGS="--solving", "--join 5", "--address URL --cookie …"
	@$(PY) -m tests.load.crowd --clients $(CLIENTS) --servers $(SERVERS) --periods $(PERIODS) --edits $(EDITS) --seconds $(SECONDS) $(ARGS)

bench: setup-dev ## solve the benchmark sets (files in SOLVER_BENCH_DATA), time edits, two browsers, answers and checks; ARGS for the solver
	@$(PY) -m solver bench --set kitchen --write docs/benchmarks.md $(ARGS)
	-@$(PY) -m solver bench --set curtois-qu --write docs/benchmarks.md $(ARGS)
	@$(PY) -m solver bench --set ward --write docs/benchmarks.md $(ARGS)
	@$(PY) -m tests.load.edit_transaction
	@$(PY) -m tests.load.two_browsers
	@$(PY) -m tests.load.answers
	@$(PY) -m tests.load.checks

clean: ## remove what was built; data stays
	rm -rf .web .states .pytest_cache .ruff_cache .import_linter_cache .hypothesis
