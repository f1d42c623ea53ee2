"""What an officer does with loans on the phone, step by step."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from app.models import Member
from tests.journeys.phone import Phone
from tests.support.loans import Lending


def go(page: Page, path: str) -> None:
    page.evaluate("(path) => { location.hash = path }", path)


def pick(page: Page, field: str, member: Member) -> None:
    """Searches a member and touches the one found."""
    page.get_by_test_id(field).fill(member.member_name)
    page.get_by_role("button", name=member.member_name).click()


def fill_application(page: Page, lent: Lending, amount: str) -> None:
    page.get_by_label("Loan (KES)").fill(amount)
    page.get_by_label("What for").fill("Seeds and fertiliser")
    for witness in lent.witnesses:
        pick(page, "witness-search", witness)


def reasons(page: Page) -> list[str | None]:
    rows = page.get_by_test_id("reasons").locator("[data-code]")
    return [rows.nth(index).get_attribute("data-code") for index in range(rows.count())]


def status(page: Page) -> Locator:
    return page.get_by_test_id("loan-status")


def approve(page: Page) -> None:
    page.get_by_test_id("loan-next").click()
    page.get_by_test_id("approve-save").click()


def open_meeting(phone: Phone, group: str) -> str:
    """From the group's book; the id of the meeting that is on then."""
    page = phone.page
    phone.tab("Meeting")
    page.get_by_role("link", name=group).click()
    page.get_by_test_id("start-meeting").click()
    page.get_by_test_id("open-the-meeting").click()
    expect(page.get_by_role("heading", name="Attendance")).to_be_visible()
    return page.url.split("/meetings/")[1].split("/")[0]
