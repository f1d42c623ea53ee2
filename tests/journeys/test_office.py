"""The admin app: signing in, finding, creating, recording, reading the books, staying live."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from app import clock
from app.models import BankingGroup, Contribution, Member
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.office import Office, is_live, ledger_lines, never_reloads, was_not_reloaded
from tests.journeys.pictures import picture
from tests.journeys.waiting import until
from tests.support.api import Api, contribute
from tests.support.factories import Person


@dataclass(frozen=True)
class Desk:
    """An administrator, and a group whose first member saved KES 300.00 today."""

    group: BankingGroup
    admin: Person
    officer: Person
    jane: Member


@pytest.fixture
def desk(house: House) -> Desk:
    make = house.make
    group = house.run(make.group)
    officer = house.run(lambda: make.officer(group))
    jane = house.run(lambda: make.member(group, member_name="Jane Wanjiku"))
    house.save(officer, jane, 300_00)
    return Desk(group, house.run(make.admin), officer, jane)


def choose(page: Page, test_id: str, *values: str) -> None:
    for value in values:
        page.get_by_test_id(test_id).select_option(value)


def record(page: Page, member: str, amount: str) -> None:
    """Records savings in the drawer and leaves it open."""
    page.get_by_test_id("record-contribution").click()
    page.get_by_test_id("contribution-member").select_option(label=member)
    page.get_by_test_id("contribution-amount").fill(amount)
    page.get_by_test_id("contribution-submit").click()
    expect(page.get_by_test_id("contribution-done")).to_be_visible()


def group_rows(page: Page) -> Locator:
    return page.get_by_test_id("group-row")


def test_signing_in_says_what_is_wrong_and_leads_back(office: Office, desk: Desk) -> None:
    page = office.page
    page.goto(f"/groups/{desk.group.id}")
    expect(page.get_by_test_id("login-phone")).to_be_visible()
    is_accessible(page)
    office.enter("12345", "")
    expect(page.get_by_text("This is no Kenyan mobile number.")).to_be_visible()
    expect(page.get_by_text("Enter your password.")).to_be_visible()
    office.enter(desk.admin.phone, "not-the-password")
    expect(page.get_by_text("do not belong together")).to_be_visible()
    picture(page, "office-sign-in")
    is_accessible(page)
    office.enter(desk.admin.phone, desk.admin.password)
    expect(page.get_by_role("heading", level=1, name=desk.group.name)).to_be_visible()

    page.get_by_test_id("account-menu").click()
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_test_id("login-phone")).to_be_visible()


def test_groups_are_found_and_filtered(house: House, office: Office, desk: Desk) -> None:
    for name, code, county, status in (
        ("Bidii Savings Circle", "BID-901", "Kisumu", "ACTIVE"),
        ("Baraka Savings Circle", "BAR-902", "Kisumu", "INACTIVE"),
    ):
        values = {"name": name, "group_code": code, "county": county, "status": status}
        house.run(lambda values=values: house.make.group(**values))  # type: ignore[misc]
    page = office.page
    office.sign_in(desk.admin)
    expect(group_rows(page).filter(has_text=desk.group.name)).to_be_visible()
    picture(page, "office-groups")
    is_accessible(page)

    page.get_by_test_id("groups-search").fill("savings circ")
    expect(group_rows(page)).to_have_count(2)
    page.get_by_test_id("groups-search").fill("BID-9")
    expect(group_rows(page)).to_contain_text(["Bidii"])
    page.get_by_test_id("groups-search").fill("")
    choose(page, "groups-county", "Kisumu")
    expect(group_rows(page)).to_have_count(2)
    page.get_by_test_id("groups-status").get_by_text("Inactive", exact=True).click()
    expect(group_rows(page)).to_contain_text(["Baraka"])
    # The filter stands in the address.
    page.reload()
    expect(group_rows(page)).to_contain_text(["Baraka"])
    page.get_by_test_id("groups-search").fill("nobody")
    expect(page.get_by_test_id("empty-state")).to_contain_text("No group matches")


def test_a_group_is_created_with_its_place(house: House, office: Office, desk: Desk) -> None:
    page = office.page
    office.sign_in(desk.admin)
    page.get_by_test_id("new-group").click()
    page.get_by_test_id("new-group-submit").click()
    expect(page.get_by_text("Fill this in.")).to_have_count(7)
    is_accessible(page)
    page.get_by_test_id("new-group-name").fill("Upendo Table Bank")
    page.get_by_test_id("new-group-groupCode").fill(desk.group.group_code)
    choose(page, "new-group-county", "Kisumu", "Nakuru")
    expect(page.get_by_test_id("new-group-constituency").locator("option")).to_have_count(12)
    choose(page, "new-group-constituency", "Naivasha")
    choose(page, "new-group-ward", "Hells Gate")
    choose(page, "new-group-meetingDay", "THURSDAY")
    page.get_by_test_id("new-group-meetingVenue").fill("Chief's camp")
    # The map opens on the county; a click is the point, and so are two numbers that are typed.
    page.get_by_test_id("new-group-geo-map").click()
    canvas = page.get_by_test_id("new-group-geo-canvas")
    expect(canvas.locator("path").first).to_be_attached()
    page.get_by_test_id("new-group-geo-middle").click()
    point = page.get_by_test_id("new-group-geo")
    expect(point).to_have_value(re.compile(r"^-[01]\.\d{5}, 3[56]\.\d{5}$"))
    middle = point.input_value()
    canvas.click(position={"x": 60, "y": 200})
    expect(point).not_to_have_value(middle)
    picked = point.input_value()
    is_accessible(page)
    picture(page, "office-new-group")
    page.get_by_test_id("new-group-submit").click()
    # The code is taken: the server's word stands beside its field.
    expect(page.get_by_test_id("new-group-groupCode")).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("new-group-groupCode").fill("UPE-777")
    page.get_by_test_id("new-group-submit").click()
    expect(page.get_by_role("heading", level=1, name="Upendo Table Bank")).to_be_visible()
    expect(page.get_by_text("The book has no entries yet")).to_be_visible()
    is_accessible(page)
    (created,) = house.all_of(BankingGroup, group_code="UPE-777")
    assert (created.county, created.ward) == ("Nakuru", "Hells Gate")
    assert f"{created.latitude:.5f}, {created.longitude:.5f}" == picked


def test_the_office_registers_and_records(house: House, office: Office, desk: Desk) -> None:
    page = office.page
    office.sign_in(desk.admin, f"/groups/{desk.group.id}/members")
    page.get_by_test_id("register-member").click()
    page.get_by_test_id("register-memberName").fill("Fatuma Hassan")
    page.get_by_test_id("register-idNumber").fill("20987654")
    page.get_by_test_id("register-phone").fill("0799 123 456")
    page.get_by_test_id("register-kinName").fill("Ali Hassan")
    picture(page, "office-register")
    page.get_by_test_id("register-submit").click()
    expect(page.get_by_test_id("register-kinRelationship")).to_have_attribute(
        "aria-invalid", "true"
    )
    page.get_by_test_id("register-kinRelationship").fill("Brother")
    page.get_by_test_id("register-submit").click()
    panel = page.get_by_test_id("member-panel")
    expect(panel).to_contain_text("Fatuma Hassan")
    expect(panel).to_contain_text("Ali Hassan")
    is_accessible(page)

    page.get_by_test_id("members-search").fill("0799123456")
    expect(page.get_by_test_id("member-row")).to_have_count(1)
    panel.get_by_test_id("member-record").click()
    page.get_by_test_id("contribution-amount").fill("abc")
    page.get_by_test_id("contribution-submit").click()
    expect(page.get_by_text("Write an amount above zero")).to_be_visible()
    page.get_by_test_id("contribution-amount").fill("1,250.50")
    choose(page, "contribution-method", "MPESA")
    page.get_by_test_id("contribution-transaction").fill("SKL4X7T9QZ")
    is_accessible(page)
    page.get_by_test_id("contribution-submit").click()
    done = page.get_by_test_id("contribution-done")
    expect(done).to_contain_text("KES 1,250.50 recorded. Receipt TB-")
    picture(page, "office-contribution")
    rows = house.all_of(Contribution, transaction_id="SKL4X7T9QZ")
    assert [(row.amount, row.payment_method) for row in rows] == [(1250_50, "MPESA")]
    expect(done).to_contain_text(rows[0].receipt_number)

    # Undone by an entry that says so; what was typed is back to be put right.
    page.get_by_test_id("contribution-undo").click()
    expect(page.get_by_test_id("reverse-reason")).to_have_value("Entered by mistake")
    page.get_by_test_id("reverse-submit").click()
    is_accessible(page)
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("contribution-undone")).to_be_visible()
    expect(page.get_by_test_id("contribution-amount")).to_have_value("1,250.50")
    picture(page, "office-contribution-undone")
    (taken_back,) = house.all_of(Contribution, transaction_id="SKL4X7T9QZ")
    assert taken_back.reversed_by is not None
    choose(page, "contribution-method", "CASH")
    page.get_by_test_id("contribution-submit").click()
    expect(done).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("member-total")).to_contain_text("1,250.50")
    house.books_hold()


def test_the_books_are_read_by_account_period_and_day(
    house: House, office: Office, desk: Desk
) -> None:
    page = office.page
    office.sign_in(desk.admin, f"/groups/{desk.group.id}")
    record(page, "Jane Wanjiku", "450")
    choose(page, "contribution-method", "BANK")
    choose(page, "contribution-member", str(desk.jane.id))
    page.get_by_test_id("contribution-amount").fill("200")
    page.get_by_test_id("contribution-submit").click()
    expect(page.get_by_test_id("contribution-done")).to_contain_text("KES 200.00")
    page.keyboard.press("Escape")
    expect(ledger_lines(page)).to_have_count(3)
    is_accessible(page)

    page.get_by_test_id("ledger-account").get_by_text("Bank", exact=True).click()
    expect(ledger_lines(page)).to_have_count(1)
    expect(page.get_by_test_id("ledger-total-cashIn")).to_contain_text("200.00")
    page.get_by_test_id("ledger-account").get_by_text("All money", exact=True).click()
    expect(page.get_by_test_id("ledger-total-closing")).to_contain_text("950.00")

    yesterday = clock.today(house.runtime.settings.timezone) - timedelta(days=1)
    page.get_by_test_id("ledger-to").fill(yesterday.isoformat())
    expect(page.get_by_text("No money has moved in this time")).to_be_visible()
    expect(page.get_by_test_id("trf-total")).to_have_text("950.00")
    page.get_by_test_id("trf-as-of").fill(yesterday.isoformat())
    expect(page.get_by_test_id("trf-total")).to_have_text("0.00")
    expect(page.get_by_test_id("trf-equal")).to_be_visible()
    picture(page, "office-books-yesterday")
    a_long_ledger_scrolls(house, page, desk)


def a_long_ledger_scrolls(house: House, page: Page, desk: Desk) -> None:
    """Its end is there at once; earlier lines come above those that are read, which do not move."""
    api = Api(house.runtime)
    more = [contribute(desk.jane.id, f"{number}.00") for number in range(1_001, 1_251)]
    results = house.run(lambda: api.sync(desk.officer, *more))
    assert {one["outcome"] for one in results} == {"APPLIED"}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.reload()
    expect(ledger_lines(page).filter(has_text="1,250.00")).to_be_visible()
    pages = [query for query in asked if "cashLedger" in query and '"first":100' in query]
    assert len(pages) <= 2, "the newest page, and once more when the subscription stands"

    table = page.get_by_test_id("cash-ledger")
    table.evaluate("table => { table.scrollTop = 20 * 36 }")
    # A hundred lines came above: what is read has not moved.
    until(page, lambda: table.evaluate("table => table.scrollTop") == 120 * 36, "earlier lines")
    table.evaluate("table => { table.scrollTop = 0 }")
    expect(table).to_have_attribute("aria-rowcount", "254")
    table.evaluate("table => { table.scrollTop = 0 }")
    expect(ledger_lines(page).first).to_contain_text("300.00")
    expect(ledger_lines(page).first).to_have_attribute("aria-rowindex", "2")
    assert ledger_lines(page).count() < 80, "only those in sight are drawn"
    page.get_by_test_id("ledger-account").get_by_text("Bank", exact=True).click()
    expect(ledger_lines(page)).to_have_count(1)


def test_what_is_followed_survives_a_restart_of_the_server(
    house: House, office: Office, desk: Desk
) -> None:
    house.track(desk.officer, (-0.30, 36.08))
    watching = office.page
    office.sign_in(desk.admin, f"/groups/{desk.group.id}")
    map_page = office.open("/map")
    working = office.open(f"/groups/{desk.group.id}")
    where = map_page.get_by_test_id("officer-row").filter(has_text=desk.officer.name)
    expect(where).to_have_attribute("data-latitude", "-0.3")
    for page in (watching, map_page):
        is_live(page)
        never_reloads(page)
    expect(ledger_lines(working)).to_have_count(1)
    for server in house.servers.servers:
        server.kill()
    expect(watching.get_by_test_id("live-state")).not_to_have_attribute("data-status", "live")
    picture(watching, "office-group-offline")
    # What nobody could be told of is there afterwards, and what comes later as well.
    house.save(desk.officer, desk.jane, 120_00)
    house.track(desk.officer, (-0.31, 36.09))
    for server in house.servers.servers:
        server.restart()
    is_live(watching)
    expect(ledger_lines(watching)).to_have_count(2)
    expect(where).to_have_attribute("data-latitude", "-0.31")
    record(working, "Jane Wanjiku", "450")
    expect(ledger_lines(watching)).to_have_count(3)
    expect(watching.get_by_test_id("trf-total")).to_have_text("870.00")
    for page in (watching, map_page):
        was_not_reloaded(page)


def test_search_opens_from_anywhere_by_keyboard(office: Office, desk: Desk) -> None:
    page = office.page
    office.sign_in(desk.admin, "/map")
    page.keyboard.press("Control+k")
    box = page.get_by_test_id("search-input")
    expect(box).to_be_focused()
    is_accessible(page)
    page.keyboard.type(desk.group.group_code)
    expect(page.get_by_test_id("search-hit").first).to_contain_text(desk.group.name)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    picture(page, "office-search")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=desk.group.name)).to_be_visible()

    # A page that was never opened cannot come without signal, and says so in its place.
    never_reloads(page)
    office.context.set_offline(True)
    page.get_by_role("link", name="Reports").click()
    expect(page.get_by_test_id("error-state")).to_contain_text("There is no connection")
    was_not_reloaded(page)
    picture(page, "office-page-offline")
    office.context.set_offline(False)
    page.get_by_test_id("error-state").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1, name="Reports")).to_be_visible()


def test_the_map_can_be_worked_by_keyboard(house: House, office: Office, desk: Desk) -> None:
    other = house.run(lambda: house.make.officer(name="Barasa Wafula"))
    house.track(desk.officer, (-0.30, 36.08), (-0.31, 36.09), (-0.32, 36.10))
    house.track(other, (-1.28, 36.82))
    page = office.page
    office.sign_in(desk.admin, "/map")
    rows = page.get_by_test_id("officer-row")
    expect(rows.filter(has_text=desk.officer.name)).to_contain_text("At a group meeting")
    expect(page.get_by_role("region", name="Map of Kenya")).to_be_visible()
    is_accessible(page)

    page.get_by_test_id("officer-search").focus()
    page.keyboard.type(desk.officer.name)
    expect(rows).to_have_count(1)
    for _ in range(20):
        page.keyboard.press("Tab")
        if rows.first.evaluate("row => row === document.activeElement"):
            break
    page.keyboard.press("Enter")
    panel = page.get_by_test_id("officer-panel")
    expect(panel.get_by_role("heading", name=desk.officer.name)).to_be_visible()
    slider = page.get_by_test_id("track-slider")
    slider.press("Home")
    start = slider.get_attribute("aria-valuetext")
    slider.press("ArrowRight")
    expect(slider).not_to_have_attribute("aria-valuetext", str(start))
    picture(page, "office-map-track")
    is_accessible(page)


def test_the_api_explorer_loads_nothing_from_elsewhere(
    house: House, office: Office, desk: Desk
) -> None:
    asked: list[str] = []
    office.context.on("request", lambda request: asked.append(request.url))
    page = office.page
    page.goto("/graphql")
    page.get_by_test_id("graphiql-phone").fill(desk.admin.phone)
    page.get_by_test_id("graphiql-password").fill("not-the-password")
    page.get_by_test_id("graphiql-sign-in").click()
    expect(page.get_by_role("banner").get_by_role("alert")).to_be_visible()
    page.get_by_test_id("graphiql-password").fill(desk.admin.password)
    page.get_by_test_id("graphiql-sign-in").click()
    expect(page.get_by_test_id("graphiql-user")).to_contain_text(desk.admin.name)

    page.get_by_role("tab", name="Groups").click()
    page.get_by_role("button", name="Execute query").click()
    answer = page.get_by_role("region", name="Result Window")
    expect(answer).to_contain_text('"totalCount"')
    picture(page, "office-explorer")
    elsewhere = [url for url in asked if not url.startswith((house.url, "data:", "blob:"))]
    assert len(asked) > 5
    assert not elsewhere
