"""Every screen of the phone app, filled by the demo: usable by touch, keyboard, ear and in the sun.

JOURNEY_PICTURES=<folder> keeps a picture of each; tools/phone_tour.py does that for all looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.accessibility import amounts_stand_out, small_targets, violations
from tests.journeys.demo import Demo
from tests.journeys.pictures import picture
from tests.journeys.tour import Tour, patterns
from tests.support.browser import Browsers

WALKS = [("en", "light"), ("sw", "dark")]
"""Names hang on the language, contrast on the light: two walks see all of both."""

TAB_STOPS = """() => [...document.querySelectorAll("[tabindex]")]
  .filter((element) => element.tabIndex > 0).map((element) => element.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
  const element = document.activeElement;
  const { top, bottom, width } = element.getBoundingClientRect();
  const { outlineStyle } = getComputedStyle(element);
  const framed = element.closest("label, fieldset, form") !== null;
  return {
    name: element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40),
    seen: width > 0 && bottom > 0 && top < innerHeight,
    marked: outlineStyle !== "none" || framed,
    inPage: element !== document.body,
    area: element.closest("header, main, nav")?.tagName ?? "",
  };
}"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    made = Demo(tmp_path_factory.mktemp("demo"))
    yield made
    made.stop()


@pytest.fixture
def tour(browsers: Browsers, demo: Demo, tmp_path: Path) -> Tour:
    return demo.tour(browsers, tmp_path / "phone")


def test_every_screen_is_for_everybody(tour: Tour) -> None:
    tour.look_around()
    wrong: list[str] = []
    seen: set[str] = set()
    for language, theme in WALKS:
        tour.wear(language, theme)
        tour.unlock()
        for name in tour.screens():
            seen.add(name)
            if name.startswith("receipt-"):
                expect(tour.page.get_by_test_id("receipt")).to_be_visible()
            picture(tour.page, f"tour-{name}-{language}-{theme}")
            wrong += [
                f"{name} ({language}, {theme}): {found}"
                for found in (
                    *violations(tour.page),
                    *(f"small target {target}" for target in small_targets(tour.page)),
                    *(f"faint amount {amount}" for amount in amounts_stand_out(tour.page)),
                    *(f"order of its own {html}" for html in tour.page.evaluate(TAB_STOPS)),
                )
            ]
    assert len(seen) >= len(patterns())
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("path", ["/", "/members", "/members/new", "/outbox", "/account"])
def test_the_keyboard_goes_through_a_screen_in_order(tour: Tour, path: str) -> None:
    tour.open(path)
    areas: list[str] = []
    for _ in range(12):
        tour.page.keyboard.press("Tab")
        focused = tour.page.evaluate(FOCUSED)
        if not focused["inPage"]:
            break
        assert focused["name"] or focused["area"] == "MAIN", focused
        assert focused["seen"], focused
        assert focused["marked"], focused
        areas.append(focused["area"])
    order = ["HEADER", "MAIN", "NAV"]
    assert areas
    assert areas == sorted(areas, key=order.index)
