"""Lighthouse on one page of the real server."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = "performance,accessibility,best-practices"
ATTEMPTS = 2


class NotRecordedError(Exception):
    """Chromium gave it no trace that it can read (NO_NAVSTART, NO_FCP): that says nothing of us."""


def lighthouse(url: str, folder: Path, *options: str, flags: Sequence[str] = ()) -> dict[str, Any]:
    """The report; `flags` are Chromium's. What could not be recorded is tried once more, aloud."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _recorded(url, folder, options, flags)
        except NotRecordedError as failure:
            if attempt == ATTEMPTS:
                raise
            print(f"Lighthouse could not record {url} ({failure}); once more", flush=True)
    raise AssertionError("unreachable")


def _recorded(
    url: str, folder: Path, options: Sequence[str], flags: Sequence[str]
) -> dict[str, Any]:
    report = folder / "lighthouse.json"
    report.unlink(missing_ok=True)
    ended = subprocess.run(
        [
            *("npx", "--yes", LIGHTHOUSE, url, "--quiet", *options),
            *(f"--only-categories={CATEGORIES}", "--output=json", f"--output-path={report}"),
            f"--chrome-flags={' '.join(('--headless=new', '--no-sandbox', *flags))}",
        ],
        check=False,
        cwd=folder,
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")},
        timeout=180,
    )
    found: dict[str, Any] = json.loads(report.read_text()) if report.exists() else {}
    report.unlink(missing_ok=True)
    failure = found.get("runtimeError") or {}
    if ended.returncode != 0 or failure:
        raise NotRecordedError(failure.get("code") or f"exit code {ended.returncode}")
    return found
