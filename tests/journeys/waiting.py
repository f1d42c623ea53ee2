"""Waiting for what no locator can see, while the page's events go on."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

STEP_MS = 50


def until(page: Page, holds: Callable[[], bool], why: str, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {why}"
        page.wait_for_timeout(STEP_MS)
