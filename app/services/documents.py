"""Documents: what is taken, how it is sealed and stored, and who may read it again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import crypto
from app.auth.access import load_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.crypto import KeyRing
from app.errors import BadInput, NotFound
from app.models import Document, DocumentKind, Member
from app.models.base import new_id
from app.runtime import Runtime
from app.services import pdfs, pictures
from app.services.member_privacy import place
from app.services.pdf_process import rewrite_apart

MAX_BYTES = 5 * 1024 * 1024
SMALLEST_SIDE = 200
"""Pixels of a paper of identity or a portrait: with fewer nobody is recognised."""
NEED_DETAIL = frozenset(
    {DocumentKind.ID_FRONT.value, DocumentKind.ID_BACK.value, DocumentKind.PHOTO.value}
)
SHOWN_IN_PAGES = frozenset({DocumentKind.PHOTO.value, DocumentKind.SIGNATURE.value})
"""Pictures only; papers may also come as a scanned PDF."""
DATA_URI = re.compile(r"data:(image/[a-z.+-]+);base64,", re.IGNORECASE)
MOST_LISTED = 50

# Unpacked, a picture takes up to 160 MB: many at once wait for each other.
_cleaning = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Image:
    """A clean picture or PDF, ready to be sealed and stored."""

    kind: str
    content_type: str
    data: bytes = field(repr=False)
    source_sha256: bytes = field(repr=False)
    """Of what was sent, so that a repeated operation is recognised."""
    id: UUID = field(default_factory=new_id)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read_data_uri(text: str, kind: str, input_field: str) -> Image:
    """The picture of a data: URI, re-encoded without metadata.

    BAD_INPUT on `input_field` when it is no data URI, too large, or refused by `clean_image`.
    """
    found = DATA_URI.match(text)
    if not found:
        raise BadInput("Send the picture as a data: URI in base64.", field=input_field)
    if len(text) > MAX_BYTES * 4 // 3 + 100:
        raise BadInput("The picture is larger than 5 MB.", field=input_field)
    try:
        raw = base64.b64decode(text[found.end() :], validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput("The picture is not valid base64.", field=input_field) from error
    return clean_image(raw, kind, input_field)


def clean_image(raw: bytes, kind: str, input_field: str) -> Image:
    """The picture, written anew (see `pictures`); BAD_INPUT when it is none or too small."""
    smallest = SMALLEST_SIDE if kind in NEED_DETAIL else 1
    with _cleaning:
        content_type, data = pictures.rewrite(raw, smallest, input_field)
    return Image(kind, content_type, data, crypto.sha256(raw))


def clean_upload(raw: bytes, kind: str, input_field: str) -> Image:
    """A picture, or a PDF where the kind may be one, told by its content and written anew."""
    if len(raw) > MAX_BYTES:
        raise BadInput("The file is larger than 5 MB.", field=input_field)
    if not raw.startswith(pdfs.SIGN):
        return clean_image(raw, kind, input_field)
    if kind in SHOWN_IN_PAGES:
        raise BadInput("Send this as a picture, not as a PDF.", field=input_field)
    with _cleaning:
        data = rewrite_apart(raw, input_field)
    return Image(kind, pdfs.PDF, data, crypto.sha256(raw))


def storage_key(document_id: UUID) -> str:
    return f"documents/{document_id}"


async def store_images(runtime: Runtime, images: Iterable[Image], key: bytes) -> None:
    """Seals the images with the key, a member's or a document's own, before any row names them."""
    for image in images:
        sealed = crypto.seal(key, image.data, place(image.id, "document"))
        await runtime.storage.put(storage_key(image.id), sealed)


async def discard_images(runtime: Runtime, images: Iterable[Image]) -> None:
    """Removes images that no row names."""
    for image in images:
        await runtime.storage.delete(storage_key(image.id))


async def read_document(
    runtime: Runtime, session: AsyncSession, actor: Actor, document_id: UUID
) -> tuple[Document, bytes]:
    """A document and its content in the clear, for those who may see the member or the group."""
    demand(actor, "members:read")
    document = await session.get(Document, document_id)
    if document is None:
        raise _no_document()
    try:
        await load_group(session, actor, document.group_id)
    except NotFound as error:
        raise _no_document() from error
    key = await _key_of(runtime.keys, session, document)
    sealed = await runtime.storage.get(storage_key(document_id))
    return document, crypto.unseal(key, sealed, place(document_id, "document"))


async def _key_of(keys: KeyRing, session: AsyncSession, document: Document) -> bytes:
    """The member's key, or the document's own; NotFound once the member was erased."""
    if document.member_id is not None:
        member = await session.get(Member, document.member_id)
        if member is not None and member.wrapped_key is not None:
            return keys.unwrap(member.wrapped_key, member.id)
    elif document.wrapped_key is not None:
        return keys.unwrap(document.wrapped_key, document.id)
    raise _no_document()


def _no_document() -> NotFound:
    return NotFound("There is no such document.")
