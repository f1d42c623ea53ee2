"""Uploads that nobody went on with: their pieces leave the store after seven days."""

from __future__ import annotations

import logging
from typing import Any

from app.runtime import Runtime
from app.services.uploads import remove_expired

log = logging.getLogger(__name__)


async def remove_expired_uploads(ctx: dict[str, Any]) -> int:
    """How many were removed; running it again removes nothing more."""
    runtime: Runtime = ctx["runtime"]
    removed = await remove_expired(runtime)
    if removed:
        log.info("uploads expired", extra={"removed": removed})
    return removed
