"""Members at the office: found across groups, read on one page, their ID looked at."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from app.models import Member
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.office import Office, in_swahili
from tests.journeys.pictures import picture
from tests.support.api import edit
from tests.support.loans import Lending, papers


def sorts_by_name(house: House, page: Page) -> Locator:
    """By the head of the column, with the keyboard; the rows."""
    rows = page.get_by_test_id("member-row")
    names = sorted(member.member_name for member in house.all_of(Member))
    expect(rows.first).to_contain_text(names[0])
    head = page.get_by_role("columnheader", name="Member", exact=True)
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(rows.first).to_contain_text(names[-1])
    expect(page).to_have_url(re.compile("sort=NAME_DESC"))
    return rows


def messages_are_read_and_given_up(house: House, page: Page, lent: Lending) -> None:
    """What the member was written, in which language they want it, and what did not arrive."""
    house.work()
    page.get_by_role("link", name="Overview").click()
    letters = [house.dead_letter(lent.jane), house.dead_letter(lent.jane, "TRIED_OUT")]
    page.get_by_test_id("change-messages").click()
    page.get_by_test_id("messages-language").select_option("en")
    page.get_by_test_id("messages-wanted").uncheck()
    is_accessible(page)
    page.get_by_test_id("messages-submit").click()
    expect(page.get_by_test_id("member-messages-wanted")).to_contain_text("wants none")
    expect(page.get_by_test_id("member-messages-language")).to_have_text("English")
    (jane,) = house.all_of(Member, id=lent.jane.id)
    assert (jane.language, jane.messages_off_at is None) == ("en", False)

    member = page.url
    page.goto(f"/messages?member={lent.jane.id}")
    rows = page.get_by_test_id("message-row")
    page.get_by_test_id("message-row").first.click()
    expect(page.get_by_test_id("message-text")).to_contain_text("KES 5,000.00")
    expect(page.get_by_test_id("message-why")).to_contain_text("no provider is set up")
    expect(page.get_by_test_id("messages-no-provider")).to_be_visible()
    picture(page, "office-messages")
    is_accessible(page)
    page.get_by_test_id("messages-state").select_option("SENT")
    expect(rows).to_have_count(0)

    page.get_by_role("link", name="Not delivered").click()
    for letter in letters:
        row = page.locator(f'[data-testid="undelivered-row"][data-id="{letter}"]')
        row.get_by_test_id("undelivered-choose").check()
    picture(page, "office-undelivered")
    page.get_by_test_id("dismiss-chosen").click()
    page.get_by_test_id("dismiss-reason").fill("Told in person")
    is_accessible(page)
    page.get_by_test_id("dismiss-submit").click()
    expect(page.get_by_test_id("undelivered-said")).to_have_text("2 given up")
    expect(page.get_by_test_id("undelivered-row")).to_have_count(0)
    picture(page, "office-undelivered-none")
    page.goto(member)


def a_passbook_is_printed(house: House, page: Page) -> None:
    page.get_by_test_id("paper").click()
    page.get_by_test_id("paper-language").select_option("sw")
    picture(page, "office-paper")
    is_accessible(page)
    page.get_by_test_id("paper-submit").click()
    expect(page.get_by_test_id("paper-progress")).to_contain_text("being made")
    house.work()
    download = page.get_by_test_id("paper-download")
    expect(download).to_be_visible()
    is_accessible(page)
    with page.expect_download() as fetched:
        download.click()
    assert fetched.value.suggested_filename == "Passbook Jane Njeri.pdf"
    assert fetched.value.path().read_bytes().startswith(b"%PDF")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("paper-progress")).to_have_count(0)


def test_a_member_is_found_read_and_checked(house: House, office: Office, lent: Lending) -> None:
    stage = lent.stage
    house.run(lambda: papers(stage, stage.john))
    page = office.page
    office.sign_in(stage.admin, "/members")
    rows = sorts_by_name(house, page)
    page.get_by_test_id("members-search").fill(stage.john.member_name)
    expect(rows).to_have_count(1)
    picture(page, "office-members")
    is_accessible(page)
    rows.click()
    expect(page.get_by_test_id("member-total")).to_contain_text("KES 0.00")
    is_accessible(page)

    page.get_by_role("link", name="Identity").click()
    page.get_by_test_id("identity-method").select_option("ORIGINAL_SEEN")
    page.get_by_test_id("identity-notes").fill("Seen at the meeting")
    page.get_by_test_id("identity-submit").click()
    expect(page.get_by_test_id("identity-state")).to_contain_text("ID checked")
    is_accessible(page)
    (john,) = house.all_of(Member, id=stage.john.id)
    assert john.id_verified

    # Jane saved 5,000.00 in each of three months: the statement and the passbook say so.
    page.goto(f"/members/{lent.jane.id}/statement?from=2020-01-01")
    expect(page.get_by_test_id("statement-line")).to_have_count(3)
    expect(page.get_by_test_id("statement-funds")).to_contain_text("15,000.00")
    is_accessible(page)
    page.get_by_role("link", name="Passbook").click()
    expect(page.get_by_test_id("passbook-month")).to_have_count(int(stage.api.today()[5:7]))
    is_accessible(page)
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_test_id("member-total")).to_contain_text("15,000.00")
    picture(page, "office-member")
    is_accessible(page)

    # Edited here while the officer's phone does the same: the clash is decided field by field.
    page.get_by_test_id("edit-member").click()
    page.get_by_test_id("edit-member-memberName").fill("")
    page.get_by_test_id("edit-member-submit").click()
    expect(page.get_by_test_id("edit-member-memberName")).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("edit-member-memberName").fill("Jane Njeri")
    page.get_by_test_id("edit-member-phone").fill("0711 222 333")
    page.get_by_test_id("add-kin").click()
    page.get_by_test_id("kin-0-name").fill("Mary Kamau")
    page.get_by_test_id("kin-0-relationship").fill("Sister")
    picture(page, "office-member-edit")
    is_accessible(page)
    (sent,) = house.run(
        lambda: stage.api.sync(stage.officer, edit(lent.jane.id, 1, phone="0799 888 777"))
    )
    assert sent["outcome"] == "APPLIED"
    page.get_by_test_id("edit-member-submit").click()
    expect(page.get_by_test_id("conflict-theirs-phone")).to_have_text("0799 888 777")
    page.get_by_test_id("conflict-phone").get_by_text("Save mine").click()
    page.get_by_test_id("conflict-decide").click()
    expect(page.get_by_role("heading", level=1, name="Jane Njeri")).to_be_visible()
    expect(page.get_by_test_id("member-page")).to_contain_text("0711 222 333")
    expect(page.get_by_test_id("member-page")).to_contain_text("Mary Kamau")
    page.get_by_role("link", name="History").click()
    history = page.get_by_test_id("member-history")
    expect(history).to_contain_text("Name, Next of kin, Phone")
    expect(history.get_by_text("Changed")).to_have_count(2)
    messages_are_read_and_given_up(house, page, lent)
    a_passbook_is_printed(house, page)

    in_swahili(page)
    expect(page.get_by_test_id("member-page").get_by_role("link", name="Muhtasari")).to_be_visible()
    is_accessible(page)
