"""PDFs are written anew: their pages stay, and nothing that acts or tells of the maker."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from app.errors import BadInput
from app.services import pdf_process
from app.services.pdf_process import rewrite_apart
from app.services.pdfs import MAX_PAGES, rewrite, without_metadata
from tests.properties.budget import examples

SECRET = "Siri ya Wanjiku"


def dictionary(**values: Any) -> DictionaryObject:
    found = DictionaryObject()
    for name, value in values.items():
        found[NameObject(f"/{name}")] = value
    return found


def script() -> DictionaryObject:
    words = TextStringObject(f"app.alert('{SECRET}')")
    return dictionary(S=NameObject("/JavaScript"), JS=words)


def stream(content: bytes, **values: Any) -> DecodedStreamObject:
    found = DecodedStreamObject()
    found.set_data(content)
    found.update(dictionary(**values))
    return found


def photograph() -> bytes:
    """A JPEG as a scanning app puts it into a page: with the place and a comment."""
    notes = Image.Exif()
    notes[0x010F] = SECRET
    out = io.BytesIO()
    Image.effect_noise((64, 48), 60).save(out, "JPEG", exif=notes, comment=SECRET.encode())
    return out.getvalue()


def image(writer: PdfWriter, **more: Any) -> Any:
    found = EncodedStreamObject()
    found._data = photograph()
    size = dictionary(Width=NumberObject(64), Height=NumberObject(48), **more)
    found.update(size)
    found[NameObject("/Subtype")] = NameObject("/Image")
    found[NameObject("/ColorSpace")] = NameObject("/DeviceGray")
    found[NameObject("/BitsPerComponent")] = NumberObject(8)
    found[NameObject("/Filter")] = NameObject("/DCTDecode")
    return writer._add_object(found)


def hostile(pages: int = 1) -> PdfWriter:
    """A page that reads "Minutes", with everything around it that acts or tells."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    for _ in range(pages - 1):
        writer.add_blank_page(300, 300)
    font = dictionary(
        Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica")
    )
    notes = writer._add_object(stream(SECRET.encode(), Type=NameObject("/Metadata")))
    page[NameObject("/Resources")] = dictionary(
        Font=dictionary(F1=font),
        XObject=dictionary(Im0=image(writer, Metadata=notes, PieceInfo=notes), AF=image(writer)),
    )
    page[NameObject("/Contents")] = writer._add_object(stream(b"BT /F1 12 Tf (Minutes) Tj ET"))
    page[NameObject("/AA")] = dictionary(O=script())
    page[NameObject("/Metadata")] = notes
    page[NameObject("/PieceInfo")] = dictionary(Maker=notes)
    page[NameObject("/Annots")] = ArrayObject(
        [
            dictionary(Type=NameObject("/Annot"), Subtype=NameObject("/Link"), A=script()),
            dictionary(
                Type=NameObject("/Annot"),
                A=dictionary(S=NameObject("/Launch"), F=TextStringObject("cmd.exe")),
            ),
        ]
    )
    writer.root_object[NameObject("/OpenAction")] = script()
    writer.root_object[NameObject("/AA")] = dictionary(WC=script())
    writer.root_object[NameObject("/Metadata")] = notes
    writer.root_object[NameObject("/AcroForm")] = dictionary(XFA=notes)
    writer.add_attachment("virus.exe", b"MZ" + SECRET.encode())
    writer.add_metadata({"/Author": SECRET, "/Producer": SECRET})
    writer.add_outline_item(title=SECRET, page_number=0)
    return writer


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


