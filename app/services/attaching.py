"""From a file that was sent to a document of a member or a meeting."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import anyio.to_thread
from sqlalchemy.ext.asyncio import AsyncSession

from app import crypto
from app.auth.access import load_meeting, load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, DomainError, NotFound
from app.models import Document, DocumentKind
from app.runtime import Runtime
from app.services.documents import MAX_BYTES, Image, clean_upload, discard_images, store_images
from app.services.operations.documents import AttachDocument
from app.services.operations.single import carry_out
from app.services.operations.types import Operation

MINUTES = DocumentKind.MINUTES.value


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose document it is: a member, whose key seals it, or a meeting."""

    group_id: UUID
    member_id: UUID | None = None
    meeting_id: UUID | None = None
    key: bytes | None = field(default=None, repr=False)
    """The member's; None for a meeting, whose documents have keys of their own."""


async def load_owner(
    runtime: Runtime,
    session: AsyncSession,
    actor: Actor,
    kind: str,
    member_id: UUID | None,
    meeting_id: UUID | None,
) -> Owner:
    """The member or meeting named; minutes belong to a meeting, all else to a member.

    BAD_INPUT where kind and owner do not fit, NotFound outside the actor's reach.
    """
    if member_id is not None and meeting_id is None:
        _check_kind(kind != MINUTES)
        member = await load_member(session, actor, member_id)
    elif meeting_id is not None and member_id is None:
        _check_kind(kind == MINUTES)
        meeting = await load_meeting(session, actor, meeting_id)
        return Owner(meeting.group_id, meeting_id=meeting.id)
    else:
        raise BadInput("Name either a member or a meeting.", field="memberId")
    if member.wrapped_key is None:
        raise NotFound("There is no such member.", field="memberId")
    key = runtime.keys.unwrap(member.wrapped_key, member.id)
    return Owner(member.group_id, member_id=member.id, key=key)


def _check_kind(fits: bool) -> None:
    if not fits:
        words = "Minutes belong to a meeting, everything else to a member."
        raise BadInput(words, field="kind")


async def upload_document(
    runtime: Runtime, actor: Actor, member_id: UUID, kind: str, raw: bytes
) -> Document:
    """Checks, cleans, seals and stores a document of a member.

    BAD_INPUT on `file` where `clean_upload` refuses it.
    """
    return await _upload(runtime, actor, kind, raw, member_id=member_id)


async def upload_minutes(runtime: Runtime, actor: Actor, meeting_id: UUID, raw: bytes) -> Document:
    """The same for the minutes of a meeting."""
    return await _upload(runtime, actor, MINUTES, raw, meeting_id=meeting_id)


async def _upload(
    runtime: Runtime,
    actor: Actor,
    kind: str,
    raw: bytes,
    *,
    member_id: UUID | None = None,
    meeting_id: UUID | None = None,
) -> Document:
    demand(actor, "documents:create")
    if len(raw) > MAX_BYTES:
        raise BadInput("The file is larger than 5 MB.", field="file")
    async with runtime.db.reading() as session:
        owner = await load_owner(runtime, session, actor, kind, member_id, meeting_id)
    image = await anyio.to_thread.run_sync(clean_upload, raw, kind, "file")
    return await attach(runtime, actor, owner, image, crypto.new_key())


async def attach(
    runtime: Runtime, actor: Actor, owner: Owner, image: Image, key: bytes, *, upload: bool = False
) -> Document:
    """Seals and stores the image, then adds its row through the one way in.

    `key` seals what has no member, whose own key would.
    What was refused is removed again. Where the outcome is not known, because the database
    went away in the middle, the sealed bytes stay: a row may name them.
    """
    await store_images(runtime, [image], owner.key or key)
    body = AttachDocument(
        image,
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
    return found


async def _discard_unnamed(runtime: Runtime, image: Image) -> None:
    """A repeat that came too late is refused as well, and its document is there."""
    async with runtime.db.reading() as session:
        if await session.get(Document, image.id) is None:
            await discard_images(runtime, [image])
