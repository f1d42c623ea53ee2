#!/usr/bin/env bash
# The server, started anew when app/ changes, and a Vite server for each front end, until Ctrl-C.
# The data is in .local/dev, apart from that of `make demo`.
set -euo pipefail

export ENVIRONMENT=${ENVIRONMENT:-development}
export PORT=${PORT:-8000}
export DATA_DIR=${DEV_DATA_DIR:-.local/dev}
mkdir -p "$DATA_DIR"

secrets=$DATA_DIR/secrets.env
if [ ! -f "$secrets" ]; then
  (
    source tools/throwaway_secrets.sh
    umask 077
    printf 'export %s\n' "SECRET_KEY=$SECRET_KEY" "JWT_SECRET_KEY=$JWT_SECRET_KEY" \
      "ENCRYPTION_KEY=$ENCRYPTION_KEY" >"$secrets"
  )
fi
source "$secrets"

.venv/bin/tablebanking migrate

children=()
trap 'kill "${children[@]}" 2>/dev/null; wait' EXIT
.venv/bin/watchfiles --filter python '.venv/bin/tablebanking serve' app &
children+=($!)
npm run --silent dev -w web &
children+=($!)
npm run --silent dev -w pwa &
children+=($!)
echo "Server at http://localhost:$PORT; the front ends at the addresses that Vite prints."
wait -n
