"""Fixtures of the tests that ask the API over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.config import Settings
from tests.support.api import Api, running


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[Api]:
    """The application on a fresh database."""
    async with running(settings) as found:
        yield found
