"""axe on every page of the office, by the registry of pages: a new one cannot be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import Page, ViewportSize, expect

from app import clock
from app.models.base import new_id
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.office import Office
from tests.journeys.pictures import picture
from tests.support.api import contribute
from tests.support.databases import ROOT
from tests.support.loans import Lending

PHONE: ViewportSize = {"width": 390, "height": 844}
PLACES = (ROOT / "web/src/app/pages.tsx").read_text()
ROUTES = (ROOT / "web/src/app/routes.tsx").read_text()
ROLE_LISTS = dict(re.findall(r"const (\w+): readonly Role\[\] = \[(.*?)\]", PLACES))
PLACE = re.compile(r'^  \{ path: ".*?",(?: .*?roles: (\w+),)? .*pages: \{(.*?)\} \},$', re.M)
OUTSIDE, INSIDE = (
    re.findall(r'<Route path="(/[^"]+)"', part) for part in ROUTES.split("element={<SignedIn />}")
)
"""Pages that are not in the navigation: before signing in, and one's own account."""
OPTIONAL = re.compile(r"/:\w+\?")


def addresses(role: str) -> Iterator[str]:
    """The patterns of all pages of a role, signed in."""
    places = PLACE.findall(PLACES)
    assert len(places) == PLACES.count("{ path:"), "a place is written so that it is not found here"
    for roles, pages in places:
        if not roles or role in ROLE_LISTS[roles]:
            yield from re.findall(r'"(/[^"]+)":', pages)
    yield from INSIDE


def is_there(page: Page) -> None:
    """All of it has come, and nothing is wrong."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.get_by_test_id("loading")).to_have_count(0)
    for wrong in ("error-state", "stale-notice"):
        assert page.get_by_test_id(wrong).count() == 0, page.url


def look(page: Page, who: str) -> None:
    is_there(page)
    is_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    name = re.sub(r"\W+", "-", re.sub(r"[0-9a-f-]{36}", "one", page.url.split("/", 3)[3]))
    picture(page, f"page-{who}-{name}")


def look_at_all(page: Page, who: str, role: str, values: dict[str, str]) -> int:
    """Each page and each of its tabs; how many that were."""
    seen = 0
    for pattern in addresses(role):
        address = OPTIONAL.sub("", pattern)
        for name in re.findall(r":(\w+)", address):
            address = address.replace(f":{name}", values[name])
        page.goto(address)
        look(page, who)
        seen += 1
        if address == pattern:
            continue
        tabs = page.get_by_role("main").locator("nav a[href]")
        others = [str(tab.get_attribute("href")) for tab in tabs.all()]
        for tab in others if OPTIONAL.search(pattern) else []:
            page.goto(tab)
            look(page, who)
            seen += 1
    return seen


def set_the_scene(house: House, lent: Lending) -> dict[str, str]:
    """Something on every page; what the names in the addresses stand for."""
    stage = lent.stage
    loan = house.run(lambda: lent.running("9000.00"))
    unknown = contribute(new_id(), "750.00", groupId=str(stage.group.id))
    house.run(lambda: stage.api.sync(stage.officer, unknown))
    house.track(stage.officer, (-0.30, 36.08))
    house.work()
    house.dead_letter(lent.jane)
    return {
        "groupId": str(stage.group.id),
        "memberId": str(lent.jane.id),
        "loanId": str(loan),
        "month": f"{clock.today(house.runtime.settings.timezone):%Y-%m}",
    }


def test_every_page_is_accessible(house: House, office: Office, lent: Lending) -> None:
    values = set_the_scene(house, lent)
    page = office.page
    for address in OUTSIDE:
        page.goto(address)
        look(page, "nobody")
    office.sign_in(lent.stage.admin)
    assert look_at_all(page, "admin", "SYSTEM_ADMIN", values) > 25

    # The chair's: on a phone, in Swahili, in the dark.
    page.evaluate("localStorage.clear()")
    office.sign_in(lent.stage.chair)
    page.evaluate("localStorage.setItem('tablebanking.language', 'sw')")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    # A part that is an administrator's leads a chair to the page itself.
    page.goto(f"/members/{values['memberId']}/history")
    expect(page).to_have_url(re.compile(f"/members/{values['memberId']}$"))
    assert look_at_all(page, "chair", "GROUP_CHAIR", values) > 20
