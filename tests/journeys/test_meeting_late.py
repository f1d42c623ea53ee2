"""Two phones at one meeting: what one still holds when the other has closed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from app.models import Account, AccountBalance, Contribution, Meeting, ReviewItem
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.journeys.waiting import until
from tests.support.api import Api
from tests.support.factories import Person
from tests.support.meetings import decide
from tests.support.stage import Stage

SIGNING_PIN = "580317"


@dataclass(frozen=True)
class Tables:
    """A group that meets around two tables, each with an officer and a phone."""

    stage: Stage
    first: Person
    second: Person


@pytest.fixture
def tables(house: House) -> Tables:
    async def set_up() -> Tables:
        make, api = house.make, Api(house.runtime)
        group = await make.group(name="Tumaini Women")
        first = await make.officer(group, name="Achieng Odhiambo")
        second = await make.officer(group, name="Baraka Mwangi")
        chair = await make.chair(group, name="Mary Njeri")
        jane, john, _mercy = [
            await make.member(group, member_name=name)
            for name in ("Jane Wanjiku", "John Kiprop", "Mercy Otieno")
        ]
        admin = await make.admin()
        stage = Stage(house.runtime, make, api, group, first, chair, admin, jane, john)
        return Tables(stage, first, second)

    return house.run(set_up)


def test_a_meeting_that_another_phone_closed_meanwhile(
    house: House, phones: Callable[[], Phone], tables: Tables
) -> None:
    """Payments, an expense and banked cash lie at the office; attendance, count and signature are
    refused in words; the office decides, and the phone hears of it."""
    one, other = phones(), phones()
    a_meeting_is_open(one, tables)
    other.sign_in(tables.second)
    the_chair_enrols(other, tables)
    other.ready_for_offline()
    other.lose_signal()
    a_whole_meeting_of_its_own(other)

    the_first_closes(one, house)
    other.find_signal()
    states = {"recordContribution": "held", "recordMovement": "held", "closeMeeting": "held"}
    refused = {"recordAttendance": "rejected", "confirmMeeting": "rejected"}
    settles(other, {**states, **refused})
    it_is_said_in_words(other)
    the_minutes_are_the_firsts(other)

    take_back(other, "Attendance: 3 of 3 here")
    take_back(other, "Mary Njeri signed the minutes")
    expect(other.page.get_by_role("heading", name="Needs you")).to_have_count(0)
    the_office_asks_and_accepts(house, other, tables)

    page = other.page
    page.goto(f"/field/#/meeting/{tables.stage.group.id}/start")
    cash = 200_00 + 500_00 + 700_00 - 100_00 - 300_00
    expect(page.get_by_text("1,000.00").first).to_be_visible()
    assert balance(house, tables, Account.CASH) == cash
    assert balance(house, tables, Account.BANK) == 300_00
    assert balance(house, tables, Account.SUSPENSE) == 0
    paid = house.all_of(Contribution, group_id=tables.stage.group.id)
    assert sorted(row.amount for row in paid) == [200_00, 500_00, 700_00]
    house.books_hold()


def a_meeting_is_open(phone: Phone, tables: Tables) -> None:
    phone.sign_in(tables.first)
    page = phone.page
    page.goto(f"/field/#/meeting/{tables.stage.group.id}/start")
    page.get_by_test_id("open-the-meeting").click()
    expect(page.get_by_role("heading", name="Attendance")).to_be_visible()
    settles(phone, {"openMeeting": "saved"})


def the_chair_enrols(phone: Phone, tables: Tables) -> None:
    page, chair = phone.page, tables.stage.chair
    page.goto(f"/field/#/signers/{tables.stage.group.id}")
    for name, value in (
        ("phone", chair.phone),
        ("password", chair.password),
        ("pin", SIGNING_PIN),
        ("again", SIGNING_PIN),
    ):
        page.get_by_test_id(f"enrol-{name}").fill(value)
    page.get_by_test_id("enrol-save").click()
    expect(page.get_by_test_id("signer")).to_contain_text("Mary Njeri")


def a_whole_meeting_of_its_own(phone: Phone) -> None:
    page = phone.page
    go_on_with_the_meeting(phone)
    page.get_by_test_id("all-here").click()
    expect(page.get_by_test_id("here-count")).to_have_text("3 of 3 here")
    page.get_by_test_id("step-next").click()
    collect(phone, ("Jane Wanjiku", "500"), ("John Kiprop", "700"))
    page.get_by_test_id("step-other").click()
    page.get_by_test_id("add-money").click()
    page.get_by_label("Amount (KES)").fill("100")
    page.get_by_label("What for?").fill("Tea")
    page.get_by_test_id("money-save").click()
    expect(page.get_by_test_id("other-money")).to_have_count(1)
    page.get_by_test_id("step-bank").click()
    page.get_by_test_id("banked").fill("300")
    page.get_by_test_id("step-next").click()
    expect(page.get_by_test_id("cash-on-table")).to_have_text("800.00")
    close(phone, 500, 200, 100)
    page.get_by_test_id("sign-minutes").click()
    page.get_by_test_id("sign-pin").fill(SIGNING_PIN)
    page.get_by_test_id("sign-save").click()
    expect(page.get_by_test_id("confirmed")).to_be_visible()


def go_on_with_the_meeting(phone: Phone) -> None:
    phone.page.goto("/field/#/meeting")
    phone.page.get_by_test_id("go-on").click()
    expect(phone.page.get_by_test_id("here-count")).to_be_visible()


def collect(phone: Phone, *amounts: tuple[str, str]) -> None:
    for member, amount in amounts:
        phone.cell(member).fill(amount)
    button = phone.page.get_by_test_id("sheet-save")
    expect(button).to_have_text(f"Save {len(amounts)}")
    button.click()
    expect(phone.page.get_by_test_id("step-next")).to_be_visible()


def close(phone: Phone, *notes: int) -> None:
    page = phone.page
    for value in notes:
        page.get_by_label(f"Pieces of KES {value}", exact=True).fill("1")
    expect(page.get_by_test_id("count-outcome")).to_contain_text("agrees with the books")
    page.get_by_test_id("close-meeting").click()
    expect(page.get_by_role("heading", name="Minutes", exact=True)).to_be_visible()


def the_first_closes(phone: Phone, house: House) -> None:
    page = phone.page
    page.get_by_test_id("step-collect").click()
    collect(phone, ("Mercy Otieno", "200"))
    page.get_by_test_id("step-count").click()
    close(phone, 200)
    settles(phone, {"closeMeeting": "saved"})
    (meeting,) = house.all_of(Meeting, status="CLOSED")
    assert meeting.counted == 200_00


def settles(phone: Phone, states: dict[str, str]) -> None:
    """Every operation of these types has its answer, and it is this one."""

    def found() -> bool:
        rows = [row for row in phone.outbox() if row["type"] in states]
        types = Counter(row["type"] for row in rows)
        return set(types) == set(states) and all(
            row["status"] == states[row["type"]] for row in rows
        )

    until(phone.page, found, f"{states}", seconds=30)


def row(page: Page, words: str) -> Locator:
    return page.get_by_test_id("outbox-row").filter(has_text=words)


def it_is_said_in_words(phone: Phone) -> None:
    page = phone.page
    phone.tab("Outbox")
    expect(row(page, "Jane Wanjiku")).to_contain_text(
        "The meeting was closed and its cash counted before this came. The money is in the books. "
        "The office decides where it belongs; you need not do anything."
    )
    expect(row(page, "Tea")).to_have_attribute("data-state", "held")
    expect(row(page, "Meeting closed, KES 800.00")).to_contain_text(
        "You took KES 300.00 to the bank"
    )
    attendance = row(page, "Attendance: 3 of 3 here")
    expect(attendance).to_contain_text("its minutes keep the attendance they have. Take this back.")
    expect(attendance.get_by_role("button", name="Send again")).to_have_count(0)
    expect(row(page, "Mary Njeri signed")).to_contain_text("let the minutes be signed again")
    picture(page, "late-outbox")
    is_accessible(page)


def the_minutes_are_the_firsts(phone: Phone) -> None:
    page = phone.page
    phone.tab("Meeting")
    page.get_by_role("link", name="Tumaini Women").click()
    page.get_by_test_id("past-meeting").click()
    expect(page.get_by_test_id("closed-by")).to_contain_text("Closed by Achieng Odhiambo")
    expect(page.get_by_test_id("minutes-counted")).to_have_text("200.00")
    # What was signed here are other minutes: these wait for a signature still.
    expect(page.get_by_test_id("confirmed")).to_have_count(0)
    expect(page.get_by_test_id("sign-minutes")).to_be_visible()
    late = page.get_by_test_id("minutes-late").get_by_test_id("minutes-receipt")
    expect(late).to_have_count(3)
    picture(page, "late-minutes")
    is_accessible(page)


def take_back(phone: Phone, words: str) -> None:
    page = phone.page
    phone.tab("Outbox")
    row(page, words).get_by_role("button", name="Take back").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("The other table closed it")
    picture(page, "late-take-back")
    dialog.get_by_role("button", name="Take back").click()
    expect(row(page, words)).to_have_attribute("data-state", "removed")


def the_office_asks_and_accepts(house: House, phone: Phone, tables: Tables) -> None:
    stage, page = tables.stage, phone.page
    items = house.all_of(ReviewItem, group_id=stage.group.id)
    assert {item.reason for item in items} == {"MEETING_CLOSED"}
    # Money in before money out: the books hold then what was spent and banked.
    items.sort(key=lambda item: -item.amount)
    assert [item.amount for item in items] == [700_00, 500_00, -100_00, -300_00]
    answered(house, stage, items[0], "SEND_BACK", note="Which table was this?")
    page.get_by_test_id("sync-now").click()
    expect(row(page, "John Kiprop")).to_contain_text("“Which table was this?”")
    expect(row(page, "John Kiprop")).to_have_attribute("data-state", "held")
    picture(page, "late-asked")
    for item in items:
        answered(house, stage, item, "ACCEPT", note="The second table's money")
    page.get_by_test_id("sync-now").click()
    for words in ("John Kiprop", "Jane Wanjiku", "Tea", "Meeting closed"):
        expect(row(page, words)).to_have_attribute("data-state", "saved")
    expect(row(page, "Jane Wanjiku")).to_contain_text(
        "The office took it as you recorded it. Its note: “The second table's money”"
    )
    picture(page, "late-decided")


def answered(house: House, stage: Stage, item: ReviewItem, action: str, note: str) -> None:
    answer = house.run(lambda: decide(stage, item, action, note=note))
    assert not answer.errors, answer.errors


def balance(house: House, tables: Tables, account: Account) -> int:
    rows = house.all_of(AccountBalance, owner_id=tables.stage.group.id, account=account.value)
    return sum(found.balance for found in rows)


def test_amounts_that_were_typed_and_not_saved_when_the_meeting_was_closed(
    house: House, phones: Callable[[], Phone], tables: Tables
) -> None:
    """In Swahili and dark: the phone says who closed it, keeps what was typed, and lets the officer
    save it for the office."""
    one, other = phones(), phones()
    a_meeting_is_open(one, tables)
    page = other.page
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Kiswahili").click()
    expect(page.get_by_role("button", name="English")).to_be_visible()
    other.enter(tables.second)
    other.set_pin()
    expect(page.get_by_text("Nakala kamili ya mwisho")).to_be_visible()
    other.ready_for_offline()
    go_on_with_the_meeting(other)
    page.get_by_test_id("step-collect").click()
    other.lose_signal()
    jane, john = (
        page.get_by_role("textbox", name=f"Akiba: {name}", exact=True)
        for name in ("Jane Wanjiku", "John Kiprop")
    )
    jane.fill("1500")
    john.fill("700")
    # The first key takes the place of what stands there, and amounts are grouped.
    jane.click()
    expect(jane).to_have_value("1,500")
    pad = page.get_by_role("region", name="Kibodi ya nambari")
    for key in ("1", "00", "00"):
        pad.get_by_role("button", name=key, exact=True).click()
    expect(jane).to_have_value("10,000")
    expect(john).to_have_value("700.00")
    picture(page, "late-sw-typed")

    one.page.get_by_test_id("step-count").click()
    close(one)
    settles(one, {"closeMeeting": "saved"})

    other.find_signal()
    expect(page.get_by_test_id("toast")).to_contain_text("Achieng Odhiambo amefunga mkutano huu")
    late = page.get_by_test_id("late-sheet")
    expect(late).to_contain_text("10,700.00")
    picture(page, "late-sw-sheet")
    is_accessible(page)
    assert not [entry for entry in other.outbox() if entry["type"] == "recordContribution"]
    page.get_by_test_id("late-sheet-save").click()
    expect(late).to_have_count(0)
    settles(other, {"recordContribution": "held"})
    expect(page.get_by_test_id("minutes-late").get_by_test_id("minutes-receipt")).to_have_count(2)
    picture(page, "late-sw-minutes")
    is_accessible(page)

    items = house.all_of(ReviewItem, group_id=tables.stage.group.id)
    for item in items:
        action = "ACCEPT" if item.amount == 700_00 else "REVERSE"
        answered(house, tables.stage, item, action, note="Nimeuliza")
    page.goto("/field/#/outbox")
    page.get_by_test_id("sync-now").click()
    expect(row(page, "Jane Wanjiku")).to_contain_text("Ofisi imeiondoa vitabuni")
    expect(row(page, "John Kiprop")).to_contain_text("Ofisi imeikubali kama ulivyoirekodi")
    picture(page, "late-sw-decided")
    assert balance(house, tables, Account.CASH) == 700_00
    house.books_hold()
