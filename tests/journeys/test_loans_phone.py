"""Loans on the phone without signal, and what the server makes of them afterwards."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import Page, expect

from app.models import Approval, Loan, Repayment
from tests.journeys.accessibility import is_accessible
from tests.journeys.borrowing import approve, fill_application, go, pick, reasons, status
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.support.factories import Person
from tests.support.loans import Lending

CHAIRS_PIN = "583914"


def enrol(page: Page, lent: Lending) -> None:
    """The chair signs in once on the officer's phone and chooses their own PIN."""
    chair = lent.stage.chair
    go(page, f"/signers/{lent.stage.group.id}")
    page.get_by_test_id("enrol-phone").fill(chair.phone)
    page.get_by_test_id("enrol-password").fill(chair.password)
    page.get_by_test_id("enrol-pin").fill(CHAIRS_PIN)
    page.get_by_test_id("enrol-again").fill(CHAIRS_PIN)
    page.get_by_test_id("enrol-save").click()
    expect(page.get_by_test_id("toast")).to_contain_text(chair.name)


def signs(page: Page, chair: Person) -> None:
    """By the chair's PIN, after a wrong one."""
    page.get_by_test_id("loan-next").click()
    dialog = page.get_by_role("dialog", name=f"Signature of {chair.name}")
    expect(dialog).to_contain_text("You approve a loan of KES 9,000.00 to ")
    page.get_by_test_id("sign-pin").fill("860242")
    page.get_by_test_id("sign-save").click()
    expect(dialog).to_contain_text("Wrong PIN.")
    picture(page, "phone-loan-chair-signs")
    is_accessible(page)
    page.get_by_test_id("sign-pin").fill(CHAIRS_PIN)
    page.get_by_test_id("sign-save").click()


def pay_out(page: Page) -> None:
    page.get_by_test_id("loan-next").click()
    page.get_by_test_id("pay-out-save").click()


def repay(page: Page, amount: str) -> None:
    page.get_by_test_id("loan-next").click()
    page.get_by_label("Amount (KES)").fill(amount)
    page.get_by_test_id("repay-save").click()
    expect(page.get_by_test_id("repayment").first).to_be_visible()


def loans_of(house: House, lent: Lending) -> list[Loan]:
    return house.all_of(Loan, group_id=lent.stage.group.id)


def test_who_may_not_borrow_hears_every_reason(phone: Phone, lent: Lending) -> None:
    page, john = phone.page, lent.stage.john
    phone.sign_in(lent.stage.officer)
    phone.lose_signal()
    phone.tab("Members")
    page.get_by_role("link", name=john.member_name).click()
    page.get_by_test_id("member-loans").click()
    page.get_by_test_id("loan-new").click()
    page.get_by_label("Loan (KES)").fill("9000")
    assert reasons(page) == ["NOT_ENOUGH_MONTHS", "OVER_LIMIT", "WITNESS_INVALID", "ID_MISSING"]
    expect(page.get_by_test_id("loan-limit")).to_have_text("Cannot borrow yet")
    said = page.get_by_test_id("reasons")
    expect(said).to_contain_text("Needs savings of KES 500.00 in ")
    expect(said).to_contain_text("There are no savings to borrow against.")
    expect(said).to_contain_text("There are no pictures of the ID card.")
    picture(page, "phone-loan-not-yet")
    is_accessible(page)
    page.get_by_test_id("apply-save").click()
    expect(page.get_by_test_id("toast")).to_contain_text("Nothing was saved yet.")
    assert phone.outbox() == []

    # Nobody witnesses for themselves.
    page.get_by_test_id("witness-search").fill(john.member_name)
    expect(page.get_by_text("Nobody found.")).to_be_visible()


def asks_for_a_loan(page: Page, lent: Lending) -> None:
    """From the calculator to the application, which is saved on the phone."""
    go(page, "/loans/quote")
    page.get_by_label("Loan (KES)").fill("60000")
    page.get_by_test_id("quote-apply").click()
    pick(page, "borrower-search", lent.jane)
    expect(page.get_by_test_id("loan-limit")).to_have_text("Can borrow up to KES 45,000.00")
    page.get_by_role("button", name="Borrow KES 45,000.00").click()
    fill_application(page, lent, "9000")
    expect(page.get_by_test_id("eligible")).to_be_visible()
    cost = page.get_by_test_id("loan-cost")
    expect(cost).to_contain_text("You get KES 9,000.00.")
    expect(cost).to_contain_text("You pay back KES 9,900.00 in 3 months: KES 3,300.00 each month.")
    expect(cost).to_contain_text("The loan costs KES 900.00, 78 % a year.")
    expect(page.get_by_test_id("loan-needs")).to_have_text("Needs you and the chair.")
    picture(page, "phone-loan-application")
    is_accessible(page)
    page.get_by_test_id("apply-save").click()
    expect(status(page)).to_have_text("Waits for approval")


