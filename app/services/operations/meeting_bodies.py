"""What operations on meetings say, and how their input is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.errors import BadInput
from app.money import MAX_CENTS
from app.services.operations import parse
from app.services.operations.kind import Values
from app.services.operations.signing import SignatureClaim, read_signature
from app.services.operations.types import Body

NOTES_AND_COINS = (1000, 500, 200, 100, 50, 40, 20, 10, 5, 1)
"""Kenya's notes and coins in whole shillings, the largest first (50 is a note, 40 a coin)."""
MOST_PIECES = 100_000
MOST_MEMBERS = 1_000
MOST_TOTALS = 200


@dataclass(frozen=True, slots=True)
class OpenMeeting(Body):
    """A meeting begins; `brought_from_bank` in cents."""

    kind = "openMeeting"

    group_id: UUID
    meeting_date: date
    id: UUID | None = None
    venue: str = ""
    brought_from_bank: int = 0


@dataclass(frozen=True, slots=True)
class RecordAttendance(Body):
    """Who was there: (member, status), each member once."""

    kind = "recordAttendance"

    meeting_id: UUID
    attendance: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class MinutesClaim:
    """What the phone itself knew at the close, which is what is signed on it. Cents."""

    expected: int | None = None
    attendance: tuple[tuple[UUID, str], ...] | None = None
    totals: tuple[tuple[str, str, int], ...] | None = None
    """(label, payment method, signed cents)"""


@dataclass(frozen=True, slots=True)
class CloseMeeting(Body):
    """The cash was counted: (shillings, pieces), the largest first. `banked` in cents."""

    kind = "closeMeeting"

    meeting_id: UUID
    denominations: tuple[tuple[int, int], ...]
    banked: int = 0
    variance_note: str = ""
    resolutions: str = ""
    claim: MinutesClaim = MinutesClaim()

    @property
    def counted(self) -> int:
        return sum(shillings * pieces for shillings, pieces in self.denominations) * 100


@dataclass(frozen=True, slots=True)
class ConfirmMeeting(Body):
    """A signatory stands for the minutes, signed in or by a signature on the officer's phone."""

    kind = "confirmMeeting"

    meeting_id: UUID
    signature: SignatureClaim | None = None


def read_opening(values: Values) -> OpenMeeting:
    return OpenMeeting(
        group_id=values["group_id"],
        meeting_date=values["meeting_date"],
        id=values.get("id"),
        venue=parse.clean_text(values.get("venue"), "venue", 255, required=False),
        brought_from_bank=not_negative(values.get("brought_from_bank"), "broughtFromBank"),
    )


def not_negative(cents: int | None, field: str) -> int:
    cents = cents or 0
    if not 0 <= cents <= MAX_CENTS:
        raise BadInput("The amount must not be negative.", field=field)
    return cents


def read_attendance(values: Values) -> RecordAttendance:
    return RecordAttendance(values["meeting_id"], attendance_of(values["attendance"]))


def attendance_of(items: Sequence[Any]) -> tuple[tuple[UUID, str], ...]:
    """(member, status) in the order of the members' ids; of a member named twice the last."""
    if len(items) > MOST_MEMBERS:
        raise BadInput(f"At most {MOST_MEMBERS} members.", field="attendance")
    found = {}
    for item in items:
        one = parse.as_values(item)
        found[one["member_id"]] = str(one["status"])
    return tuple(sorted(found.items(), key=lambda pair: str(pair[0])))


def read_closing(values: Values) -> CloseMeeting:
    claim = values.get("claim")
    body = CloseMeeting(
        meeting_id=values["meeting_id"],
        denominations=read_denominations(values["denominations"]),
        banked=not_negative(values.get("banked"), "banked"),
        variance_note=parse.clean_text(
            values.get("variance_note"), "varianceNote", 500, required=False
        ),
        resolutions=clean_lines(values.get("resolutions"), "resolutions", 4000),
        claim=read_claim(parse.as_values(claim)) if claim is not None else MinutesClaim(),
    )
    if body.counted > MAX_CENTS:
        raise BadInput("This is more money than can be on a table.", field="denominations")
    return body


def read_denominations(items: Sequence[Any]) -> tuple[tuple[int, int], ...]:
    """The pieces counted of each note and coin, empty ones left out, the largest first."""
    found: dict[int, int] = {}
    for item in items:
        one = parse.as_values(item)
        value, pieces = int(one["value"]), int(one["pieces"])
        if value not in NOTES_AND_COINS:
            allowed = ", ".join(str(known) for known in NOTES_AND_COINS)
            raise BadInput(f"Notes and coins are {allowed} shillings.", field="denominations")
        if value in found:
            raise BadInput(f"{value} stands there twice.", field="denominations")
        if not 0 <= pieces <= MOST_PIECES:
            raise BadInput("Count whole pieces, from 0.", field="denominations")
        found[value] = pieces
    return tuple((value, found[value]) for value in NOTES_AND_COINS if found.get(value))


def read_claim(values: Values) -> MinutesClaim:
    attendance, totals = values.get("attendance"), values.get("totals")
    return MinutesClaim(
        expected=values.get("expected"),
        attendance=attendance_of(attendance) if attendance is not None else None,
        totals=read_totals(totals) if totals is not None else None,
    )


def read_totals(items: Sequence[Any]) -> tuple[tuple[str, str, int], ...]:
    if len(items) > MOST_TOTALS:
        raise BadInput(f"At most {MOST_TOTALS} totals.", field="totals")
    rows = []
    for item in items:
        one = parse.as_values(item)
        label = parse.clean_text(one["label"], "totals", 40)
        rows.append((label, str(one["payment_method"]), int(one["amount"])))
    return tuple(sorted(rows))


def clean_lines(value: Any, field: str, longest: int) -> str:
    """Text of several lines, each without surrounding space, no empty ones at the ends."""
    lines = [
        parse.clean_text(line, field, longest, required=False)
        for line in str(value or "").split("\n")
    ]
    text = "\n".join(lines).strip("\n")
    if len(text) > longest:
        raise BadInput(f"At most {longest} characters.", field=field)
    return text


def read_confirmation(values: Values) -> ConfirmMeeting:
    signature = values.get("signature")
    return ConfirmMeeting(
        meeting_id=values["meeting_id"],
        signature=read_signature(parse.as_values(signature)) if signature is not None else None,
    )
