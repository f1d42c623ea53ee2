"""Real server processes: `python -m app.cli serve`, as production starts them."""

from __future__ import annotations

import sys
import urllib.request
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError

from app.config import Settings
from tests.support.balancer import Balancer
from tests.support.databases import ROOT
from tests.support.processes import Process, free_port
from tests.support.settings import process_environment


class ServerProcess:
    """One server on a free port; ready when /healthz answers 200. Starts on construction."""

    def __init__(
        self, settings: Settings, folder: Path, name: str = "server", public_url: str | None = None
    ) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.settings = replace(
            settings, host="127.0.0.1", port=self.port, public_url=public_url or self.url
        )
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / f"{name}.log"
        self._process = self._start()

    @property
    def output(self) -> str:
        """What it has logged so far."""
        return self._process.output

    def stop(self) -> int:
        """Ends it in order; the exit code."""
        return self._process.stop(20)

    def kill(self) -> None:
        """Ends it as a crash would."""
        self._process.kill()

    def restart(self) -> None:
        """Starts it again on the same port, after `stop` or `kill`."""
        self._process = self._start()

    def _start(self) -> Process:
        process = Process(
            [sys.executable, "-m", "app.cli", "serve"],
            self._log,
            env=process_environment(self.settings),
            cwd=ROOT,
        )
        process.wait_until(self._healthy, seconds=60)
        return process

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


class ServerGroup:
    """Several server processes on one database and one Redis, behind one address."""

    def __init__(self, settings: Settings, folder: Path, processes: int = 2) -> None:
        self.servers: list[ServerProcess] = []
        self.balancer: Balancer | None = None
        try:
            for number in range(1, processes + 1):
                self.servers.append(ServerProcess(settings, folder, f"server-{number}"))
            self.balancer = Balancer([server.port for server in self.servers])
        except BaseException:
            self.stop()
            raise

    @property
    def url(self) -> str:
        """The one address; `balancer` can lose answers."""
        assert self.balancer is not None
        return self.balancer.url

    def stop(self) -> None:
        if self.balancer is not None:
            self.balancer.stop()
        for server in self.servers:
            server.stop()
