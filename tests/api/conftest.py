"""Fixtures of the tests that ask the API over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.config import Settings
from tests.api.desk import Desk, make_desk
from tests.support.http_api import HttpApi, running


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[HttpApi]:
    """The application on a fresh database."""
    async with running(settings) as found:
        yield found


@pytest.fixture
async def desk(api: HttpApi) -> Desk:
    """Where bad input is handed in: an officer's and an administrator's requests."""
    return await make_desk(api)
