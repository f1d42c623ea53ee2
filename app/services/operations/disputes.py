"""A signature that its signer disputes: where the office agrees, it stands for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app.models import (
    Approval,
    Loan,
    LoanStatus,
    Meeting,
    MeetingStatus,
    ReviewItem,
    ReviewKind,
    Signature,
    SigningKey,
    WelfareRequest,
)
from app.services.operations.approvals import Approvals
from app.services.operations.state import State
from app.services.operations.types import Operation

SIGNED: tuple[type[SQLModel], ...] = (Meeting, Loan, WelfareRequest, SigningKey)
PENDING = LoanStatus.PENDING.value
APPROVED = LoanStatus.APPROVED.value


@dataclass(slots=True)
class Disputed:
    """The signatures that are disputed, and the approvals that they gave."""

    signatures: dict[UUID, Signature] = field(default_factory=dict)
    approvals: dict[UUID, Approval] = field(default_factory=dict)


async def load_disputed(session: AsyncSession, state: State, items: Sequence[ReviewItem]) -> None:
    """Nothing, and no statement, where none of the items is a dispute."""
    ids = [item.subject_id for item in items if item.kind == ReviewKind.DISPUTE.value]
    if not ids:
        return
    found = state.section(Disputed)
    rows = await session.execute(select(Signature).where(col(Signature.id).in_(ids)))
    for signature in rows.scalars():
        session.expunge(signature)
        found.signatures[signature.id] = signature
    subjects = {row.subject_id for row in found.signatures.values()}
    subjects |= {row.key_id for row in found.signatures.values()}
    for model in SIGNED:
        table: Any = model
        named = await session.execute(
            select(model).where(table.id.in_(subjects), table.group_id.in_(list(state.books)))
        )
        row: Any
        for row in named.scalars():
            session.expunge(row)
            state.subjects.setdefault(row.id, row)
    given = await session.execute(select(Approval).where(col(Approval.signature_id).in_(ids)))
    for approval in given.scalars():
        session.expunge(approval)
        if approval.signature_id is not None:
            found.approvals[approval.signature_id] = approval


def accept_dispute(state: State, operation: Operation, item: ReviewItem) -> None:
    """The key is withdrawn, since somebody else has used it. The minutes are unconfirmed again,
    the loan or the payout lacks that approval again; of money that is out already nothing can
    be taken back by this, and its approval stays to be seen."""
    found = state.section(Disputed)
    signature = found.signatures.get(item.subject_id) if item.subject_id is not None else None
    if signature is None or signature.group_id != item.group_id:
        return
    key = state.subject(SigningKey, signature.key_id)
    if key is not None and (key.revoked_at is None or key.shut_out_at is not None):
        key.revoked_at, key.shut_out_at = key.revoked_at or state.now, None
        state.rows.put(key)
        state.audit(operation, "key.withdrawn", key.group_id, key.id)
    subject = state.subjects.get(signature.subject_id)
    if isinstance(subject, Meeting) and subject.signature_id == signature.id:
        subject.status = MeetingStatus.CLOSED.value
        subject.confirmed_by = subject.confirmed_at = subject.signature_id = None
        state.touch(subject)
    approval = found.approvals.get(signature.id)
    if approval is None or not isinstance(subject, Loan | WelfareRequest):
        return
    if subject.status not in (PENDING, APPROVED):
        return
    state.rows.drop(approval)
    given = state.section(Approvals).rows
    given[subject.id] = [row for row in given.get(subject.id, ()) if row.id != approval.id]
    subject.status, subject.approved_at = PENDING, None
    if isinstance(subject, Loan):
        subject.approved_date = None
    state.touch(subject)
