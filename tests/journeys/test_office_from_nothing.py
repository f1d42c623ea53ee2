"""From an empty system to a year's dividends, each person at a browser of their own: a group is
founded, a loan of each size is approved by the right people, paid out and paid back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.models import Approval, Loan, Member, Repayment
from app.services.dividend_work import unfinished_jobs, work_off
from tests.journeys.accessibility import is_accessible
from tests.journeys.founding import Desks, Founded, found
from tests.journeys.house import House
from tests.journeys.lending import approve, fill_application, pay_out, repay, reverse, status
from tests.journeys.office import Office, confirm, fits, in_swahili
from tests.journeys.pictures import picture
from tests.support.api import contribute
from tests.support.browser import Browsers
from tests.support.factories import Person
from tests.support.loans import Lending
from tests.support.stage import Stage

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def desks(browsers: Browsers, house: House, tmp_path: Path) -> Desks:
    made: list[Office] = []

    def another() -> Office:
        made.append(Office(browsers, tmp_path / f"office-{len(made)}", house.url))
        return made[-1]

    return another


def test_from_an_empty_system_to_the_dividends(house: House, desks: Desks) -> None:
    founded = found(house, desks)
    lent, stage = founded.lent, founded.lent.stage
    small = apply_for_the_small_loan(house, founded)
    approve_the_small_loan(house, founded, small)
    pay_the_small_loan_back(house, founded, small)

    # The middle one needs two of the committee, of whom the chair may be one.
    johns = replace(lent, jane=stage.john, witnesses=(lent.jane, founded.mary))
    middle = apply_for(house, founded.officer, johns, "60000", "12")
    approved_by(
        house,
        middle,
        (stage.officer, founded.officer),
        (stage.chair, founded.chair),
        (lent.committee[0], founded.committee[0]),
    )
    founded.officer.reload()
    pay_out(founded.officer)
    repay(founded.officer, "7000")
    expect(founded.officer.get_by_test_id("repayment")).to_have_count(1)

    marys = replace(lent, jane=founded.mary, witnesses=(lent.jane, stage.john))
    large = apply_for(house, founded.officer, marys, "240000", "12")
    approved_by(
        house,
        large,
        (stage.officer, founded.officer),
        (lent.committee[0], founded.committee[0]),
        (lent.committee[1], founded.committee[1]),
        (stage.admin, founded.admin),
    )
    pay_the_large_loan_out(house, founded)
    share_the_year_out(house, founded.admin, stage)
    house.books_hold()


def loan_of(house: House, member: Member) -> Loan:
    (loan,) = house.all_of(Loan, member_id=member.id)
    assert isinstance(loan, Loan)
    return loan


def apply_for_the_small_loan(house: House, founded: Founded) -> Loan:
    page, lent = founded.officer, founded.lent
    page.goto("/loans")
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
    return loan_of(house, lent.jane)


def approve_the_small_loan(house: House, founded: Founded, loan: Loan) -> None:
    """By the officer and the chair; nobody else, nobody twice."""
    officer, chair, lent = founded.officer, founded.chair, founded.lent
    expect(officer.get_by_test_id("approval-missing")).to_have_count(2)
    approve(officer, "Visited at home")
    expect(officer.get_by_test_id("loan-approve")).to_have_count(0)
    for page, person in (
        (founded.committee[0], lent.committee[0]),
        (founded.admin, lent.stage.admin),
    ):
        page.goto(f"/loans/{loan.id}")
        expect(status(page)).to_contain_text("Waits for approval")
        expect(page.get_by_test_id("loan-approve")).to_have_count(0)
        refused = house.run(lambda person=person: lent.approve(loan.id, person))  # type: ignore[misc]
        assert refused.code == "APPROVAL_NOT_NEEDED"

    # The chair on a phone finds what waits.
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


def pay_the_small_loan_back(house: House, founded: Founded, loan: Loan) -> None:
    officer, admin = founded.officer, founded.admin
    officer.reload()
    pay_out(officer)
    expect(officer.get_by_test_id("instalment")).to_have_count(3)
    repay(officer, "3,300")
    expect(officer.get_by_test_id("repayment")).to_have_count(1)
    expect(officer.get_by_test_id("reverse-repayment")).to_have_count(0)

    # The administrator takes back what was entered wrongly, and it is entered rightly.
    admin.reload()
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
    # The rest: 8,000.00 and the interest that is left of 900.00.
    repay(admin, "8600")
    expect(status(admin)).to_contain_text("Paid back")


def apply_for(house: House, page: Page, lent: Lending, amount: str, months: str) -> Loan:
    page.goto("/loans")
    page.get_by_test_id("new-loan").click()
    page.get_by_test_id("apply-type").select_option("LONG_TERM")
    fill_application(page, lent, amount, months)
    expect(page.get_by_test_id("rules-kept")).to_be_visible()
    page.get_by_test_id("apply-submit").click()
    expect(status(page)).to_contain_text("Waits for approval")
    return loan_of(house, lent.jane)


def approved_by(house: House, loan: Loan, *people: tuple[Person, Page]) -> None:
    """One after the other, each once; then it is approved."""
    for number, (_, page) in enumerate(people):
        page.goto(f"/loans/{loan.id}")
        expect(page.get_by_test_id("approval-missing")).to_have_count(len(people) - number)
        approve(page, f"Note {number}")
        expect(page.get_by_test_id("loan-approve")).to_have_count(0)
    expect(status(people[-1][1])).to_contain_text("Approved")
    given: Sequence[Approval] = house.all_of(Approval, subject_id=UUID(str(loan.id)))
    assert {row.user_id for row in given} == {person.user_id for person, _ in people}


def pay_the_large_loan_out(house: House, founded: Founded) -> None:
    """The group does not hold so much money: nothing is booked until more has come."""
    page, stage = founded.admin, founded.lent.stage
    page.get_by_test_id("loan-disburse").click()
    page.get_by_test_id("disburse-submit").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_text("does not have this much money")).to_be_visible()
    picture(page, "office-loan-not-enough")
    saved = contribute(founded.mary.id, "200000.00")
    (result,) = house.run(lambda: stage.api.sync(stage.officer, saved))
    assert result["outcome"] == "APPLIED"
    page.reload()
    pay_out(page)
    expect(page.get_by_test_id("instalment")).to_have_count(12)
    repay(page, "25000")
    expect(page.get_by_test_id("repayment")).to_have_count(1)


def share_the_year_out(house: House, page: Page, stage: Stage) -> None:
    """Last year's: what the members had brought then, as the officer's phone sends it."""
    year = clock.now().year - 1
    day = f"{year}-06-05"
    paid_in = [
        contribute(stage.jane.id, "6000.00", contributionDate=day),
        contribute(stage.john.id, "3000.00", contributionDate=day),
        contribute(stage.john.id, "900.00", contributionDate=day, contributionType="REGISTRATION"),
    ]
    results = house.run(lambda: stage.api.sync(stage.officer, *paid_in))
    assert {one["outcome"] for one in results} == {"APPLIED"}
    calculate_all(house, page)
    page.goto(f"/dividends?group={stage.group.id}&year={year}")
    # 70 % of 900.00, two thirds of it Jane's.
    expect(page.get_by_test_id("distributable")).to_have_text("KES\u00a0630.00")
    expect(page.get_by_test_id("shares-total")).to_have_text("630.00")
    jane = page.get_by_test_id("share-row").filter(has_text=stage.jane.member_name)
    expect(jane).to_contain_text("420.00")
    jane.click()
    expect(page.get_by_test_id("statement-panel")).to_contain_text("66.67 %")
    is_accessible(page)
    approve_and_post(page, stage)
    take_back(page)
    page.get_by_test_id("calculate").click()
    approve_and_post(page, stage)
    picture(page, "office-dividends")
    is_accessible(page)
    pay_the_shares(page, stage)
    balances = house.run(lambda: stage.balances(stage.john.id))
    assert balances["MEMBER_SAVINGS"] == -(3 * 8000_00 + 3210_00)


def calculate_all(house: House, page: Page) -> None:
    """The federation's job, which a worker does in the background."""
    page.goto("/dividends")
    page.get_by_test_id("job-CALCULATE").click()
    is_accessible(page)
    page.get_by_test_id("confirm").click()
    job = page.get_by_test_id("job-row")
    expect(job.get_by_test_id("job-done")).to_have_text("0 of 1 done")

    async def work() -> None:
        async with house.runtime.db.reading() as session:
            jobs = await unfinished_jobs(session)
        for one in jobs:
            await work_off(house.runtime, one)

    house.run(work)
    expect(job.get_by_test_id("job-done")).to_have_text("1 of 1 done")


