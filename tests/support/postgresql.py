"""A PostgreSQL server of the tests' own, in a temporary folder on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from tests.support.processes import Process, free_port

SUPERUSER = "tablebanking"
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path:
    """The folder of the newest PostgreSQL's programs ($PG_BIN, Debian's place, or PATH)."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise RuntimeError("PostgreSQL is not installed: bash tools/ensure_system.sh test")
    return found[-1].parent if found else Path(str(on_path)).parent


def folder_for_data() -> Path | None:
    """Memory where there is room (a fresh database in 20 ms, not 400), else the usual place."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return None


class PostgreSQL:
    """Starts on construction. `durable` keeps fsync and commits as in production (for bench).

    Text is compared by ICU's English rules, not by bytes, so that a query which relies on the
    order of bytes fails here and not in production.
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.port = free_port()
        self._folder = folder
        self._user = _unprivileged_user()
        data = folder / "data"
        folder.mkdir(parents=True, exist_ok=True)
        if self._user:
            shutil.chown(folder, self._user, self._user)
        self._initialise(data)
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            "unix_socket_directories=",
            "max_connections=300",
            "shared_buffers=256MB",
            "log_min_messages=warning",
            *(() if durable else FAST),
        ]
        command = [str(binaries() / "postgres"), "-D", str(data)]
        for setting in settings:
            command += ["-c", setting]
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
        self._process = Process(
            command,
            _log_file(folder),
            cwd=folder,
            user=self._user,
            stop_signal=signal.SIGINT,
        )
        self._process.wait_until(self._accepts)

    def url(self, database: str = "postgres") -> str:
        """A libpq URL; the application turns it into its driver's."""
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        self._process.stop(30)

    def _initialise(self, data: Path) -> None:
        done = subprocess.run(
            [
                str(binaries() / "initdb"),
                f"--pgdata={data}",
                f"--username={SUPERUSER}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=icu",
                "--icu-locale=en",
                "--no-sync",
            ],
            cwd=self._folder,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{done.stdout}\n{done.stderr}")

    def _accepts(self) -> bool:
        asked = subprocess.run(
            [str(binaries() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)],
            check=False,
        )
        return asked.returncode == 0


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return pwd.getpwnam("nobody").pw_name


def _log_file(folder: Path) -> Path:
    return folder / "postgresql.log"
