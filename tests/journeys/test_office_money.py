"""The office's pages about money, used as an administrator uses them; the books verified after."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.models.base import new_id
from tests.journeys.accessibility import is_accessible
from tests.journeys.conftest import PEOPLE
from tests.journeys.house import House
from tests.journeys.office import Office
from tests.journeys.pictures import picture
from tests.support.api import contribute
from tests.support.stage import Stage, set_stage

PHONE_SIZE = {"width": 390, "height": 844}


@pytest.fixture
def stage(house: House) -> Stage:
    return house.run(lambda: set_stage(house.runtime, start=next(PEOPLE) + 500))


def in_swahili(page: Page) -> None:
    page.evaluate("localStorage.setItem('tablebanking.language', 'sw')")
    page.reload()


def fits(page: Page) -> None:
    """Nothing scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_held_cash_is_placed_to_a_member(house: House, office: Office, stage: Stage) -> None:
    unknown = contribute(new_id(), "750.00", groupId=str(stage.group.id))
    (held,) = house.run(lambda: stage.api.sync(stage.officer, unknown))
    assert held["outcome"] == "HELD"
    page = office.page
    office.sign_in(stage.admin, f"/review?group={stage.group.id}")
    expect(page.get_by_role("link", name="Review")).to_contain_text("waiting")
    page.get_by_test_id("review-row").click()
    panel = page.get_by_test_id("review-panel")
    expect(panel.get_by_test_id("review-why")).to_contain_text("not in the register")
    expect(panel.get_by_test_id("entry-lines")).to_contain_text("Waiting to be placed")
    picture(page, "office-review")
    is_accessible(page)

    # The open item stands in the address.
    page.reload()
    page.get_by_test_id("decide-PLACE_TO_MEMBER").click()
    page.get_by_test_id("decision-submit").click()
    expect(page.get_by_text("Fill this in.")).to_be_visible()
    page.get_by_test_id("decision-member").select_option(value=str(stage.jane.id))
    page.get_by_test_id("decision-note").fill("It was hers: the officer mistyped her number")
    page.get_by_test_id("decision-submit").click()
    dialog = page.get_by_test_id("confirm-dialog")
    expect(dialog).to_contain_text(stage.jane.member_name)
    expect(dialog).to_contain_text("KES 750.00")
    is_accessible(page)
    page.get_by_test_id("confirm").dblclick()
    decided = page.get_by_test_id("review-decided")
    expect(decided).to_contain_text("It was hers")
    expect(decided).to_contain_text(stage.admin.name)
    expect(decided.get_by_test_id("entry-lines")).to_contain_text("Members’ savings")
    expect(page.get_by_test_id("review-row")).to_have_count(0)
    page.get_by_test_id("review-status").get_by_text("Decided").click()
    expect(page.get_by_test_id("review-row")).to_have_count(1)
    balances = house.run(lambda: stage.balances(stage.jane.id))
    assert balances["MEMBER_SAVINGS"] == -750_00
    assert len(house.journal(stage.group.id)) == 2
    in_swahili(page)
    expect(page.get_by_test_id("review-decided")).to_contain_text("Uamuzi")
    is_accessible(page)
    house.books_hold()


def test_a_chair_reads_the_inbox_on_a_phone(house: House, office: Office, stage: Stage) -> None:
    unknown = contribute(new_id(), "750.00", groupId=str(stage.group.id))
    house.run(lambda: stage.api.sync(stage.officer, unknown))
    page = office.page
    office.sign_in(stage.chair, "/review")
    page.set_viewport_size(PHONE_SIZE)
    page.get_by_test_id("review-row").click()
    expect(page.get_by_test_id("review-panel")).to_contain_text("KES 750.00")
    expect(page.get_by_text("An administrator decides about this.")).to_be_visible()
    expect(page.get_by_test_id("decide-ACCEPT")).to_have_count(0)
    fits(page)
    picture(page, "office-review-chair")
    is_accessible(page)
