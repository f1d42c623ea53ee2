from __future__ import annotations

import pytest

from app.runtime import Runtime
from tests.access.world import World, make_world


@pytest.fixture
async def world(runtime: Runtime) -> World:
    return await make_world(runtime)
