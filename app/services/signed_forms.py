"""Canonical forms of what is signed on an officer's phone; phone and server build the same bytes.

SHA-256 over compact JSON (UTF-8, no spaces), with ids, dates and amounts as text. Worked
examples stand in tests/cases/signed_forms.json.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from app.models import Loan
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


def minutes_digest(
    meeting_id: UUID,
    group_id: UUID,
    meeting_date: date,
    attendance: Iterable[tuple[UUID, str]],
    denominations: Iterable[tuple[int, int]],
    *,
    counted: int,
    expected: int,
    banked: int,
    note: str,
    resolutions: str,
) -> bytes:
    """What is signed of a closed meeting: as the phone closed it, before any server saw it.

    Amounts in cents; `attendance` member and status, `denominations` shillings and pieces.
    """
    return digest_of(
        [
            "meeting",
            str(meeting_id),
            str(group_id),
            meeting_date.isoformat(),
            sorted([str(member), status] for member, status in attendance),
            sorted([value, pieces] for value, pieces in denominations),
            format_money(counted),
            format_money(expected),
            format_money(banked),
            note,
            resolutions,
        ]
    )
