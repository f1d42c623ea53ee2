"""Held money that was a welfare payout: booked as the phone claimed, once it may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, NotFound, RuleBroken
from app.models import MovementKind, ReviewItem, WelfareRequest
from app.services.ledger import Line
from app.services.operations.money import SUSPENSE
from app.services.operations.placement import Placed, claimed_day, place_movement
from app.services.operations.state import State
from app.services.operations.types import Operation
from app.services.operations.welfare import FUND
from app.services.operations.welfare_payout import mark_paid, payable


async def load_claimed_requests(
    session: AsyncSession, state: State, claims: Iterable[dict[str, Any]]
) -> None:
    """The requests that the claims name, in groups that are locked."""
    ids = {UUID(found) for one in claims if isinstance(found := one.get("requestId"), str)}
    if not ids - state.subjects.keys():
        return
    rows = await session.execute(
        select(WelfareRequest).where(
            col(WelfareRequest.id).in_(ids), col(WelfareRequest.group_id).in_(list(state.books))
        )
    )
    for row in rows.scalars():
        session.expunge(row)
        state.subjects.setdefault(row.id, row)


def accept_payout(
    state: State,
    operation: Operation,
    item: ReviewItem,
    request_id: UUID | None,
    method: str,
    claim: dict[str, Any],
) -> Placed | DomainError:
    """Pays an approved request with the money that was handed out for it, whose amount it must
    be. The year's number of payouts gives way to a person's note; nothing else does."""
    row = state.subject(WelfareRequest, request_id)
    if row is None or row.group_id != item.group_id:
        return NotFound("There is no such request in this group.", field="action")
    claimed = claim.get("paymentDate")
    # A day before the request was a phone's clock.
    when = max(
        claimed_day(state, item, date.fromisoformat(claimed) if claimed else None),
        row.requested_on,
    )
    error = payable(state, row, when, override=bool(item.decision_note))
    if error is not None:
        error.field = "action"
        return error
    if -item.amount != row.amount:
        return RuleBroken(
            "The money that was handed out is not what was asked for.",
            code="OTHER_AMOUNT",
            field="action",
        )
    # The member stands at SUSPENSE, so that it is on their statement: the fund is everybody's.
    lines = (Line(SUSPENSE, item.amount, None, row.member_id), Line(FUND, -item.amount))
    kind = MovementKind.WELFARE_PAYOUT
    placed = place_movement(state, operation, item, kind, lines, method, row.member_id)
    mark_paid(state, row, when, placed[1])
    return placed[0], row.id
