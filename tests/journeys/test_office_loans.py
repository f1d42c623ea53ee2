"""Loans at the office: applied for, approved by the right people, paid, put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from app.models import Approval, Loan, Repayment
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.lending import approve, fill_application, pay_out, repay, reverse, status
from tests.journeys.office import Office
from tests.journeys.pictures import picture
from tests.support.browser import Browsers
from tests.support.factories import Person
from tests.support.loans import Lending, save_for

PHONE = {"width": 390, "height": 844}
Offices = Callable[[Person, str], Page]


@pytest.fixture
def offices(browsers: Browsers, house: House, tmp_path: Path) -> Offices:
    """Each person at a browser of their own, on the page that is named."""
    made: list[Office] = []

    def another(person: Person, path: str) -> Page:
        made.append(Office(browsers, tmp_path / f"office-{len(made)}", house.url))
        made[-1].sign_in(person, path)
        return made[-1].page

    return another


def loan_of(house: House, lent: Lending) -> Loan:
    (loan,) = house.all_of(Loan, group_id=lent.stage.group.id)
    return loan


def applies(page: Page, lent: Lending) -> None:
    page.get_by_test_id("new-loan").click()
    page.get_by_test_id("apply-submit").click()
    expect(page.get_by_text("Choose who borrows.")).to_be_visible()
    fill_application(page, lent, "60000")
    outlook = page.get_by_test_id("apply-outlook")
    expect(outlook.locator("[data-code=OVER_LIMIT]")).to_be_visible()
    page.get_by_test_id("apply-amount").fill("9000")
    expect(outlook).to_contain_text("The member gets KES 9,000.00.")
    expect(outlook).to_contain_text("paid back in 3 months: KES 3,300.00 each month.")
    expect(page.get_by_test_id("rules-kept")).to_be_visible()
    picture(page, "office-loan-application")
    is_accessible(page)
    page.get_by_test_id("apply-submit").click()
    expect(status(page)).to_contain_text("Waits for approval")


def test_a_small_loan_from_the_application_to_a_payment_put_right(
    house: House, lent: Lending, offices: Offices
) -> None:
    stage = lent.stage
    officer = offices(stage.officer, "/loans")
    applies(officer, lent)
    loan = loan_of(house, lent)
    expect(officer.get_by_test_id("approval-missing")).to_have_count(2)
    approve(officer, "Visited at home")
    expect(officer.get_by_test_id("loan-approve")).to_have_count(0)

    # The chair on a phone finds what waits.
    chair = offices(stage.chair, "/")
    chair.set_viewport_size(PHONE)
    chair.goto("/loans?stage=AWAITING_MY_APPROVAL")
    expect(chair.get_by_test_id("loan-row")).to_have_count(1)
    picture(chair, "chair-loans")
    is_accessible(chair)
    chair.get_by_test_id("loan-row").click()
    expect(chair.get_by_test_id("loan-approvals")).to_contain_text("Visited at home")
    picture(chair, "chair-loan")
    is_accessible(chair)
    approve(chair)
    expect(status(chair)).to_contain_text("Approved")
    expect(chair.get_by_test_id("loan-disburse")).to_have_count(0)

    officer.reload()
    pay_out(officer)
    expect(officer.get_by_test_id("instalment")).to_have_count(3)
    repay(officer, "3,300")
    expect(officer.get_by_test_id("repayment")).to_have_count(1)
    expect(officer.get_by_test_id("reverse-repayment")).to_have_count(0)

    # The administrator takes back what was entered wrongly, and it is entered rightly.
    admin = offices(stage.admin, f"/loans/{loan.id}")
    expect(admin.get_by_test_id("loan-out")).to_contain_text("6,000.00")
    reverse(admin, "reverse-repayment", "It was 1,300")
    expect(admin.get_by_test_id("repayment")).to_contain_text("Reversed")
    expect(admin.get_by_test_id("loan-out")).to_contain_text("9,000.00")
    admin.get_by_test_id("loan-repay").click()
    admin.get_by_test_id("repay-amount").fill("1300")
    split = admin.get_by_test_id("repay-split")
    expect(split.get_by_test_id("split-interest")).to_contain_text("300.00")
    expect(split.get_by_test_id("split-principal")).to_contain_text("1,000.00")
    picture(admin, "office-loan-repayment")
    is_accessible(admin)
    admin.get_by_test_id("repay-submit").click()
    admin.get_by_test_id("confirm").click()
    expect(admin.get_by_test_id("loan-out")).to_contain_text("8,000.00")
    picture(admin, "office-loan")
    is_accessible(admin)

    rows = house.all_of(Repayment, loan_id=loan.id)
    counting = [row for row in rows if row.reversed_by is None]
    assert [(row.amount, row.interest, row.principal) for row in counting] == [
        (1300_00, 300_00, 1000_00)
    ]
    assert len(rows) == 2
    house.books_hold()


def test_a_large_loan_is_approved_by_officer_committee_and_administrator(
    house: House, lent: Lending, offices: Offices
) -> None:
    stage = lent.stage

    async def apply() -> str:
        await save_for(stage, lent.jane, "25000.00", date.fromisoformat(stage.api.today()))
        return str(await lent.applied("240000.00", loanType="LONG_TERM", durationMonths=12))

    loan_id = house.run(apply)
    path = f"/loans/{loan_id}"
    people = (stage.officer, lent.committee[0], lent.committee[1], stage.admin)
    for number, person in enumerate(people):
        page = offices(person, path)
        expect(page.get_by_test_id("approval-missing")).to_have_count(4 - number)
        approve(page, f"Note {number}")
        expect(page.get_by_test_id("loan-approve")).to_have_count(0)
    expect(status(page)).to_contain_text("Approved")
    given = house.all_of(Approval, subject_id=UUID(loan_id))
    assert {row.user_id for row in given} == {person.user_id for person in people}

    # The group does not hold so much money: the refusal is said, and nothing is booked.
    page.get_by_test_id("loan-disburse").click()
    page.get_by_test_id("disburse-submit").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_text("does not have this much money")).to_be_visible()
    picture(page, "office-loan-not-enough")
    house.books_hold()


def test_a_refused_payout_and_a_loss_are_put_right(
    house: House, lent: Lending, offices: Offices
) -> None:
    loan_id = house.run(lambda: lent.running("9000.00"))
    page = offices(lent.stage.admin, f"/loans/{loan_id}")
    page.get_by_test_id("loan-writeOff").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_text("Write down why.")).to_be_visible()
    picture(page, "office-loan-write-off")
    is_accessible(page)
    page.get_by_test_id("correct-reason").fill("Moved away")
    page.get_by_test_id("confirm").click()
    expect(status(page)).to_contain_text("Written off")
    reverse(page, "loan-reverseWriteOff", "She came back")
    expect(status(page)).to_contain_text("Running")
    reverse(page, "loan-reverseDisbursement", "It was never handed out")
    expect(status(page)).to_contain_text("Approved")
    page.get_by_test_id("loan-reject").click()
    page.get_by_test_id("reject-reason").fill("No longer wanted")
    page.get_by_test_id("reject-submit").click()
    expect(status(page)).to_contain_text("Refused")
    expect(page.get_by_test_id("loan-approvals").locator("..")).to_contain_text("No longer wanted")
    house.books_hold()


def test_the_pipeline_is_filtered_and_speaks_swahili(
    house: House, lent: Lending, offices: Offices
) -> None:
    group = lent.stage.group
    house.run(lambda: lent.applied("9000.00"))
    page = offices(lent.stage.admin, f"/loans?group={group.id}")
    rows = page.get_by_test_id("loan-row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Needs: officer, chair")
    picture(page, "office-loans")
    is_accessible(page)
    page.get_by_test_id("stage-OVERDUE").click()
    expect(page.get_by_test_id("empty-state")).to_contain_text("No loan in this stage matches")
    expect(page.get_by_test_id("risk-30")).to_be_visible()
    is_accessible(page)
    page.get_by_test_id("stage-PENDING").click()
    page.get_by_test_id("loans-within").get_by_text("Chair").click()
    expect(rows).to_have_count(1)
    # The filter stands in the address.
    page.reload()
    expect(rows).to_have_count(1)
    assert "stage=AWAITING_CHAIR" in page.url

    page.evaluate("localStorage.setItem('tablebanking.language', 'sw')")
    page.reload()
    expect(rows).to_contain_text("Bado: afisa, mwenyekiti")
    is_accessible(page)
    rows.click()
    expect(status(page)).to_contain_text("Unasubiri idhini")
    picture(page, "office-loan-sw")
    is_accessible(page)