TRACES = (
    *(b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA", b"/Annots", b"/AcroForm"),
    *(b"/EmbeddedFile", b"/Metadata", b"/PieceInfo", b"/Author", b"/Outlines", b"/XFA"),
    *(b"alert", b"MZ", SECRET.encode(), b"Exif"),
)


def test_the_pages_stay_and_all_else_is_gone() -> None:
    raw = written(hostile())
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("more", "PK")
    clean = rewrite(raw + zipped.getvalue(), "file")
    for trace in TRACES:
        assert trace in raw, trace
        assert trace not in clean, trace
    assert b"PK\x03\x04" not in clean
    reader = PdfReader(io.BytesIO(clean))
    (page,) = reader.pages
    assert page.extract_text() == "Minutes"
    assert not reader.metadata
    assert sorted(found.name for found in page.images) == ["AF.jpg", "Im0.jpg"]


def test_the_pixels_of_a_scan_are_untouched() -> None:
    raw = photograph()
    clean = without_metadata(raw)
    assert len(clean) < len(raw)
    before, after = Image.open(io.BytesIO(raw)), Image.open(io.BytesIO(clean))
    assert before.tobytes() == after.tobytes()
    assert not after.getexif()
    assert without_metadata(b"no JPEG") == b"no JPEG"


def test_a_stream_takes_its_content_from_no_other_file() -> None:
    writer = hostile()
    page = writer.pages[0]
    elsewhere = stream(b"", F=TextStringObject("file:///etc/passwd"))
    page[NameObject("/Contents")] = writer._add_object(elsewhere)
    assert b"passwd" not in rewrite(written(writer), "file")


def test_the_names_that_a_maker_chose_stay() -> None:
    """A glyph may be called like something unwanted."""
    writer = hostile()
    glyphs = dictionary(AF=writer._add_object(stream(b"0 0 m")))
    font = dictionary(Type=NameObject("/Font"), Subtype=NameObject("/Type3"), CharProcs=glyphs)
    resources: Any = writer.pages[0]["/Resources"]
    resources["/Font"][NameObject("/F2")] = font
    clean = PdfReader(io.BytesIO(rewrite(written(writer), "file")))
    kept: Any = clean.pages[0]["/Resources"]
    assert "/AF" in kept["/Font"]["/F2"]["/CharProcs"]


@pytest.mark.parametrize("pages", [0, MAX_PAGES + 1])
def test_neither_an_empty_one_nor_a_book(pages: int) -> None:
    writer = hostile(pages) if pages else PdfWriter()
    with pytest.raises(BadInput, match=f"1 to {MAX_PAGES} pages") as failure:
        rewrite(written(writer), "file")
    assert failure.value.field == "file"


def test_as_many_pages_as_are_allowed() -> None:
    clean = rewrite(written(hostile(MAX_PAGES)), "file")
    assert len(PdfReader(io.BytesIO(clean)).pages) == MAX_PAGES


@pytest.mark.parametrize("password", ["siri", ""])
def test_a_locked_one_is_refused(password: str) -> None:
    """Also where the password that opens it is empty: who may print it is not ours to break."""
    writer = hostile()
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    with pytest.raises(BadInput, match="locked"):
        rewrite(written(writer), "file")


def test_more_parts_than_a_scan_has() -> None:
    writer = hostile()
    resources: Any = writer.pages[0]["/Resources"]
    many = ArrayObject([DictionaryObject() for _ in range(25_000)])
    resources[NameObject("/Properties")] = dictionary(Many=many)
    with pytest.raises(BadInput, match="can be read"):
        rewrite(written(writer), "file")


def nested(depth: int) -> bytes:
    deep = b"<</Parent " * depth + b"null" + b">>" * depth
    return b"%PDF-1.7\n1 0 obj\n" + deep + b"\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\ntrailer <</Root 1 0 R>>",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj trailer<</Root 1 0 R>>",
        nested(50_000),
        b"%PDF-1.7\n" + b"[" * 100_000,
    ],
    ids=["sign", "end", "no catalog", "its own parent", "deep", "open"],
)
def test_what_only_looks_like_one(raw: bytes) -> None:
    with pytest.raises(BadInput):
        rewrite(raw, "file")


def packed_thousandfold() -> bytes:
    """A page whose resources are 60 MB of one string, in 60 KB."""
    inner = b"7 0 (" + b"A" * 60_000_000 + b")"
    packed = zlib.compress(inner, 9)
    parts = [
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 9 9]>> endobj",
        b"3 0 obj <</Type/Page/Parent 2 0 R/Resources<</Properties<</A 7 0 R>>>>>> endobj",
        b"5 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream endobj",
    ]
    raw, places = b"%PDF-1.7\n", []
    for part in parts:
        places.append(len(raw))
        raw += part + b"\n"
    first, second, third, fifth = (b"\1" + place.to_bytes(4) + b"\0" for place in places)
    none = bytes(6)
    table = none + first + second + third + none + fifth + none + b"\2" + (5).to_bytes(4) + b"\0"
    head = b"8 0 obj <</Type/XRef/Size 8/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return raw + head + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % len(raw)


def test_what_unpacks_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = packed_thousandfold()
    assert len(raw) < 70_000
    monkeypatch.setattr(pdf_process, "CPU_SECONDS", 1)
    with pytest.raises(BadInput, match="can be read") as failure:
        rewrite_apart(raw, "minutes")
    assert failure.value.field == "minutes"
    monkeypatch.setattr(pdf_process, "PATIENCE", 0.01)
    with pytest.raises(BadInput, match="can be read"):
        rewrite_apart(written(hostile()), "file")


def test_apart_the_pages_are_the_same_and_a_refusal_says_why() -> None:
    raw = written(hostile())
    assert rewrite_apart(raw, "file") == rewrite(raw, "file")
    with pytest.raises(BadInput, match="1 to 20 pages"):
        rewrite_apart(written(PdfWriter()), "file")


@examples(40)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=8),
    end=st.integers(0, 4000),
)
def test_a_broken_one_fails_in_one_way_only(cuts: list[tuple[int, int]], end: int) -> None:
    raw = bytearray(written(hostile()))
    for at, value in cuts:
        raw[at % len(raw)] = value
    with suppress(BadInput):
        clean = rewrite(bytes(raw[: end or len(raw)]), "file")
        assert b"/JavaScript" not in clean
