"""Fixtures of the tests that ask the API over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.config import Settings
from tests.support.http_api import HttpApi, running


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[HttpApi]:
    """The application on a fresh database."""
    async with running(settings) as found:
        yield found
