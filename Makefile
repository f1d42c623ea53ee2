# Two commands do everything on a machine with Python 3.11+, Node 20+ and make:
#   make demo   install, build, fill with demo data, serve at http://localhost:8000
#   make test   every check and every test, with a PostgreSQL and a Redis of its own
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two jobs: Python's and Node's packages install side by side.
MAKEFLAGS += --no-print-directory --no-builtin-rules -j2

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= data
STEP := @bash tools/step.sh
PIP := .venv/bin/python -m pip install --disable-pip-version-check --progress-bar off

front_end = $(shell find $(1) -type f \
	-not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/dev-dist/*' \
	-not -path '*/gen/*' -not -name '*.tsbuildinfo' 2>/dev/null)
COMMON := $(call front_end,common)
OPERATIONS := $(shell find web/src pwa/src -name '*.graphql' 2>/dev/null)

.PHONY: help demo test dev check bench speed lint format setup build lock

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

demo: .venv/.runtime web/dist/.built pwa/dist/.built ## everything, from a fresh clone to a running system
	@PORT=$(PORT) DATA_DIR=$(DATA_DIR) .venv/bin/tablebanking demo

test: system-test setup ## all checks and tests
	@echo "Checks"
	@bash tools/check.sh
	@echo "Front end tests"
	@npm test --silent
	@echo "Server and browser tests"
	@# One worker more than processors: a journey waits for its browser a third of the time.
	@.venv/bin/pytest -n $$(( $$(nproc) + 1 )) --maxprocesses 4 --dist worksteal \
		--cov --cov-report=term:skip-covered --cov-fail-under=90

dev: setup ## server and front ends, reloading on change
	@PORT=$(PORT) bash tools/dev.sh

check: setup ## style, types, imports, schema, migrations
	@bash tools/check.sh

bench: system-test setup ## measurements on PostgreSQL
	@.venv/bin/python -m bench

speed: system-test setup ## measurements of both apps in the browser
	@slow=0; for app in phone office; do .venv/bin/python -m tools.$${app}_speed || slow=1; done; exit $$slow

lint: setup ## style only
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && npm run --silent lint

format: setup ## put every file in the agreed form
	@.venv/bin/ruff check --fix-only --quiet . ; .venv/bin/ruff format .
	@npx biome check --write .

setup: .venv/.dev build ## install and build what development needs

build: web/dist/.built pwa/dist/.built ## build both front ends

# The lock files are made by uv, which keeps the versions that they hold already.
lock: .venv/.dev ## write the Python locks anew from pyproject.toml
	@.venv/bin/python -m pip install --quiet uv
	@compile=".venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url pyproject.toml tools/build-requirements.in"; \
	$$compile -o requirements.lock; $$compile --extra dev -o requirements-dev.lock

.PHONY: system-demo system-test
system-demo:
	@bash tools/ensure_system.sh demo
system-test: | system-demo
	@bash tools/ensure_system.sh test

# --no-deps: the locks are whole, and pip, asked for the extra of a package (coverage[toml]), looks
# at that package's newest release first, which has no hash in the lock.
# Each stamp lies in the folder that it speaks of, so that removing the folder removes it too.
.venv/bin/python: | system-demo
	$(STEP) "Making a Python environment" $(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(STEP) "Installing the server" $(PIP) --no-deps --require-hashes -r requirements.lock
	$(STEP) "Installing the command tablebanking" $(PIP) --no-deps --no-index --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(STEP) "Installing the development tools" $(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.installed: package-lock.json package.json common/package.json web/package.json pwa/package.json | system-demo
	$(STEP) "Installing the front ends' packages" npm ci --no-progress
	@touch $@

node_modules/.types: node_modules/.installed schema.graphql common/generate-types.mjs $(OPERATIONS)
	$(STEP) "Writing the types of the API" npm run --silent types
	@touch $@

web/dist/.built: node_modules/.types $(COMMON) $(call front_end,web)
	$(STEP) "Building the office app" npm run --silent build -w web
	@touch $@

pwa/dist/.built: node_modules/.types $(COMMON) $(call front_end,pwa)
	$(STEP) "Building the phone app" npm run --silent build -w pwa
	@touch $@
