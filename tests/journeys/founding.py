"""A group from nothing, by the office's own pages: its people, its members, their savings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page, expect

from app.auth.actor import Actor
from app.models import BankingGroup, Member, Role, User
from app.services.loan_eligibility import months_needed
from tests.journeys.house import House
from tests.journeys.inviting import PASSWORD, come_in, invite
from tests.journeys.office import Office
from tests.support.api import Api, contribute
from tests.support.factories import Person
from tests.support.loans import Lending, papers
from tests.support.stage import Stage

PEOPLE = (
    ("Achieng Odhiambo", "0722 300 001", "FIELD_OFFICER"),
    ("Wanjiru Kamau", "0722 300 002", "GROUP_CHAIR"),
    ("Mutua Musyoka", "0722 300 003", "GROUP_COMMITTEE"),
    ("Halima Yusuf", "0722 300 004", "GROUP_COMMITTEE"),
)
MEMBERS = {"Jane Wanjiku": "5000", "John Kiprop": "8000", "Mary Atieno": "30000"}
"""Each with what they save a month."""
Desks = Callable[[], Office]


@dataclass(frozen=True)
class Founded:
    """A group that can lend, and everybody at a browser of their own."""

    lent: Lending
    mary: Member
    admin: Page
    officer: Page
    chair: Page
    committee: tuple[Page, Page]


def found(house: House, desks: Desks) -> Founded:
    admin = house.run(house.make.admin)
    office = desks()
    office.sign_in(admin, "/groups")
    page = office.page
    group = create_group(house, page)
    people = [take_in(house, page, desks(), group, *person) for person in PEOPLE]
    (officer, at_officers), (chair, at_chairs), *committee = people
    jane, john, mary = (register(house, page, group, name) for name in MEMBERS)
    stage = Stage(
        house.runtime, house.make, Api(house.runtime), group, officer, chair, admin, jane, john
    )
    elect(page, group, jane)
    for member in (jane, john, mary):
        house.run(lambda member=member: papers(stage, member))  # type: ignore[misc]
        check_identity(page, member)
    save(house, at_officers, stage, (jane, john, mary))
    lent = Lending(stage, jane, (john, mary), (committee[0][0], committee[1][0]))
    return Founded(lent, mary, page, at_officers, at_chairs, (committee[0][1], committee[1][1]))


def create_group(house: House, page: Page) -> BankingGroup:
    expect(page.get_by_test_id("empty-state")).to_be_visible()
    page.get_by_test_id("new-group").click()
    page.get_by_test_id("new-group-name").fill("Tumaini Table Bank")
    page.get_by_test_id("new-group-groupCode").fill("TUM-001")
    for part, value in (
        ("county", "Nakuru"),
        ("constituency", "Naivasha"),
        ("ward", "Hells Gate"),
        ("meetingDay", "THURSDAY"),
    ):
        page.get_by_test_id(f"new-group-{part}").select_option(value)
    page.get_by_test_id("new-group-meetingVenue").fill("Chief's camp")
    page.get_by_test_id("new-group-submit").click()
    expect(page.get_by_role("heading", level=1, name="Tumaini Table Bank")).to_be_visible()
    (group,) = house.all_of(BankingGroup)
    assert isinstance(group, BankingGroup)
    return group


def take_in(
    house: House, page: Page, office: Office, group: BankingGroup, name: str, phone: str, role: str
) -> tuple[Person, Page]:
    """Invited by the administrator, and signed in at a browser of their own."""
    page.goto("/people")
    code = invite(page, name, phone, role, group)
    theirs = office.page
    theirs.goto("/welcome")
    come_in(theirs, phone, code)
    theirs.get_by_test_id("welcome-sign-in").click()
    office.enter(phone, PASSWORD)
    expect(theirs.get_by_role("navigation", name="Main")).to_be_visible()
    (user,) = house.all_of(User, name=name)
    return Person(user.id, name, phone, PASSWORD, Actor(user.id, Role(role), user.group_id)), theirs


def register(house: House, page: Page, group: BankingGroup, name: str) -> Member:
    number = list(MEMBERS).index(name)
    page.goto(f"/groups/{group.id}/members")
    page.get_by_test_id("register-member").click()
    page.get_by_test_id("register-memberName").fill(name)
    page.get_by_test_id("register-idNumber").fill(f"2098765{number}")
    page.get_by_test_id("register-phone").fill(f"0799 123 45{number}")
    page.get_by_test_id("register-submit").click()
    expect(page.get_by_test_id("member-panel")).to_contain_text(name)
    (member,) = house.all_of(Member, member_name=name)
    assert isinstance(member, Member)
    return member


def elect(page: Page, group: BankingGroup, member: Member) -> None:
    page.goto(f"/groups/{group.id}/people")
    page.get_by_test_id("officials-add").click()
    page.get_by_test_id("official-member").select_option(str(member.id))
    page.get_by_test_id("official-office").select_option("TREASURER")
    page.get_by_test_id("official-submit").click()
    expect(page.get_by_test_id("officials-row")).to_contain_text(member.member_name)


def check_identity(page: Page, member: Member) -> None:
    page.goto(f"/members/{member.id}/identity")
    page.get_by_test_id("identity-method").select_option("ORIGINAL_SEEN")
    page.get_by_test_id("identity-notes").fill("Seen at the meeting")
    page.get_by_test_id("identity-submit").click()
    expect(page.get_by_test_id("identity-state")).to_contain_text("ID checked")


def save(house: House, page: Page, stage: Stage, members: tuple[Member, ...]) -> None:
    """Three months, the last at the office, the others by the officer's phone."""
    *phoned, last = sorted(months_needed(date.fromisoformat(stage.api.today())))
    sent = [
        contribute(
            member.id,
            f"{MEMBERS[member.member_name]}.00",
            contributionDate=date(year, month, 5).isoformat(),
        )
        for member in members
        for year, month in phoned
    ]
    results = house.run(lambda: stage.api.sync(stage.officer, *sent))
    assert {one["outcome"] for one in results} == {"APPLIED"}
    page.goto(f"/groups/{stage.group.id}")
    page.get_by_test_id("record-contribution").click()
    for member in members:
        page.get_by_test_id("contribution-member").select_option(str(member.id))
        page.get_by_test_id("contribution-amount").fill(MEMBERS[member.member_name])
        page.get_by_test_id("contribution-date").fill(f"{date(*last, 5):%d/%m/%Y}")
        page.get_by_test_id("contribution-submit").click()
        amount = f"KES {int(MEMBERS[member.member_name]):,}.00"
        expect(page.get_by_test_id("contribution-done")).to_contain_text(amount)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("cash-balance")).to_have_text("129,000.00")
