"""WCAG 2.1 A and AA, as far as a machine can tell: axe-core on the page as it stands."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.support.databases import ROOT

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = """async (standard) => {
  const { violations } = await axe.run(document, { runOnly: standard });
  return violations.map(({ id, help, nodes }) => ({
    id, help, where: nodes.map(({ target, failureSummary }) => [target.join(" "), failureSummary]),
  }));
}"""


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def is_accessible(page: Page) -> None:
    # Not by a script element, which the page's security policy rightly forbids.
    page.evaluate(_axe())
    violations: list[dict[str, Any]] = page.evaluate(RUN, STANDARD)
    assert not violations, "\n".join(
        f"{page.url} {found['id']}: {found['help']} {found['where']}" for found in violations
    )
