"""Pictures are written anew: their pixels stay, and nothing else of the file."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from app.errors import BadInput
from app.services.pictures import JPEG, LARGEST_SIDE, MAX_SCANS, PNG, rewrite

SECRET = b"Nyumbani kwa Wanjiku"


def drawing(size: tuple[int, int] = (320, 200), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    found = Image.new(mode, size, "red")
    ImageDraw.Draw(found).rectangle((size[0] // 2, 0, *size), fill="blue")
    return found


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: its maker, which way up, and where it was."""
    found = Image.Exif()
    found[0x010F] = SECRET.decode()
    found[0x0112] = orientation
    found.get_ifd(0x8825)[1] = "S"
    return found


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET


def with_notes(kind: str) -> bytes:
    """A picture with everything beside its pixels that its format has room for."""
    more: dict[str, object] = {"exif": exif(), "icc_profile": profile()}
    if kind == "JPEG":
        more |= {"comment": SECRET, "xmp": SECRET}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("Author", SECRET.decode())
        text.add_text("Comment", SECRET.decode())
        more |= {"pnginfo": text}
    return saved(drawing(), kind, **more)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_metadata_and_what_stands_behind_the_end_are_gone(kind: str) -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("page.html", SECRET)
    raw = with_notes(kind) + zipped.getvalue() + b"<script>alert(1)</script>" + SECRET
    assert SECRET in raw
    content_type, clean = rewrite(raw, 200, "file")
    assert content_type == (PNG if kind == "PNG" else JPEG)
    for trace in (SECRET, b"script", b"PK\x03\x04", b"Exif", b"ICC_PROFILE", b"iCCP", b"http"):
        assert trace not in clean, trace
    found = Image.open(io.BytesIO(clean)).convert("RGB")
    assert found.size == (320, 200)
    left, right = found.getpixel((20, 100)), found.getpixel((300, 100))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 230
    assert right[2] > 230


def test_a_picture_that_lies_on_its_side_is_set_upright() -> None:
    _, clean = rewrite(saved(drawing((400, 300)), "JPEG", exif=exif(6)), 200, "file")
    assert Image.open(io.BytesIO(clean)).size == (300, 400)


def test_a_photograph_of_several_pictures_is_its_first_one_as_jpeg() -> None:
    raw = saved(
        drawing(), "MPO", save_all=True, append_images=[Image.new("RGB", (320, 200), "lime")]
    )
    content_type, clean = rewrite(raw, 200, "file")
    assert content_type == JPEG
    assert Image.open(io.BytesIO(clean)).format == "JPEG"


def test_what_is_transparent_stays_so() -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    for kind in ("PNG", "WEBP"):
        content_type, clean = rewrite(saved(clear, kind, lossless=True), 200, "file")
        assert content_type == PNG
        assert Image.open(io.BytesIO(clean)).getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_a_large_picture_is_scaled_down() -> None:
    _, clean = rewrite(saved(drawing((4000, 1000)), "JPEG"), 200, "file")
    assert Image.open(io.BytesIO(clean)).size == (LARGEST_SIDE, 500)


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "P", "I;16", "LA"])
def test_every_kind_of_pixel_can_be_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    raw = saved(Image.new(mode, (240, 240)), kind)
    assert Image.open(io.BytesIO(rewrite(raw, 200, "file")[1])).size == (240, 240)


@pytest.mark.parametrize("size", [(199, 400), (400, 199), (1, 1)])
def test_a_side_that_is_too_short(size: tuple[int, int]) -> None:
    with pytest.raises(BadInput, match="too small") as failure:
        rewrite(saved(drawing(size), "PNG"), 200, "photo")
    assert failure.value.field == "photo"
    assert rewrite(saved(drawing(size), "PNG"), 1, "signature")[0] == PNG


def test_a_picture_that_is_written_over_and_over() -> None:
    raw = saved(drawing(), "JPEG", progressive=True)
    end = raw.rindex(b"\xff\xda")
    with pytest.raises(BadInput, match="too many layers"):
        rewrite(raw[:end] + raw[end:-2] * MAX_SCANS + raw[-2:], 1, "file")
    assert rewrite(raw[:end] + raw[end:-2] * 3 + raw[-2:], 1, "file")[0] == JPEG


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_kinds_of_picture_are_refused(kind: str) -> None:
    with pytest.raises(BadInput, match="not a JPEG, PNG or WebP"):
        rewrite(saved(drawing((256, 256)), kind), 1, "file")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_none(kind: str) -> None:
    noise = Image.effect_noise((300, 300), 60).convert("RGB")
    raw = saved(noise, kind)
    with pytest.raises(BadInput):
        rewrite(raw[: len(raw) // 2], 1, "file")
