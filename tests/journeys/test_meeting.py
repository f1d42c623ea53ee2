"""A whole meeting on the phone, without signal: opened, attended, collected, counted, signed."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.models import (
    Account,
    AccountBalance,
    Attendance,
    BankingGroup,
    Contribution,
    Meeting,
    Member,
    Signature,
    WelfareRequest,
)
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.support.api import Api, contribute
from tests.support.factories import Person
from tests.support.loans import Lending, papers, save_for
from tests.support.stage import Stage

SIGNING_PIN = "580317"
PEOPLE = 25
NAMES = [
    f"{first} {last}"
    for first in ("Akinyi", "Chebet", "Fatuma", "Mwende", "Wanjiku")
    for last in ("Barasa", "Hassan", "Kamau", "Mutua", "Otieno")
]
COUNT_TAPS = """() => {
  if (window.tapsAreCounted) return;
  window.tapsAreCounted = true;
  const count = (event) => {
    if (event.isTrusted) localStorage.taps = Number(localStorage.taps || 0) + 1;
  };
  addEventListener("pointerdown", count, true);
  addEventListener("keydown", count, true);
}"""

CLOCK_TWO_YEARS_BACK = """
  const RealDate = Date;
  const now = () => RealDate.now() - 2 * 365 * 86400000;
  window.Date = class extends RealDate {
    constructor(...given) { if (given.length) super(...given); else super(now()); }
    static now() { return now(); }
  };
