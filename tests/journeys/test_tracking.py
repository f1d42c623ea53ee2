"""An officer's way, without signal: what is kept, as what, and that it goes up at once."""

from __future__ import annotations

from playwright.sync_api import expect

from app.models import OfficerPing
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.journeys.waiting import until
from tests.support.browser import NAKURU

STEP = 0.001
"""Degrees of latitude: some 111 metres, far enough to be kept."""


def test_a_way_without_signal_goes_up_in_one_batch_with_what_was_done(
    house: House, phone: Phone
) -> None:
    group = house.run(house.make.group)
    officer = house.run(lambda: house.make.officer(group))
    phone.sign_in(officer)
    phone.ready_for_offline()
    page = phone.page
    page.get_by_test_id("duty-switch").click()
    expect(page.get_by_role("dialog")).to_contain_text("only while this app is open")
    picture(page, "phone-duty-consent")
    page.get_by_test_id("duty-agree").click()
    expect(page.get_by_test_id("duty-position")).to_be_visible()
    # "All saved" stands there too before the first position is kept, so the office is asked.
    until(
        page,
        lambda: len(house.all_of(OfficerPing, officer_id=officer.user_id)) == 1,
        "the first position has gone up",
    )
    phone.is_synced()
    known = {one.id for one in house.all_of(OfficerPing, officer_id=officer.user_id)}
    page.get_by_label("What are you doing?").select_option("MEMBER_VISIT")
    phone.lose_signal()

    def walk(steps: int) -> None:
        # A minute a step, by the place: nobody waits, so it looks like a ride to the phone.
        phone.go_to({**NAKURU, "latitude": NAKURU["latitude"] + steps * STEP})
        until(
            page,
            lambda: (
                sum(
                    (one["type"], one["status"]) == ("trackOfficer", "waiting")
                    for one in phone.outbox()
                )
                == steps
            ),
            f"{steps} positions are kept",
        )

    walk(1)
    expect(page.get_by_test_id("duty-instead")).to_contain_text("faster than on foot")
    picture(page, "phone-duty-on")
    is_accessible(page)
    phone.tab("Meeting")
    page.get_by_role("link", name=group.name).click()
    page.wait_for_url("**/#/meeting/**")
    walk(2)
    phone.tab("Today")
    expect(page.get_by_test_id("duty-instead")).to_contain_text("group's book is open")
    before = len(phone.batches)
    phone.find_signal()
    phone.is_synced()
    assert len(phone.batches) == before + 1
    all_pings = house.all_of(OfficerPing, officer_id=officer.user_id)
    pings = [one for one in all_pings if one.id not in known]
    assert [one.activity_type for one in sorted(pings, key=lambda one: one.recorded_at)] == [
        "TRAVEL",
        "GROUP_MEETING",
    ]
    assert all(one.battery_level is not None for one in pings)
    page.get_by_test_id("duty-switch").click()
    expect(page.get_by_test_id("duty-position")).to_have_count(0)
