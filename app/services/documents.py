"""Pictures and PDFs of members: checked by content, cleaned, sealed, stored."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from PIL import Image as Pillow
from PIL import ImageOps
from pypdf import PdfReader, PdfWriter
from sqlalchemy.ext.asyncio import AsyncSession

from app import crypto
from app.auth.access import load_group
from app.auth.actor import Actor
from app.errors import BadInput, NotFound
from app.models import Document, Member
from app.models.base import new_id
from app.runtime import Runtime
from app.services.member_privacy import place

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
LARGEST_SIDE = 2000
"""Pixels; larger images are scaled down: an ID card stays readable."""
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PDF = "application/pdf"
MAX_PAGES = 20
DATA_URI = re.compile(r"data:(image/[a-z.+-]+);base64,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Image:
    """A clean image, ready to be sealed and stored."""

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
    """The image of a data: URI, re-encoded without metadata.

    BAD_INPUT on `input_field` when it is no data URI, too large, or no JPEG, PNG or WebP by
    its content, whatever it claims to be.
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
    """Decodes and writes the picture anew: upright, at most 2,000 pixels a side, no metadata."""
    try:
        picture: Pillow.Image = Pillow.open(io.BytesIO(raw), formats=tuple(FORMATS))
        if picture.width * picture.height > MAX_PIXELS:
            # By its header alone: not a pixel of it is unpacked.
            raise BadInput("The picture has too many pixels.", field=input_field)
        shape = picture.format or "JPEG"
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        out = io.BytesIO()
        if shape == "JPEG":
            picture.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
        else:
            shape = "PNG"
            picture.convert("RGBA").save(out, "PNG", optimize=True)
    except BadInput:
        raise
    except Exception as error:
        # A broken picture makes the decoders fail in many ways, and must fail alone.
        raise BadInput("This is not a JPEG, PNG or WebP picture.", field=input_field) from error
    return Image(kind, FORMATS[shape], out.getvalue(), crypto.sha256(raw))


def clean_upload(raw: bytes, kind: str, input_field: str) -> Image:
    """A picture or a PDF, by its content, written anew without metadata."""
    if raw.startswith(b"%PDF-"):
        return _clean_pdf(raw, kind, input_field)
    return clean_image(raw, kind, input_field)


def _clean_pdf(raw: bytes, kind: str, input_field: str) -> Image:
    """Its pages alone: no metadata, scripts, forms, links or attached files."""
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            raise BadInput("The PDF is locked with a password.", field=input_field)
        if not 1 <= len(reader.pages) <= MAX_PAGES:
            raise BadInput(f"A PDF of 1 to {MAX_PAGES} pages.", field=input_field)
        writer = PdfWriter()
        for page in reader.pages:
            for name in ("/Annots", "/AA", "/Metadata", "/PieceInfo"):
                page.pop(name, None)
            writer.add_page(page)
        writer.metadata = None
        out = io.BytesIO()
        writer.write(out)
    except BadInput:
        raise
    except Exception as error:
        # A broken file makes the reader fail in many ways, and must fail alone.
        raise BadInput("This is not a PDF that can be read.", field=input_field) from error
    return Image(kind, PDF, out.getvalue(), crypto.sha256(raw))


def storage_key(document_id: UUID) -> str:
    return f"documents/{document_id}"


async def store_images(runtime: Runtime, images: Iterable[Image], key: bytes) -> None:
    """Seals the images with the member's key and stores them, before any row names them."""
    for image in images:
        sealed = crypto.seal(key, image.data, place(image.id, "document"))
        await runtime.storage.put(storage_key(image.id), sealed)


async def discard_images(runtime: Runtime, images: Iterable[Image]) -> None:
    """Removes images whose registration was not applied."""
    for image in images:
        await runtime.storage.delete(storage_key(image.id))


async def read_document(
    runtime: Runtime, session: AsyncSession, actor: Actor, document_id: UUID
) -> tuple[Document, bytes]:
    """A document and its content in the clear, for those who may see the member."""
    document = await session.get(Document, document_id)
    if document is None or document.member_id is None:
        raise NotFound("There is no such document.")
    await load_group(session, actor, document.group_id)
    member = await session.get(Member, document.member_id)
    if member is None or member.wrapped_key is None:
        raise NotFound("There is no such document.")
    key = runtime.keys.unwrap(member.wrapped_key, member.id)
    sealed = await runtime.storage.get(storage_key(document_id))
    return document, crypto.unseal(key, sealed, place(document_id, "document"))