"""


@dataclass(frozen=True)
class Table:
    """A group of 25 who have saved before, one of them paying back a loan, one about to get one."""

    stage: Stage
    group: BankingGroup
    officer: Person
    chair: Person
    members: list[Member]
    debtor: Member
    borrower: Member


@pytest.fixture
def table(house: House) -> Table:
    async def set_up() -> Table:
        make, api = house.make, Api(house.runtime)
        group = await make.group(name="Tumaini Women")
        officer = await make.officer(group, name="Achieng Odhiambo")
        chair = await make.chair(group, name="Mary Njeri")
        members = [
            await make.member(group, member_name=name, id_verified=True) for name in sorted(NAMES)
        ]
        admin = await make.admin()
        stage = Stage(
            house.runtime, make, api, group, officer, chair, admin, members[0], members[1]
        )
        await api.sync(
            officer,
            *(
                contribute(member.id, amount, contributionType=kind)
                for member in members
                for kind, amount in (("REGULAR", "500.00"), ("WELFARE", "100.00"))
            ),
        )
        debtor, borrower = members[3], members[7]
        today = date.fromisoformat(api.today())
        long_ago = today - timedelta(days=35)
        for one in (debtor, borrower):
            await papers(stage, one)
            await save_for(stage, one, "5000.00", today)
        await save_for(stage, debtor, "5000.00", long_ago)
        witnesses = (members[10], members[11])
        await Lending(stage, debtor, witnesses, ()).running("9000.00", on=long_ago)  # type: ignore[arg-type]
        await Lending(stage, borrower, witnesses, ()).approved("6000.00")  # type: ignore[arg-type]
        return Table(stage, group, officer, chair, members, debtor, borrower)

    return house.run(set_up)


def go_on(page: Page) -> None:
    page.get_by_test_id("step-next").click()


def taps(page: Page) -> int:
    return int(page.evaluate("Number(localStorage.taps || 0)"))


def amount_of(text: str) -> int:
    """Cents of "1,234.50"."""
    return int(text.replace(",", "").replace(".", "").replace("\u2212", "-"))


def test_a_whole_meeting_without_signal(
    house: House, phones: Callable[[], Phone], table: Table
) -> None:
    phone = phones()
    phone.sign_in(table.officer)
    page = phone.page
    the_chair_enrols(phone, table)
    phone.ready_for_offline()
    phone.lose_signal()

    started = time.monotonic()
    page.evaluate(COUNT_TAPS)
    the_meeting_is_opened(phone, table)
    all_are_here(phone)
    all_pay_the_usual(phone)
    page = the_battery_dies_and_the_clock_jumps(phone, table)
    loans_are_paid_back_and_out(phone, table)
    other_money(phone)
    banked = 1_000_00
    go_on(page)
    page.get_by_test_id("banked").press_sequentially("1000")
    picture(page, "meeting-bank")
    go_on(page)
    expect(page.get_by_test_id("close-meeting")).to_be_visible()
    expected = amount_of(page.get_by_test_id("cash-on-table").inner_text())
    the_count(phone, expected - 50_00)
    the_chair_signs(phone, table)
    taken = taps(page)
    seconds = time.monotonic() - started
    print(f"\n{taken} taps for {PEOPLE} members ({taken / PEOPLE:.1f} each), {seconds:.1f} s")
    assert taken <= 3 * PEOPLE

    # After its restart the phone believes in a network that leads nowhere, and tries.
    assert {row["status"] for row in phone.outbox()} <= {"waiting", "sending"}
    phone.find_signal()
    phone.is_synced()
    assert {row["status"] for row in phone.outbox()} == {"saved"}
    expect(page.get_by_test_id("confirmed")).to_contain_text("Mary Njeri")
    picture(page, "meeting-minutes-saved")
    the_books_are_equal(house, table, expected - 50_00, banked)


def the_chair_enrols(phone: Phone, table: Table) -> None:
    page = phone.page
    phone.tab("Meeting")
    page.get_by_role("link", name=table.group.name).click()
    page.get_by_role("link", name="Nobody yet").click()
    page.get_by_test_id("enrol-phone").fill(table.chair.phone)
    page.get_by_test_id("enrol-password").fill(table.chair.password)
    page.get_by_test_id("enrol-pin").fill(SIGNING_PIN)
    page.get_by_test_id("enrol-again").fill(SIGNING_PIN)
    picture(page, "meeting-enrol")
    is_accessible(page)
    page.get_by_test_id("enrol-save").click()
    expect(page.get_by_test_id("signer")).to_contain_text("Mary Njeri")


def the_meeting_is_opened(phone: Phone, table: Table) -> None:
    page = phone.page
    phone.tab("Meeting")
    picture(page, "meeting-tab")
    page.get_by_role("link", name=table.group.name).click()
    picture(page, "meeting-group")
    page.get_by_test_id("start-meeting").click()
    picture(page, "meeting-start")
    is_accessible(page)
    page.get_by_test_id("open-the-meeting").click()
    expect(page.get_by_role("heading", name="Attendance")).to_be_visible()


def all_are_here(phone: Phone) -> None:
    page = phone.page
    page.get_by_test_id("all-here").click()
    expect(page.get_by_test_id("here-count")).to_have_text(f"{PEOPLE} of {PEOPLE} here")
    page.get_by_role("radio", name="Akinyi Hassan: Late").locator("xpath=..").click()
    picture(page, "meeting-attendance")
    is_accessible(page)
    go_on(page)


def all_pay_the_usual(phone: Phone) -> None:
    page = phone.page
    expect(page.get_by_role("heading", name="Collection")).to_be_visible()
    picture(page, "meeting-collect")
    page.get_by_test_id("usual-all").click()
    expect(page.get_by_test_id("usual-undo")).to_be_visible()
    picture(page, "meeting-collect-usual")
    is_accessible(page)
    phone.choose_kind("Welfare")
    page.get_by_test_id("usual-all").click()
    phone.choose_kind("Repayment")
    page.get_by_test_id("usual-all").click()
    picture(page, "meeting-collect-repayment")


def the_battery_dies_and_the_clock_jumps(phone: Phone, table: Table) -> Page:
    """What was typed and not saved is there again, and the meeting keeps its day."""
    phone.switch_off()
    phone.switch_on(offline=True)
    page = phone.page
    phone.context.add_init_script(CLOCK_TWO_YEARS_BACK)
    page.reload()
    assert "2024" in page.evaluate("new Date().toISOString()")
    phone.unlock()
    page.evaluate(COUNT_TAPS)
    phone.tab("Meeting")
    card = page.get_by_test_id("open-meeting")
    expect(card).to_contain_text(f"{PEOPLE} of {PEOPLE} here")
    picture(page, "meeting-open")
    is_accessible(page)
    page.get_by_test_id("go-on").click()
    expect(page.get_by_test_id("sheet-save")).to_have_text(f"Save {2 * PEOPLE + 1}")
    page.get_by_test_id("sheet-save").click()
    expect(page.get_by_test_id("step-next")).to_be_visible()
    picture(page, "meeting-collect-saved")
    go_on(page)
    return page


def loans_are_paid_back_and_out(phone: Phone, table: Table) -> None:
    page = phone.page
    expect(page.get_by_test_id("running-loan")).to_contain_text("paid today")
    page.get_by_test_id("running-loan").click()
    page.get_by_test_id("settle").click()
    picture(page, "meeting-repay")
    is_accessible(page)
    page.get_by_role("button", name="Close").click()
    page.get_by_test_id("pay-out").click()
    picture(page, "meeting-pay-out")
    page.get_by_test_id("pay-out-save").click()
    expect(page.get_by_test_id("running-loan")).to_have_count(2)
    picture(page, "meeting-loans")
    is_accessible(page)
    go_on(page)


def other_money(phone: Phone) -> None:
    page = phone.page
    page.get_by_test_id("add-money").click()
    page.get_by_label("Amount (KES)").press_sequentially("200")
    page.get_by_label("What for?").press_sequentially("Tea")
    picture(page, "meeting-money")
    page.get_by_test_id("money-save").click()
    expect(page.get_by_test_id("other-money")).to_have_count(1)
    picture(page, "meeting-other")
    is_accessible(page)


def the_count(phone: Phone, cents: int) -> None:
    """The fewest notes and coins for it; 50 shillings are missing."""
    page = phone.page
    rest = cents // 100
    assert cents % 100 == 0
    for value in (1000, 500, 200, 100, 50, 40, 20, 10, 5, 1):
        pieces, rest = divmod(rest, value)
        if pieces:
            field = page.get_by_label(f"Pieces of KES {value}", exact=True)
            field.press_sequentially(str(pieces))
    expect(page.get_by_test_id("count-outcome")).to_contain_text("50.00 less than the books")
    page.get_by_test_id("close-meeting").click()
    expect(page.get_by_text("Count again, or say why it differs.")).to_be_visible()
    picture(page, "meeting-count")
    is_accessible(page)
    page.get_by_test_id("variance-note").fill("Change given twice")
    page.get_by_test_id("resolutions").fill("Buy a tent.\nMeet at the school.")
    picture(page, "meeting-count-note")
    page.get_by_test_id("close-meeting").click()
    expect(page.get_by_role("heading", name="Minutes", exact=True)).to_be_visible()
    picture(page, "meeting-minutes")
    is_accessible(page)


def the_chair_signs(phone: Phone, table: Table) -> None:
    page = phone.page
    page.get_by_test_id("sign-minutes").click()
    # Two years back: the signature counts all the same, but somebody should look at the clock.
    expect(page.get_by_test_id("clock-warning")).to_contain_text("2024")
    page.get_by_test_id("sign-pin").fill("111222")
    page.get_by_test_id("sign-save").click()
    expect(page.get_by_text(re.compile("Wrong PIN. 9 tries left."))).to_be_visible()
    picture(page, "meeting-sign")
    is_accessible(page)
    page.get_by_test_id("sign-pin").press_sequentially(SIGNING_PIN)
    page.get_by_test_id("sign-save").click()
    expect(page.get_by_test_id("confirmed")).to_be_visible()


def the_books_are_equal(house: House, table: Table, counted: int, banked: int) -> None:
    (meeting,) = house.all_of(Meeting, group_id=table.group.id)
    today = date.fromisoformat(table.stage.api.today())
    assert (meeting.status, meeting.meeting_date) == ("CONFIRMED", today)
    assert (meeting.counted, meeting.variance, meeting.banked) == (counted, -50_00, banked)
    assert meeting.claimed_expected == meeting.expected
    assert not meeting.statement["attendanceDiffers"]
    assert meeting.statement["present"] == PEOPLE - 1
    (signature,) = house.all_of(Signature, group_id=table.group.id)
    assert signature.user_id == table.chair.user_id
    assert signature.signed_hash == meeting.minutes_hash
    assert len(house.all_of(Attendance, meeting_id=meeting.id)) == PEOPLE
    paid = [
        (row.contribution_type, row.amount)
        for row in house.all_of(Contribution, group_id=table.group.id)
        if row.contribution_date == today
    ]
    # Twice: once before this phone came, once at the meeting.
    assert Counter(paid) == {("REGULAR", 500_00): 2 * PEOPLE, ("WELFARE", 100_00): 2 * PEOPLE}
    (cash,) = house.all_of(AccountBalance, group_id=table.group.id, account=Account.CASH.value)
    assert cash.balance == counted
    house.books_hold()


def test_welfare_at_a_meeting_in_swahili(
    house: House, phones: Callable[[], Phone], field: Field
) -> None:
    """Asked for, approved by the officer and by the chair's signature, and paid, all without
    signal, with a dark screen."""
    phone = phones()
    page = phone.page
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Kiswahili").click()
    expect(page.get_by_role("button", name="English")).to_be_visible()
    phone.enter(field.officer)
    phone.set_pin()
    expect(page.get_by_text("Nakala kamili ya mwisho")).to_be_visible()
    page.goto(f"/field/#/signers/{field.group.id}")
    for name, value in (
        ("phone", field.chair.phone),
        ("password", field.chair.password),
        ("pin", SIGNING_PIN),
        ("again", SIGNING_PIN),
    ):
        page.get_by_test_id(f"enrol-{name}").fill(value)
    page.get_by_test_id("enrol-save").click()
    expect(page.get_by_test_id("signer")).to_contain_text("Mary Njeri")
    picture(page, "sw-enrolled")
    phone.ready_for_offline()
    phone.lose_signal()

    page.goto(f"/field/#/meeting/{field.group.id}/start")
    page.get_by_test_id("open-the-meeting").click()
    page.get_by_test_id("all-here").click()
    page.get_by_role("radio", name="Mwende Mutua: Hayupo").locator("xpath=..").click()
    picture(page, "sw-attendance")
    is_accessible(page)
    go_on(page)
    expect(page.get_by_text("Hawapo (1)")).to_be_visible()
    page.get_by_test_id("usual-all").click()
    picture(page, "sw-collect")
    is_accessible(page)
    page.get_by_test_id("sheet-save").click()
    go_on(page)
    picture(page, "sw-loans")
    page.get_by_test_id("step-other").click()
    welfare_is_paid(phone)
    page.get_by_test_id("step-bank").click()
    picture(page, "sw-bank")
    page.get_by_test_id("step-count").click()
    expected = amount_of(page.get_by_test_id("cash-on-table").inner_text())
    assert expected == (1_000 + 2 * 500 - 800) * 100
    page.get_by_label("Idadi ya KES 1000", exact=True).press_sequentially("1")
    page.get_by_label("Idadi ya KES 200", exact=True).press_sequentially("1")
    picture(page, "sw-count")
    is_accessible(page)
    page.get_by_test_id("close-meeting").click()
    expect(page.get_by_test_id("minutes-counted")).to_have_text("1,200.00")
    picture(page, "sw-minutes")
    is_accessible(page)
    page.get_by_test_id("minutes-done").click()
    expect(page.get_by_test_id("past-meeting")).to_contain_text("haujathibitishwa")
    picture(page, "sw-group")

    phone.find_signal()
    expect(phone.sync_state).to_have_text("Zimehifadhiwa")
    assert {row["status"] for row in phone.outbox()} == {"saved"}
    (meeting,) = house.all_of(Meeting, group_id=field.group.id)
    assert (meeting.status, meeting.variance) == ("CLOSED", 0)
    (request,) = house.all_of(WelfareRequest, group_id=field.group.id)
    assert (request.status, request.amount) == ("PAID", 800_00)
    house.books_hold()


def welfare_is_paid(phone: Phone) -> None:
    page = phone.page
    page.get_by_test_id("ask-welfare").click()
    page.get_by_label("Mwanachama", exact=True).select_option(label="Akinyi Barasa")
    page.get_by_label("Kiasi (KES)").fill("800")
    page.get_by_label("Ni kwa ajili ya nini?").fill("Hospitali")
    picture(page, "sw-ask-welfare")
    is_accessible(page)
    page.get_by_test_id("welfare-ask").click()
    request = page.get_by_test_id("welfare-request")
    request.get_by_role("button", name="Naidhinisha").click()
    expect(request).to_contain_text("inasubiri: mwenyekiti")
    request.get_by_role("button", name="Mwenyekiti atie sahihi").click()
    page.get_by_test_id("sign-pin").fill(SIGNING_PIN)
    picture(page, "sw-sign-welfare")
    page.get_by_test_id("sign-save").click()
    picture(page, "sw-other")
    page.get_by_test_id("pay-welfare").click()
    page.get_by_test_id("welfare-save").click()
    expect(request).to_have_count(0)


@dataclass(frozen=True)
class Field:
    """Three members who have saved before, with KES 1,000.00 in their welfare fund."""

    group: BankingGroup
    officer: Person
    chair: Person


@pytest.fixture
def field(house: House) -> Field:
    async def set_up() -> Field:
        make, api = house.make, Api(house.runtime)
        group = await make.group(name="Umoja wa Wakulima", settings={"welfare_limit": 100_000})
        officer = await make.officer(group)
        chair = await make.chair(group, name="Mary Njeri")
        members = [
            await make.member(group, member_name=name, id_verified=True)
            for name in ("Akinyi Barasa", "Chebet Kamau", "Mwende Mutua")
        ]
        await api.sync(officer, contribute(members[0].id, "1000.00", contributionType="WELFARE"))
        return Field(group, officer, chair)

    return house.run(set_up)
