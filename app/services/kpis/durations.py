"""How long things take: the middle, the slow end, and the share within a target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.services.kpis.period import ratio

TARGET = timedelta(hours=48)
"""spec.md, Success Metrics: from approval to disbursement in less than 48 hours."""


@dataclass(frozen=True, slots=True)
class Durations:
    """In hours, to two places; None where nothing was counted."""

    count: int
    median: float | None
    p90: float | None
    within: int | None
    """The share below 48 hours, in hundredths of a percent."""


def durations(pairs: Iterable[tuple[datetime | None, datetime | None]]) -> Durations:
    """Of the pairs that have both a begin and an end, by nearest rank: of n in order, the
    ⌈n ÷ 2⌉th and the ⌈9n ÷ 10⌉th."""
    spans = sorted(
        (end - begin) // timedelta(seconds=1)
        for begin, end in pairs
        if begin is not None and end is not None
    )
    if not spans:
        return Durations(0, None, None, None)
    below = sum(1 for span in spans if span < TARGET // timedelta(seconds=1))
    return Durations(
        count=len(spans),
        median=_hours(spans[-(-len(spans) // 2) - 1]),
        p90=_hours(spans[-(-len(spans) * 9 // 10) - 1]),
        within=ratio(below, len(spans)),
    )


def _hours(seconds: int) -> float:
    return round(seconds / 3600, 2)
