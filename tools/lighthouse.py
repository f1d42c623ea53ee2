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


def lighthouse(url: str, folder: Path, *options: str, flags: Sequence[str] = ()) -> dict[str, Any]:
    """The report; `flags` are Chromium's."""
    report = folder / "lighthouse.json"
    subprocess.run(
        [
            *("npx", "--yes", LIGHTHOUSE, url, "--quiet", *options),
            *(f"--only-categories={CATEGORIES}", "--output=json", f"--output-path={report}"),
            f"--chrome-flags={' '.join(('--headless=new', '--no-sandbox', *flags))}",
        ],
        check=True,
        cwd=folder,
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")},
        timeout=180,
    )
    found: dict[str, Any] = json.loads(report.read_text())
    report.unlink()
    return found
