"""The latest meetings of each group as meetings: opened, attended, counted, confirmed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app.demo.history import SHILLING, Payment, body_of
from app.demo.ids import id_at
from app.demo.lending import Signing
from app.demo.members import DemoMember
from app.models import AttendanceStatus, PaymentMethod
from app.services.operations.meeting_bodies import (
    NOTES_AND_COINS,
    CloseMeeting,
    ConfirmMeeting,
    OpenMeeting,
    RecordAttendance,
)
from app.services.operations.types import Operation

MEETINGS = 3
"""How many of each group's meetings, the newest last, were held with the app."""
RESOLUTIONS = (
    "The next meeting begins at ten sharp.",
    "Two members visit the sick on Sunday.",
    "The loans that are late are settled before new ones are paid out.",
)
Day = tuple[str, date]
"""A group's code and the day of a meeting."""


@dataclass(slots=True)
class Gatherings:
    """Weaves the meetings into the payments, in the order in which all was written down."""

    rng: random.Random
    groups: Mapping[str, UUID]
    deciding: Mapping[UUID, Signing]
    members: Sequence[DemoMember]
    cash: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """On each group's table, in cents."""
    last: dict[str, date] = field(default_factory=dict)

    def weave(self, payments: Sequence[Payment]) -> Iterator[Operation]:
        """Every payment as a phone sends it, and around those of a meeting the meeting."""
        at_day: defaultdict[Day, list[Payment]] = defaultdict(list)
        for payment in payments:
            at_day[_day_of(payment)].append(payment)
        held = self._held(at_day)
        open_now: dict[Day, UUID] = {}
        for payment in payments:
            day = _day_of(payment)
            if day in held and day not in open_now:
                open_now[day] = id_at(self.rng, payment.at)
                yield self._opening(day, open_now[day], payment.at)
            body = body_of(payment, self.rng)
            yield self._sent(day, payment.at, replace(body, meeting_id=open_now.get(day)))
            if payment.method is PaymentMethod.CASH:
                self.cash[day[0]] += payment.shillings * SHILLING
            if day in held and payment is at_day[day][-1]:
                yield from self._ending(day, open_now[day], at_day[day])

    def _held(self, at_day: Mapping[Day, Sequence[Payment]]) -> set[Day]:
        days: defaultdict[str, list[date]] = defaultdict(list)
        for code, day in sorted(at_day):
            days[code].append(day)
        self.last = {code: found[-1] for code, found in days.items()}
        return {(code, day) for code, found in days.items() for day in found[-MEETINGS:]}

    def _who(self, code: str) -> Signing:
        return self.deciding[self.groups[code]]

    def _sent(self, day: Day, at: datetime, body: object) -> Operation:
        officer = self._who(day[0]).officer
        return Operation(officer, body, id_at(self.rng, at), synced=True)  # type: ignore[arg-type]

    def _opening(self, day: Day, meeting_id: UUID, at: datetime) -> Operation:
        venue = next(one.group.venue for one in self.members if one.group.code == day[0])
        body = OpenMeeting(self.groups[day[0]], day[1], id=meeting_id, venue=venue)
        return self._sent(day, at, body)

    def _ending(
        self, day: Day, meeting_id: UUID, payments: Sequence[Payment]
    ) -> Iterator[Operation]:
        code, when = day
        at = payments[-1].at + timedelta(minutes=10)
        yield self._sent(day, at, RecordAttendance(meeting_id, self._attendance(day, payments)))
        # Now and then a note is given out wrongly.
        short = 50 * SHILLING if self.rng.random() < 0.1 and self.cash[code] else 0
        counted = self.cash[code] - short
        closing = CloseMeeting(
            meeting_id,
            _pieces(counted // SHILLING),
            variance_note="Change was given twice to a member; we ask her." if short else "",
            resolutions=self.rng.choice(RESOLUTIONS),
        )
        self.cash[code] = counted
        yield self._sent(day, at, closing)
        if when < self.last[code]:
            # The newest minutes wait for somebody to look at them.
            yield Operation(self._who(code).chair, ConfirmMeeting(meeting_id))

    def _attendance(self, day: Day, payments: Sequence[Payment]) -> tuple[tuple[UUID, str], ...]:
        brought = {payment.member.id for payment in payments if payment.reference is None}
        sent = {payment.member.id for payment in payments}
        found = []
        for member in self.members:
            if member.group.code != day[0] or member.joined > day[1]:
                continue
            status = AttendanceStatus.ABSENT
            if member.id in brought:
                late = self.rng.random() < 0.1
                status = AttendanceStatus.LATE if late else AttendanceStatus.PRESENT
            elif member.id in sent:
                status = AttendanceStatus.EXCUSED
            found.append((member.id, status.value))
        return tuple(sorted(found))


def _day_of(payment: Payment) -> Day:
    return payment.member.group.code, payment.at.date()


def _pieces(shillings: int) -> tuple[tuple[int, int], ...]:
    """Notes and coins that make up an amount, the largest first."""
    found: list[tuple[int, int]] = []
    for value in NOTES_AND_COINS:
        pieces, shillings = divmod(shillings, value)
        if pieces:
            found.append((value, pieces))
    return tuple(found)
