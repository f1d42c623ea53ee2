"""Documents in pieces: a phone on a bad line goes on where it was cut off.

An upload is a row that says what is coming and how much is here. Its pieces wait sealed in the
store, under a key that the member's own key seals (the key ring, for minutes), so erasure
takes them along. The last piece is never stored: with it the file is checked and becomes the
document, whose id is the upload's. So all bytes are received if and only if the document is
there, and whatever is sent again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import anyio.to_thread
from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock, crypto
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import DomainError, NotFound, RuleBroken
from app.models import Document, Upload
from app.runtime import Runtime
from app.services import upload_pieces
from app.services.attaching import Owner, Target, attach, load_owner
from app.services.documents import clean_upload
from app.services.member_privacy import place
from app.storage import ObjectMissing

MAX_PIECE = 512 * 1024
MAX_PIECES = 500
"""Each try that is cut off leaves a piece, however small."""
LIFETIME = timedelta(days=7)
"""Since it was begun."""
STRAY = LIFETIME + timedelta(days=1)
"""What is older in the store belongs to no upload: a process died before it could say so."""
EXPIRED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is: the bytes that are here, of how many, and the document at the end."""

    id: UUID
    offset: int
    size: int
    expires_at: datetime
    document: Document | None = None
    begun: bool = False
    """Whether it was begun just now."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An upload of the actor's, with what its pieces are sealed with."""

    row: Upload
    owner: Owner
    key: bytes


async def find(runtime: Runtime, actor: Actor, upload_id: UUID) -> Progress:
    """How far an upload of the actor's is; NotFound for anybody else's, and once it expired."""
    async with runtime.db.reading() as session:
        found = await _open(runtime, session, actor, upload_id)
        return await progress_of(session, found.row)


async def add_piece(
    runtime: Runtime, actor: Actor, upload_id: UUID, offset: int, piece: bytes
) -> Progress:
    """Takes the bytes from `offset` on; with the last of them the document is made.

    OFFSET_MISMATCH where other bytes are awaited. What is wrong with the whole file
    (CHECKSUM_MISMATCH, BAD_INPUT on `file`) ends the upload: it can only be begun anew.
    """
    async with runtime.db.reading() as session:
        found = await _open(runtime, session, actor, upload_id)
        row = found.row
        if offset != row.received:
            raise offset_mismatch()
        if not piece:
            return await progress_of(session, row)
    if offset + len(piece) > row.size:
        raise RuleBroken("These are more bytes than were announced.", code="TOO_LARGE")
    if offset + len(piece) == row.size:
        return await _finish(runtime, actor, found, piece)
    return await _keep(runtime, found, piece)


async def cancel(runtime: Runtime, actor: Actor, upload_id: UUID) -> None:
    """Ends an upload before it is whole; UPLOAD_FINISHED once the document is there."""
    async with runtime.db.reading() as session:
        found = await _open(runtime, session, actor, upload_id)
    if found.row.document_id is not None:
        raise RuleBroken("The document is there already.", code="UPLOAD_FINISHED", field="id")
    await _give_up(runtime, found.row)


async def remove_expired(runtime: Runtime) -> int:
    """Removes uploads that nobody went on with, and what is left of finished ones; how many."""
    removed = 0
    while gone := await runtime.db.transact(_delete_expired):
        removed += len(gone)
        for upload_id, parts in gone:
            await upload_pieces.remove(runtime, upload_id, parts)
    await runtime.storage.delete_older(upload_pieces.FOLDER, clock.now() - STRAY)
    return removed


async def _delete_expired(session: AsyncSession) -> list[tuple[UUID, list[Any]]]:
    ended = col(Upload.expires_at) <= clock.now()
    some = select(col(Upload.id)).where(ended).limit(EXPIRED_AT_ONCE)
    rows = await session.execute(
        delete(Upload)
        # Asked twice: it may be begun anew, under the same id, at this moment.
        .where(col(Upload.id).in_(some), ended)
        .returning(col(Upload.id), col(Upload.parts))
    )
    return [(upload_id, parts) for upload_id, parts in rows]


