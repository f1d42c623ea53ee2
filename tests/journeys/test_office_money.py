"""The office's pages about money, used as an administrator uses them; the books verified after."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.models.base import new_id
from tests.journeys.accessibility import is_accessible
from tests.journeys.conftest import PEOPLE
from tests.journeys.house import House
from tests.journeys.office import SIZE, Office, confirm, fits, in_swahili, ledger_lines
from tests.journeys.pictures import picture
from tests.support.api import contribute
from tests.support.browser import Browsers
from tests.support.reconciling import desk_of
from tests.support.stage import Stage, set_stage
from tests.support.welfare import with_fund

PHONE_SIZE = {"width": 390, "height": 844}


@pytest.fixture
def stage(house: House) -> Stage:
    return house.run(lambda: set_stage(house.runtime, start=next(PEOPLE) + 500))


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


def _enter(page: Page, account: str, closing: str) -> None:
    page.get_by_test_id(f"enter-{account}").click()
    page.get_by_test_id("enter-closing").fill(closing)
    page.get_by_test_id("enter-submit").click()


def _import_a_statement(page: Page, file: Path) -> None:
    # A line cannot be read: it is named, and left out.
    page.get_by_test_id("import-BANK").click()
    # Mantine's file input is a button before a hidden field.
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_test_id("import-closing").fill("1450")
    page.get_by_test_id("import-submit").click()
    expect(page.get_by_test_id("wrong-rows")).to_contain_text("Line 4")
    picture(page, "office-month-import")
    is_accessible(page)
    page.get_by_test_id("leave-out-4").check()
    page.get_by_test_id("import-submit").click()
    expect(page.get_by_test_id("stated-BANK")).to_have_text("1,450.00")
    expect(page.get_by_test_id("difference-BANK")).to_have_text("\u221250.00")


def _match_by_hand(page: Page) -> None:
    # The deposit matched by itself; by hand it is taken apart and matched again.
    page.get_by_test_id("lines-show").get_by_text("Matched").click()
    page.get_by_test_id("line-row").click()
    page.get_by_test_id("unmatch").click()
    page.get_by_test_id("lines-show").get_by_text("Not in the books (2)").click()
    page.get_by_test_id("line-row").filter(has_text="D1").click()
    expect(page.get_by_test_id("match-line")).to_be_disabled()
    page.get_by_test_id("candidate").first.check()
    page.get_by_test_id("match-line").click()
    expect(page.get_by_test_id("line-row")).to_have_count(1)


def _book_the_charge(page: Page) -> None:
    # Nobody had booked the bank's charge.
    page.get_by_test_id("line-row").filter(has_text="F1").click()
    page.get_by_test_id("book-line").click()
    page.get_by_test_id("book-description").fill("Ledger fee")
    page.get_by_test_id("book-submit").click()
    expect(page.get_by_test_id("confirm-dialog")).to_contain_text("Ledger fee")
    is_accessible(page)
    page.get_by_test_id("confirm").dblclick()
    expect(page.get_by_test_id("difference-BANK")).to_have_text("0.00")
    expect(page.get_by_test_id("month-status")).to_have_text("Ready to sign")
    picture(page, "office-month")
    is_accessible(page)


def _sign_and_reopen(page: Page) -> None:
    page.get_by_test_id("sign-month").click()
    page.get_by_test_id("sign-submit").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("month-status")).to_have_text("Signed")
    expect(page.get_by_test_id("enter-CASH")).to_have_count(0)
    page.get_by_test_id("reopen-month").click()
    page.get_by_test_id("reopen-submit").click()
    expect(page.get_by_text("Fill this in.")).to_be_visible()
    page.get_by_test_id("reopen-reason").fill("A slip turned up")
    page.get_by_test_id("reopen-submit").click()
    expect(page.get_by_test_id("month-status")).to_have_text("Ready to sign")
    expect(page.get_by_test_id("month-history")).to_contain_text("A slip turned up")


def _sign_with_a_difference(page: Page) -> None:
    # What differs must be explained.
    _enter(page, "CASH", "480")
    expect(page.get_by_test_id("month-faults")).to_contain_text("20.00")
    page.get_by_test_id("sign-month").click()
    page.get_by_test_id("sign-submit").click()
    expect(page.get_by_text("Explain what differs, or mend it first.")).to_be_visible()
    page.get_by_test_id("sign-note").fill("Twenty shillings were lost on the way")
    page.get_by_test_id("sign-submit").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("month-status")).to_have_text("Signed")


def test_a_month_is_counted_matched_signed_and_reopened(
    house: House, office: Office, stage: Stage, tmp_path: Path
) -> None:
    desk = desk_of(stage)
    house.run(lambda: desk.paid("2000.00", 3))
    house.run(lambda: desk.paid("1000.00", 4, "MPESA", transactionId="SJ31AAA111"))
    house.run(lambda: desk.moved("TO_BANK", "1500.00", 5))
    month = f"{desk.first:%Y-%m}"
    page = office.page
    office.sign_in(stage.admin, f"/reconciliation?month={month}")
    is_accessible(page)
    page.get_by_test_id("reconciliation-row").filter(has_text=stage.group.name).first.click()
    expect(page.get_by_test_id("month-status")).to_have_text("Open")
    expect(page.get_by_test_id("closing-CASH")).to_have_text("500.00")
    expect(page.get_by_test_id("month-faults")).to_contain_text("nobody has said what is there")

    _enter(page, "CASH", "500")
    expect(page.get_by_test_id("stated-CASH")).to_have_text("500.00")
    _enter(page, "MPESA", "1000")
    expect(page.get_by_test_id("difference-MPESA")).to_have_text("0.00")

    rows = [(5, "D1", "1500.00"), (28, "F1", "-50.00")]
    file = tmp_path / "bank.csv"
    file.write_text(desk.csv(*rows) + f"{desk.day(9)},Broken,B1,lots\n")
    _import_a_statement(page, file)
    _match_by_hand(page)
    _book_the_charge(page)
    entries = house.run(stage.entries)
    assert [entry.row.kind for entry in entries].count("EXPENSE") == 1

    _sign_and_reopen(page)
    _sign_with_a_difference(page)
    in_swahili(page)
    expect(page.get_by_test_id("month-status")).to_have_text("Umetiwa sahihi")
    is_accessible(page)
    house.books_hold()


def test_a_chair_reads_the_month_on_a_phone(house: House, office: Office, stage: Stage) -> None:
    desk = desk_of(stage)
    house.run(lambda: desk.paid("2000.00", 3))
    page = office.page
    office.sign_in(stage.chair, f"/reconciliation/{stage.group.id}/{desk.first:%Y-%m}")
    page.set_viewport_size(PHONE_SIZE)
    expect(page.get_by_test_id("closing-CASH")).to_have_text("2,000.00")
    expect(page.get_by_test_id("enter-CASH")).to_have_count(0)
    expect(page.get_by_test_id("sign-month")).to_have_count(0)
    fits(page)
    picture(page, "office-month-chair")
    is_accessible(page)


def test_welfare_is_asked_for_approved_and_paid(
    house: House, office: Office, stage: Stage, browsers: Browsers, tmp_path: Path
) -> None:
    welfare = house.run(lambda: with_fund(stage))
    jane = welfare.jane.member_name
    page = office.page
    office.sign_in(stage.officer, "/funds/welfare")
    page.get_by_test_id("new-request").click()
    page.get_by_test_id("request-group").select_option(value=str(stage.group.id))
    page.get_by_test_id("request-member").select_option(value=str(welfare.jane.id))
    page.get_by_test_id("request-amount").fill("900000")
    page.get_by_test_id("request-reason").fill("Her house burnt")
    page.get_by_test_id("request-submit").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_text("fund", exact=False).first).to_be_visible()
    expect(page.get_by_test_id("request-amount")).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("request-amount").fill("3000")
    page.get_by_test_id("request-submit").click()
    confirm(page, jane, "KES 3,000.00")
    page.get_by_test_id("welfare-row").click()
    expect(page.get_by_test_id("welfare-panel")).to_contain_text("Group chair")
    page.get_by_test_id("welfare-approve").click()
    page.get_by_test_id("welfare-decide-submit").click()
    confirm(page, jane)
    expect(page.get_by_test_id("welfare-approve")).to_have_count(0)

    # The chair approves on a phone.
    chair = Office(browsers, tmp_path / "chair", house.url)
    chair.page.set_viewport_size(PHONE_SIZE)
    chair.page.goto("/funds/welfare")
    chair.enter(stage.chair.phone, stage.chair.password)
    chair.page.get_by_test_id("welfare-row").click()
    expect(chair.page.get_by_test_id("new-request")).to_have_count(0)
    fits(chair.page)
    picture(chair.page, "office-welfare-chair")
    is_accessible(chair.page)
    chair.page.get_by_test_id("welfare-approve").click()
    chair.page.get_by_test_id("welfare-decide-submit").click()
    confirm(chair.page, jane)
    expect(chair.page.get_by_test_id("welfare-state")).to_have_text("Approved")

    page.reload()
    page.get_by_test_id("welfare-pay").click()
    page.get_by_test_id("welfare-pay-submit").click()
    confirm(page, jane, "KES 3,000.00", "Cash")
    expect(page.get_by_test_id("welfare-state")).to_have_text("Paid")
    picture(page, "office-welfare")
    is_accessible(page)
    kinds = [entry.row.kind for entry in house.run(stage.entries)]
    assert kinds.count("WELFARE_PAYOUT") == 1
    house.books_hold()


def _undo_a_line(page: Page, stage: Stage) -> None:
    """From the cash ledger, where each line leads to its entry; by keyboard and on a phone."""
    page.goto(f"/groups/{stage.group.id}")
    line = ledger_lines(page).filter(has_text="1,500.00").first
    line.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_test_id("ledger-panel")
    expect(panel.get_by_test_id("entry-lines")).to_contain_text("1,500.00")
    picture(page, "office-ledger-line")
    is_accessible(page)
    page.set_viewport_size(PHONE_SIZE)
    undo = panel.get_by_test_id("undo-line")
    expect(undo).to_have_css("min-height", "44px")
    is_accessible(page)
    undo.click()
    page.get_by_test_id("reverse-reason").fill("She did not come for it")
    page.get_by_test_id("reverse-submit").click()
    confirm(page, "KES 1,500.00", "lines of the entry together", "She did not come for it")
    expect(panel).to_contain_text("reversed")
    expect(undo).to_have_count(0)
    page.get_by_test_id("sheet-back").click()
    fits(page)
    page.set_viewport_size(SIZE)
    expect(line).to_contain_text("reversed")


def test_savings_go_out_and_fines_are_waived(house: House, office: Office, stage: Stage) -> None:
    house.save(stage.officer, stage.jane, 4000_00)
    page = office.page
    office.sign_in(stage.admin, f"/funds?group={stage.group.id}")
    page.get_by_test_id("new-withdrawal").click()
    page.get_by_test_id("withdraw-member").select_option(value=str(stage.jane.id))
    expect(page.get_by_test_id("withdraw-room")).to_contain_text("KES 2,000.00")
    page.get_by_test_id("withdraw-amount").fill("2500")
    page.get_by_test_id("withdraw-reason").fill("School fees")
    page.get_by_test_id("withdraw-submit").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("withdraw-amount")).to_have_attribute("aria-invalid", "true")
    is_accessible(page)
    page.get_by_test_id("withdraw-amount").fill("1500")
    page.get_by_test_id("withdraw-submit").click()
    confirm(page, stage.jane.member_name, "KES 1,500.00", "School fees")
    expect(page.get_by_test_id("movement-row")).to_have_count(1)

    page.get_by_test_id("new-movement").click()
    page.get_by_test_id("movement-kind").select_option("TO_BANK")
    page.get_by_test_id("movement-amount").fill("1000")
    page.get_by_test_id("movement-description").fill("To Equity, Turi")
    page.get_by_test_id("movement-submit").click()
    confirm(page, stage.group.name, "Taken to the bank", "KES 1,000.00")
    expect(page.get_by_test_id("movement-row")).to_have_count(2)
    page.get_by_test_id("movement-row").filter(has_text="Taken to the bank").click()
    expect(page.get_by_test_id("entry-lines")).to_contain_text("1,000.00")
    picture(page, "office-movements")
    is_accessible(page)
    page.get_by_test_id("reverse-movement").click()
    page.get_by_test_id("reverse-reason").fill("It never left the table")
    page.get_by_test_id("reverse-submit").click()
    confirm(page, "It never left the table")
    expect(page.get_by_test_id("movement-panel")).to_contain_text("reversed")
    _undo_a_line(page, stage)

    page.goto(f"/funds/fines?group={stage.group.id}")
    page.get_by_test_id("new-fine").click()
    page.get_by_test_id("charge-member").select_option(value=str(stage.jane.id))
    page.get_by_test_id("charge-amount").fill("50")
    page.get_by_test_id("charge-note").fill("Noise at the meeting")
    page.get_by_test_id("charge-submit").click()
    confirm(page, stage.jane.member_name, "KES 50.00")
    page.get_by_test_id("fine-row").click()
    is_accessible(page)
    page.get_by_test_id("waive-fine").click()
    page.get_by_test_id("waive-reason").fill("It was the rain")
    page.get_by_test_id("waive-submit").click()
    confirm(page, "It was the rain")
    expect(page.get_by_test_id("fine-row")).to_have_count(0)
    in_swahili(page)
    expect(page.get_by_role("heading", level=1, name="Faini")).to_be_visible()
    is_accessible(page)
    balances = house.run(lambda: stage.balances(stage.group.id))
    assert (balances["CASH"], balances.get("BANK", 0)) == (4000_00, 0)
    house.books_hold()