def pays_too_much_back(page: Page) -> str:
    """All of it and 100.00 more, which goes to the savings; the receipt's number."""
    page.get_by_test_id("loan-next").click()
    page.get_by_role("button", name="Settle").click()
    expect(page.get_by_label("Amount (KES)")).to_have_value("9900.00")
    page.get_by_label("Amount (KES)").fill("10000")
    split = page.get_by_test_id("repay-split")
    expect(split).to_contain_text("9,000.00")
    expect(split).to_contain_text("Over, to the savings100.00")
    expect(split).to_contain_text("With this the loan is paid back.")
    picture(page, "phone-loan-repayment")
    is_accessible(page)
    page.get_by_test_id("repay-save").click()
    expect(status(page)).to_have_text("Paid back")
    page.get_by_test_id("repayment").click()
    slip = page.get_by_role("dialog", name="Receipt")
    expect(slip).to_contain_text("Not yet in the books.")
    picture(page, "phone-loan-receipt")
    number = slip.get_by_test_id("receipt-number").inner_text()
    slip.get_by_role("button", name="Close").click()
    return number


def test_a_loan_is_asked_for_paid_out_and_paid_back(
    house: House, phone: Phone, lent: Lending
) -> None:
    page, stage = phone.page, lent.stage
    phone.sign_in(stage.officer)
    enrol(page, lent)
    phone.lose_signal()
    asks_for_a_loan(page, lent)
    approve(page)
    expect(page.get_by_test_id("approvals-missing")).to_have_text("Still missing: the chair")
    picture(page, "phone-loan-approved-by-officer")
    is_accessible(page)
    signs(page, stage.chair)
    expect(status(page)).to_have_text("Approved, waits for the money")
    expect(page.get_by_test_id("approval")).to_have_count(2)
    pay_out(page)
    expect(status(page)).to_have_text("Running")
    picture(page, "phone-loan-running")
    is_accessible(page)
    number = pays_too_much_back(page)
    phone.tab("Outbox")
    waiting = phone.rows("waiting")
    expect(waiting).to_have_count(5)
    expect(waiting.filter(has_text=f"applied for by {lent.jane.member_name}")).to_have_count(1)
    picture(page, "phone-loan-outbox")

    phone.find_signal()
    phone.is_synced()
    expect(phone.rows("saved")).to_have_count(5)
    [loan] = loans_of(house, lent)
    signed = [row for row in house.all_of(Approval, subject_id=loan.id) if row.signature_id]
    assert [row.user_id for row in signed] == [stage.chair.user_id]
    [row] = house.all_of(Repayment, loan_id=loan.id)
    assert loan.status == "COMPLETED"
    assert (row.interest, row.principal, row.savings) == (900_00, 9_000_00, 100_00)
    assert row.receipt_number == number
    house.books_hold()


def test_two_phones_do_the_same_to_one_loan(
    house: House, phones: Callable[[], Phone], lent: Lending
) -> None:
    """What came second is refused if it is a paper, and kept for the office if it is money."""
    stage = lent.stage
    other = house.run(lambda: stage.make.officer(stage.group))
    loan_id = house.run(lambda: lent.applied("6000.00"))
    first, second = phones(), phones()
    first.sign_in(stage.officer)
    second.sign_in(other)

    both_do(first, second, loan_id, approve)
    notice = second.page.get_by_test_id("loan-notice")
    expect(notice).to_contain_text("Needs you")
    expect(notice).to_contain_text("The loan does not need this approval.")
    picture(second.page, "phone-loan-approved-twice")
    is_accessible(second.page)
    notice.click()
    second.rows("rejected").get_by_role("button", name="Take back").click()
    second.page.get_by_label("Why?").fill("The other officer approved it")
    second.page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    second.is_synced()

    house.run(lambda: lent.approve(loan_id, stage.chair))
    both_do(first, second, loan_id, pay_out, "Approved, waits for the money")
    expect(notice).to_contain_text("At the office")
    expect(notice).to_contain_text("The loan was paid out already.")
    picture(second.page, "phone-loan-paid-out-twice")

    # Both take the last instalments: the second one's money is kept for the office.
    both_do(first, second, loan_id, lambda page: repay(page, "6600"), "Running")
    expect(notice).to_have_count(2)
    expect(notice.last).to_contain_text("Nothing is owed on this loan any more.")
    picture(second.page, "phone-loan-repaid-twice")
    [row] = house.all_of(Repayment, loan_id=loan_id)
    assert row.amount == 6_600_00
    house.books_hold()


def both_do(
    first: Phone,
    second: Phone,
    loan_id: UUID,
    act: Callable[[Page], None],
    before: str = "Waits for approval",
) -> None:
    """Both without signal, seeing the loan in the same state; the first is back first."""
    for phone in (first, second):
        phone.sync_state.click()
        go(phone.page, f"/loans/{loan_id}")
        expect(status(phone.page)).to_have_text(before)
        phone.is_synced()
        phone.lose_signal()
        act(phone.page)
        expect(phone.page.get_by_test_id("outbox-count")).to_have_text("1")
    first.find_signal()
    first.is_synced()
    second.find_signal()
    expect(second.page.get_by_test_id("loan-notice").first).to_be_visible()
