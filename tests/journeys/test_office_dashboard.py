"""The dashboard: the groups' figures, what waits, and the way from each to its list."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from app import clock
from app.models import UnsentWork
from app.models.base import new_id
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.office import Office
from tests.journeys.pictures import picture
from tests.support import meetings
from tests.support.factories import Person, own_numbers
from tests.support.stage import set_stage


def saved(house: House, cents: int, county: str) -> tuple[Person, str, str]:
    """An officer, and the id and name of their new group, whose member saved so much today."""
    group = house.run(lambda: house.make.group(county=county))
    officer = house.run(lambda: house.make.officer(group))
    member = house.run(lambda: house.make.member(group))
    house.save(officer, member, cents)
    return officer, str(group.id), group.name


def test_figures_of_the_chosen_groups_and_period(house: House, office: Office) -> None:
    _, first, name = saved(house, 300_00, "Kisumu")
    _, second, _ = saved(house, 450_50, "Nakuru")
    admin = house.run(house.make.admin)
    page = office.page
    office.sign_in(admin, f"/dashboard?groups={first},{second}")
    money_in = page.get_by_test_id("figure-moneyIn")
    expect(money_in).to_contain_text("750.50")
    expect(page.get_by_test_id("dashboard-span")).to_contain_text("2 groups")
    is_accessible(page)
    picture(page, "office-dashboard")

    page.get_by_test_id("dashboard-county").select_option("Nakuru")
    expect(money_in).to_contain_text("450.50")
    page.get_by_test_id("dashboard-county").select_option("")
    page.get_by_test_id("dashboard-chosen").filter(has_text=name).click()
    expect(money_in).to_contain_text("450.50")
    page.get_by_role("button", name="Last month").click()
    expect(money_in).not_to_contain_text("450.50")
    # The choice stands in the address.
    page.reload()
    expect(page.get_by_role("button", name="Last month")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("dashboard-chosen")).to_have_count(1)

    chart = page.get_by_role("figure", name="Money in and out by month")
    chart.get_by_text("The figures as a table").click()
    expect(chart.get_by_role("row")).to_have_count(13)
    is_accessible(page)
    page.get_by_test_id("figure-trf").click()
    expect(page.get_by_test_id("groups-table")).to_be_visible()


def test_what_waits_leads_to_where_it_waits(house: House, office: Office) -> None:
    stage = house.run(lambda: set_stage(house.runtime, start=own_numbers()))
    group, officer, chair = stage.group, stage.officer, stage.chair
    other = house.run(lambda: stage.make.officer(group))
    meeting = str(new_id())
    results = house.run(
        lambda: meetings.sync(
            stage,
            meetings.opening(stage, meeting),
            meetings.attendance(meeting, {stage.jane.id: "PRESENT"}),
            meetings.sheet(stage, meeting, meetings.line("REGULAR", stage.jane.id, "50.00")),
            meetings.closing(meeting, 50_00),
        )
    )
    assert [one["outcome"] for one in results] == ["APPLIED"] * 4
    house.track(other, (-0.30, 36.08))
    signed_in = house.run(lambda: house.make.sign_in(officer))
    now = clock.now()
    house.run(
        lambda: house.make.save(
            UnsentWork(
                user_id=officer.user_id,
                device_id=signed_in.device_id,
                waiting=3,
                failed=0,
                oldest_at=now - timedelta(hours=5),
                reported_at=now,
            )
        )
    )
    page = office.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    office.enter(chair.phone, chair.password)
    expect(page.get_by_test_id("dashboard-span")).to_contain_text("1 group")
    expect(page.get_by_test_id("dashboard-group")).to_have_count(0)
    phones = page.get_by_test_id("waits-phones")
    expect(phones).to_contain_text("1 phone with unsent work, the oldest made 5 hours ago")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    is_accessible(page)
    picture(page, "office-dashboard-chair")
    phones.get_by_role("link").click()
    expect(page.get_by_test_id("map-page")).to_be_visible()

    # The minutes that wait for the chair, on the chair's phone; and what today asked for.
    page.goto("/dashboard")
    page.get_by_test_id("waits-meetings").get_by_role("link").click()
    rows = page.get_by_test_id("meeting-row")
    expect(rows).to_have_count(1)
    expect(page.get_by_test_id("meetings-group")).to_have_count(0)
    is_accessible(page)
    rows.click()
    expect(page.get_by_test_id("meeting-panel")).to_contain_text("Under the tree")
    is_accessible(page)
    page.goto(f"/meetings?meeting={meeting}&status=OPEN")
    expect(page.get_by_test_id("meeting-panel")).to_contain_text("Under the tree")
    page.goto("/meetings/planned")
    planned = page.get_by_test_id("planned-row")
    expect(planned).to_have_count(1)
    expect(planned).to_contain_text("Met")
    picture(page, "office-meetings-planned-chair")
    is_accessible(page)
    page.get_by_role("button", name="Not held").click()
    expect(page.get_by_test_id("empty-state")).to_be_visible()
    page.goto("/map?planned=1")
    expect(page.get_by_test_id("planned-of-all")).to_contain_text("Met")
    is_accessible(page)


def test_a_report_is_narrowed_looked_at_and_taken_along(house: House, office: Office) -> None:
    officer, first, name = saved(house, 300_00, "Lamu")
    _, other, _ = saved(house, 450_50, "Isiolo")
    admin = house.run(house.make.admin)
    page = office.page
    office.sign_in(admin, "/reports")
    is_accessible(page)
    page.get_by_test_id("report-savings").click()
    rows = page.get_by_test_id("report-row")
    for group in (first, other):
        page.get_by_test_id("report-group").select_option(group)
    expect(page.get_by_test_id("report-chosen")).to_have_count(2)
    expect(page.get_by_test_id("total-savings")).to_contain_text("750.50")
    expect(rows).to_have_count(2)
    page.get_by_test_id("report-chosen").last.click()
    expect(page.get_by_test_id("total-savings")).to_contain_text("300.00")
    page.get_by_test_id("report-chosen").click()
    page.get_by_test_id("report-county").select_option("Isiolo")
    expect(page.get_by_test_id("total-savings")).to_contain_text("450.50")
    page.get_by_test_id("report-county").select_option("Lamu")
    expect(rows).to_have_count(1)
    expect(page.get_by_test_id("total-savings")).to_contain_text("300.00")
    is_accessible(page)
    picture(page, "office-report")

    # A report of one group's books asks for the group; its rows come along as they stand.
    page.get_by_test_id("all-reports").click()
    page.get_by_test_id("report-contributions").click()
    expect(page.get_by_text("This report is of the books of one group.")).to_be_visible()
    page.get_by_test_id("report-group").select_option(first)
    expect(rows).to_have_count(1)
    page.reload()
    expect(page.get_by_test_id("total-total")).to_contain_text("300.00")
    with page.expect_download() as download:
        page.get_by_test_id("export").click()
        page.get_by_test_id("export-csv").click()
    text = Path(download.value.path()).read_text()
    assert "300.00" in text
    assert officer.name in text
    assert name in download.value.suggested_filename
    page.get_by_role("button", name="Last month").click()
    expect(page.get_by_text("Nothing to report")).to_be_visible()


def test_a_chair_reads_a_report_of_their_group_on_a_phone(house: House, office: Office) -> None:
    group = house.run(house.make.group)
    officer = house.run(lambda: house.make.officer(group))
    house.save(officer, house.run(lambda: house.make.member(group)), 120_00)
    saved(house, 999_00, "Lamu")
    page = office.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/reports/ledger")
    chair = house.run(lambda: house.make.chair(group))
    office.enter(chair.phone, chair.password)
    expect(page.get_by_test_id("report-row")).to_have_count(1)
    expect(page.get_by_test_id("total-closing")).to_contain_text("120.00")
    expect(page.get_by_test_id("report-group")).to_have_count(0)
    is_accessible(page)
    picture(page, "office-report-phone")
