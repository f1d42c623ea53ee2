"""What people are told of once it is committed: one outbox row for each thing that happened.

Who is told, on which phone and in which words is found when the row is worked off
(services/notices.py): by then the loan may be decided, or the officer another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.models import Loan, OutboxMessage, ReviewItem, WelfareRequest
from app.services.operations.state import State

TOPIC = "notice"
APPROVAL_NEEDED = "APPROVAL_NEEDED"
APPROVED = "APPROVED"
REJECTED = "REJECTED"
REVIEW_DECIDED = "REVIEW_DECIDED"
REVIEW_SENT_BACK = "REVIEW_SENT_BACK"


def approval_needed(
    state: State, subject: Loan | WelfareRequest, places: Sequence[str], *by: UUID
) -> None:
    """Those who may fill the places that are left are told, but not those who did this."""
    _write(state, APPROVAL_NEEDED, subject, by, places=list(places))


def decided(state: State, subject: Loan | WelfareRequest, *, approved: bool, by: UUID) -> None:
    """The group's officers are told what became of a loan or a welfare request."""
    _write(state, APPROVED if approved else REJECTED, subject, (by,))


def review_decided(state: State, item: ReviewItem, *, sent_back: bool, by: UUID) -> None:
    """The officer whose item it was is told what the office decided, or asks."""
    about = REVIEW_SENT_BACK if sent_back else REVIEW_DECIDED
    _write(state, about, item, (by,), userId=str(item.officer_id))


def _write(
    state: State,
    about: str,
    subject: Loan | WelfareRequest | ReviewItem,
    by: Sequence[UUID],
    **more: Any,
) -> None:
    payload = {
        "about": about,
        "subject": _noun(subject),
        "subjectId": str(subject.id),
        "groupId": str(subject.group_id),
        "by": sorted({str(one) for one in by}),
        **more,
    }
    state.rows.add(
        OutboxMessage(topic=TOPIC, payload=payload, created_at=state.now, available_at=state.now)
    )


def _noun(subject: Loan | WelfareRequest | ReviewItem) -> str:
    if isinstance(subject, Loan):
        return "LOAN"
    return "WELFARE" if isinstance(subject, WelfareRequest) else "REVIEW"
