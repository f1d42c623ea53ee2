"""Pictures by their content: decoded, set upright, scaled down, and written anew.

Nothing of the file that was sent is kept but its pixels: no EXIF (a phone writes the place
into it), no comment, no colour profile, nothing behind the picture's end.
"""

from __future__ import annotations

import io

from PIL import Image as Pillow
from PIL import ImageOps

from app.errors import BadInput

FORMATS = ("JPEG", "PNG", "WEBP")
JPEG, PNG = "image/jpeg", "image/png"
JPEGS = frozenset({"JPEG", "MPO"})
"""MPO is what many phones write: a JPEG with further pictures behind the first."""
PHOTOGRAPHS = JPEGS | {"WEBP"}
MAX_PIXELS = 40_000_000
MAX_SCANS = 100
"""Passes over a JPEG; cameras make one to twenty. Each costs as much as the whole picture."""
SCAN = b"\xff\xda"
LARGEST_SIDE = 2000
"""Pixels; larger pictures are scaled down: an ID card stays readable."""


def rewrite(raw: bytes, smallest_side: int, input_field: str) -> tuple[str, bytes]:
    """Content type and bytes of the picture in `raw`, whatever name or type it came with.

    Photographs become JPEG; what has transparent parts, and drawings sent as PNG, become PNG.
    BAD_INPUT on `input_field` when it is no JPEG, PNG or WebP, when it has more than
    MAX_PIXELS, or a side shorter than `smallest_side` pixels.
    """
    try:
        with Pillow.open(io.BytesIO(raw), formats=FORMATS) as picture:
            _check_size(picture, smallest_side, input_field)
            if picture.format in JPEGS and raw.count(SCAN) > MAX_SCANS:
                raise BadInput("The picture has too many layers.", field=input_field)
            return _encode(picture)
    except BadInput:
        raise
    except Exception as error:
        # A broken picture makes the decoders fail in many ways, and must fail alone.
        raise BadInput("This is not a JPEG, PNG or WebP picture.", field=input_field) from error


def _check_size(picture: Pillow.Image, smallest_side: int, input_field: str) -> None:
    """By the header alone: not a pixel is unpacked yet."""
    if picture.width * picture.height > MAX_PIXELS:
        raise BadInput("The picture has too many pixels.", field=input_field)
    if min(picture.size) < smallest_side:
        words = f"The picture is too small: at least {smallest_side} by {smallest_side} pixels."
        raise BadInput(words, field=input_field)


def _encode(picture: Pillow.Image) -> tuple[str, bytes]:
    photograph = picture.format in PHOTOGRAPHS
    # Scaled first: a JPEG is then unpacked in a smaller size at once, and turning costs less.
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    transparent = upright.has_transparency_data
    clean = upright.convert("RGBA" if transparent else "RGB")
    # Pillow would write the comment and the colour profile that it has read.
    clean.info.clear()
    out = io.BytesIO()
    if photograph and not transparent:
        clean.save(out, "JPEG", quality=85, optimize=True)
        return JPEG, out.getvalue()
    clean.save(out, "PNG")
    return PNG, out.getvalue()
