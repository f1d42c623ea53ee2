"""Days on which much goes wrong for a phone: nothing is lost, and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from app.models import Member, UnsentWork
from tests.journeys.accessibility import is_accessible
from tests.journeys.field import Field, paid
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.journeys.waiting import until


def go(page: Page, path: str) -> None:
    page.evaluate("path => { location.hash = path }", path)


def test_a_colleague_takes_the_work_over_and_it_counts_once(
    house: House, phones: Callable[[], Phone], field: Field, tmp_path: Path
) -> None:
    mine, theirs = phones(), phones()
    colleague = house.run(lambda: house.make.officer(field.group, name="Grace Atieno"))
    mine.sign_in(field.officer)
    theirs.sign_in(colleague)
    mine.lose_signal()
    mine.register("Mary Chebet", "27182818", "0733 271 828")
    mine.pay(field.group.name, ("Mary Chebet", "650"), ("Jane Wanjiku", "500"))

    page = mine.page
    mine.tab("Outbox")
    page.get_by_test_id("hand-over").click()
    expect(page.get_by_text("3 records go into the file")).to_be_visible()
    picture(page, "phone-hand-over")
    is_accessible(page)
    page.get_by_test_id("hand-over-make").click()
    code = page.get_by_test_id("hand-over-code").inner_text()
    picture(page, "phone-hand-over-code")
    with page.expect_download() as handed:
        page.get_by_test_id("hand-over-send").click()
    file = tmp_path / handed.value.suggested_filename
    handed.value.save_as(file)
    assert "Jane Wanjiku" not in file.read_text(), "it is locked"
    page.get_by_role("button", name="Done").click()
    expect(mine.rows("waiting")).to_have_count(3)
    expect(mine.rows("waiting").first).to_contain_text("Handed over")
    mine.rows("waiting").first.get_by_role("button").click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)

    page = theirs.page
    theirs.tab("Outbox")
    page.get_by_test_id("take-over").click()
    page.get_by_test_id("take-over-file").set_input_files(file)
    page.get_by_test_id("take-over-code").fill("0000-0000-0000")
    page.get_by_test_id("take-over-open").click()
    expect(page.get_by_text("This code does not open the file.")).to_be_visible()
    page.get_by_test_id("take-over-code").fill(code.lower())
    page.get_by_test_id("take-over-open").click()
    expect(page.get_by_text("3 records to take over")).to_be_visible()
    expect(page.get_by_text("Savings KES 650.00 for Mary Chebet")).to_be_visible()
    picture(page, "phone-take-over")
    is_accessible(page)
    page.get_by_test_id("take-over-take").click()
    theirs.is_synced()
    expect(theirs.rows("saved")).to_have_count(3)
    assert paid(house, field) == [500_00, 650_00]

    # The first phone finds a signal after all, and sends the same.
    mine.find_signal()
    mine.is_synced()
    expect(mine.rows("saved")).to_have_count(3)
    assert paid(house, field) == [500_00, 650_00]
    names = {row.member_name for row in house.all_of(Member, group_id=field.group.id)}
    assert names == {"Jane Wanjiku", "John Kiprop", "Mary Chebet"}
    house.books_hold()


def test_the_office_learns_what_a_phone_still_holds(
    house: House, phone: Phone, field: Field
) -> None:
    phone.sign_in(field.officer)
    phone.lose_signal()
    phone.register("Mary Chebet", "27182818", "0733 271 828")
    phone.pay(field.group.name, ("Mary Chebet", "650"), ("Jane Wanjiku", "500"))
    house.run(lambda: house.make.member(field.group, member_name="Mary C.", id_number="27182818"))
    phone.find_signal()
    phone.tab("Outbox")
    expect(phone.rows("rejected")).to_have_count(1)

    def reported() -> list[tuple[int, int]]:
        rows = house.all_of(UnsentWork, user_id=field.officer.user_id)
        return [(row.waiting, row.failed) for row in rows]

    until(phone.page, lambda: reported() == [(1, 1)], "one is refused, one waits for it")
    phone.rows("rejected").get_by_role("button", name="Take back").click()
    phone.page.get_by_label("Why?").fill("Registered by a colleague")
    phone.page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    phone.page.get_by_test_id("sync-now").click()
    # The money goes to the office, which finds its place: nothing is left on the phone.
    expect(phone.rows("held")).to_have_count(1)
    until(phone.page, lambda: reported() == [(0, 0)], "nothing is left")
