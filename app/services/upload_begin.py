"""Beginning an upload, or going on with one that was begun before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock, crypto
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.db import UniqueClash
from app.errors import BadInput, NotFound, RuleBroken
from app.models import Document, DocumentKind, Upload, User
from app.runtime import Runtime
from app.services import upload_pieces
from app.services.attaching import Owner, Target, load_owner
from app.services.documents import MAX_BYTES
from app.services.member_privacy import place
from app.services.uploads import LIFETIME, Progress, progress_of

MAX_UNFINISHED = 50
"""Of one user: a full day of registrations without signal."""
MAX_AWAITED = 100 * 1024 * 1024
"""Bytes of all of them together, as announced."""
UNKNOWN = {
    "memberId": "UNKNOWN_MEMBER",
    "groupId": "UNKNOWN_GROUP",
    "meetingId": "UNKNOWN_MEETING",
}
"""As syncBatch says it: what a phone has registered may still wait in its outbox."""
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a phone means to send. The id is the phone's own and becomes the document's."""

    id: UUID
    target: Target
    size: int
    sha256: str | None = None
    """Of the file as it is sent, in hex; checked at the end where it is given."""


async def begin(runtime: Runtime, actor: Actor, wanted: Wanted) -> Progress:
    """Begins the upload, or says how far it is where the same was begun before.

    BAD_INPUT for what can be no document, TOO_LARGE, UNKNOWN_MEMBER (UNKNOWN_GROUP,
    UNKNOWN_MEETING) for what is not there or outside reach, ID_REUSED, TOO_MANY_UPLOADS.
    """
    demand(actor, "documents:create")
    _check(wanted)
    async with runtime.db.reading() as session:
        try:
            owner = await load_owner(runtime, session, actor, wanted.target)
        except NotFound as error:
            code = UNKNOWN[error.field or ""]
            raise NotFound(error.message, code=code, field=error.field) from error

    async def work(session: AsyncSession) -> tuple[Progress, list[Any]]:
        # One at a time for a user, so that the count of unfinished ones holds.
        await session.execute(
            select(col(User.id))
            .where(col(User.id) == actor.user_id)
            .with_for_update(key_share=True)
        )
        known = await session.get(Upload, wanted.id)
        if known is not None and known.expires_at > clock.now():
            _check_same(actor, known.user_id, known, wanted, owner)
            return await progress_of(session, known), []
        left = await _drop(session, known)
        document = await session.get(Document, wanted.id)
        if document is not None:
            _check_same(actor, document.created_by, document, wanted, owner)
            return _made_before(wanted, document), left
        await _check_count(session, actor, wanted.size)
        row = _new_row(runtime, actor, wanted, owner)
        await _add(session, row)
        return Progress(row.id, 0, row.size, row.expires_at, begun=True), left

    progress, left = await runtime.db.transact(work)
    await upload_pieces.remove(runtime, wanted.id, left)
    return progress


def _check(wanted: Wanted) -> None:
    if wanted.target.kind not in DocumentKind.__members__:
        raise BadInput("There is no such kind of document.", field="kind")
    if wanted.size < 1:
        raise BadInput("A file has at least one byte.", field="size")
    if wanted.size > MAX_BYTES:
        raise RuleBroken("The file is larger than 5 MB.", code="TOO_LARGE", field="size")
    if wanted.sha256 is not None and not SHA256.fullmatch(wanted.sha256):
        raise BadInput("The file's SHA-256 in 64 hexadecimal digits.", field="sha256")


def _new_row(runtime: Runtime, actor: Actor, wanted: Wanted, owner: Owner) -> Upload:
    key, now = crypto.new_key(), clock.now()
    if owner.key is None:
        wrapped = runtime.keys.wrap(key, wanted.id)
    else:
        wrapped = crypto.seal(owner.key, key, place(wanted.id, "upload"))
    return Upload(
        id=wanted.id,
        user_id=actor.user_id,
        group_id=owner.group_id,
        member_id=owner.member_id,
        meeting_id=owner.meeting_id,
        kind=wanted.target.kind,
        size=wanted.size,
        sha256=wanted.sha256,
        wrapped_key=wrapped,
        created_at=now,
        expires_at=now + LIFETIME,
    )


async def _add(session: AsyncSession, row: Upload) -> None:
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        # Somebody else takes the id at this moment: judge anew.
        raise UniqueClash from error


async def _drop(session: AsyncSession, expired: Upload | None) -> list[Any]:
    """Makes room for a new upload of the same id; the pieces that are left of the old one."""
    if expired is None:
        return []
    await session.delete(expired)
    await session.flush()
    return expired.parts


def _check_same(
    actor: Actor, made_by: UUID, known: Upload | Document, wanted: Wanted, owner: Owner
) -> None:
    """ID_REUSED unless the id was given by the same user to the same file before."""
    made = (made_by, known.kind, known.group_id, known.member_id, known.meeting_id)
    asked = (
        actor.user_id,
        wanted.target.kind,
        owner.group_id,
        owner.member_id,
        owner.meeting_id,
    )
    same_file = not isinstance(known, Upload) or (
        (known.size, known.sha256) == (wanted.size, wanted.sha256)
    )
    if made != asked or not same_file:
        raise RuleBroken("This id names another document already.", code="ID_REUSED", field="id")


def _made_before(wanted: Wanted, document: Document) -> Progress:
    """The end of an upload that was finished so long ago that nothing else is left of it."""
    return Progress(document.id, wanted.size, wanted.size, clock.now() + LIFETIME, document)


async def _check_count(session: AsyncSession, actor: Actor, size: int) -> None:
    unfinished = select(func.count(), func.coalesce(func.sum(col(Upload.size)), 0)).where(
        col(Upload.user_id) == actor.user_id,
        col(Upload.document_id).is_(None),
        col(Upload.expires_at) > clock.now(),
    )
    count, awaited = (await session.execute(unfinished)).one()
    if count >= MAX_UNFINISHED or awaited + size > MAX_AWAITED:
        words = f"{count} uploads are unfinished: finish or cancel some first."
        raise RuleBroken(words, code="TOO_MANY_UPLOADS")
