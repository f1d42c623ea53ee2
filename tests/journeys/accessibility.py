"""WCAG 2.1 A and AA, as far as a machine can tell: axe-core on the page as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.support.databases import ROOT

TALL = 3_000
PHONE = 600
"""The widest page that is a phone's."""
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
NEXT_FRAME = """() => new Promise((resolve) => {
  requestAnimationFrame(resolve);
  setTimeout(resolve, 500);  // a page that nobody sees gets no frames
})"""
RUN = """async (standard) => {
  const { violations } = await axe.run(document, { runOnly: standard });
  return violations.map(({ id, help, nodes }) => ({
    id, help, where: nodes.map(({ target, failureSummary }) => [target.join(" "), failureSummary]),
  }));
}"""


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


@contextmanager
def whole_screen(page: Page) -> Iterator[None]:
    """All of a phone's screen in sight: axe passes over what is scrolled out of the app's frame."""
    size = page.viewport_size
    if size is None or size["width"] > PHONE:
        yield
        return
    page.set_viewport_size({"width": size["width"], "height": TALL})
    page.evaluate(NEXT_FRAME)
    yield
    page.set_viewport_size(size)


def is_accessible(page: Page) -> None:
    found = violations(page)
    assert not found, "\n".join([page.url, *found])


AMOUNTS = """async () => {
  const amount = /^(KES\\s)?[+-]?[\\d,]+\\.\\d\\d$/;
  for (const element of document.querySelectorAll("body *")) {
    if (element.childElementCount === 0 && amount.test(element.textContent.trim())) {
      element.dataset.amount = "";
    }
  }
  if (!document.querySelector("[data-amount]")) return [];
  const { violations } = await axe.run(
    { include: [["[data-amount]"]] },
    { runOnly: { type: "rule", values: ["color-contrast-enhanced"] } },
  );
  return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html.slice(0, 160)));
}"""

TARGETS = """(least) => {
  const wrong = [];
  const asked = "a[href], button, input, select, textarea, summary, [role=button], [role=switch]";
  for (const element of document.querySelectorAll(asked)) {
    // What a thumb meets is the label around a radio button, a switch or a file's input.
    const hidden = ["radio", "checkbox", "file"].includes(element.type);
    const target = hidden ? (element.closest("label") ?? element) : element;
    const { width, height } = target.getBoundingClientRect();
    if (width < 2 || height < 2 || !target.checkVisibility({ visibilityProperty: true })) continue;
    // The field of a label that is itself the frame (a search).
    const frame = target.closest("label")?.getBoundingClientRect().height ?? 0;
    if (Math.max(height, frame) < least - 0.5 || width < least - 0.5) {
      const name = element.getAttribute("aria-label") ?? element.textContent.trim();
      wrong.push(`${element.tagName} "${name.slice(0, 40)}" ${width} x ${height}`);
    }
  }
  return wrong;
}"""


def amounts_stand_out(page: Page) -> list[str]:
    """Amounts whose contrast is below 7:1 (4.5:1 where they are large): not for the sun."""
    page.evaluate(_axe())
    with whole_screen(page):
        found: list[str] = page.evaluate(AMOUNTS)
    return found


def small_targets(page: Page, least: int = 48) -> list[str]:
    """Links, buttons and fields that a thumb misses."""
    found: list[str] = page.evaluate(TARGETS, least)
    return found


def violations(page: Page) -> list[str]:
    """What axe finds."""
    # Not by a script element, which the page's security policy rightly forbids.
    page.evaluate(_axe())
    with whole_screen(page):
        found: list[dict[str, Any]] = page.evaluate(RUN, STANDARD)
    return [f"{item['id']}: {item['help']} {item['where']}" for item in found]
