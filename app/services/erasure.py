"""Erasing a person: the right to be forgotten, beside books that must stay whole (design.md,
Access; Kenya's Data Protection Act, section 40).

The journal holds ids alone and is not touched. What names the person is cleared, and the key
under which the rest is sealed is destroyed.
"""

from __future__ import annotations

import enum
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app import clock, crypto
from app.auth.access import load_member, lock_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.db import after_commit
from app.errors import RuleBroken
from app.models import (
    Approval,
    BankingGroup,
    Contribution,
    Device,
    Document,
    FineCharge,
    IdentityCheck,
    Loan,
    Member,
    Message,
    Movement,
    OfficerLocation,
    OfficerPing,
    OneTimeCode,
    OutboxMessage,
    Paper,
    PaperStatus,
    RefreshToken,
    Repayment,
    ReviewItem,
    SearchToken,
    Signature,
    SyncOperation,
    Upload,
    User,
    WelfareRequest,
)
from app.runtime import Runtime
from app.services import audit, upload_pieces
from app.services.documents import storage_key
from app.services.erasure_bank import clear_bank_words, entries_of
from app.services.erasure_rules import standing_against
from app.services.member_privacy import ERASED_NAME, seal_text
from app.services.officials import end_office
from app.services.papers import storage_key as paper_key
from app.services.push_subscriptions import forget_devices


class EraseReason(enum.StrEnum):
    """Why. A choice, not words: words would stay in a log that nothing can be taken from."""

    MEMBER_ASKED = "MEMBER_ASKED"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"
    KEPT_LONG_ENOUGH = "KEPT_LONG_ENOUGH"
    AUTHORITY_ORDERED = "AUTHORITY_ORDERED"


WORDS: dict[type[SQLModel], dict[str, Any]] = {
    Loan: {"purpose": "", "rejected_reason": None, "write_off_reason": None},
    WelfareRequest: {"reason": "", "rejected_reason": None},
    FineCharge: {"note": None},
    Movement: {"description": ""},
    ReviewItem: {"decision_note": None, "sealed": None},
}
"""Columns that hold what somebody wrote about the person, and what stands there afterwards."""


@dataclass(frozen=True, slots=True)
class Traces:
    """The ids under which the person's things are found. `subjects`: what decisions, signatures
    and review items may be about. `entries`: those of the books that have a posting of theirs."""

    member: Member
    loans: frozenset[UUID]
    requests: frozenset[UUID]
    subjects: frozenset[UUID]
    entries: frozenset[UUID]

    def of_review(self) -> ColumnElement[bool]:
        """The condition on review items; their claims hold ids as text. Money that was held for
        somebody unknown may have been placed to the person."""
        return or_(
            col(ReviewItem.subject_id).in_(self.subjects),
            col(ReviewItem.claim).contains(str(self.member.id)),
            col(ReviewItem.decision_entry_id).in_(self.entries),
        )


async def erase_member(
    runtime: Runtime, actor: Actor, member_id: UUID, reason: EraseReason
) -> Member:
    """The member without anything that says who they were; again, it is the same.

    CANNOT_ERASE, with a failure for each thing that stands against it (erasure_rules).
    """
    demand(actor, "privacy:manage")

    async def work(session: AsyncSession) -> Member:
        known = await load_member(session, actor, member_id)
        # Whatever writes to the group's books waits for this lock.
        group = await lock_group(session, actor, known.group_id)
        await session.refresh(known)
        if known.erased_at is not None:
            return known
        traces = await _traces(session, known)
        failures = await standing_against(session, known, traces.of_review())
        if failures:
            raise RuleBroken(
                "This member cannot be erased yet.",
                code="CANNOT_ERASE",
                field="memberId",
                details=failures,
            )
        await end_office(session, runtime, actor, group.id, member_id)
        await _clear_words(session, group, traces)
        await clear_bank_words(session, group, known, traces.of_review())
        await _clear_rows(session, runtime, known)
        await _clear_users(session, runtime, member_id)
        _clear_member(group, known, clock.today(runtime.settings.timezone))
        await session.flush()
        audit.record(
            session,
            "member.erased",
            actor_id=actor.user_id,
            entity_id=member_id,
            group_id=group.id,
            reason=reason.value,
        )
        return known

    return await runtime.db.transact(work)


async def _traces(session: AsyncSession, member: Member) -> Traces:
    async def ids(model: Any, condition: ColumnElement[bool]) -> frozenset[UUID]:
        rows = await session.execute(select(col(model.id)).where(condition))
        return frozenset(rows.scalars())

    found = {
        model: await ids(model, col(model.member_id) == member.id)
        for model in (Loan, WelfareRequest, Contribution, Repayment, Movement)
    }
    loans, requests = found[Loan], found[WelfareRequest]
    signed = await ids(Signature, col(Signature.subject_id).in_(loans | requests))
    subjects = frozenset({member.id}).union(signed, *found.values())
    return Traces(member, loans, requests, subjects, await entries_of(session, member))


