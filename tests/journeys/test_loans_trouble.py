"""Loans and savings where something stands in the way, and what a meeting has of them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import UUID

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from app.models import (
    Approval,
    Loan,
    Meeting,
    MeetingEntry,
    Member,
    Movement,
    Repayment,
    WelfareRequest,
)
from tests.journeys.accessibility import is_accessible
from tests.journeys.borrowing import (
    approve,
    fill_application,
    go,
    open_meeting,
    pick,
    reasons,
    status,
)
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.journeys.waiting import until
from tests.support.api import contribute
from tests.support.loans import REJECT, Lending, papers, save_for
from tests.support.welfare import Welfare


def today(lent: Lending) -> date:
    return date.fromisoformat(lent.stage.api.today())


def beside(page: Page, label: str) -> Locator:
    """What is said is wrong, right under the field."""
    said = page.get_by_label(label).get_attribute("aria-describedby")
    return page.locator(f'[id="{said}"]')


def card() -> bytes:
    """A small drawn ID card."""
    image = Image.new("RGB", (1000, 631), (214, 226, 220))
    for row in range(6):
        image.paste((30, 40, 60), (60, 60 + row * 90, 60 + 700 - row * 60, 84 + row * 90))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def photograph(page: Page, kind: str) -> None:
    page.get_by_test_id(f"paper-{kind}").get_by_role("button", name="Take a picture").click()
    files = [{"name": "id.jpg", "mimeType": "image/jpeg", "buffer": card()}]
    page.get_by_test_id("camera-gallery").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_test_id("camera-use").click()
    expect(page.get_by_test_id(f"paper-{kind}")).to_have_attribute("data-where", "here")


def is_written(phone: Phone, *types: str) -> None:
    """All of that, and nothing else, lies in the outbox."""
    until(
        phone.page,
        lambda: sorted(row["type"] for row in phone.outbox()) == sorted(types),
        f"the outbox holds {types}",
    )


def test_at_most_half_of_the_years_savings_go_out(
    house: House, phone: Phone, lent: Lending
) -> None:
    page, jane = phone.page, lent.jane
    phone.sign_in(lent.stage.officer)
    phone.lose_signal()
    go(page, f"/members/{jane.id}")
    page.get_by_test_id("member-withdraw").click()
    expect(page.get_by_test_id("withdraw-limit")).to_contain_text("7,500.00")
    page.get_by_label("Amount (KES)").fill("7500.01")
    page.get_by_label("What for").fill("School fees")
    expect(beside(page, "Amount (KES)")).to_contain_text(
        "At most half of the year's savings may be taken out. At most KES\u00a07,500.00 now."
    )
    expect(page.get_by_test_id("at-meeting")).to_have_count(0)
    page.get_by_test_id("withdraw-save").click()
    expect(page.get_by_label("Amount (KES)")).to_be_focused()
    picture(page, "phone-withdraw-over-half")
    is_accessible(page)
    assert phone.outbox() == []

    page.get_by_label("Amount (KES)").fill("7500")
    expect(beside(page, "Amount (KES)")).to_be_empty()
    page.get_by_test_id("withdraw-save").click()
    expect(page.get_by_test_id("member-savings")).to_have_text("7,500.00")
    is_written(phone, "withdrawSavings")
    phone.find_signal()
    phone.is_synced()
    phone.tab("Outbox")
    expect(phone.rows("saved")).to_have_count(1)
    [row] = house.all_of(Movement, group_id=lent.stage.group.id)
    assert (row.kind, row.amount, row.member_id) == ("WITHDRAWAL", 7_500_00, jane.id)
    assert house.all_of(MeetingEntry, group_id=lent.stage.group.id) == []
    house.books_hold()


def test_what_the_chair_refuses_reaches_the_phone_with_the_reason(
    house: House, phone: Phone, lent: Lending
) -> None:
    page, stage = phone.page, lent.stage
    loan_id = house.run(lambda: lent.applied("9000.00"))
    phone.sign_in(stage.officer)
    go(page, f"/loans/{loan_id}")
    expect(status(page)).to_have_text("Waits for approval")

    reason = "The last loan was paid back late"
    answer = house.run(
        lambda: stage.api.ask(stage.chair, REJECT, loanId=str(loan_id), reason=reason)
    )
    assert not answer.errors
    phone.sync_state.click()
    expect(status(page)).to_have_text("Refused")
    expect(page.get_by_text(f"Reason: {reason}")).to_be_visible()
    expect(page.get_by_test_id("loan-next")).to_have_count(0)
    picture(page, "phone-loan-refused")
    is_accessible(page)


def test_the_officer_refuses_without_signal_and_says_why(
    house: House, phone: Phone, lent: Lending
) -> None:
    page = phone.page
    loan_id = house.run(lambda: lent.applied("9000.00"))
    phone.sign_in(lent.stage.officer)
    phone.lose_signal()
    go(page, f"/loans/{loan_id}")
    page.get_by_test_id("loan-reject").click()
    page.get_by_test_id("reason-confirm").click()
    expect(beside(page, "Why?")).not_to_be_empty()
    assert phone.outbox() == []
    page.get_by_label("Why?").fill("A witness has left")
    page.get_by_test_id("reason-confirm").click()
    expect(status(page)).to_have_text("Refused")
    expect(page.get_by_text("Reason: A witness has left")).to_be_visible()
    is_written(phone, "rejectLoan")
    phone.find_signal()
    phone.is_synced()
    [loan] = house.all_of(Loan, id=loan_id)
    assert (loan.status, loan.rejected_reason) == ("REJECTED", "A witness has left")


def test_nobody_approves_before_the_id_card_was_checked(
    house: House, phone: Phone, lent: Lending
) -> None:
    """Pictures, check and approval, all without signal; what was typed stays on the way."""
    page, stage = phone.page, lent.stage

    async def work() -> Member:
        member = await stage.make.member(stage.group, member_name="Amina Hassan")
        await save_for(stage, member, "5000.00", today(lent))
        return member

    amina = house.run(work)
    phone.sign_in(stage.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    go(page, f"/loans/new?member={amina.id}")
    fill_application(page, lent, "9000")
    assert reasons(page) == ["ID_MISSING"]
    page.get_by_role("link", name="Take the pictures").click()
    photograph(page, "ID_FRONT")
    photograph(page, "ID_BACK")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_test_id("eligible")).to_be_visible()
    expect(page.get_by_label("Loan (KES)")).to_have_value("9000")
    page.get_by_test_id("apply-save").click()

    expect(page.get_by_text("Nobody can approve this loan before")).to_be_visible()
    picture(page, "phone-loan-check-first")
    is_accessible(page)
    page.get_by_test_id("loan-next").click()
    page.get_by_test_id("identity-save").click()
    expect(page.get_by_text("Choose what you have looked at.")).to_be_visible()
    page.get_by_label("The card and the person's face").check()
    picture(page, "phone-loan-check")
    is_accessible(page)
    page.get_by_test_id("identity-save").click()
    page.get_by_test_id("papers-to-loan").click()
    expect(page.get_by_test_id("loan-next")).to_have_text("Approve")
    approve(page)
    expect(page.get_by_test_id("approvals-missing")).to_have_text("Still missing: the chair")
    is_written(phone, "applyForLoan", "verifyIdentity", "approveLoan")

    phone.find_signal()
    phone.is_synced()
    [member] = house.all_of(Member, id=amina.id)
    assert member.id_verified
    [loan] = house.all_of(Loan, member_id=amina.id)
    [approval] = house.all_of(Approval, subject_id=loan.id)
    assert approval.user_id == stage.officer.user_id


def test_a_box_that_does_not_hold_the_money_is_said_before_it_is_handed_out(
    house: House, phone: Phone, lent: Lending
) -> None:
    page = phone.page
    loan_id = house.run(lambda: lent.approved("20000.00"))
    phone.sign_in(lent.stage.officer)
    phone.lose_signal()
    go(page, f"/loans/{loan_id}")
    page.get_by_test_id("loan-next").click()
    warning = page.get_by_test_id("cash-warning")
    expect(warning).to_contain_text("There should be only KES\u00a015,000.00 on the table.")
    picture(page, "phone-pay-out-warned")
    is_accessible(page)
    # What goes by M-Pesa does not come out of the box.
    page.get_by_role("radio", name="M-Pesa").locator("xpath=..").click()
    expect(warning).to_have_count(0)
    assert phone.outbox() == []


def test_money_on_a_members_pages_goes_to_the_open_meeting(
    house: House, phone: Phone, lent: Lending
) -> None:
    """A repayment, a payout and savings out: minutes and expected cash hold them."""
    page, stage, jane = phone.page, lent.stage, lent.jane

    async def work() -> tuple[UUID, UUID]:
        mary = await stage.make.member(stage.group, id_verified=True, member_name="Mary Chebet")
        await papers(stage, mary)
        await save_for(stage, mary, "5000.00", today(lent))
        running = await lent.running("9000.00", on=today(lent) - timedelta(days=1))
        hers = Lending(stage, mary, lent.witnesses, lent.committee)
        return running, await hers.approved("6000.00")

    running, approved = house.run(work)
    phone.sign_in(stage.officer)
    phone.lose_signal()
    meeting_id = open_meeting(phone, stage.group.name)
    note = page.get_by_test_id("at-meeting")

    go(page, f"/loans/{running}/repay")
    expect(note).to_contain_text("Goes to the open meeting of ")
    page.get_by_label("Date").fill((today(lent) - timedelta(days=1)).isoformat())
    expect(note).to_contain_text("Not part of the open meeting of ")
    page.get_by_label("Date").fill(today(lent).isoformat())
    page.get_by_label("Amount (KES)").fill("3300")
    picture(page, "phone-repay-at-meeting")
    is_accessible(page)
    page.get_by_test_id("repay-save").click()
    expect(page.get_by_test_id("repayment")).to_be_visible()

    go(page, f"/loans/{approved}")
    page.get_by_test_id("loan-next").click()
    expect(note).to_contain_text("Goes to the open meeting of ")
    page.get_by_test_id("pay-out-save").click()
    expect(status(page)).to_have_text("Running")

    go(page, f"/members/{jane.id}/withdraw")
    expect(note).to_contain_text("Goes to the open meeting of ")
    page.get_by_label("Amount (KES)").fill("1000")
    page.get_by_label("What for").fill("School fees")
    page.get_by_test_id("withdraw-save").click()
    is_written(phone, "openMeeting", "recordRepayment", "disburseLoan", "withdrawSavings")

    # 15,000.00 twice, less the loan of 9,000.00 before, and what moved at the table.
    go(page, f"/meetings/{meeting_id}/count")
    expect(page.get_by_test_id("cash-on-table")).to_have_text("17,300.00")
    phone.find_signal()
    phone.is_synced()
    [meeting] = house.all_of(Meeting, id=UUID(meeting_id))
    at_table = {row.entry_id for row in house.all_of(MeetingEntry, meeting_id=meeting.id)}
    [repaid] = house.all_of(Repayment, loan_id=running)
    [withdrawn] = house.all_of(Movement, group_id=stage.group.id)
    assert {repaid.entry_id, withdrawn.entry_id} < at_table
    assert len(at_table) == 3
    house.books_hold()


def test_an_application_from_a_meeting_leads_back_to_it(
    house: House, phone: Phone, lent: Lending
) -> None:
    page, stage = phone.page, lent.stage

    async def work() -> Member:
        other = await stage.make.group()
        await stage.make.assign(stage.officer, other)
        return await stage.make.member(other, member_name="Zawadi Elsewhere")

    house.run(work)
    phone.sign_in(stage.officer)
    phone.lose_signal()
    meeting_id = open_meeting(phone, stage.group.name)
    go(page, f"/meetings/{meeting_id}/loans")
    page.get_by_role("button", name="New loan application").click()
    expect(page.get_by_text(f"A member of {stage.group.name}")).to_be_visible()
    page.get_by_test_id("borrower-search").fill("Zawadi")
    expect(page.get_by_text("Nobody found.")).to_be_visible()
    pick(page, "borrower-search", stage.john)
    page.get_by_test_id("borrower-other").click()
    pick(page, "borrower-search", lent.jane)
    fill_application(page, lent, "9000")
    picture(page, "phone-apply-from-meeting")
    is_accessible(page)
    page.get_by_test_id("apply-save").click()
    asked = page.get_by_test_id("asked-loan")
    expect(asked).to_contain_text(lent.jane.member_name)
    expect(asked).to_contain_text("Needs your approval")
    assert page.url.endswith(f"/meetings/{meeting_id}/loans")
    picture(page, "meeting-loan-asked")
    is_accessible(page)
    is_written(phone, "openMeeting", "applyForLoan")


def test_nothing_due_today_is_said_with_the_next_instalment(
    house: House, phone: Phone, lent: Lending
) -> None:
    page = phone.page
    house.run(lambda: lent.running("9000.00"))
    phone.sign_in(lent.stage.officer)
    meeting_id = open_meeting(phone, lent.stage.group.name)
    go(page, f"/meetings/{meeting_id}/loans")
    row = page.get_by_test_id("running-loan")
    expect(row).to_contain_text("Nothing due today")
    expect(row).to_contain_text("Next: KES 3,300.00 on ")
    expect(row).not_to_contain_text("0.00due today")
    picture(page, "meeting-nothing-due")
    is_accessible(page)


def test_today_leads_to_welfare_that_waits_and_to_all_loans(
    house: House, phone: Phone, lent: Lending
) -> None:
    page, stage = phone.page, lent.stage

    async def work() -> None:
        fund = contribute(stage.john.id, "9000.00", contributionType="WELFARE")
        await stage.api.sync(stage.officer, fund)
        await Welfare(stage, lent.jane).asked("3000.00")
        await lent.applied("9000.00")

    house.run(work)
    phone.sign_in(stage.officer)
    row = page.get_by_test_id("agenda-row").filter(has_text="welfare request waits for approval")
    expect(row).to_contain_text(f"{lent.jane.member_name}, KES 3,000.00")
    link = page.get_by_test_id("all-loans")
    expect(link).to_contain_text("1 waits for you")
    link.scroll_into_view_if_needed()
    picture(page, "today-waits")
    is_accessible(page)

    # Between two meetings it is decided in the group's book, also without signal.
    phone.lose_signal()
    row.click()
    request = page.get_by_test_id("welfare-request")
    expect(request).to_contain_text(lent.jane.member_name)
    assert page.url.endswith(f"/meeting/{stage.group.id}/welfare")
    request.get_by_role("button", name="I approve").click()
    expect(request).to_contain_text("waits for: chair")
    picture(page, "welfare-alone")
    is_accessible(page)

    meeting_id = open_meeting(phone, stage.group.name)
    phone.tab("Today")
    row.click()
    expect(request).to_contain_text(lent.jane.member_name)
    assert page.url.endswith(f"/meetings/{meeting_id}/other")
    page.get_by_test_id("refuse-welfare").click()
    page.get_by_test_id("reason-confirm").click()
    expect(page.get_by_text("Say why in a few words.")).to_be_visible()
    page.get_by_label("Why?").fill("The meeting asks for the hospital's bill first")
    picture(page, "welfare-refuse")
    is_accessible(page)
    page.get_by_test_id("reason-confirm").click()
    expect(request).to_have_count(0)
    phone.find_signal()
    phone.is_synced()
    (decided,) = house.all_of(WelfareRequest, group_id=stage.group.id)
    assert decided.status == "REJECTED"
    assert decided.rejected_reason == "The meeting asks for the hospital's bill first"
    go(page, f"/meeting/{stage.group.id}")
    expect(page.get_by_test_id("welfare-link")).to_contain_text("Nobody waits for welfare.")
    page.get_by_test_id("all-loans").click()
    expect(page.get_by_test_id("loans-mine")).to_contain_text(lent.jane.member_name)
