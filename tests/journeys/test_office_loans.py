"""Loans at the office: a payout taken back, a loss, the pipeline. The way of a loan from the
application to the last payment is in test_office_from_nothing.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.lending import reverse, status
from tests.journeys.office import Office
from tests.journeys.pictures import picture
from tests.support.browser import Browsers
from tests.support.factories import Person
from tests.support.loans import Lending, days_ago, save_for

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


def reminds(page: Page) -> None:
    """The message to the member, opened with one's own phone."""
    page.get_by_test_id("loan-remind").click()
    text = page.get_by_test_id("remind-text")
    expect(text).to_have_value(re.compile(r"KES 3,300\.00 of your loan from .* overdue"))
    picture(page, "office-loan-remind")
    is_accessible(page)
    page.get_by_text("Kiswahili", exact=True).click()
    expect(text).to_have_value(re.compile(r"KES 3,300\.00 za mkopo wako"))
    ways = page.get_by_test_id("remind-whatsapp")
    expect(ways).to_have_attribute("href", re.compile(r"^https://wa\.me/2547\d{8}\?text=Habari%20"))
    page.keyboard.press("Escape")
    expect(text).to_have_count(0)


def test_an_overdue_loan_is_reminded_of_and_a_refused_payout_and_a_loss_are_put_right(
    house: House, lent: Lending, offices: Offices
) -> None:
    paid_out = days_ago(lent.stage, 40)
    house.run(lambda: save_for(lent.stage, lent.jane, "5000.00", paid_out))
    loan_id = house.run(lambda: lent.running("9000.00", paid_out))
    page = offices(lent.stage.admin, f"/loans/{loan_id}")
    reminds(page)
    page.get_by_test_id("loan-writeOff").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_text("Write down why.")).to_be_visible()
    picture(page, "office-loan-write-off")
    is_accessible(page)
    page.get_by_test_id("correct-reason").fill("Moved away")
    page.get_by_test_id("confirm").click()
    expect(status(page)).to_contain_text("Written off")
    reverse(page, "loan-reverseWriteOff", "She came back")
    expect(status(page)).to_contain_text("Overdue")
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