async def _clear_words(session: AsyncSession, group: BankingGroup, traces: Traces) -> None:
    """Takes the words away, and gives each changed row a number so that phones fetch it."""
    decided = select(col(ReviewItem.decision_entry_id)).where(
        col(ReviewItem.group_id) == group.id, traces.of_review()
    )
    member_id = traces.member.id
    wanted: dict[type[SQLModel], ColumnElement[bool]] = {
        Loan: col(Loan.id).in_(traces.loans),
        WelfareRequest: col(WelfareRequest.id).in_(traces.requests),
        FineCharge: col(FineCharge.member_id) == member_id,
        Movement: or_(
            col(Movement.member_id) == member_id,
            col(Movement.entry_id).in_(decided),
        ),
        ReviewItem: traces.of_review(),
    }
    for model, condition in wanted.items():
        table: Any = model
        rows = await session.execute(select(model).where(table.group_id == group.id, condition))
        for row in rows.scalars():
            for name, blank in WORDS[model].items():
                setattr(row, name, blank)
            group.change_sequence += 1
            row.change_sequence = group.change_sequence
    await session.flush()
    about = traces.loans | traces.requests
    for statement in (
        update(Approval).where(col(Approval.subject_id).in_(about)).values(notes=None),
        update(Signature).where(col(Signature.subject_id).in_(about)).values(dispute_note=None),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))


async def _clear_rows(session: AsyncSession, runtime: Runtime, member: Member) -> None:
    """Documents, the search index, what waits to be sent, results, visits."""
    member_id = member.id
    documents = await session.execute(
        select(col(Document.id)).where(col(Document.member_id) == member_id)
    )
    uploads = await session.execute(select(Upload).where(col(Upload.member_id) == member_id))
    pieces = [(row.id, list(row.parts)) for row in uploads.scalars()]
    files = [storage_key(document_id) for document_id in documents.scalars()]
    files += await _end_papers(session, member.group_id)
    _remove_from_store(session, runtime, files, pieces)
    for statement in (
        delete(Document).where(col(Document.member_id) == member_id),
        delete(Upload).where(col(Upload.member_id) == member_id),
        delete(SearchToken).where(col(SearchToken.entity_id) == member_id),
        delete(OutboxMessage).where(col(OutboxMessage.member_id) == member_id),
        delete(Message).where(col(Message.member_id) == member_id),
        # A repeat of the registration is refused (ID_REUSED) and brings nobody back.
        update(SyncOperation)
        .where(col(SyncOperation.entity_id) == member_id)
        .values(payload_hash=secrets.token_bytes(32)),
        update(IdentityCheck)
        .where(col(IdentityCheck.member_id) == member_id)
        .values(notes_sealed=None, documents=[]),
        update(OfficerPing).where(col(OfficerPing.member_id) == member_id).values(member_id=None),
        update(OfficerLocation)
        .where(col(OfficerLocation.member_id) == member_id)
        .values(member_id=None),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))


async def _end_papers(session: AsyncSession, group_id: UUID) -> list[str]:
    """The names in the store of the group's papers that are kept: any of them may show the
    person, and can be asked for again. Their keys are destroyed."""
    rows = await session.execute(
        select(Paper).where(
            col(Paper.group_id) == group_id, col(Paper.status) == PaperStatus.DONE.value
        )
    )
    papers = rows.scalars().all()
    for paper in papers:
        paper.status, paper.wrapped_key = PaperStatus.REMOVED.value, b""
    await session.flush()
    return [paper_key(paper.id) for paper in papers]


def _remove_from_store(
    session: AsyncSession,
    runtime: Runtime,
    files: Iterable[str],
    pieces: Iterable[tuple[UUID, list[Any]]],
) -> None:
    """After the commit. What a store that is away keeps is sealed with the destroyed key."""

    async def remove() -> None:
        for name in files:
            await runtime.storage.delete(name)
        for upload_id, parts in pieces:
            await upload_pieces.remove(runtime, upload_id, parts)

    after_commit(session, remove)


async def _clear_users(session: AsyncSession, runtime: Runtime, member_id: UUID) -> None:
    """A user that the member was, who cannot sign in any more (SIGNS_IN), loses name and phone;
    what they did stays theirs by id."""
    rows = await session.execute(select(User).where(col(User.member_id) == member_id))
    for user in rows.scalars().all():
        key = crypto.new_key()
        user.name = ERASED_NAME
        user.phone_index = secrets.token_bytes(32)
        user.wrapped_key = runtime.keys.wrap(key, user.id)
        user.phone_sealed = seal_text(key, user.id, "phone", "")
        user.member_id = None
        await session.flush()
        await forget_devices(session, user.id)
        for statement in (
            update(Device).where(col(Device.user_id) == user.id).values(name=""),
            update(RefreshToken).where(col(RefreshToken.user_id) == user.id).values(address=None),
            delete(OneTimeCode).where(col(OneTimeCode.user_id) == user.id),
            delete(Message).where(col(Message.recipient_id) == user.id),
        ):
            await session.execute(statement.execution_options(synchronize_session=False))


def _clear_member(group: BankingGroup, member: Member, today: Any) -> None:
    for name in (
        "wrapped_key",
        "id_number_sealed",
        "id_number_index",
        "phone_sealed",
        "phone_index",
        "birth_sealed",
        "kin_sealed",
        "latitude",
        "longitude",
        "geo_accuracy",
    ):
        setattr(member, name, None)
    member.member_name, member.name_key = ERASED_NAME, ""
    member.is_active = False
    member.left_on = member.left_on or today
    member.erased_at = clock.now()
    member.version += 1
    group.change_sequence += 1
    member.change_sequence = group.change_sequence
