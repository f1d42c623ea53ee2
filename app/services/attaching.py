"""From a file that was sent to a document of a member or a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import anyio.to_thread
from sqlalchemy.ext.asyncio import AsyncSession

from app import crypto
from app.auth.access import load_group, load_meeting, load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, DomainError, NotFound
from app.models import Document, DocumentKind
from app.runtime import Runtime
from app.services.documents import Image, clean_upload, discard_images, store_images
from app.services.operations.documents import AttachDocument
from app.services.operations.single import carry_out
from app.services.operations.types import Operation

MINUTES = DocumentKind.MINUTES.value


@dataclass(frozen=True, slots=True)
class Target:
    """What a file is and whose, as a client names it."""

    kind: str
    member_id: UUID | None = None
    group_id: UUID | None = None
    meeting_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose document it is: a member, whose key seals it, or a group, perhaps its meeting."""

    group_id: UUID
    member_id: UUID | None = None
    meeting_id: UUID | None = None
    key: bytes | None = field(default=None, repr=False)
    """The member's; None for a group, whose documents have keys of their own."""


async def load_owner(
    runtime: Runtime, session: AsyncSession, actor: Actor, target: Target
) -> Owner:
    """Minutes belong to a group, and to one of its meetings if that is named; all else to a
    member.

    BAD_INPUT where kind and owner do not fit, NotFound outside the actor's reach.
    """
    if target.kind == MINUTES:
        return await _group_of_minutes(session, actor, target)
    if target.member_id is None or target.meeting_id is not None:
        raise BadInput("Name the member alone: only minutes have a meeting.", field="memberId")
    member = await load_member(session, actor, target.member_id)
    if member.wrapped_key is None or target.group_id not in (None, member.group_id):
        raise NotFound("There is no such member.", field="memberId")
    key = runtime.keys.unwrap(member.wrapped_key, member.id)
    return Owner(member.group_id, member_id=member.id, key=key)


async def _group_of_minutes(session: AsyncSession, actor: Actor, target: Target) -> Owner:
    if target.group_id is None or target.member_id is not None:
        raise BadInput("Minutes belong to a group: name it, and no member.", field="groupId")
    group = await load_group(session, actor, target.group_id)
    if target.meeting_id is None:
        return Owner(group.id)
    meeting = await load_meeting(session, actor, target.meeting_id)
    if meeting.group_id != group.id:
        raise NotFound("There is no such meeting.", field="meetingId")
    return Owner(group.id, meeting_id=meeting.id)


async def upload(runtime: Runtime, actor: Actor, target: Target, raw: bytes) -> Document:
    """Checks, cleans, seals and stores a file that came in one piece.

    BAD_INPUT on `file` where `clean_upload` refuses it.
    """
    demand(actor, "documents:create")
    async with runtime.db.reading() as session:
        owner = await load_owner(runtime, session, actor, target)
    image = await anyio.to_thread.run_sync(clean_upload, raw, target.kind, "file")
    return await attach(runtime, actor, owner, image, crypto.new_key())


async def attach(
    runtime: Runtime, actor: Actor, owner: Owner, image: Image, key: bytes, *, upload: bool = False
) -> Document:
    """Seals and stores the image, then adds its row through the one way in.

    The document is an older one where the same file is there already, and the image is removed.
    `key` seals what has no member, whose own key would.
    What was refused is removed again. Where the outcome is not known, because the database
    went away in the middle, the sealed bytes stay: a row may name them.
    """
    await store_images(runtime, [image], owner.key or key)
    body = AttachDocument(
        image,
        group_id=owner.group_id,
        member_id=owner.member_id,
        meeting_id=owner.meeting_id,
        key=b"" if owner.member_id is not None else key,
        upload=upload,
    )
    try:
        outcome = await carry_out(runtime, Operation(actor, body))
    except DomainError:
        await _discard_unnamed(runtime, image)
        raise
    found: Document = outcome.entity
    if found.id != image.id:
        await discard_images(runtime, [image])
    return found


async def _discard_unnamed(runtime: Runtime, image: Image) -> None:
    """A repeat that came too late is refused as well, and its document is there."""
    async with runtime.db.reading() as session:
        if await session.get(Document, image.id) is None:
            await discard_images(runtime, [image])
