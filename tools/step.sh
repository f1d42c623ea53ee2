#!/usr/bin/env bash
# step.sh "What happens, in plain words" command…
# Runs the command with its output in .local/logs; says how long it took, and shows the log's
# end when it fails.
set -uo pipefail

words=$1
shift
slug=$(tr -cs '[:alnum:]' '-' <<<"$words" | tr '[:upper:]' '[:lower:]')
log=.local/logs/${slug%-}.log
mkdir -p .local/logs

if [ -t 1 ]; then
  "$@" >"$log" 2>&1 </dev/null &
  command=$!
  trap 'kill "$command" 2>/dev/null' INT TERM
  while kill -0 "$command" 2>/dev/null; do
    printf '\r  %s … %ss' "$words" "$SECONDS"
    sleep 0.5
  done
  wait "$command"
  status=$?
  printf '\r'
else
  "$@" >"$log" 2>&1 </dev/null
  status=$?
fi

if [ "$status" -eq 0 ]; then
  echo "  $words … done in ${SECONDS} s"
else
  echo "  $words … FAILED after ${SECONDS} s. The end of $log:"
  tail -n "${STEP_LOG_LINES:-60}" "$log" | sed 's/^/    /'
fi
exit "$status"
