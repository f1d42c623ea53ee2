"""Groups in the office: two who edit one, its terms, its people, on a phone and in Swahili."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from app.models import BankingGroup, GroupOfficial, Member
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.office import Office
from tests.journeys.pictures import picture
from tests.support.browser import Browsers
from tests.support.factories import Person

PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Desk:
    group: BankingGroup
    admin: Person
    jane: Member


@pytest.fixture
def desk(house: House) -> Desk:
    make = house.make
    group = house.run(make.group)
    jane = house.run(lambda: make.member(group, member_name="Jane Wanjiku"))
    return Desk(group, house.run(make.admin), jane)


@pytest.fixture
def colleague(browsers: Browsers, house: House, tmp_path: Path) -> Callable[[], Office]:
    return lambda: Office(browsers, tmp_path / "colleague", house.url)


def save_edit(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.get_by_test_id(f"edit-group-{name}").fill(value)
    page.get_by_test_id("edit-group-submit").click()


def stored(house: House, desk: Desk) -> BankingGroup:
    found: list[BankingGroup] = house.all_of(BankingGroup, id=desk.group.id)
    return found[0]


def test_two_administrators_edit_one_group(
    house: House, office: Office, colleague: Callable[[], Office], desk: Desk
) -> None:
    address = f"/groups/{desk.group.id}"
    first, other = office, colleague()
    first.sign_in(desk.admin, address)
    other.sign_in(house.run(house.make.admin), address)
    for page in (first.page, other.page):
        page.get_by_test_id("edit-group").click()
        expect(page.get_by_test_id("edit-group-name")).to_have_value(desk.group.name)
    is_accessible(first.page)

    save_edit(other.page, meetingVenue="Catholic church", name="Upendo")
    expect(other.page.get_by_role("heading", level=1, name="Upendo")).to_be_visible()

    # What only one of them changed would merge; the venue both changed.
    save_edit(first.page, meetingVenue="School hall", village="Turi")
    theirs = first.page.get_by_test_id("conflict-theirs-meetingVenue")
    expect(theirs).to_have_text("Catholic church")
    expect(first.page.get_by_test_id("conflict-yours-meetingVenue")).to_have_text("School hall")
    is_accessible(first.page)
    picture(first.page, "office-group-conflict")
    assert stored(house, desk).meeting_venue == "Catholic church"

    first.page.get_by_test_id("conflict-meetingVenue").get_by_text("Save mine").click()
    first.page.get_by_test_id("conflict-decide").click()
    expect(first.page.get_by_test_id("conflict")).to_have_count(0)
    expect(first.page.get_by_role("heading", level=1, name="Upendo")).to_be_visible()
    expect(first.page.get_by_text("at School hall")).to_be_visible()
    saved = stored(house, desk)
    assert (saved.name, saved.meeting_venue, saved.village) == ("Upendo", "School hall", "Turi")

    # A figure of the dashboard leads to the list of the groups that it was of.
    house.run(house.make.group)
    first.page.goto(f"/groups?group={desk.group.id}")
    rows = first.page.get_by_test_id("group-row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Upendo")
    first.page.get_by_test_id("chosen-group").click()
    expect(rows.nth(1)).to_be_visible()


def test_a_paper_book_is_taken_over_once(house: House, office: Office, desk: Desk) -> None:
    page = office.page
    office.sign_in(desk.admin, f"/groups/{desk.group.id}")
    page.get_by_role("link", name="Opening balances").click()
    page.get_by_test_id("opening-cash").fill("1000")
    page.get_by_test_id("opening-saving").fill("1500")
    page.get_by_test_id("opening-add-loan").click()
    page.get_by_test_id("opening-loan-0-member").select_option(str(desk.jane.id))
    page.get_by_test_id("opening-loan-0-principal").fill("700.50")
    expect(page.get_by_test_id("opening-balance")).to_contain_text("KES 200.50")
    page.get_by_test_id("opening-review").click()
    # It is not sent before both sides are equal.
    expect(page.get_by_test_id("opening-surplus")).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("opening-take-rest").click()
    expect(page.get_by_test_id("opening-balance")).to_have_text("Both sides are equal")
    picture(page, "office-opening")
    is_accessible(page)
    page.get_by_test_id("opening-review").click()
    dialog = page.get_by_test_id("confirm-dialog")
    expect(dialog).to_contain_text("KES 700.50")
    is_accessible(page)
    dialog.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("cash-balance")).to_contain_text("1,000.00")
    expect(page.get_by_test_id("trf-head-total")).to_contain_text("1,700.50")
    expect(page.get_by_role("link", name="Opening balances")).to_have_count(0)
    assert [entry.kind for entry in house.journal(desk.group.id)] == ["OPENING"]
    house.books_hold()


def test_what_was_entered_is_not_lost_by_a_slip(office: Office, desk: Desk) -> None:
    page = office.page
    office.sign_in(desk.admin, f"/groups/{desk.group.id}?new=edit")
    page.get_by_test_id("edit-group-name").fill("Another name")
    page.keyboard.press("Escape")
    page.get_by_test_id("unsaved-stay").click()
    expect(page.get_by_test_id("edit-group-name")).to_have_value("Another name")
    page.keyboard.press("Escape")
    page.get_by_test_id("unsaved-leave").click()
    expect(page.get_by_test_id("edit-group-name")).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name=desk.group.name)).to_be_visible()


def test_the_terms_are_changed_and_leave_a_trace(house: House, office: Office, desk: Desk) -> None:
    page = office.page
    office.sign_in(desk.admin, f"/groups/{desk.group.id}/terms")
    is_accessible(page)
    page.get_by_test_id("edit-terms").click()
    page.get_by_test_id("terms-longTermRate").fill("99")
    page.get_by_test_id("terms-lateFine").fill("150")
    page.get_by_test_id("terms-submit").click()
    # The deployment's cap: the server's word stands beside its field.
    expect(page.get_by_test_id("terms-longTermRate")).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("terms-longTermRate").fill("14.5")
    page.get_by_test_id("terms-submit").click()
    expect(page.get_by_test_id("term-longTermRate")).to_have_text("14.50 %")
    expect(page.get_by_test_id("term-lateFine")).to_have_text("KES 150.00")
    history = page.get_by_test_id("terms-history")
    expect(history).to_contain_text("12.00 % → 14.50 %")
    expect(history).to_contain_text(desk.admin.name)
    picture(page, "office-group-terms")
    is_accessible(page)


def test_officials_are_elected_and_officers_assigned(
    house: House, office: Office, desk: Desk
) -> None:
    officer = house.run(lambda: house.make.officer(name="Barasa Wafula"))
    page = office.page
    office.sign_in(desk.admin, f"/groups/{desk.group.id}/people")
    page.get_by_test_id("officials-add").click()
    page.get_by_test_id("official-submit").click()
    expect(page.get_by_test_id("official-member")).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("official-member").select_option(str(desk.jane.id))
    page.get_by_test_id("official-office").select_option("TREASURER")
    page.get_by_test_id("official-submit").click()
    official = page.get_by_test_id("officials-row")
    expect(official).to_contain_text("Jane Wanjiku")
    expect(official).to_contain_text("Treasurer")

    page.get_by_test_id("officers-add").click()
    page.get_by_test_id("officer-choice").select_option(label=officer.name)
    page.get_by_test_id("officer-submit").click()
    expect(page.get_by_test_id("officers-row")).to_contain_text("Barasa Wafula")
    is_accessible(page)
    picture(page, "office-group-people")

    official.get_by_role("button", name="End: Jane Wanjiku").click()
    dialog = page.get_by_test_id("confirm-dialog")
    expect(dialog).to_contain_text("Jane Wanjiku")
    expect(dialog).to_contain_text("Treasurer")
    is_accessible(page)
    page.get_by_test_id("confirm").click()
    expect(page.get_by_text("Nobody was elected to an office yet.")).to_be_visible()
    (row,) = house.all_of(GroupOfficial, group_id=desk.group.id)
    assert row.ended_at is not None


def test_a_phone_in_swahili_and_dark(office: Office, desk: Desk) -> None:
    page = office.page
    page.set_viewport_size(PHONE)
    page.goto("/sign-in")
    page.get_by_text("Kiswahili").click()
    expect(page.get_by_role("button", name="Ingia")).to_be_visible()
    office.enter(desk.admin.phone, desk.admin.password)
    page.get_by_test_id("account-menu").click()
    page.get_by_text("Giza").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.keyboard.press("Escape")
    # Both choices are kept.
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "sw")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.get_by_test_id("nav-menu").click()
    page.get_by_role("navigation", name="Kuu").get_by_text("Vikundi").click()
    expect(page.get_by_role("heading", level=1, name="Vikundi")).to_be_visible()
    is_accessible(page)
    page.get_by_test_id("groups-search").fill(desk.group.group_code)
    expect(page.get_by_test_id("group-row")).to_have_count(1)
    page.get_by_test_id("group-row").click()
    page.get_by_role("link", name="Masharti").click()
    expect(page.get_by_test_id("terms")).to_contain_text("Riba")
    is_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "office-phone-swahili")
