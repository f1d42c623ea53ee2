"""Attaching documents to members and to meetings."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, NotFound, RuleBroken
from app.models import Document, DocumentKind, Meeting, Upload
from app.runtime import Runtime
from app.services.documents import Image
from app.services.operations.kind import Kind
from app.services.operations.money import unknown_member
from app.services.operations.named import Named
from app.services.operations.state import MemberFacts, State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected

PAPERS = (DocumentKind.ID_FRONT.value, DocumentKind.ID_BACK.value)


@dataclass(frozen=True, slots=True)
class AttachDocument(Body):
    """A document that is sealed and stored already, of a member or of a meeting."""

    kind = "attachDocument"

    image: Image
    member_id: UUID | None = None
    meeting_id: UUID | None = None
    key: bytes = field(default=b"", repr=False)
    """What sealed it, where there is no member whose key does."""
    upload: bool = False
    """Whether it came in pieces: the upload of the same id ends with it."""


@dataclass(slots=True)
class Papers:
    """Documents of identity by member: kind to the newest one's id."""

    of_member: dict[UUID, dict[str, UUID]] = field(default_factory=dict)


@dataclass(slots=True)
class Uploads:
    """Uploads by id: those that are named, and the rows of those that are there."""

    named: set[UUID] = field(default_factory=set)
    rows: dict[UUID, Upload] = field(default_factory=dict)


def gather_document(named: Named, operation: Operation, body: AttachDocument) -> None:
    named.subject(Document, body.image.id)
    named.subject(Meeting, body.meeting_id)
    if body.member_id is not None:
        named.members.add(body.member_id)
        named.edited.add(body.member_id)
    if body.upload:
        named.section(Uploads).named.add(body.image.id)


async def load_papers(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    found = state.section(Papers).of_member
    rows = await session.execute(
        select(col(Document.member_id), col(Document.kind), col(Document.id))
        .where(col(Document.member_id).in_(named.edited), col(Document.kind).in_(PAPERS))
        .order_by(col(Document.created_at), col(Document.id))
    )
    for member_id, kind, document_id in rows:
        if member_id is not None:
            found.setdefault(member_id, {})[kind] = document_id


async def load_uploads(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    wanted = named.section(Uploads).named
    if not wanted:
        return
    rows = await session.execute(select(Upload).where(col(Upload.id).in_(wanted)))
    for row in rows.scalars():
        session.expunge(row)
        state.section(Uploads).rows[row.id] = row


def attach_document(state: State, operation: Operation, body: AttachDocument) -> Outcome:
    """Adds the document. A new paper of identity must be looked at again."""
    owner = _owner(state, operation, body)
    if isinstance(owner, DomainError):
        return rejected(owner)
    image = body.image
    if image.id in state.taken_ids:
        return _repeated(state, operation, body)
    document = Document(
        id=image.id,
        group_id=owner.group_id,
        member_id=body.member_id,
        meeting_id=body.meeting_id,
        kind=image.kind,
        content_type=image.content_type,
        size=len(image.data),
        sha256=image.sha256,
        wrapped_key=state.keys.wrap(body.key, image.id) if body.key else None,
        created_at=state.now,
        created_by=operation.actor.user_id,
    )
    state.make(document)
    state.audit(operation, "document.added", owner.group_id, image.id, image.kind)
    _end_upload(state, document)
    if isinstance(owner, Meeting):
        state.touch(owner)
    else:
        _note_on_member(state, operation, owner, document)
    return Outcome(APPLIED, image.id, entity=document, group_id=owner.group_id)


def _owner(
    state: State, operation: Operation, body: AttachDocument
) -> MemberFacts | Meeting | DomainError:
    """The member or the meeting, where the actor serves its group."""
    if body.member_id is not None:
        return served_member(state, operation, body.member_id)
    meeting = state.subject(Meeting, body.meeting_id)
    if meeting is None or not state.may_write(operation.actor, meeting.group_id):
        return NotFound("There is no such meeting.", field="meetingId")
    return meeting


def served_member(state: State, operation: Operation, member_id: UUID) -> MemberFacts | DomainError:
    """A member with their whole row, whose data is not erased and whose group the actor serves."""
    facts = state.members.get(member_id)
    if facts is None or facts.row is None or not state.may_write(operation.actor, facts.group_id):
        return unknown_member(operation)
    return unknown_member(operation) if facts.row.wrapped_key is None else facts


def _repeated(state: State, operation: Operation, body: AttachDocument) -> Outcome:
    """The document that was made under this id before, where it is the same one."""
    known = state.subject(Document, body.image.id)
    if (
        known is None
        or known.created_by != operation.actor.user_id
        or (known.member_id, known.meeting_id, known.kind)
        != (body.member_id, body.meeting_id, body.image.kind)
    ):
        return rejected(
            RuleBroken("This id names another document already.", code="ID_REUSED", field="id")
        )
    return Outcome(APPLIED, known.id, entity=known, group_id=known.group_id)


def _end_upload(state: State, document: Document) -> None:
    row = state.section(Uploads).rows.get(document.id)
    if row is not None:
        row.received, row.document_id = row.size, document.id
        state.rows.put(row)


def _note_on_member(
    state: State, operation: Operation, facts: MemberFacts, document: Document
) -> None:
    """Phones fetch the member anew. What was verified was the paper before this one."""
    verified = facts.id_verified
    if document.kind in PAPERS and document.member_id is not None:
        papers = state.section(Papers).of_member.setdefault(document.member_id, {})
        papers[document.kind] = document.id
        if verified:
            state.audit(operation, "identity.reset", facts.group_id, document.member_id)
        verified = False
    set_verified(state, facts, verified=verified)


def set_verified(state: State, facts: MemberFacts, *, verified: bool) -> None:
    """Changes the member's row, under the next number of the group's changes."""
    row = facts.row
    if row is None:
        raise AssertionError("checked by the caller")
    row.id_verified = facts.id_verified = verified
    row.version += 1
    row.change_sequence = state.books[row.group_id].next_change()
    state.rows.edited[row.id] = row


KINDS = (
    Kind(
        body=AttachDocument,
        verb="documents:create",
        parse=lambda values: values,
        gather=gather_document,
        judge=attach_document,
        loaders=(load_papers, load_uploads),
        synced=False,
    ),
)
