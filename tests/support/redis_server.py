"""A Redis server of the tests' own. It can be stopped and started again on its port."""

from __future__ import annotations

from pathlib import Path

from tests.support.processes import Process, free_port, listens


class RedisServer:
    """Starts on construction; keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.port = free_port()
        self._process = self._start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        self._process.stop()

    def restart(self) -> None:
        """As after an outage: all connections are cut and all data is gone."""
        self._process.kill()
        self._process = self._start()

    def _start(self) -> Process:
        process = Process(
            [
                "redis-server",
                *("--port", str(self.port)),
                *("--bind", "127.0.0.1"),
                *("--save", ""),
                *("--appendonly", "no"),
                *("--dir", str(self._folder)),
            ],
            self._folder / "redis.log",
        )
        process.wait_until(lambda: listens(self.port))
        return process
