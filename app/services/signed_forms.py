"""Canonical forms of what is signed on an officer's phone; phone and server build the same bytes.

SHA-256 over compact JSON (UTF-8, no spaces), with ids, dates and amounts as text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson

from app.models import Loan, WelfareRequest
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
