"""The period that figures are asked for, and the months it is made of."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, extract

from app.errors import BadInput
from app.money import round_half_even
from app.services.operations.money import EARLIEST

MOST_MONTHS = 36
BEFORE = 0
"""The bucket of what was before the period."""


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, or the part of it that lies in the period; both days included."""

    number: int
    """year × 12 + month."""
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days from `first` to `last`, both included, in the deployment's zone."""

    first: date
    last: date
    zone: ZoneInfo
    today: date

    @property
    def start(self) -> datetime:
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return self._midnight(self.last + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def months(self) -> list[Month]:
        found = []
        day = self.first
        while day <= self.last:
            end = day.replace(day=monthrange(day.year, day.month)[1])
            found.append(Month(day.year * 12 + day.month, day, min(end, self.last)))
            day = end + timedelta(days=1)
        return found

    def bucket(self, column: Any) -> Any:
        """The number of the month that a column's day lies in; BEFORE where it is earlier."""
        number = extract("year", column) * 12 + extract("month", column)
        return case((column < self.first, BEFORE), else_=number).label("bucket")


def checked_period(first: date, last: date, zone: ZoneInfo, today: date) -> Period:
    """BAD_INPUT unless it is a period of at most 36 calendar months since 2000."""
    if first < EARLIEST:
        raise BadInput("There are no figures of that time.", field="from")
    if last < first:
        raise BadInput("The period ends before it begins.", field="to")
    if (last.year - first.year) * 12 + last.month - first.month >= MOST_MONTHS:
        raise BadInput(f"Ask for {MOST_MONTHS} months at most.", field="to")
    return Period(first, last, zone, today)


def ratio(part: int, whole: int) -> int | None:
    """`part` of `whole` in hundredths of a percent, half-even; None where there is no whole."""
    return round_half_even(Fraction(part * 100_00, whole)) if whole else None