def approve_and_post(page: Page, stage: Stage) -> None:
    for step, word in (("approve", "Approved"), ("post", "Posted")):
        page.get_by_test_id(f"{step}-dividends").click()
        page.get_by_test_id("step-submit").click()
        confirm(page, stage.group.name, "KES 630.00")
        expect(page.get_by_test_id("dividends-status")).to_contain_text(word)


def reverse_dividends(page: Page, reason: str) -> None:
    page.get_by_test_id("reverse-dividends").click()
    page.get_by_test_id("step-reason").fill(reason)
    page.get_by_test_id("step-submit").click()
    page.get_by_test_id("confirm").click()


def take_back(page: Page) -> None:
    """While nothing is paid, the year is taken back."""
    reverse_dividends(page, "A meeting was forgotten")
    expect(page.get_by_test_id("dividends-status")).to_contain_text("Reversed")


def pay_the_shares(page: Page, stage: Stage) -> None:
    jane = page.get_by_test_id("share-row").filter(has_text=stage.jane.member_name)
    page.get_by_test_id("pay-dividends").click()
    page.get_by_test_id(f"pay-{stage.john.id}").uncheck()
    page.get_by_test_id("pay-submit").click()
    confirm(page, stage.jane.member_name, "KES 420.00", "In cash")
    expect(jane).to_contain_text("In cash")
    # Money has gone out: the year is not taken back.
    reverse_dividends(page, "A mistake")
    expect(page.get_by_test_id("form-error")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_test_id("unsaved-leave").click()
    page.get_by_test_id("pay-dividends").click()
    page.get_by_test_id("pay-how").select_option("SAVINGS")
    page.get_by_test_id("pay-submit").click()
    confirm(page, stage.john.member_name, "KES 210.00", "Into savings")
    expect(page.get_by_test_id("dividends-status")).to_have_text("Paid")
    in_swahili(page)
    expect(page.get_by_test_id("dividends-status")).to_have_text("Yamelipwa")
    is_accessible(page)
    page.set_viewport_size(PHONE)
    fits(page)
    picture(page, "office-dividends-phone")
