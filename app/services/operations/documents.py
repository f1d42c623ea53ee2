"""Attaching documents to members and to groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
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
SEVERAL = (DocumentKind.MINUTES.value, DocumentKind.OTHER.value)
"""Kinds of which many count side by side; of the others the newest does."""


@dataclass(frozen=True, slots=True)
class AttachDocument(Body):
    """A document that is sealed and stored already, of a member or of the group."""

    kind = "attachDocument"

    image: Image
    group_id: UUID
    member_id: UUID | None = None
    meeting_id: UUID | None = None
    key: bytes = field(default=b"", repr=False)
    """What sealed it, where there is no member whose key does."""
    upload: bool = False
    """Whether it came in pieces: the upload of the same id ends with it."""


@dataclass(slots=True)
class Papers:
    """Documents by member: kind to the newest one's id."""

    of_member: dict[UUID, dict[str, UUID]] = field(default_factory=dict)


@dataclass(slots=True)
class SameFiles:
    """Documents that were made of the files that are attached now."""

    named: set[str] = field(default_factory=set)
    """SHA-256 of what is stored: the same file, written anew, is the same bytes again."""
    rows: dict[tuple[Any, ...], Document] = field(default_factory=dict)
    """The newest one by owner, kind and SHA-256."""


@dataclass(slots=True)
class Uploads:
    """Uploads by id: those that are named, and the rows of those that are there."""

    named: set[UUID] = field(default_factory=set)
    rows: dict[UUID, Upload] = field(default_factory=dict)


def gather_document(named: Named, operation: Operation, body: AttachDocument) -> None:
    named.subject(Document, body.image.id)
    named.subject(Meeting, body.meeting_id)
    named.groups.add(body.group_id)
    named.section(SameFiles).named.add(body.image.sha256)
    if body.member_id is not None:
        named.members.add(body.member_id)
        named.edited.add(body.member_id)
    if body.upload:
        named.section(Uploads).named.add(body.image.id)


async def load_papers(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    found = state.section(Papers).of_member
    rows = await session.execute(
        select(col(Document.member_id), col(Document.kind), col(Document.id))
        .where(col(Document.member_id).in_(named.edited))
        .order_by(col(Document.created_at), col(Document.id))
    )
    for member_id, kind, document_id in rows:
        if member_id is not None:
            found.setdefault(member_id, {})[kind] = document_id


async def load_same_files(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    rows = await session.execute(
        select(Document)
        .where(
            col(Document.group_id).in_(list(state.books)),
            col(Document.sha256).in_(named.section(SameFiles).named),
        )
        .order_by(col(Document.created_at), col(Document.id))
    )
    for row in rows.scalars():
        session.expunge(row)
        state.section(SameFiles).rows[_file_of(row)] = row


async def load_uploads(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """Locked: what is cancelled at this moment must not come back when the rows are written."""
    wanted = named.section(Uploads).named
    if not wanted:
        return
    rows = await session.execute(
        select(Upload)
        .where(col(Upload.id).in_(wanted))
        .order_by(col(Upload.id))
        .with_for_update(key_share=True)
    )
    for row in rows.scalars():
        session.expunge(row)
        state.section(Uploads).rows[row.id] = row


def attach_document(state: State, operation: Operation, body: AttachDocument) -> Outcome:
    """Adds the document, unless the same file counts already. A new paper of identity must be
    looked at again."""
    owner = _owner(state, operation, body)
    if isinstance(owner, DomainError):
        return rejected(owner)
    image = body.image
    if image.id in state.taken_ids:
        return _repeated(state, operation, body)
    document = _new_document(state, operation, body)
    same = _same_file(state, document)
    if same is not None:
        _end_upload(state, image.id, same)
        return Outcome(APPLIED, same.id, entity=same)
    state.make(document)
    state.section(SameFiles).rows[_file_of(document)] = document
    state.audit(operation, "document.added", document.group_id, image.id, image.kind)
    _end_upload(state, image.id, document)
    if owner is not None:
        _note_on_member(state, operation, owner, document)
    return Outcome(APPLIED, image.id, entity=document, group_id=document.group_id)


def _new_document(state: State, operation: Operation, body: AttachDocument) -> Document:
    image = body.image
    return Document(
        id=image.id,
        group_id=body.group_id,
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


def _owner(
    state: State, operation: Operation, body: AttachDocument
) -> MemberFacts | DomainError | None:
    """The member, or None for the group itself, where the actor serves it."""
    if body.member_id is not None:
        return served_member(state, operation, body.member_id)
    if not state.may_write(operation.actor, body.group_id):
        return NotFound("There is no such group.", field="groupId")
    if body.meeting_id is not None:
        meeting = state.subject(Meeting, body.meeting_id)
        if meeting is None or meeting.group_id != body.group_id:
            return NotFound("There is no such meeting.", field="meetingId")
    return None


def _owner_of(row: Document) -> tuple[Any, ...]:
    return (row.group_id, row.member_id, row.meeting_id, row.kind)


def _file_of(row: Document) -> tuple[Any, ...]:
    return (*_owner_of(row), row.sha256)


def _same_file(state: State, document: Document) -> Document | None:
    """The document that the same file was made before, while no later one has taken its place."""
    same = state.section(SameFiles).rows.get(_file_of(document))
    if same is None or same.kind in SEVERAL or same.member_id is None:
        return same
    newest = state.section(Papers).of_member.get(same.member_id, {})
    return same if newest.get(same.kind) == same.id else None


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
        or _owner_of(known) != _owner_of(_new_document(state, operation, body))
    ):
        return rejected(
            RuleBroken("This id names another document already.", code="ID_REUSED", field="id")
        )
    return Outcome(APPLIED, known.id, entity=known, group_id=known.group_id)


def _end_upload(state: State, upload_id: UUID, document: Document) -> None:
    row = state.section(Uploads).rows.get(upload_id)
    if row is not None:
        row.received, row.document_id = row.size, document.id
        state.rows.put(row)


def _note_on_member(
    state: State, operation: Operation, facts: MemberFacts, document: Document
) -> None:
    """Phones fetch the member anew. What was verified was the paper before this one."""
    verified = facts.id_verified
    if document.member_id is not None:
        newest = state.section(Papers).of_member.setdefault(document.member_id, {})
        newest[document.kind] = document.id
    if document.kind in PAPERS:
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
        loaders=(load_papers, load_same_files, load_uploads),
        synced=False,
    ),
)
