"""People in the office: from the invitation to the hand-over, codes and sign-ins."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.models import (
    BankingGroup,
    Device,
    Meeting,
    Movement,
    OfficerAssignment,
    UnsentWork,
    User,
)
from app.models.base import new_id
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.inviting import PASSWORD, come_in, invite
from tests.journeys.office import Office
from tests.journeys.pictures import picture
from tests.support.browser import Browsers
from tests.support.factories import Person

PHONE: ViewportSize = {"width": 390, "height": 844}
NUMBERS = count(1)


@dataclass(frozen=True)
class Desk:
    group: BankingGroup
    admin: Person
    heir: Person
    """An officer who works with another group."""


@pytest.fixture
def desk(house: House) -> Desk:
    make = house.make
    group, other = house.run(make.group), house.run(make.group)
    heir = house.run(lambda: make.officer(other, name=f"Heir Otieno {next(NUMBERS)}"))
    return Desk(group, house.run(make.admin), heir)


@pytest.fixture
def colleagues(browsers: Browsers, house: House, tmp_path: Path) -> Callable[[], Office]:
    number = count()
    return lambda: Office(browsers, tmp_path / f"colleague-{next(number)}", house.url)


def settle_in(other: Office, phone: str, code: str) -> None:
    """In another browser: a wrong code first, then theirs."""
    theirs = other.page
    theirs.goto("/sign-in")
    theirs.get_by_test_id("login-code").click()
    come_in(theirs, phone, "1111 2222" if code != "1111 2222" else "1111 2223")
    expect(theirs.get_by_text("do not belong together")).to_be_visible()
    is_accessible(theirs)
    theirs.get_by_test_id("welcome-code").fill(code)
    theirs.get_by_test_id("welcome-submit").click()
    expect(theirs.get_by_test_id("welcome-done")).to_be_visible()
    is_accessible(theirs)
    theirs.get_by_test_id("welcome-sign-in").click()
    other.enter(phone, PASSWORD)
    expect(theirs.get_by_role("navigation", name="Main")).to_be_visible()
    expect(theirs.get_by_role("link", name="People")).to_have_count(0)
    theirs.goto("/groups")
    expect(theirs.get_by_test_id("group-row")).to_have_count(1)


def hand_over(page: Page, heir: Person) -> None:
    """Nobody else serves the group, and there is unsent work: both must be said."""
    page.get_by_test_id("person-leave").click()
    page.get_by_test_id("leave-submit").click()
    choice = page.get_by_test_id("leave-group")
    expect(choice).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Have the records sent first, or say")).to_be_visible()
    choice.select_option(str(heir.user_id))
    page.get_by_test_id("leave-unsent").check()
    is_accessible(page)
    picture(page, "office-people-leave")
    page.get_by_test_id("leave-submit").click()


def shut_out(page: Page, user: User) -> None:
    """The phone that still holds three records: that must be known; then it is let in again."""
    page.goto("/people/devices")
    own = page.get_by_test_id("device-row").filter(has=page.get_by_test_id("this-device"))
    expect(own).to_contain_text("Chrome on Linux")
    own.click()
    expect(page.get_by_test_id("device-panel")).to_contain_text("You are working in this browser")
    expect(page.get_by_test_id("device-revoke")).to_have_count(0)
    page.goto(f"/people/devices?person={user.id}")
    row = page.get_by_test_id("device-row").filter(has_text="Tecno Spark")
    row.click()
    is_accessible(page)
    picture(page, "office-devices")
    page.get_by_test_id("device-revoke").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_text("Have the records sent first, or say")).to_be_visible()
    page.get_by_test_id("device-known").check()
    is_accessible(page)
    page.get_by_test_id("confirm").click()
    expect(row).to_contain_text("Shut out")
    page.get_by_test_id("device-restore").click()
    page.get_by_test_id("confirm").click()
    expect(row).to_contain_text("Signed out")


def keep_unsent(house: House, user: User) -> None:
    """A phone of theirs says that it holds three records."""

    async def work(session: AsyncSession) -> None:
        device = Device(
            id=new_id(),
            user_id=user.id,
            name="Tecno Spark",
            created_at=clock.now(),
            last_seen_at=clock.now(),
        )
        session.add(device)
        await session.flush()
        session.add(
            UnsentWork(
                user_id=user.id, device_id=device.id, waiting=2, failed=1, reported_at=clock.now()
            )
        )

    house.run(lambda: house.runtime.db.transact(work))


def test_an_officer_from_the_invitation_to_the_hand_over(
    house: House, office: Office, colleagues: Callable[[], Office], desk: Desk
) -> None:
    page = office.page
    number = next(NUMBERS)
    name, phone = f"Barasa Wafula {number}", f"0722 900 {number:03d}"
    office.sign_in(desk.admin, "/people")
    expect(page.get_by_test_id("person-row").first).to_be_visible()
    is_accessible(page)

    code = invite(page, name, phone, "FIELD_OFFICER", desk.group)
    assert re.fullmatch(r"\d{4} \d{4}", code)
    expect(page.get_by_test_id("code-message")).to_contain_text("/welcome")
    expect(page.get_by_test_id("code-message")).to_contain_text(code)
    is_accessible(page)
    picture(page, "office-people-code")
    # Neither Escape nor a slip of the mouse takes away what is shown this once.
    page.keyboard.press("Escape")
    page.mouse.click(5, 5)
    page.get_by_test_id("code-close").click()
    expect(page.get_by_test_id("code-window")).to_have_count(0)
    page.get_by_test_id("people-search").fill(name)
    row = page.get_by_test_id("person-row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Invited")

    other = colleagues()
    theirs = other.page
    settle_in(other, phone, code)

    (user,) = house.all_of(User, name=name)
    keep_unsent(house, user)
    page.goto(f"/people?person={user.id}")
    panel = page.get_by_test_id("person-panel")
    expect(panel.get_by_test_id("person-status")).to_have_text("Active")
    expect(panel.get_by_test_id("person-serves")).to_have_text(desk.group.name)
    expect(panel.get_by_test_id("person-unsent")).to_contain_text("Tecno Spark")
    expect(panel.get_by_test_id("sign-in")).to_have_count(1)
    is_accessible(page)
    picture(page, "office-people")

    hand_over(page, desk.heir)
    expect(panel.get_by_test_id("person-status")).to_have_text("Deactivated")
    shut_out(page, user)
    page.goto(f"/people?person={user.id}")

    # Their session is over, without a click.
    expect(theirs.get_by_test_id("login-submit")).to_be_visible()
    other.enter(phone, PASSWORD)
    expect(theirs.get_by_text("do not belong together")).to_be_visible()
    kept = house.all_of(OfficerAssignment, group_id=desk.group.id, removed_at=None)
    assert [one.officer_id for one in kept] == [desk.heir.user_id]

    panel.get_by_test_id("person-back").click()
    is_accessible(page)
    page.get_by_test_id("confirm").click()
    expect(panel.get_by_test_id("person-status")).to_have_text("Active")


def test_a_new_code_ends_the_sign_ins_and_lets_the_person_in(
    house: House, office: Office, colleagues: Callable[[], Office], desk: Desk
) -> None:
    other = colleagues()
    other.sign_in(desk.heir)
    page = office.page
    office.sign_in(desk.admin, f"/people?person={desk.heir.user_id}")
    page.get_by_test_id("person-code").click()
    is_accessible(page)
    page.get_by_test_id("confirm").click()
    code = page.get_by_test_id("code").inner_text()
    expect(other.page.get_by_test_id("login-submit")).to_be_visible()
    other.page.goto("/welcome")
    come_in(other.page, desk.heir.phone, code)
    other.page.get_by_test_id("welcome-sign-in").click()
    other.enter(desk.heir.phone, PASSWORD)
    expect(other.page.get_by_role("navigation", name="Main")).to_be_visible()


def test_a_person_is_edited_and_clashes_are_said_beside_the_field(
    house: House, office: Office, desk: Desk
) -> None:
    page = office.page
    office.sign_in(desk.admin, f"/people?person={desk.heir.user_id}")
    page.get_by_test_id("person-edit").click()
    page.get_by_test_id("person-phone").fill(desk.admin.phone)
    page.get_by_test_id("person-submit").click()
    expect(page.get_by_text("Somebody already signs in with this phone number.")).to_be_visible()
    page.get_by_test_id("person-phone").fill(desk.heir.phone)
    # Who serves groups gets no other role before they are handed over.
    page.get_by_test_id("person-role").select_option("SYSTEM_ADMIN")
    page.get_by_test_id("person-submit").click()
    expect(page.get_by_test_id("person-role")).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("person-role").select_option("FIELD_OFFICER")
    page.get_by_test_id("person-groups").select_option(str(desk.group.id))
    page.get_by_test_id("person-submit").click()
    expect(page.get_by_test_id("person-serves")).to_have_count(2)
    kept = house.all_of(OfficerAssignment, officer_id=desk.heir.user_id, removed_at=None)
    assert len(kept) == 2


def test_everybody_ends_their_own_sign_ins(
    house: House, office: Office, colleagues: Callable[[], Office], desk: Desk
) -> None:
    lost = colleagues()
    lost.sign_in(desk.heir)
    page = office.page
    office.sign_in(desk.heir)
    page.get_by_test_id("account-menu").click()
    page.get_by_test_id("own-sign-ins").click()
    expect(page.get_by_test_id("sign-in")).to_have_count(2)
    is_accessible(page)
    picture(page, "office-own-sign-ins")
    page.get_by_test_id("end-sign-in").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("sign-in")).to_have_count(1)
    expect(lost.page.get_by_test_id("login-submit")).to_be_visible()
    page.get_by_test_id("end-all-sign-ins").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("login-submit")).to_be_visible()


def test_people_on_a_phone_in_swahili_and_dark(office: Office, desk: Desk) -> None:
    page = office.page
    page.set_viewport_size(PHONE)
    page.goto("/welcome")
    page.get_by_text("Kiswahili").click()
    expect(page.get_by_role("heading", level=1, name="Ingia kwa msimbo")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    is_accessible(page)
    picture(page, "office-welcome-swahili-dark")
    page.goto("/sign-in?next=/people")
    office.enter(desk.admin.phone, desk.admin.password)
    expect(page.get_by_role("heading", level=1, name="Watu")).to_be_visible()
    expect(page.get_by_test_id("person-row").first).to_be_visible()
    is_accessible(page)
    page.get_by_test_id("person-row").filter(has_text="Heir").first.click()
    expect(page.get_by_test_id("sign-ins")).to_be_visible()
    is_accessible(page)
    picture(page, "office-people-swahili-dark")
    page.get_by_test_id("person-leave").click()
    expect(page.get_by_test_id("leave-submit")).to_be_visible()
    is_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "office-people-leave-swahili-dark")


def test_the_audit_log_tells_and_leads_to_the_record(
    house: House, office: Office, desk: Desk
) -> None:
    page = office.page
    office.sign_in(desk.admin, f"/audit?person={desk.admin.user_id}&action=login")
    row = page.get_by_test_id("audit-row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Signed in")
    expect(row).to_contain_text(desk.admin.name)
    is_accessible(page)
    row.click()
    expect(page.get_by_test_id("audit-panel")).to_contain_text("127.0.0.1")
    is_accessible(page)
    picture(page, "office-audit")
    page.get_by_test_id("audit-action").select_option("loan.applied")
    expect(page.get_by_text("No entry matches.")).to_be_visible()

    # On a phone the record covers the list, and Back leads from it to the list.
    page.set_viewport_size(PHONE)
    page.get_by_test_id("audit-action").select_option("login")
    panel = page.get_by_test_id("audit-panel")
    expect(panel).to_be_in_viewport(ratio=0.9)
    is_accessible(page)
    picture(page, "office-audit-phone")
    page.get_by_test_id("sheet-back").click()
    expect(panel).to_have_count(0)
    row.click()
    expect(panel).to_be_in_viewport()
    page.go_back()
    expect(panel).to_have_count(0)
    expect(row).to_be_visible()


def _texts_that_name_jane(desk: Desk) -> tuple[Movement, Meeting]:
    """One that may be changed, one that is signed."""
    fare = Movement(
        group_id=desk.group.id,
        entry_id=new_id(),
        kind="EXPENSE",
        amount=1,
        account="CASH",
        movement_date=date(2026, 3, 8),
        description="Fare for Jane Wanjiku",
        receipt_number="TB-1",
        recorded_by=desk.admin.user_id,
        recorded_at=clock.now(),
        change_sequence=0,
    )
    minutes = Meeting(
        group_id=desk.group.id,
        meeting_date=date(2026, 3, 8),
        opened_by=desk.admin.user_id,
        opened_at=clock.now(),
        resolutions="Jane is thanked",
    )
    return fare, minutes


def test_a_member_gets_a_copy_and_is_erased(house: House, office: Office, desk: Desk) -> None:
    jane = house.run(lambda: house.make.member(desk.group, member_name="Jane Wanjiku"))
    fare, minutes = _texts_that_name_jane(desk)
    house.run(lambda: house.make.save(fare, minutes))
    page = office.page
    office.sign_in(desk.admin, f"/members/{jane.id}")
    with page.expect_download() as download:
        page.get_by_test_id("member-export").click()
    assert "Jane Wanjiku" in Path(download.value.path()).read_text()
    page.get_by_test_id("member-erase").click()
    texts = page.get_by_test_id("naming-text")
    expect(texts).to_have_count(2)
    expect(texts.filter(has_text="Fare for Jane Wanjiku")).to_contain_text("8 Mar 2026")
    expect(page.get_by_test_id("redact-text")).to_have_count(1)
    is_accessible(page)
    picture(page, "office-naming-texts")
    page.get_by_test_id("redact-text").click()
    expect(texts).to_have_count(1)
    expect(texts).to_contain_text("Jane is thanked")
    (left,) = house.all_of(Movement, group_id=desk.group.id)
    assert left.description == "Fare for […]"
    page.get_by_test_id("erase-reason").select_option("MEMBER_ASKED")
    page.get_by_test_id("erase-name").fill("Jane")
    page.get_by_test_id("erase-submit").click()
    expect(page.get_by_test_id("erase-name")).to_have_attribute("aria-invalid", "true")
    is_accessible(page)
    picture(page, "office-erase")
    page.get_by_test_id("erase-name").fill("Jane Wanjiku")
    page.get_by_test_id("erase-submit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Erased member")
