"""The demo as `make demo` serves it, in a folder of its own, with its officer's phone."""

from __future__ import annotations

import os
import sys
import urllib.request
from pathlib import Path
from urllib.error import URLError

from tests.journeys.phone import PIN, SIZE
from tests.journeys.tour import Tour
from tests.support.browser import Browsers
from tests.support.databases import ROOT
from tests.support.processes import Process, free_port

OFFICER = ("254700000002", "demo-officer")


class Demo:
    """Starts on construction; filling it takes a while."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._process = Process(
            [sys.executable, "-m", "app.cli", "demo", "--host", "127.0.0.1", "--port", str(port)],
            folder / "demo.log",
            env={**os.environ, "DATA_DIR": str(folder / "data"), "DEMO_LIVE": "off"},
            cwd=ROOT,
        )
        self._process.wait_until(self._serves, 300)

    def stop(self) -> None:
        self._process.stop()

    def tour(self, browsers: Browsers, profile: Path) -> Tour:
        """The officer's phone with its first copy."""
        context = browsers.open(profile, self.url, viewport=SIZE, has_touch=True, is_mobile=True)
        page = context.pages[0]
        page.goto("/field/")
        phone, password = OFFICER
        page.get_by_test_id("login-phone").fill(phone)
        page.get_by_test_id("login-password").fill(password)
        page.get_by_test_id("login-submit").click()
        page.get_by_test_id("pin-new").fill(PIN)
        page.get_by_test_id("pin-repeat").fill(PIN)
        page.get_by_test_id("pin-save").click()
        page.get_by_text("Last full copy").wait_for(timeout=60_000)
        return Tour(page, PIN)

    def _serves(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False
