"""Pictures of every screen of the phone app, from the demo, in both languages, light and dark.

`.venv/bin/python -m tools.phone_tour` writes them to .local/tour, with contact sheets to look at.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from PIL import Image

from tests.journeys.demo import Demo
from tests.journeys.phone import SIZE
from tests.journeys.tour import LOOKS
from tests.support.browser import Browsers
from tests.support.databases import ROOT

FOLDER = ROOT / ".local" / "tour"
ON_A_SHEET = 4
GAP = 10


def main() -> None:
    """Walks through the app in each look."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    names: list[str] = []
    with tempfile.TemporaryDirectory(prefix="tablebanking-tour-") as folder:
        demo = Demo(Path(folder))
        browsers = Browsers(Path(folder) / "evidence")
        try:
            tour = demo.tour(browsers, Path(folder) / "phone")
            tour.look_around()
            for language, theme in LOOKS:
                look = f"{language}-{theme}"
                tour.wear(language, theme)
                tour.page.screenshot(path=FOLDER / f"unlock-{look}.png")
                tour.unlock()
                names = ["unlock"]
                for name in tour.screens():
                    tour.page.screenshot(path=FOLDER / f"{name}-{look}.png")
                    names.append(name)
        finally:
            browsers.stop()
            demo.stop()
    for start in range(0, len(names), ON_A_SHEET):
        _sheet(start // ON_A_SHEET + 1, names[start : start + ON_A_SHEET])
    print(f"{len(names)} screens in {len(LOOKS)} looks: {FOLDER}")


def _sheet(number: int, names: list[str]) -> None:
    """Screens beside each other, a row for each look."""
    width, height = SIZE["width"] + GAP, SIZE["height"] + GAP
    sheet = Image.new("RGB", (width * ON_A_SHEET, height * len(LOOKS)), "grey")
    for row, (language, theme) in enumerate(LOOKS):
        for column, name in enumerate(names):
            picture = Image.open(FOLDER / f"{name}-{language}-{theme}.png")
            sheet.paste(picture, (column * width, row * height))
    sheet.save(FOLDER / f"sheet-{number:02}.png")


if __name__ == "__main__":
    main()
