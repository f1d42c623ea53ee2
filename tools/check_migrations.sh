#!/usr/bin/env bash
# Migrates an empty SQLite database and lets Alembic look for differences from the models.
# tests/migrations does the same on PostgreSQL.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
source tools/throwaway_secrets.sh
export ENVIRONMENT=test DATA_DIR=$folder DATABASE_URL=sqlite:///$folder/check.sqlite3
.venv/bin/alembic upgrade head
.venv/bin/alembic check
