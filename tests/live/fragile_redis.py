"""A Redis that a test may take away, silence and bring back."""

from __future__ import annotations

import os
import signal

from tests.support.redis_server import RedisServer


class FragileRedis(RedisServer):
    """`kill` and `restart` as in an outage; `freeze` and `thaw` as on a line gone dead."""

    def kill(self) -> None:
        self._process.kill()

    def freeze(self) -> None:
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self._process.pid, signal.SIGCONT)

    def stop(self) -> None:
        if self._process.running:
            self.thaw()
        super().stop()
