#!/usr/bin/env bash
# ensure_system.sh demo|test: sees that the machine has what `make demo` or `make test` needs.
# Installs what is missing with apt-get where that is possible (root, or sudo without a
# password); otherwise says plainly what to install.
set -euo pipefail

purpose=${1:?demo or test}
python=${PYTHON:-python3}
missing=()
faults=()

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  faults+=("Python 3.11 or newer (set PYTHON to name another one)")
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  missing+=(python3-venv)
fi
if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; then
  faults+=("Node.js 20 or newer")
elif ! command -v npm >/dev/null; then
  faults+=("npm")
fi
if [ "${#faults[@]}" -gt 0 ]; then
  echo "This machine lacks:" >&2
  printf '  - %s\n' "${faults[@]}" >&2
  exit 1
fi

has_postgresql() {
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}
if [ "$purpose" = test ]; then
  has_postgresql || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
fi
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=(env)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n env)
else
  as_root=()
fi
if [ "${#as_root[@]}" -eq 0 ] || ! command -v apt-get >/dev/null; then
  echo "Please install these packages (names as in Debian), then start again:" >&2
  echo "  sudo apt-get install ${missing[*]}" >&2
  exit 1
fi

echo "Installing ${missing[*]} with apt-get."
as_root+=(DEBIAN_FRONTEND=noninteractive)
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
