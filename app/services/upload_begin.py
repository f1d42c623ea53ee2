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
from app.errors import BadInput, RuleBroken
from app.models import Document, DocumentKind, Upload, User
from app.runtime import Runtime
from app.services import upload_pieces
from app.services.attaching import Owner, load_owner
from app.services.documents import MAX_BYTES
from app.services.member_privacy import place
from app.services.uploads import LIFETIME, Progress, progress_of

MAX_UNFINISHED = 50
"""Of one user: a full day of registrations without signal."""
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a phone means to send. The id is the phone's own and becomes the document's."""

    id: UUID
    kind: str
    size: int
    sha256: str
    """Of the file as it is sent, in hex."""
    member_id: UUID | None = None
    meeting_id: UUID | None = None


async def begin(runtime: Runtime, actor: Actor, wanted: Wanted) -> Progress:
    """Begins the upload, or says how far it is where the same was begun before.

    BAD_INPUT for what can be no document, TOO_LARGE, NOT_FOUND outside reach, ID_REUSED,
    TOO_MANY_UPLOADS.
    """
    demand(actor, "documents:create")
    _check(wanted)
    async with runtime.db.reading() as session:
        owner = await load_owner(
            runtime, session, actor, wanted.kind, wanted.member_id, wanted.meeting_id
        )

    async def work(session: AsyncSession) -> tuple[Progress, list[Any]]:
        # One at a time for a user, so that the count of unfinished ones holds.
        await session.execute(
            select(col(User.id))
            .where(col(User.id) == actor.user_id)
            .with_for_update(key_share=True)
        )
        known = await session.get(Upload, wanted.id)
        if known is not None and known.expires_at > clock.now():
            return await _same(session, actor, wanted, known), []
        left = await _drop(session, known)
        document = await session.get(Document, wanted.id)
        if document is not None:
            return _made_before(actor, wanted, document), left
        await _check_count(session, actor)
        row = _new_row(runtime, actor, wanted, owner)
        await _add(session, row)
        return Progress(row.id, 0, row.size, row.expires_at, begun=True), left

    progress, left = await runtime.db.transact(work)
    await upload_pieces.remove(runtime, wanted.id, left)
    return progress


def _check(wanted: Wanted) -> None:
    if wanted.kind not in DocumentKind.__members__:
        raise BadInput("There is no such kind of document.", field="kind")
    if wanted.size < 1:
        raise BadInput("A file has at least one byte.", field="size")
    if wanted.size > MAX_BYTES:
        raise RuleBroken("The file is larger than 5 MB.", code="TOO_LARGE", field="size")
    if not SHA256.fullmatch(wanted.sha256):
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
        member_id=wanted.member_id,
        meeting_id=wanted.meeting_id,
        kind=wanted.kind,
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


async def _same(session: AsyncSession, actor: Actor, wanted: Wanted, known: Upload) -> Progress:
    """Where to go on with an upload that was begun before, by the same user and for the same."""
    described = (known.kind, known.size, known.sha256, known.member_id, known.meeting_id)
    if known.user_id != actor.user_id or described != (
        wanted.kind,
        wanted.size,
        wanted.sha256,
        wanted.member_id,
        wanted.meeting_id,
    ):
        raise _reused()
    return await progress_of(session, known)


def _made_before(actor: Actor, wanted: Wanted, document: Document) -> Progress:
    """The end of an upload that was finished so long ago that nothing else is left of it."""
    made = (document.created_by, document.kind, document.member_id, document.meeting_id)
    if made != (actor.user_id, wanted.kind, wanted.member_id, wanted.meeting_id):
        raise _reused()
    return Progress(document.id, wanted.size, wanted.size, clock.now() + LIFETIME, document)


async def _check_count(session: AsyncSession, actor: Actor) -> None:
    unfinished = select(func.count()).where(
        col(Upload.user_id) == actor.user_id,
        col(Upload.document_id).is_(None),
        col(Upload.expires_at) > clock.now(),
    )
    if (await session.execute(unfinished)).scalar_one() >= MAX_UNFINISHED:
        words = f"{MAX_UNFINISHED} uploads are unfinished: finish or cancel some first."
        raise RuleBroken(words, code="TOO_MANY_UPLOADS")


def _reused() -> RuleBroken:
    return RuleBroken("This id names another document already.", code="ID_REUSED", field="id")
