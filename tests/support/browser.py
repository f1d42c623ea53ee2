"""Debian's Chromium through Playwright, with profiles that survive a restart."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)
PERMISSIONS = (
    "backgroundSync",
    "periodicBackgroundSync",
    "durableStorage",
    "notifications",
    "videoCapture",
    "geolocation",
)
NAKURU = {"latitude": -0.3031, "longitude": 36.08, "accuracy": 12.0}


class Browsers:
    """Opens browsers on folders: the same folder again is the same phone after a restart."""

    def __init__(self, evidence: Path) -> None:
        self._evidence = evidence
        self._playwright: Playwright = sync_playwright().start()
        self._open: list[BrowserContext] = []
        self.console: list[str] = []
        """Errors and warnings that pages wrote to their console, and uncaught exceptions."""

    def open(self, profile: Path, origin: str, **options: Any) -> BrowserContext:
        """A browser with `profile`, its permissions granted for `origin`."""
        context = self._playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=list(ARGUMENTS),
            **{"locale": "en-KE", "timezone_id": "Africa/Nairobi", "base_url": origin, **options},
        )
        context.set_default_timeout(15_000)
        context.on("page", self._listen)
        page = context.pages[0]
        self._listen(page)
        # Playwright's own list cannot name Background Sync, and denies what it does not name.
        page.context.new_cdp_session(page).send(
            "Browser.grantPermissions", {"origin": origin, "permissions": list(PERMISSIONS)}
        )
        context.set_geolocation(NAKURU)  # type: ignore[arg-type]
        self._open.append(context)
        return context

    def close(self, context: BrowserContext) -> None:
        """Closes the browser; its profile stays."""
        self._open.remove(context)
        context.close()

    def kill(self, context: BrowserContext, profile: Path) -> None:
        """Ends the browser on `profile` at once, as a phone without memory does."""
        at = f"--user-data-dir={profile}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if at in words and not any(word.startswith(b"--type=") for word in words):
                    os.kill(int(folder.name), signal.SIGKILL)
        self._open.remove(context)
        with suppress(Error):
            context.close()

    def keep_evidence(self) -> None:
        """A picture of every open page, for a test that failed."""
        self._evidence.mkdir(parents=True, exist_ok=True)
        for browser, context in enumerate(self._open, 1):
            for number, page in enumerate(context.pages, 1):
                page.screenshot(path=self._evidence / f"browser-{browser}-page-{number}.png")
        (self._evidence / "console.txt").write_text("\n".join(self.console))

    def stop(self) -> None:
        for context in list(self._open):
            self.close(context)
        self._playwright.stop()

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.console.append(f"uncaught: {error}"))
        page.on(
            "console",
            lambda message: (
                self.console.append(f"{message.type}: {message.text}")
                if message.type in {"error", "warning"}
                else None
            ),
        )
