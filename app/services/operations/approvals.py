"""Approvals of loans and welfare payouts: one person, one approval, none of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, RuleBroken
from app.models import Approval, Loan, WelfareRequest
from app.models.base import new_id
from app.runtime import Runtime
from app.services.approvals import missing, place_of
from app.services.operations.named import Named
from app.services.operations.state import State

Subject = Loan | WelfareRequest


@dataclass(slots=True)
class Approvals:
    """The approvals so far, by loan or welfare request."""

    rows: dict[UUID, list[Approval]] = field(default_factory=dict)


async def load_approvals(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """Those of all loans and welfare requests that are named."""
    ids = named.subjects.get(Loan, set()) | named.subjects.get(WelfareRequest, set())
    if not ids:
        return
    found = state.section(Approvals).rows
    rows = await session.execute(
        select(Approval).where(col(Approval.subject_id).in_(ids)).order_by(col(Approval.id))
    )
    for row in rows.scalars():
        session.expunge(row)
        found.setdefault(row.subject_id, []).append(row)


def approve(
    state: State,
    subject: Subject,
    *,
    user_id: UUID,
    role: str,
    own_member: UUID | None,
    notes: str | None,
    signature_id: UUID | None = None,
) -> list[str] | DomainError:
    """Fills a place of the approvals needed; the places that are left, or why not.

    `own_member` is the member that the approver is, if they are one.
    """
    given = state.section(Approvals).rows.setdefault(subject.id, [])
    if own_member is not None and own_member == subject.member_id:
        code = "OWN_LOAN" if isinstance(subject, Loan) else "OWN_REQUEST"
        return RuleBroken("Nobody approves what is for themselves.", code=code)
    if any(row.user_id == user_id for row in given):
        return RuleBroken("You have approved it already.", code="ALREADY_APPROVED")
    left = missing(subject.approvals_needed, (row.role for row in given))
    place = place_of(role, left)
    if place is None:
        return RuleBroken("Your approval is not needed here.", code="APPROVAL_NOT_NEEDED")
    row = Approval(
        id=new_id(),
        group_id=subject.group_id,
        subject="LOAN" if isinstance(subject, Loan) else "WELFARE",
        subject_id=subject.id,
        user_id=user_id,
        role=place,
        notes=notes,
        decided_at=state.now,
        signature_id=signature_id,
    )
    given.append(row)
    state.rows.add(row)
    left.remove(place)
    return left
