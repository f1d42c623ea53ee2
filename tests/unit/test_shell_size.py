"""What a phone fetches before it shows anything stays small."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from tests.support.databases import ROOT

DIST = ROOT / "pwa" / "dist"
LIMIT = 50_000
"""Bytes of JavaScript, gzip. 80 KB are allowed (issue 4); far less is what keeps the start fast."""

ENTRY = re.compile(r'<script[^>]* type="module"[^>]* src="/field/([^"]+)"')
PRELOAD = re.compile(r'rel="modulepreload"[^>]* href="/field/([^"]+)"')
STATIC_IMPORT = re.compile(r'\b(?:import|export)(?:[\w*{][^"\'`;()]*?from)?\s*"(\./[^"]+\.js)"')


def index() -> str:
    assert (DIST / "index.html").is_file(), "pwa/ is not built: run make build"
    return (DIST / "index.html").read_text()


def first_scripts() -> set[Path]:
    """The entry and all that it imports statically."""
    (entry,) = ENTRY.findall(index())
    found: set[Path] = set()
    left = [DIST / entry]
    while left:
        script = left.pop()
        if script not in found:
            found.add(script)
            left += [script.parent / name for name in STATIC_IMPORT.findall(script.read_text())]
    return found


def test_the_shell_is_small() -> None:
    sizes = {script.name: len(gzip.compress(script.read_bytes(), 9)) for script in first_scripts()}
    assert sum(sizes.values()) <= LIMIT, sizes


def test_the_measure_sees_all_that_the_page_preloads() -> None:
    preloads = {DIST / name for name in PRELOAD.findall(index())}
    assert preloads
    assert preloads < first_scripts()
