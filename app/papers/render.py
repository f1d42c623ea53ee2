"""Papers become PDFs in a process of their own: it takes seconds, and the server answers on.

The process is the politest on the machine (nice), has no environment, so no secrets, reads
nothing but its fonts and its logo, and is ended when it is too much.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

CPU_SECONDS = 60
MEMORY = 1024 * 1024 * 1024
PATIENCE = 180.0
"""Wall-clock seconds: on a busy machine the polite one waits."""
ROOT = Path(__file__).parents[2]


class NotRendered(Exception):
    """The process ended without a result: too long, too large, or a fault of ours."""


async def render(pages: Sequence[str]) -> list[bytes]:
    """A PDF for each document, in order; NotRendered where one of them cannot be made."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app.papers.render",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
        env={},
    )
    try:
        async with asyncio.timeout(PATIENCE):
            written, _ = await process.communicate(json.dumps(list(pages)).encode())
    except TimeoutError as error:
        raise NotRendered from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise NotRendered
    return _unpack(written, len(pages))


def _unpack(written: bytes, wanted: int) -> list[bytes]:
    found, at = [], 0
    while at < len(written):
        length = int.from_bytes(written[at : at + 4], "big")
        found.append(written[at + 4 : at + 4 + length])
        at += 4 + length
    if len(found) != wanted:
        raise NotRendered
    return found


def to_pdf(page: str) -> bytes:
    """One document; only for the process, and slow: about 200 ms a page."""
    # Imported here: the server never loads it.
    import reportlab
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    fonts = Path(reportlab.__file__).parent / "fonts"
    done = io.BytesIO()
    result = pisa.CreatePDF(
        page.replace("logo.png", _logo()),
        dest=done,
        path=str(fonts / "paper.html"),
        resource_policy=ResourceAccessPolicy.server(fonts, allow_remote=False),
    )
    if result.err:
        raise NotRendered
    return done.getvalue()


def _logo() -> str:
    """The table and its coin, as in web/public/favicon.svg, drawn four times larger than shown."""
    import base64

    from PIL import Image, ImageDraw

    size = 192
    scale = size / 32
    picture = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(picture)

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        return (left * scale, top * scale, right * scale, bottom * scale)

    pen.rounded_rectangle(box(0, 0, 31.9, 31.9), 7 * scale, fill="#0b6b4a")
    for line in ((5.5, 10.5, 26.5, 13.5), (8.5, 12, 11.5, 23.5), (20.5, 12, 23.5, 23.5)):
        pen.rounded_rectangle(box(*line), 1.5 * scale, fill="white")
    pen.ellipse(box(13, 17, 19, 23), fill="white")
    packed = io.BytesIO()
    picture.save(packed, "PNG")
    return "data:image/png;base64," + base64.b64encode(packed.getvalue()).decode()


def _main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(15)
    out = sys.stdout.buffer
    for page in json.load(sys.stdin.buffer):
        pdf = to_pdf(page)
        out.write(len(pdf).to_bytes(4, "big") + pdf)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
