"""The phone app when things go wrong: PINs, refusals, clashes, two tabs, a closed app."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from app.models import Member
from tests.journeys.accessibility import is_accessible
from tests.journeys.field import Field, paid
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.journeys.waiting import until


def test_a_wrong_password_or_pin_is_said_in_words(phone: Phone, field: Field) -> None:
    page = phone.page
    page.get_by_test_id("login-phone").fill("12345")
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_text("This is not a Kenyan mobile number.")).to_be_visible()
    expect(page.get_by_text("Type your password.")).to_be_visible()
    phone.enter(field.officer, password="not-the-password")
    expect(page.get_by_role("alert")).to_contain_text("Phone number or password is wrong.")
    picture(page, "phone-sign-in-refused")
    is_accessible(page)

    phone.enter(field.officer)
    phone.set_pin("123456")
    expect(page.get_by_text("This PIN is easy to guess.")).to_be_visible()
    picture(page, "phone-pin-weak")
    is_accessible(page)
    phone.set_pin()
    phone.has_copy()

    page.get_by_test_id("open-account").click()
    picture(page, "phone-account")
    page.get_by_test_id("lock-now").click()
    for left in (9, 8, 7):
        phone.unlock("860242")
        expect(page.get_by_role("alert")).to_have_text(f"Wrong PIN. {left} tries left.")
    is_accessible(page)
    picture(page, "phone-pin-wrong")
    phone.unlock()
    phone.is_synced()


def test_signing_out_with_unsent_work_warns_and_keeps_it(
    house: House, phone: Phone, field: Field
) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"))
    phone.cell("John Kiprop", "Savings").fill("700")
    page.get_by_test_id("open-account").click()
    page.get_by_test_id("sign-out").click()
    dialog = page.get_by_role("dialog", name="Sign out of this phone?")
    expect(dialog).to_contain_text("1 record has not gone up yet.")
    half = dialog.get_by_test_id("half-typed")
    expect(half).to_contain_text(f"sheet of {field.group.name}: 1 payment, KES 700.00 in all")
    picture(page, "phone-sign-out")
    is_accessible(page)
    page.get_by_test_id("sign-out-confirm").click()
    expect(page.get_by_test_id("login-phone")).to_be_visible()

    phone.find_signal()
    phone.enter(field.officer)
    phone.set_pin()
    phone.has_copy()
    assert paid(house, field) == [500_00]
    phone.open_sheet(field.group.name)
    expect(phone.cell("John Kiprop", "Savings")).to_have_value("700.00")


def test_a_refusal_is_said_in_words_and_mended_on_the_phone(
    house: House, phones: Callable[[], Phone], field: Field
) -> None:
    """Another officer has registered the same person meanwhile; the money waits for the member."""
    phone = phones()
    page = phone.page
    phone.sign_in(field.officer)
    phone.lose_signal()
    phone.register("Mary Chebet", "27182818", "0733 271 828")
    phone.pay(field.group.name, ("Mary Chebet", "650"), ("Jane Wanjiku", "500"))
    house.run(lambda: house.make.member(field.group, member_name="Mary C.", id_number="27182818"))
    phone.find_signal()

    phone.tab("Outbox")
    needy = phone.rows("rejected")
    expect(needy).to_have_count(1)
    expect(needy).to_contain_text("Needs you")
    expect(needy).to_contain_text("Another member has this ID number. Correct it.")
    expect(phone.rows("waiting")).to_contain_text("Waits for the registration of this member.")
    expect(phone.rows("saved")).to_have_count(1)
    picture(page, "phone-outbox-needs-you")
    is_accessible(page)

    # Sent again as it is, it is refused again.
    needy.get_by_role("button", name="Send again").click()
    expect(needy).to_contain_text("Another member has this ID number.")
    needy.get_by_role("button", name="Correct").click()
    page.get_by_label("National ID number").fill("27182819")
    picture(page, "phone-correct-registration")
    page.get_by_test_id("member-save").click()
    expect(page.get_by_role("heading", level=1, name="Mary Chebet")).to_be_visible()
    phone.tab("Outbox")
    expect(phone.rows("saved")).to_have_count(3)
    phone.is_synced()
    assert paid(house, field) == [500_00, 650_00]
    names = {row.member_name for row in house.all_of(Member, group_id=field.group.id)}
    assert names == {"Jane Wanjiku", "John Kiprop", "Mary C.", "Mary Chebet"}
    house.books_hold()


def test_what_has_not_left_the_phone_can_be_corrected(
    house: House, phone: Phone, field: Field
) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"))
    # The officer tries to send it all the same.
    phone.sync_state.click()
    expect(phone.sync_state).to_contain_text("No signal · 1 waiting")
    page.get_by_test_id("recorded-entry").click()
    page.get_by_role("dialog").get_by_role("button", name="Correct").click()
    page.get_by_label("Amount (KES)").fill("550.25")
    picture(page, "phone-correct-entry")
    is_accessible(page)
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_test_id("column-total")).to_have_text("550.25")
    phone.find_signal()
    phone.is_synced()
    expect(phone.recorded("saved")).to_have_count(1)
    assert paid(house, field) == [550_25]


def test_a_clash_of_edits_is_decided_side_by_side(
    house: House, phones: Callable[[], Phone], field: Field
) -> None:
    other = house.run(lambda: house.make.officer(field.group))
    mine, theirs = phones(), phones()
    for phone, officer in ((mine, field.officer), (theirs, other)):
        phone.sign_in(officer)
    mine.lose_signal()
    for phone, number in ((mine, "0744 111 111"), (theirs, "0755 222 222")):
        phone.tab("Members")
        phone.page.get_by_role("link", name="Jane Wanjiku").click()
        phone.page.get_by_test_id("member-edit").click()
        phone.page.get_by_label("Mobile phone").fill(number)
        phone.page.get_by_test_id("member-save").click()
        phone.tab("Outbox")
    expect(mine.rows("waiting")).to_have_count(1)
    expect(theirs.rows("saved")).to_have_count(1)

    mine.find_signal()
    row = mine.rows("conflict")
    expect(row).to_contain_text("The office changed the same fields meanwhile.")
    row.get_by_role("button", name="Compare").click()
    choice = mine.page.get_by_role("group", name="Phone")
    expect(choice).to_contain_text("0744 111 111")
    expect(choice).to_contain_text("0755 222 222")
    picture(mine.page, "phone-conflict")
    is_accessible(mine.page)
    choice.get_by_role("radio", name="Mine").check()
    mine.page.get_by_test_id("conflict-send").click()
    mine.is_synced()
    expect(mine.rows("saved")).to_have_count(1)

    theirs.page.go_back()
    theirs.sync_state.click()
    expect(theirs.page.get_by_text("0744 111 111")).to_be_visible()


def test_two_tabs_send_each_operation_once(house: House, phone: Phone, field: Field) -> None:
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    first = phone.page
    second = phone.context.new_page()
    second.goto("/field/")
    second.get_by_test_id("pin-input").fill("274913")
    second.get_by_test_id("pin-unlock").click()
    expect(second.get_by_test_id("sync-state")).to_have_text("All saved")
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"), ("John Kiprop", "700"))
    expect(second.get_by_test_id("outbox-count")).to_have_text("2")

    phone.find_signal()
    for page in (first, second):
        page.get_by_test_id("sync-state").click()
    for page in (first, second):
        expect(page.get_by_test_id("sync-state")).to_have_text("All saved")
        expect(page.get_by_test_id("outbox-count")).to_have_count(0)
    sent = [key for batch in phone.batches for key in batch]
    assert sorted(sent) == sorted(row["id"] for row in phone.outbox())
    assert paid(house, field) == [500_00, 700_00]


def test_the_closed_app_sends_by_background_sync(house: House, phone: Phone, field: Field) -> None:
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"))
    elsewhere = phone.context.new_page()
    phone.page.close()
    assert paid(house, field) == []
    phone.find_signal()
    until(elsewhere, lambda: paid(house, field) == [500_00], "the service worker sends", 30)

    elsewhere.goto("/field/")
    phone.page = elsewhere
    phone.unlock()
    phone.is_synced()
    assert len(phone.batches) == 1


def test_the_app_can_be_installed(phone: Phone) -> None:
    phone.ready_for_offline()
    devtools = phone.context.new_cdp_session(phone.page)
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = devtools.send("Page.getAppManifest")
    assert not manifest["errors"]
    assert manifest["url"].endswith("/field/manifest.webmanifest")


def a_first_copy_goes_on_where_it_stopped(phone: Phone, field: Field) -> None:
    page = phone.page
    phone.enter(field.officer)
    phone.set_pin()
    progress = page.get_by_text(re.compile(r"^\d+ of 5002 members$"))
    expect(page.get_by_text(re.compile(r"^[1-9]\d* of 5002 members$"))).to_be_visible()
    phone.lose_signal()
    expect(page.get_by_text("Paused: no signal. It goes on where it stopped.")).to_be_visible()
    reached = int(progress.inner_text().split()[0])
    assert 0 < reached < 5002
    picture(page, "phone-first-copy")
    phone.find_signal()
    phone.has_copy()


def test_a_list_of_many_members_is_searched_while_typing(
    house: House, phone: Phone, field: Field
) -> None:
    names = [f"Mwende Wafula {number}" for number in range(5_000)]
    house.register(field.officer, field.group, names)
    a_first_copy_goes_on_where_it_stopped(phone, field)
    phone.tab("Members")
    page = phone.page
    expect(page.get_by_text("5002 members")).to_be_visible()
    picture(page, "phone-members")
    is_accessible(page)
    search = page.get_by_test_id("member-search")
    search.press_sequentially("mwende 4999")
    expect(page.get_by_text("1 member", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Mwende Wafula 4999")).to_be_visible()
    search.fill("0722")
    search.fill("nobody at all")
    expect(page.get_by_text("Nobody matches “nobody at all”.")).to_be_visible()


def test_the_app_speaks_swahili_from_the_first_screen_on(phone: Phone, field: Field) -> None:
    page = phone.page
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Kiswahili").click()
    expect(page.get_by_role("heading", name="Ingia")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "sw"
    picture(page, "phone-swahili-sign-in")
    is_accessible(page)
    phone.enter(field.officer)
    phone.set_pin()
    expect(page.get_by_text("Nakala kamili ya mwisho")).to_be_visible()
    picture(page, "phone-swahili-today")
    phone.ready_for_offline()
    phone.lose_signal()

    bar = page.get_by_role("navigation", name="Kuu")
    bar.get_by_role("link", name="Mkutano").click()
    page.get_by_role("link", name=field.group.name).click()
    page.get_by_test_id("sheet-alone").click()
    page.get_by_role("textbox", name="Akiba: Jane Wanjiku", exact=True).fill("500")
    page.get_by_test_id("sheet-save").click()
    expect(page.get_by_test_id("toast")).to_contain_text("kwenye simu hii: KES 500.00")
    picture(page, "phone-swahili-sheet")
    bar.get_by_role("link", name="Kutuma").click()
    expect(phone.rows("waiting")).to_contain_text("Akiba KES 500.00 ya Jane Wanjiku")
    picture(page, "phone-swahili-outbox")
    bar.get_by_role("link", name="Wanachama").click()
    picture(page, "phone-swahili-members")

    # The choice is kept, and the words lie on the phone: it opens in Swahili without signal.
    page.reload()
    phone.unlock()
    page.get_by_test_id("open-account").click()
    expect(page.get_by_role("heading", name="Akaunti na mipangilio")).to_be_visible()
    picture(page, "phone-swahili-account")
    is_accessible(page)
    page.get_by_role("radio", name="English").locator("xpath=..").click()
    expect(page.get_by_role("heading", name="Account and settings")).to_be_visible()
    phone.find_signal()
    phone.is_synced()
