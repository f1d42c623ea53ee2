"""The pieces of an upload: sealed, in the store, until the last one comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from app import crypto
from app.models import Upload
from app.runtime import Runtime
from app.services.member_privacy import place

FOLDER = "uploads"
"""Of the store: all that stands below it are pieces."""


async def put(runtime: Runtime, upload: Upload, key: bytes, piece: bytes) -> str:
    """Stores the piece that comes after those which are here; its name.

    Each try has a name of its own: a late one must not write over one that counts.
    """
    name = uuid4().hex
    sealed = crypto.seal(key, piece, _place(upload.id, upload.received))
    await runtime.storage.put(_storage_key(upload.id, name), sealed)
    return name


async def join(runtime: Runtime, upload: Upload, key: bytes) -> bytes:
    """The pieces in order; ObjectMissing or DecryptionError where the store has lost one."""
    whole = bytearray()
    for name, _ in upload.parts:
        sealed = await runtime.storage.get(_storage_key(upload.id, name))
        whole += crypto.unseal(key, sealed, _place(upload.id, len(whole)))
    return bytes(whole)


async def remove(runtime: Runtime, upload_id: UUID, parts: Iterable[Sequence[Any]]) -> None:
    """Deletes the pieces that the column `parts` lists."""
    for name, _ in parts:
        await runtime.storage.delete(_storage_key(upload_id, name))


def _storage_key(upload_id: UUID, name: str) -> str:
    return f"{FOLDER}/{upload_id}/{name}"


def _place(upload_id: UUID, offset: int) -> bytes:
    """A piece opens only where it belongs in the file."""
    return place(upload_id, f"piece {offset}")
