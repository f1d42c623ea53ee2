"""PDFs by their content: their pages alone are written anew.

What acts (scripts, links, forms, files attached, launches) hangs on the document's catalog or
on annotations, and neither is taken over. What speaks of the maker (information, XMP, the
EXIF of scanned pictures) is taken out of the pages' parts.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from app.errors import BadInput

PDF = "application/pdf"
SIGN = b"%PDF-"
MAX_PAGES = 20
MAX_PARTS = 20_000
"""Objects behind the pages: a scan has a handful a page."""
RECOVERY = 200
"""Objects that are tried for the catalog of a file that does not say where it is."""
OF_A_PAGE = frozenset(
    {
        "/Type",
        "/MediaBox",
        "/CropBox",
        "/Rotate",
        "/UserUnit",
        "/Group",
        "/Resources",
        "/Contents",
    }
)
UNWANTED = (
    "/AA",
    "/AF",
    "/Alternates",
    "/Annots",
    "/EF",
    "/JS",
    "/Metadata",
    "/OPI",
    "/OpenAction",
    "/PieceInfo",
    "/Ref",
)
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
"""A stream that has them takes its content from another file."""
FREELY_NAMED = frozenset(
    {
        "/CharProcs",
        "/ColorSpace",
        "/ExtGState",
        "/Font",
        "/Pattern",
        "/Properties",
        "/Shading",
        "/XObject",
    }
)
"""Dictionaries whose keys are names that the maker chose: a glyph may be called AF."""
DCT = ("/DCTDecode", "/DCT")

# It tells of every fault it finds, thousands of them in a file made for that.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def rewrite(raw: bytes, input_field: str) -> bytes:
    """The pages of the PDF in `raw`.

    BAD_INPUT on `input_field` when it is none, locked with a password, or too long.
    """
    try:
        reader = PdfReader(io.BytesIO(raw), root_object_recovery_limit=RECOVERY)
        if reader.is_encrypted:
            raise BadInput("The PDF is locked with a password.", field=input_field)
        if not 1 <= len(reader.pages) <= MAX_PAGES:
            raise BadInput(f"A PDF of 1 to {MAX_PAGES} pages.", field=input_field)
        return _pages_of(reader)
    except BadInput:
        raise
    except Exception as error:
        # A broken file makes the reader fail in many ways, and must fail alone.
        raise unreadable(input_field) from error


def unreadable(input_field: str) -> BadInput:
    """For whatever is wrong with the file."""
    return BadInput("This is not a PDF that can be read.", field=input_field)


def _pages_of(reader: PdfReader) -> bytes:
    writer = PdfWriter()
    writer.metadata = None
    writer.pdf_header = "%PDF-1.7"
    for page in reader.pages:
        for name in set(page) - OF_A_PAGE:
            del page[name]
        # Before the page is copied: with it go all objects that it still names.
        for part in _parts(page.get("/Resources"), page.get("/Contents")):
            _clean(part)
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _parts(*begin: Any) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that can be reached, each once, whose keys are the format's."""
    waiting: list[tuple[Any, bool]] = [(item, False) for item in begin]
    seen: dict[int, Any] = {}
    while waiting:
        item, freely_named = waiting.pop()
        found = item.get_object() if isinstance(item, IndirectObject) else item
        if id(found) in seen or not isinstance(found, (DictionaryObject, ArrayObject)):
            continue
        seen[id(found)] = found
        if len(seen) > MAX_PARTS:
            raise ValueError("more parts than a scan has")
        if isinstance(found, ArrayObject):
            waiting.extend((part, False) for part in found)
            continue
        if not freely_named:
            yield found
        waiting.extend((found.raw_get(name), name in FREELY_NAMED) for name in found)


def _clean(part: DictionaryObject) -> None:
    for name in UNWANTED:
        part.pop(name, None)
    if not isinstance(part, StreamObject):
        return
    for name in ELSEWHERE:
        part.pop(name, None)
    if part.get("/Filter") in (*DCT, *([NameObject(name)] for name in DCT)):
        # pypdf changes the bytes of streams of its own encodings only.
        part._data = without_metadata(part._data)


def without_metadata(jpeg: bytes) -> bytes:
    """The JPEG without EXIF, XMP, Photoshop's notes and comments; its pixels untouched.

    Segments stand before the first scan as FF, a marker, two bytes of length. APP0 (JFIF) and
    APP14 (Adobe's word on colours) say how to read the pixels and stay.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept = bytearray(jpeg[:2])
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        marker = jpeg[at + 1]
        notes = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)
        if not notes:
            kept += jpeg[at:end]
        at = end
    return bytes(kept + jpeg[at:])
