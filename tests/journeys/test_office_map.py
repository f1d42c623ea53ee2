"""The live map: two hundred officers who move, an officer's day, the replay, and silent phones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from app import clock
from app.models import Member, UnsentWork
from app.services.operations.types import TrackOfficer
from tests.journeys.accessibility import is_accessible
from tests.journeys.crowd import Crowd
from tests.journeys.house import House
from tests.journeys.office import Office, is_live, never_reloads, was_not_reloaded
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.support.factories import Person

OFFICERS = 200
VENUE = (-0.3031, 36.08)
"""Where the phone is (tests.support.browser.NAKURU)."""


def row_of(page: Page, name: str) -> Locator:
    return page.get_by_test_id("officer-row").filter(has_text=name)


def test_two_hundred_officers_move_while_a_phone_syncs(
    house: House, office: Office, phone: Phone
) -> None:
    today = clock.today(house.runtime.settings.timezone)
    group = house.run(
        lambda: house.make.group(
            meeting_day=f"{today:%A}".upper(), latitude=VENUE[0], longitude=VENUE[1]
        )
    )
    crowd = Crowd(house, group, OFFICERS)
    officer = house.run(lambda: house.make.officer(group, name="Zawadi Chebet"))
    jane: Member = house.run(lambda: house.make.member(group, member_name="Jane Wanjiku"))
    house.track(officer, *[VENUE] * 9)
    page = office.page
    office.sign_in(house.run(house.make.admin), "/map")
    is_live(page)
    never_reloads(page)
    expect(page.get_by_role("status").filter(has_text="officers")).to_have_text("201 officers")
    page.wait_for_function(
        """all => [...document.querySelectorAll(".officer-cluster")]
            .reduce((sum, one) => sum + Number(one.textContent), 0) >= all * 0.9""",
        arg=OFFICERS,
    )
    picture(page, "office-map-200")

    phone.sign_in(officer)
    phone.pay(group.name, (jane.member_name, "450"))
    crowd.move(step=1)
    phone.is_synced()
    crowd.move(step=2)
    first = row_of(page, "Afisa 0000")
    expect(first).to_have_attribute("data-latitude", str(crowd.place(0, 2)[0]))
    expect(first).to_contain_text("just now")
    page.get_by_test_id("officer-search").fill("Afisa 0199")
    last = row_of(page, "Afisa 0199")
    expect(last).to_have_attribute("data-latitude", str(crowd.place(199, 2)[0]))
    page.get_by_test_id("officer-search").fill("")
    house.track(officer, VENUE, VENUE)

    the_day_tells_the_money(page, officer, group.name)
    the_day_of_all_is_played_back(page, today)
    was_not_reloaded(page)


def the_day_tells_the_money(page: Page, officer: Person, group: str) -> None:
    page.get_by_test_id("officer-search").fill(officer.name)
    row_of(page, officer.name).press("Enter")
    panel = page.get_by_test_id("officer-panel")
    expect(panel.get_by_role("heading", name=officer.name)).to_be_visible()
    stop = panel.get_by_test_id("day-stop")
    expect(stop).to_have_count(1)
    expect(stop).to_contain_text(group)
    expect(stop).to_contain_text("In KES 450.00")
    expect(panel.get_by_test_id("planned-meeting")).to_contain_text("Was there")
    mark = page.locator(".officer-stop")
    # Chosen in the list, it is chosen on the map.
    stop.press("Enter")
    expect(mark).to_have_attribute("aria-pressed", "true")
    picture(page, "office-map-day")
    is_accessible(page)
    stop.press("Enter")
    expect(mark).to_have_attribute("aria-pressed", "false")
    # Chosen on the map, it is chosen in the list, and stands in the address.
    mark.press("Enter")
    expect(stop).to_have_attribute("aria-pressed", "true")
    assert f"officer={officer.user_id}" in page.url
    assert "stop=1" in page.url
    colleague = page.context.new_page()
    colleague.goto(page.url)
    expect(colleague.get_by_test_id("day-stop")).to_have_attribute("aria-pressed", "true")
    colleague.close()
    page.get_by_test_id("day-before").click()
    expect(panel).to_contain_text("No positions on this day")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def the_day_of_all_is_played_back(page: Page, today: date) -> None:
    page.get_by_test_id("officer-search").fill("Afisa 0000")
    page.get_by_test_id("replay-all").press("Enter")
    page.get_by_test_id("replay-day").fill(f"{today:%d/%m/%Y}")
    expect(page.get_by_test_id("replay-head")).to_contain_text("201 officers")
    slider, row = page.get_by_test_id("track-slider"), row_of(page, "Afisa 0000")
    slider.press("Home")
    start = row.get_attribute("data-latitude")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(row).not_to_have_attribute("data-latitude", str(start))
    is_accessible(page)
    before = slider.get_attribute("aria-valuetext")
    slider.press("Home")
    page.get_by_test_id("replay-speed").select_option("60")
    page.get_by_test_id("track-play").press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(slider).to_have_attribute("aria-valuetext", str(before))
    page.get_by_role("button", name="Pause").press("Enter")
    picture(page, "office-map-replay")
    page.get_by_test_id("replay-all").press("Enter")
    expect(page.get_by_test_id("replay-bar")).to_have_count(0)


def test_silent_phones_and_unsent_work_stand_out(house: House, office: Office) -> None:
    group = house.run(lambda: house.make.group(county="Kisumu"))
    make = house.make
    fresh, stale, offline, gone = (
        house.run(lambda name=name: make.officer(group, name=name))  # type: ignore[misc]
        for name in ("Upya Otieno", "Kimya Otieno", "Mbali Otieno", "Potea Otieno")
    )
    now = clock.now()
    house.track_all(
        [
            (who, TrackOfficer(-0.1, 34.75, "COLLECTION", recorded_at=now - timedelta(minutes=ago)))
            for who, ago in ((fresh, 1), (stale, 25), (offline, 200))
        ]
    )
    for who in (fresh, gone):
        holds_unsent_work(house, who)
    chair = house.run(lambda: make.chair(group))
    page = office.page
    office.sign_in(chair, "/map")
    expect(row_of(page, "Upya")).to_contain_text("3 unsent, oldest 5 hours ago")
    expect(row_of(page, "Kimya")).to_contain_text("last seen 25 min ago")
    expect(row_of(page, "Mbali")).to_contain_text("offline, 3 hours ago")
    expect(row_of(page, "Potea")).to_contain_text("no position today")
    is_accessible(page)
    picture(page, "office-map-silent")
    for state, names in (
        ("stale", ["Kimya"]),
        ("offline", ["Mbali", "Potea"]),
        ("unsent", ["Potea", "Upya"]),
    ):
        page.get_by_test_id("officer-state").select_option(state)
        expect(page.get_by_test_id("officer-row")).to_contain_text(names)
    page.reload()
    expect(page.get_by_test_id("officer-row")).to_contain_text(["Potea", "Upya"])
    row_of(page, "Potea").click()
    expect(page.get_by_test_id("officer-unsent")).to_contain_text("2 waiting, 1 need the officer")

    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    is_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    admin = house.run(make.admin)
    page.evaluate("localStorage.clear()")
    office.sign_in(admin, "/map?county=Kisumu&q=otieno")
    expect(page.get_by_test_id("officer-row")).to_have_count(4)


def holds_unsent_work(house: House, officer: Person) -> None:
    async def work() -> None:
        signed_in = await house.make.sign_in(officer)
        now = clock.now()
        values: dict[str, Any] = {"user_id": officer.user_id, "device_id": signed_in.device_id}
        oldest = now - timedelta(hours=5)
        await house.make.save(
            UnsentWork(**values, waiting=2, failed=1, oldest_at=oldest, reported_at=now)
        )

    house.run(work)
