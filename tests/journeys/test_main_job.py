"""The main job, from end to end: cash recorded without signal reaches the group's books once,
and the office watches it happen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from app.models import AccountBalance, BankingGroup, Contribution, Member, OfficerPing
from app.receipts import receipt_number
from tests.journeys.house import House
from tests.journeys.office import Office, is_live, ledger_lines, never_reloads, was_not_reloaded
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.support.factories import Person

NEW_MEMBER = "Zainabu Atieno"
MENENGAI = {"latitude": -0.2001, "longitude": 36.0703, "accuracy": 9.0}


@dataclass(frozen=True)
class World:
    group: BankingGroup
    officer: Person
    admin: Person
    jane: Member
    john: Member


@pytest.fixture
def world(house: House) -> World:
    """A group that has saved before: KES 300.00 lies on the table."""
    make = house.make
    group = house.run(lambda: make.group(name="Tumaini Women"))
    officer = house.run(lambda: make.officer(group, name="Achieng Odhiambo"))
    jane = house.run(lambda: make.member(group, member_name="Jane Wanjiku"))
    house.save(officer, jane, 300_00)
    return World(
        group=group,
        officer=officer,
        admin=house.run(make.admin),
        jane=jane,
        john=house.run(lambda: make.member(group, member_name="John Kiprop")),
    )


def test_cash_recorded_without_signal_reaches_the_books_once(
    house: House, office: Office, phone: Phone, world: World
) -> None:
    map_page = the_office_watches(office, world)
    the_officer_goes_on_duty(phone, world)
    expect_position(map_page, world.officer, latitude=-0.3031)

    phone.ready_for_offline()
    phone.lose_signal()
    a_meeting_without_signal(phone, world)
    the_work_survives_a_restart(phone, world)
    pending = {row["id"]: row["type"] for row in phone.outbox()}
    kinds = Counter(pending.values())
    assert kinds.pop("trackOfficer") >= 1
    assert kinds == {"registerMember": 1, "recordContribution": 4}
    assert {row["status"] for row in phone.outbox()} == {"waiting"}
    assert not house.operations_of(world.officer)[1:], "the first position alone has gone up"

    sent_before = len(phone.batches)
    house.balancer.lose_answers_to(b"syncBatch")
    phone.find_signal()
    phone.is_synced()
    assert house.balancer.lost == 1
    batches = phone.batches[sent_before:]
    assert len(batches) == 2, "carried out, its answer lost, and sent once more"
    assert all(set(batch) == set(pending) for batch in batches), batches

    the_office_has_seen_it(office, map_page, world)
    the_phone_shows_all_saved(phone, world, pending)
    the_books_are_equal(house, world, pending)


def the_office_watches(office: Office, world: World) -> Page:
    office.sign_in(world.admin, f"/groups/{world.group.id}")
    page = office.page
    expect(page.get_by_test_id("trf-total")).to_have_text("300.00")
    expect(ledger_lines(page)).to_have_count(1)
    map_page = office.open("/map")
    for watched in (page, map_page):
        is_live(watched)
        never_reloads(watched)
    return map_page


def the_officer_goes_on_duty(phone: Phone, world: World) -> None:
    picture(phone.page, "phone-sign-in")
    phone.sign_in(world.officer)
    phone.page.get_by_test_id("duty-switch").click()
    picture(phone.page, "phone-duty-consent")
    phone.page.get_by_test_id("duty-agree").click()
    expect(phone.page.get_by_test_id("duty-position")).to_be_visible()
    phone.is_synced()
    picture(phone.page, "phone-today")


def expect_position(map_page: Page, officer: Person, latitude: float) -> None:
    """The list beside the map says what the map shows."""
    row = map_page.get_by_test_id("officer-row").filter(has_text=officer.name)
    expect(row).to_have_attribute("data-latitude", str(latitude))


def a_meeting_without_signal(phone: Phone, world: World) -> None:
    page = phone.page
    phone.go_to(MENENGAI)
    phone.register(NEW_MEMBER, "31415926", "0722 314 159")
    phone.open_sheet(world.group.name)
    phone.cell(world.jane.member_name).click()
    page.get_by_test_id("pad-usual").click()
    expect(phone.cell(world.john.member_name)).to_be_focused()
    phone.press("750.50")
    picture(page, "phone-sheet-pad")
    phone.cell(NEW_MEMBER).click()
    phone.press("1000")
    expect(page.get_by_test_id("column-total")).to_have_text("2,350.50")
    phone.save_sheet(payments=3)
    expect(phone.recorded("waiting")).to_have_count(3)
    expect(phone.sync_state).to_contain_text("No signal · 4 waiting")
    picture(page, "phone-sheet-recorded")


def the_work_survives_a_restart(phone: Phone, world: World) -> None:
    phone.page.reload()
    phone.unlock()
    expect(phone.recorded("waiting")).to_have_count(3)

    phone.switch_off()
    phone.switch_on(offline=True)
    picture(phone.page, "phone-unlock")
    phone.unlock()
    phone.open_sheet(world.group.name)
    expect(phone.recorded("waiting")).to_have_count(3)
    phone.choose_kind("Welfare")
    phone.cell(NEW_MEMBER, "Welfare").fill("150")
    phone.save_sheet(payments=1)
    phone.tab("Outbox")
    expect(phone.rows("waiting")).to_have_count(5)
    picture(phone.page, "phone-outbox-waiting")


def the_office_has_seen_it(office: Office, map_page: Page, world: World) -> None:
    page = office.page
    expect(ledger_lines(page)).to_have_count(5)
    expect(page.get_by_test_id("trf-total")).to_have_text("2,500.50")
    expect(page.get_by_test_id("trf-sources")).to_have_text("2,500.50")
    expect(page.get_by_test_id("trf-equal")).to_be_visible()
    expect(page.get_by_test_id("cash-balance")).to_have_text("2,500.50")
    expect(page.get_by_test_id("ledger-total-closing")).to_contain_text("2,500.50")
    expect(ledger_lines(page).filter(has_text=NEW_MEMBER)).to_have_count(2)
    expect_position(map_page, world.officer, latitude=MENENGAI["latitude"])
    for watched, name in ((page, "office-group-live"), (map_page, "office-map-live")):
        was_not_reloaded(watched)
        picture(watched, name)


def the_phone_shows_all_saved(phone: Phone, world: World, pending: dict[str, str]) -> None:
    phone.tab("Outbox")
    expect(phone.rows("saved")).to_have_count(5)
    expect(phone.rows()).to_have_count(5)
    expect(phone.page.get_by_test_id("outbox-count")).to_have_count(0)
    picture(phone.page, "phone-outbox-saved")
    phone.open_sheet(world.group.name)
    expect(phone.recorded("saved")).to_have_count(4)
    shown = phone.receipts()
    phone.choose_kind("Welfare")
    shown += phone.receipts()
    payments = [UUID(key) for key, kind in pending.items() if kind == "recordContribution"]
    assert {receipt_number(key) for key in payments} < set(shown)
    assert len(shown) == 5, "and the one that was paid before this phone came"


def the_books_are_equal(house: House, world: World, pending: dict[str, str]) -> None:
    kept = {str(row.id): row for row in house.operations_of(world.officer)}
    assert set(pending) < set(kept)
    assert {row.outcome for row in kept.values()} == {"APPLIED"}
    others = [row.kind for key, row in kept.items() if key not in pending]
    assert others == ["trackOfficer"], "the position from before the signal was lost"
    pings = house.all_of(OfficerPing, officer_id=world.officer.user_id)
    assert len(pings) == len([row for row in kept.values() if row.kind == "trackOfficer"])

    payments = {key for key, kind in pending.items() if kind == "recordContribution"}
    contributions = house.all_of(Contribution, group_id=world.group.id)
    on_phone = [row for row in contributions if row.offline_sync_id is not None]
    assert sorted(str(row.offline_sync_id) for row in on_phone) == sorted(payments)
    assert sorted(row.amount for row in on_phone) == [150_00, 300_00, 750_50, 1000_00]
    journal = house.journal(world.group.id)
    assert [entry.sequence for entry in journal] == [1, 2, 3, 4, 5]
    assert {entry.reference for entry in journal[1:]} == {
        receipt_number(row.offline_sync_id) for row in on_phone
    }

    assert len(house.all_of(Member, group_id=world.group.id)) == 3
    balances = house.all_of(AccountBalance, owner_id=world.group.id)
    assert {row.account: row.balance for row in balances if row.balance} == {
        "CASH": 2500_50,
        "MEMBER_SAVINGS": -2350_50,
        "WELFARE_FUND": -150_00,
    }
    house.books_hold()
