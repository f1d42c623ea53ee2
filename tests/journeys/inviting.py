"""How somebody new comes in: invited by an administrator, with a code that is shown once."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app.models import BankingGroup
from tests.journeys.accessibility import is_accessible

PASSWORD = "mango tree by the river"


def invite(page: Page, name: str, phone: str, role: str, group: BankingGroup) -> str:
    """Fills in the invitation; the code that is shown."""
    page.get_by_test_id("invite").click()
    page.get_by_test_id("person-name").fill(name)
    page.get_by_test_id("person-phone").fill(phone)
    page.get_by_test_id("person-role").select_option(role)
    if role == "FIELD_OFFICER":
        page.get_by_test_id("person-groups").select_option(str(group.id))
        expect(page.get_by_test_id("person-group-chosen")).to_contain_text(group.name)
    else:
        page.get_by_test_id("person-group").select_option(str(group.id))
    is_accessible(page)
    page.get_by_test_id("invite-submit").click()
    return page.get_by_test_id("code").inner_text()


def come_in(page: Page, phone: str, code: str) -> None:
    """On the page for those who have a code."""
    page.get_by_test_id("welcome-phone").fill(phone)
    page.get_by_test_id("welcome-code").fill(code)
    page.get_by_test_id("welcome-password").fill(PASSWORD)
    page.get_by_test_id("welcome-again").fill(PASSWORD)
    page.get_by_test_id("welcome-submit").click()
