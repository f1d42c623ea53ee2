"""The application's start and end."""

from __future__ import annotations

import gc
import weakref

import pytest

from app.config import Settings
from app.main import create_app


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_an_application_that_has_ended_leaves_no_memory_behind(settings: Settings) -> None:
    app = create_app(settings)
    left = weakref.ref(app)
    async with app.router.lifespan_context(app):
        pass
    del app
    gc.collect()
    assert left() is None
    assert gc.get_freeze_count() == 0
