"""What the office's first page needs stays small; maps, charts and Swahili come when needed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from tests.support.databases import ROOT

DIST = ROOT / "web" / "dist"
LIMIT = 200_000
"""Bytes of JavaScript, gzip (issue 5)."""

ENTRY = re.compile(r'<script[^>]* type="module"[^>]* src="/([^"]+)"')
STATIC_IMPORT = re.compile(r'\b(?:import|export)(?:[\w*{][^"\'`;()]*?from)?\s*"(\./[^"]+\.js)"')


def first_scripts() -> set[Path]:
    """The entry and all that it imports statically."""
    assert (DIST / "index.html").is_file(), "web/ is not built: run make build"
    (entry,) = ENTRY.findall((DIST / "index.html").read_text())
    found: set[Path] = set()
    left = [DIST / entry]
    while left:
        script = left.pop()
        if script not in found:
            found.add(script)
            left += [script.parent / name for name in STATIC_IMPORT.findall(script.read_text())]
    return found


def test_the_first_page_is_small() -> None:
    sizes = {script.name: len(gzip.compress(script.read_bytes(), 9)) for script in first_scripts()}
    assert sum(sizes.values()) <= LIMIT, sizes


def test_swahili_and_the_words_of_other_pages_come_later() -> None:
    first = "".join(script.read_text() for script in first_scripts())
    assert "All counties" in first
    for later in ("Kaunti zote", "What the group owns"):
        assert later not in first
        assert any(later in script.read_text() for script in DIST.rglob("*.js")), later
