"""One phone, two officers: each sees their own, and nothing of either is left behind."""

from __future__ import annotations

from playwright.sync_api import expect

from app.models import UnsentWork
from tests.journeys.accessibility import is_accessible
from tests.journeys.field import Field, make_field, paid
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.journeys.waiting import until


def test_two_officers_on_one_phone_see_nothing_of_each_other(
    house: House, phone: Phone, field: Field
) -> None:
    other = make_field(house)
    page = phone.page
    phone.sign_in(field.officer)
    phone.lose_signal()
    phone.register("Zuhura Nyambura", "16180339", "0733 161 803")
    house.run(lambda: house.make.member(field.group, member_name="Z. N.", id_number="16180339"))
    phone.find_signal()
    phone.tab("Outbox")
    expect(phone.rows("rejected")).to_have_count(1)
    page.get_by_test_id("open-account").click()
    page.get_by_test_id("lock-now").click()

    page.get_by_test_id("pin-someone-else").click()
    phone.enter(other.officer)
    phone.set_pin("385162")
    phone.has_copy()
    expect(page.get_by_role("link", name=other.group.name)).to_be_visible()
    expect(page.get_by_text(field.group.name)).to_have_count(0)
    phone.tab("Members")
    expect(page.get_by_text("2 members")).to_be_visible()
    phone.tab("Outbox")
    expect(phone.rows()).to_have_count(0)
    phone.pay(other.group.name, ("Jane Wanjiku", "900"))
    phone.is_synced()
    assert paid(house, other) == [900_00]

    page.get_by_test_id("open-account").click()
    page.get_by_test_id("lock-now").click()
    page.get_by_role("button", name=field.officer.name).click()
    phone.unlock("385162")
    expect(page.get_by_role("alert")).to_contain_text("Wrong PIN")
    phone.unlock()
    phone.tab("Outbox")
    expect(phone.rows("rejected")).to_contain_text("New member Zuhura Nyambura")


def test_a_shared_phone_sends_everybodys_work_and_says_whose_is_left(
    house: House, phone: Phone, field: Field
) -> None:
    other = make_field(house)
    page = phone.page
    phone.sign_in(field.officer)
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"))
    page.get_by_test_id("open-account").click()
    page.get_by_test_id("lock-now").click()
    page.get_by_test_id("pin-someone-else").click()
    assert paid(house, field) == []
    phone.find_signal()
    phone.enter(other.officer)
    phone.set_pin("385162")
    phone.has_copy()
    until(page, lambda: paid(house, field) == [500_00], "it goes up in its officer's name")
    expect(page.get_by_test_id("others-work")).to_have_count(0)

    # The first one signs out with something that the server refuses.
    page.get_by_test_id("open-account").click()
    page.get_by_test_id("lock-now").click()
    page.get_by_role("button", name=field.officer.name).click()
    phone.unlock()
    phone.tab("Today")
    phone.lose_signal()
    phone.register("Zuhura Nyambura", "14142135", "0733 161 803")
    house.run(lambda: house.make.member(field.group, member_name="Z. N.", id_number="14142135"))
    phone.find_signal()
    phone.tab("Outbox")
    expect(phone.rows("rejected")).to_have_count(1)
    page.get_by_test_id("open-account").click()
    page.get_by_test_id("sign-out").click()
    page.get_by_test_id("sign-out-confirm").click()
    page.get_by_role("button", name=other.officer.name).click()
    phone.unlock("385162")
    phone.tab("Today")
    left = page.get_by_test_id("others-work")
    expect(left).to_contain_text(f"1 record of {field.officer.name} on this phone is not sent.")
    expect(left).to_contain_text(f"{field.officer.name} must sign in here")
    picture(page, "phone-others-work")
    is_accessible(page)
    rows = house.all_of(UnsentWork, user_id=field.officer.user_id)
    assert [(row.waiting, row.failed) for row in rows] == [(0, 1)], "the office knows, too"
