"""Pictures that are none are refused alone, and leave nothing behind."""

from __future__ import annotations

import base64
import io
import struct
import warnings
import zlib
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.errors import BadInput
from app.services.documents import clean_image
from app.services.pictures import MAX_PIXELS
from tests.api.desk import BAD_INPUT, ON_ONE, Desk, refused
from tests.properties.budget import examples


def data_uri(raw: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(raw).decode()}"


def picture(kind: str = "PNG", size: tuple[int, int] = (240, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 30, 60)).save(out, kind)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small PNG whose header promises an enormous picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


PICTURES: dict[str, str] = {
    "no data URI": "https://example.org/picture.png",
    "no base64": "data:image/png;base64,@@@@",
    "half a group": "data:image/png;base64,AAAAA",
    "not encoded": "data:image/png,plain",
    "nothing in it": "data:image/png;base64,",
    "another kind": data_uri(b"%PDF-1.7", "application/pdf"),
    "text that says png": data_uri(b"hello"),
    "an SVG": data_uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    "an SVG that says png": data_uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "a GIF": data_uri(picture("GIF"), "image/gif"),
    "half a PNG": data_uri(picture()[:40]),
    "a bomb": data_uri(bomb(30_000, 30_000)),
    "a larger bomb": data_uri(bomb(2**31 - 1, 2**31 - 1)),
    "more pixels than allowed": data_uri(bomb(MAX_PIXELS // 1000 + 1, 1000)),
}


@ON_ONE
async def test_pictures_that_are_none(desk: Desk) -> None:
    cases = [
        (
            desk.mutate("registerMember", **desk.person(**{name: uri})),
            BAD_INPUT,
            name,
            (name, label),
        )
        for label, uri in PICTURES.items()
        for name in ("idPhoto", "signature")
    ]
    with warnings.catch_warnings():
        # As in a server, where a warning is a line on stderr and no error.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        await refused(desk, cases)
    assert await _stored(desk) == []


@ON_ONE
async def test_an_id_that_nobody_can_read_is_refused_and_a_small_signature_is_not(
    desk: Desk,
) -> None:
    small = data_uri(picture(size=(199, 300)))
    tiny = desk.mutate("registerMember", **desk.person(idPhoto=small))
    await refused(desk, [(tiny, BAD_INPUT, "idPhoto", "")])
    assert not (await desk.mutate("registerMember", **desk.person(signature=small))).errors


@ON_ONE
async def test_a_picture_beyond_five_megabytes(desk: Desk) -> None:
    """In a batch: the whole request stays within the limit of a body."""
    large = "data:image/jpeg;base64," + "A" * (3 * 1024 * 1024)
    values = desk.person(idPhoto=large + "=")
    await refused(desk, [(desk.mutate("registerMember", **values), BAD_INPUT, "idPhoto", "")])


async def _stored(desk: Desk) -> list[str]:
    folder = desk.api.runtime.settings.data_dir
    return [path.name for path in folder.rglob("documents/*") if path.is_file()]


@ON_ONE
async def test_a_refused_registration_leaves_no_picture_behind(desk: Desk) -> None:
    good = data_uri(picture("JPEG"), "image/jpeg")
    taken = desk.person(idPhoto=good, id=str(desk.member.id))
    await refused(desk, [(desk.mutate("registerMember", **taken), "ID_REUSED", "id", "")])
    assert await _stored(desk) == []
    results = await desk.sync({"registerMember": desk.person(idPhoto=good, signature=good)})
    assert results[0]["outcome"] == "APPLIED"
    assert len(await _stored(desk)) == 2


@examples(60)
@given(
    kind=st.sampled_from(["PNG", "JPEG", "WEBP"]),
    cuts=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    end=st.integers(0, 400),
)
def test_a_broken_picture_fails_in_one_way_only(
    kind: str, cuts: list[tuple[int, int]], end: int
) -> None:
    raw = bytearray(picture(kind, (24, 24)))
    for at, value in cuts:
        raw[at % len(raw)] = value
    with suppress(BadInput):
        found = clean_image(bytes(raw[: end or len(raw)]), "SIGNATURE", "signature")
        assert found.content_type in {"image/png", "image/jpeg"}
