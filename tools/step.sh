#!/usr/bin/env bash
# step.sh "What happens, in plain words" command…
# Says when it begins and how long it took; the output goes to .local/logs, and its end is shown
# when the command fails. Steps may run side by side: each says its name on every line.
set -uo pipefail

words=$1
shift
slug=$(tr -cs '[:alnum:]' '-' <<<"$words" | tr '[:upper:]' '[:lower:]')
log=.local/logs/${slug%-}.log
mkdir -p .local/logs

echo "  $words …"
NO_COLOR=1 "$@" >"$log" 2>&1 </dev/null
status=$?
if [ "$status" -eq 0 ]; then
  echo "  $words: done in $SECONDS s"
else
  {
    echo "  $words: FAILED after $SECONDS s. The end of $log:"
    tail -n "${STEP_LOG_LINES:-60}" "$log" | sed 's/^/    /'
  } >&2
fi
exit "$status"
