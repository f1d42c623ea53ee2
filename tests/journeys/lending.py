"""What people at the office do with a loan, step by step."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.support.loans import Lending


def fill_application(page: Page, lent: Lending, amount: str, months: str | None = None) -> None:
    """In the drawer of a new application, which is open."""
    page.get_by_test_id("apply-group").select_option(str(lent.stage.group.id))
    page.get_by_test_id("apply-member").select_option(str(lent.jane.id))
    page.get_by_test_id("apply-amount").fill(amount)
    if months:
        page.get_by_test_id("apply-months").fill(months)
    page.get_by_test_id("apply-purpose").fill("Seeds and fertiliser")
    for number, witness in enumerate(lent.witnesses, start=1):
        page.get_by_test_id(f"apply-witness-{number}").select_option(str(witness.id))


def status(page: Page) -> Locator:
    return page.get_by_test_id("loan-status")


def approve(page: Page, note: str = "") -> None:
    page.get_by_test_id("loan-approve").click()
    if note:
        page.get_by_test_id("approve-notes").fill(note)
    page.get_by_test_id("approve-submit").click()
    expect(page.get_by_test_id("approve-submit")).to_have_count(0)


def pay_out(page: Page) -> None:
    page.get_by_test_id("loan-disburse").click()
    page.get_by_test_id("disburse-submit").click()
    page.get_by_test_id("confirm").click()
    expect(status(page)).to_contain_text("Running")


def repay(page: Page, amount: str) -> None:
    page.get_by_test_id("loan-repay").click()
    page.get_by_test_id("repay-amount").fill(amount)
    page.get_by_test_id("repay-submit").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("repay-submit")).to_have_count(0)


def reverse(page: Page, button: str, reason: str) -> None:
    page.get_by_test_id(button).first.click()
    page.get_by_test_id("correct-reason").fill(reason)
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("confirm-dialog")).to_have_count(0)
