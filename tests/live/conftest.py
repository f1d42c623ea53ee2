"""Fixtures of the live tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.fragile_redis import FragileRedis


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[FragileRedis]:
    """A Redis that the test may kill."""
    server = FragileRedis(tmp_path / "redis")
    yield server
    server.stop()
