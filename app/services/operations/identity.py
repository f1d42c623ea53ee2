"""A member's papers: attaching them, and saying that they were looked at (design.md, Loans)."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import crypto
from app.errors import DomainError, NotFound, RuleBroken
from app.models import Document, DocumentKind, IdentityCheck
from app.models.base import new_id
from app.runtime import Runtime
from app.services.documents import Image
from app.services.member_privacy import place
from app.services.operations import parse
from app.services.operations.kind import Kind, Values
from app.services.operations.money import unknown_member
from app.services.operations.named import Named
from app.services.operations.state import MemberFacts, State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected

PAPERS = (DocumentKind.ID_FRONT.value, DocumentKind.ID_BACK.value)


@dataclass(frozen=True, slots=True)
class AttachDocument(Body):
    """A document that is sealed and stored already."""

    kind = "attachDocument"

    member_id: UUID
    image: Image


@dataclass(frozen=True, slots=True)
class VerifyIdentity(Body):
    """The actor has looked at the member's papers."""

    kind = "verifyIdentity"

    member_id: UUID
    notes: str | None = None


@dataclass(slots=True)
class Papers:
    """Documents of identity by member: kind to the newest one's id."""

    of_member: dict[UUID, dict[str, UUID]] = field(default_factory=dict)


def read_verification(values: Values) -> VerifyIdentity:
    notes = parse.clean_text(values.get("notes"), "notes", 500, required=False)
    return VerifyIdentity(member_id=values["member_id"], notes=notes or None)


def gather_member(
    named: Named, operation: Operation, body: AttachDocument | VerifyIdentity
) -> None:
    named.members.add(body.member_id)
    named.edited.add(body.member_id)
    named.links = True


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


def attach_document(state: State, operation: Operation, body: AttachDocument) -> Outcome:
    """Adds the document. A new paper of identity must be looked at again."""
    facts = _member(state, operation, body.member_id)
    if isinstance(facts, DomainError):
        return rejected(facts)
    image = body.image
    document = Document(
        id=image.id,
        group_id=facts.group_id,
        member_id=body.member_id,
        kind=image.kind,
        content_type=image.content_type,
        size=len(image.data),
        sha256=image.sha256,
        created_at=state.now,
        created_by=operation.actor.user_id,
    )
    state.make(document)
    if image.kind in PAPERS:
        state.section(Papers).of_member.setdefault(body.member_id, {})[image.kind] = image.id
    _mark(state, facts, verified=facts.id_verified and image.kind not in PAPERS)
    return Outcome(
        APPLIED,
        image.id,
        entity=document,
        group_id=facts.group_id,
        detail={"kind": image.kind, "memberId": body.member_id},
    )


def verify_identity(state: State, operation: Operation, body: VerifyIdentity) -> Outcome:
    """Keeps who looked, when and how; nobody vouches for themselves."""
    facts = _member(state, operation, body.member_id)
    if isinstance(facts, DomainError):
        return rejected(facts)
    if state.member_of_user.get(operation.actor.user_id) == body.member_id:
        return rejected(
            RuleBroken("Nobody verifies their own identity.", code="OWN_IDENTITY", field="memberId")
        )
    row = facts.row
    papers = state.section(Papers).of_member.get(body.member_id, {})
    lacking = [kind for kind in PAPERS if kind not in papers]
    if lacking:
        return rejected(
            RuleBroken(
                "Pictures of both sides of the ID are needed first.",
                code="ID_MISSING",
                field="memberId",
            )
        )
    if row is None or row.wrapped_key is None:
        return rejected(NotFound("There is no such member.", field="memberId"))
    if not facts.id_verified:
        check_id = new_id()
        key = state.keys.unwrap(row.wrapped_key, row.id)
        notes = (body.notes or "").encode()
        state.make(
            IdentityCheck(
                id=check_id,
                group_id=facts.group_id,
                member_id=body.member_id,
                checked_by=operation.actor.user_id,
                checked_at=state.now,
                documents=[str(papers[kind]) for kind in PAPERS],
                notes_sealed=crypto.seal(key, notes, place(check_id, "notes")) if notes else None,
            )
        )
        _mark(state, facts, verified=True)
    return Outcome(APPLIED, body.member_id, entity=row, group_id=facts.group_id)


def _member(state: State, operation: Operation, member_id: UUID) -> MemberFacts | DomainError:
    facts = state.members.get(member_id)
    if facts is None or facts.row is None or not state.may_write(operation.actor, facts.group_id):
        return unknown_member(operation)
    return facts


def _mark(state: State, facts: MemberFacts, *, verified: bool) -> None:
    """The member changed: phones fetch it anew."""
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
        gather=gather_member,
        judge=attach_document,
        audit="document.added",
        loaders=(load_papers,),
        synced=False,
    ),
    Kind(
        body=VerifyIdentity,
        verb="members:verify",
        parse=read_verification,
        gather=gather_member,
        judge=verify_identity,
        audit="identity.verified",
        loaders=(load_papers,),
    ),
)
