"""Ids that come out the same for the same seed and day, as a phone would have made them then."""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID


def id_at(rng: random.Random, when: datetime) -> UUID:
    """A UUIDv7 whose time is `when` and whose rest is drawn from `rng`."""
    milliseconds = int(when.timestamp() * 1000)
    high = milliseconds << 16 | 0x7 << 12 | rng.getrandbits(12)
    low = 0b10 << 62 | rng.getrandbits(62)
    return UUID(int=high << 64 | low)
