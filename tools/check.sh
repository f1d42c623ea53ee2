#!/usr/bin/env bash
# Every check that runs no test. All of them run, so that one round shows all that is wrong.
set -uo pipefail

failed=()
check() {
  bash tools/step.sh "$@" || failed+=("$1")
}

check "Python style" .venv/bin/ruff check .
check "Python format" .venv/bin/ruff format --check .
check "Python types" .venv/bin/mypy
check "The team's own rules" .venv/bin/python tools/lint_rules.py
check "Imports point one way" .venv/bin/lint-imports
check "TypeScript style and format" npm run --silent lint
check "TypeScript types" npm run --silent typecheck
check "schema.graphql is what the code serves" .venv/bin/python -m app.cli schema --check
check "Models and migrations agree" bash tools/check_migrations.sh

if [ "${#failed[@]}" -gt 0 ]; then
  echo "Not in order:"
  printf '  - %s\n' "${failed[@]}"
  exit 1
fi
