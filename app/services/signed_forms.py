"""Canonical forms of what is signed on an officer's phone; phone and server build the same bytes.

SHA-256 over compact JSON (UTF-8, no spaces), with ids, dates and amounts as text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.models import Loan, Meeting, WelfareRequest
from app.money import format_money


def digest_of(form: Sequence[Any]) -> bytes:
    """SHA-256 of the canonical JSON of a form."""
    return hashlib.sha256(orjson.dumps(list(form), default=str)).digest()


def loan_digest(loan: Loan) -> bytes:
    """What the chair signs who approves a loan offline."""
    return digest_of(
        [
            "loan",
            str(loan.id),
            str(loan.member_id),
            loan.loan_type,
            format_money(loan.amount),
            loan.duration_months,
            format_money(loan.interest_rate),
            loan.purpose,
        ]
    )


def welfare_digest(request: WelfareRequest) -> bytes:
    """What the chair signs who approves a welfare payout offline."""
    return digest_of(
        [
            "welfare",
            str(request.id),
            str(request.member_id),
            format_money(request.amount),
            request.requested_on.isoformat(),
            request.reason,
        ]
    )


def meeting_form(
    meeting: Meeting,
    *,
    denominations: Sequence[tuple[int, int]],
    counted: int,
    banked: int,
    expected: int,
    attendance: Iterable[tuple[UUID, str]],
    totals: Iterable[tuple[str, str, int]],
    variance_note: str,
    resolutions: str,
) -> list[Any]:
    """What is signed of a meeting's minutes: only what the officer's phone knows itself.

    Amounts in cents. Denominations largest first, attendance in the order of the members' ids,
    totals in the order of label, payment method and cents.
    """
    return [
        "meeting",
        str(meeting.id),
        str(meeting.group_id),
        meeting.meeting_date.isoformat(),
        format_money(meeting.brought_from_bank),
        format_money(banked),
        format_money(expected),
        format_money(counted),
        format_money(counted - expected),
        [[shillings, pieces] for shillings, pieces in denominations],
        [[str(member_id), status] for member_id, status in attendance],
        [[label, method, format_money(cents)] for label, method, cents in totals],
        variance_note,
        resolutions,
    ]
