"""Time: instants are UTC; "today", months and years are the deployment's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """The calendar day it is in `zone` (Africa/Nairobi unless set otherwise)."""
    return datetime.now(zone).date()
