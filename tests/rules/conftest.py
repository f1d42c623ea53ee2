from __future__ import annotations

import pytest

from app.runtime import Runtime
from tests.support.stage import Stage, set_stage


@pytest.fixture
async def stage(runtime: Runtime) -> Stage:
    """A group with its people on a fresh database."""
    return await set_stage(runtime)
