"""Rewriting a PDF in a process of its own, which may neither run nor grow without end.

A file of 60 KB can be made to unpack to gigabytes, or to be read for minutes; how, nobody can
list. The process has no environment, so no secrets either, and is killed when it is too much.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from app.errors import BadInput
from app.services import pdfs

CPU_SECONDS = 10
"""The largest scan that is allowed takes one or two."""
MEMORY = 1024 * 1024 * 1024
MAX_WRITTEN = 10 * 1024 * 1024
"""Twice what may be sent: what was packed is written plainly."""
PATIENCE = 30.0
REFUSED = 3
"""Exit status: the reason stands on the standard output."""
ROOT = Path(__file__).parents[2]


def rewrite_apart(raw: bytes, input_field: str) -> bytes:
    """What `pdfs.rewrite` makes of the file; BAD_INPUT on `input_field` where it is too much."""
    command = [sys.executable, "-m", "app.services.pdf_process", str(CPU_SECONDS)]
    try:
        done = subprocess.run(
            command, input=raw, capture_output=True, cwd=ROOT, env={}, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise pdfs.unreadable(input_field) from error
    if done.returncode == REFUSED:
        raise BadInput(done.stdout.decode(), field=input_field)
    if done.returncode != 0:
        raise pdfs.unreadable(input_field)
    return done.stdout


def _main(cpu_seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        clean = pdfs.rewrite(sys.stdin.buffer.read(), "file")
        if len(clean) > MAX_WRITTEN:
            raise pdfs.unreadable("file")
    except BadInput as error:
        sys.stdout.buffer.write(error.message.encode())
        return REFUSED
    sys.stdout.buffer.write(clean)
    return 0


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1])))