async def _open(runtime: Runtime, session: AsyncSession, actor: Actor, upload_id: UUID) -> _Open:
    """The actor's upload, while its member or meeting is still within reach."""
    demand(actor, "documents:create")
    row = await session.get(Upload, upload_id)
    if row is None or row.user_id != actor.user_id or row.expires_at <= clock.now():
        raise NotFound("There is no such upload.", field="id")
    group_id = row.group_id if row.member_id is None else None
    target = Target(row.kind, row.member_id, group_id, row.meeting_id)
    owner = await load_owner(runtime, session, actor, target)
    if owner.key is None:
        key = runtime.keys.unwrap(row.wrapped_key, row.id)
    else:
        key = crypto.unseal(owner.key, row.wrapped_key, place(row.id, "upload"))
    return _Open(row, owner, key)


async def progress_of(session: AsyncSession, row: Upload) -> Progress:
    document = await session.get(Document, row.document_id) if row.document_id else None
    return Progress(row.id, row.received, row.size, row.expires_at, document)


async def _keep(runtime: Runtime, found: _Open, piece: bytes) -> Progress:
    """Stores a piece; of two that come at once for the same place one is kept."""
    row = found.row
    if len(row.parts) >= MAX_PIECES:
        raise RuleBroken("This upload was cut off too often: begin anew.", code="TOO_MANY_PIECES")
    name = await upload_pieces.put(runtime, row, found.key, piece)
    parts = [*row.parts, [name, len(piece)]]
    received = row.received + len(piece)

    async def work(session: AsyncSession) -> bool:
        changed = await session.execute(
            update(Upload)
            .where(
                _is_still(row),
                col(Upload.received) == row.received,
            )
            .values(received=received, parts=parts)
            .returning(col(Upload.id))
        )
        return changed.first() is not None

    if not await runtime.db.transact(work):
        await upload_pieces.remove(runtime, row.id, parts[-1:])
        raise offset_mismatch()
    return Progress(row.id, received, row.size, row.expires_at)


async def _finish(runtime: Runtime, actor: Actor, found: _Open, last: bytes) -> Progress:
    """Checks the file and makes the document of it."""
    row = found.row
    try:
        whole = await upload_pieces.join(runtime, row, found.key) + last
        if row.sha256 is not None and crypto.sha256(whole).hex() != row.sha256:
            raise _not_whole()
        image = await anyio.to_thread.run_sync(clean_upload, whole, row.kind, "file")
    except (ObjectMissing, crypto.DecryptionError) as error:
        # Where another process has finished it meanwhile, the pieces are gone, as they should be.
        given_up = await _give_up(runtime, row)
        raise (_not_whole() if given_up else offset_mismatch()) from error
    except DomainError:
        await _give_up(runtime, row)
        raise
    image = replace(image, id=row.id)
    document = await attach(runtime, actor, found.owner, image, found.key, upload=True)
    await upload_pieces.remove(runtime, row.id, row.parts)
    return Progress(row.id, row.size, row.size, row.expires_at, document)


async def _give_up(runtime: Runtime, row: Upload) -> bool:
    """Forgets an upload and its pieces; False where it was finished or forgotten meanwhile."""

    async def work(session: AsyncSession) -> list[Any] | None:
        gone = await session.execute(
            delete(Upload).where(_is_still(row)).returning(col(Upload.parts))
        )
        parts: list[Any] | None = gone.scalar_one_or_none()
        return parts

    parts = await runtime.db.transact(work)
    await upload_pieces.remove(runtime, row.id, parts or [])
    return parts is not None


def _is_still(row: Upload) -> ColumnElement[bool]:
    """Whether it is unfinished, and the same one: cancelled and begun anew, it has a new key."""
    return and_(
        col(Upload.id) == row.id,
        col(Upload.wrapped_key) == row.wrapped_key,
        col(Upload.document_id).is_(None),
    )


def offset_mismatch() -> RuleBroken:
    words = "Other bytes are awaited: ask how far the upload is."
    return RuleBroken(words, code="OFFSET_MISMATCH", field="offset")


def _not_whole() -> RuleBroken:
    words = "What arrived is not the file that was announced: send it again."
    return RuleBroken(words, code="CHECKSUM_MISMATCH", field="sha256")
