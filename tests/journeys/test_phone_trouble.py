"""Days on which much goes wrong for a phone: nothing is lost, and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from app import clock
from app.models import Device, Member, UnsentWork
from app.services.devices import restore_device, revoke_device
from tests.journeys.accessibility import is_accessible
from tests.journeys.field import Field, paid
from tests.journeys.house import House
from tests.journeys.phone import PIN, Phone
from tests.journeys.pictures import picture
from tests.journeys.release import Release
from tests.journeys.storage import QUOTA, fill_up, make_room, set_quota
from tests.journeys.waiting import until

READ_STORES = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise((resolve, reject) => {
        const asking = db.transaction(store).objectStore(store).getAll();
        asking.onsuccess = () => resolve(asking.result);
        asking.onerror = () => reject(asking.error);
      });
      const text = (value) => {
        if (value instanceof ArrayBuffer) return text(new Uint8Array(value));
        if (ArrayBuffer.isView(value)) return new TextDecoder("latin1").decode(value);
        if (value instanceof CryptoKey) return "";
        if (value && typeof value === "object") return Object.values(value).map(text).join("\\n");
        return String(value);
      };
      found.push([`${name}/${store}`, rows.length, rows.map(text).join("\\n")]);
    }
    db.close();
  }
  return found;
}"""

AGE_SESSION = """async () => {
  const { name } = (await indexedDB.databases()).find((db) => db.name.includes("-user-"));
  const db = await new Promise((resolve) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
  });
  const get = (key) => new Promise((resolve) => {
    const asking = db.transaction("sync_metadata").objectStore("sync_metadata").get(key);
    asking.onsuccess = () => resolve(asking.result.value);
  });
  const [key, { iv, data }] = [await get("sealKey"), await get("session")];
  const place = new TextEncoder().encode("session");
  const lock = (iv) => ({ name: "AES-GCM", iv, additionalData: place });
  const session = JSON.parse(
    new TextDecoder().decode(await crypto.subtle.decrypt(lock(iv), key, data)),
  );
  const aged = new TextEncoder().encode(JSON.stringify({ ...session, expiresAt: 0 }));
  const fresh = crypto.getRandomValues(new Uint8Array(12));
  const value = { iv: fresh, data: await crypto.subtle.encrypt(lock(fresh), key, aged) };
  await new Promise((resolve) => {
    const transaction = db.transaction("sync_metadata", "readwrite");
    transaction.objectStore("sync_metadata").put({ key: "session", value });
    transaction.oncomplete = resolve;
  });
  db.close();
}"""


CLOCK_A_MONTH_AHEAD = """() => {
  const RealDate = Date;
  const now = () => RealDate.now() + 30 * 86400000;
  window.Date = class extends RealDate {
    constructor(...given) { if (given.length) super(...given); else super(now()); }
    static now() { return now(); }
  };
  // A finger on the glass: the app does not take the jump for a month without a touch.
  document.dispatchEvent(new Event("pointerdown"));
}"""


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
    phone.register("Mary Chebet", "22360679", "0733 271 828")
    phone.pay(field.group.name, ("Mary Chebet", "650"), ("Jane Wanjiku", "500"))
    house.run(lambda: house.make.member(field.group, member_name="Mary C.", id_number="22360679"))
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


def test_after_a_week_without_signal_the_password_is_asked_and_all_goes_up(
    house: House, phone: Phone, field: Field
) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"), ("John Kiprop", "700"))
    page.evaluate(AGE_SESSION)
    house.age_sign_ins(field.officer, days=8)

    phone.find_signal()
    expect(phone.sync_state).to_have_text("Sign in to send")
    phone.tab("Outbox")
    expect(phone.rows("waiting")).to_have_count(2)
    expect(page.get_by_text("The server asks for your password again.")).to_be_visible()
    picture(page, "phone-week-away")
    is_accessible(page)
    # Work goes on meanwhile.
    phone.pay(field.group.name, ("Jane Wanjiku", "150"), kind="Welfare")
    page.get_by_role("status").get_by_role("button", name="Sign in").click()
    # Somebody at the office took the phone for lost: it says so, and keeps what it holds.
    (device,) = house.all_of(Device, user_id=field.officer.user_id)
    admin = house.run(house.make.admin).actor
    house.run(lambda: revoke_device(house.runtime, admin, device.id, acknowledge_unsent=True))
    phone.enter(field.officer)
    expect(page.get_by_text("The office has shut this phone out.")).to_be_visible()
    assert len(phone.outbox()) == 3
    house.run(lambda: restore_device(house.runtime, admin, device.id))
    page.get_by_test_id("login-submit").click()
    phone.is_synced()
    assert paid(house, field) == [150_00, 500_00, 700_00]


def test_a_server_that_fails_refuses_or_stops_in_mid_answer_loses_nothing(
    house: House, phone: Phone, field: Field
) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"), ("John Kiprop", "700"))
    phone.pay(field.group.name, ("Jane Wanjiku", "50"), ("John Kiprop", "70"), kind="Welfare")
    phone.tab("Outbox")
    sent_before = len(phone.batches)

    house.balancer.answer_instead(
        b"syncBatch(", "500 Internal Server Error", "413 Content Too Large"
    )
    phone.find_signal()
    expect(phone.sync_state).to_have_text("The server has trouble")
    expect(page.get_by_text("Nothing is lost: the phone tries again by itself")).to_be_visible()
    picture(page, "phone-server-trouble")
    assert paid(house, field) == []

    # Once more: now it is too large, so it goes in halves.
    page.get_by_test_id("sync-now").click()
    phone.is_synced()
    assert [len(batch) for batch in phone.batches[sent_before:]] == [4, 4, 2, 2]
    assert paid(house, field) == [50_00, 70_00, 500_00, 700_00]

    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "300"), kind="Project")
    house.balancer.cut_answers_to(b"syncBatch(", keep=320)
    phone.find_signal()
    phone.is_synced()
    assert paid(house, field) == [50_00, 70_00, 300_00, 500_00, 700_00]
    house.books_hold()


def test_a_full_phone_says_so_and_saves_nothing_by_half(
    house: House, phone: Phone, field: Field
) -> None:
    page = phone.page
    set_quota(phone, QUOTA)
    phone.sign_in(field.officer)
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"))
    phone.cell("John Kiprop").fill("700")
    fill_up(phone)
    page.get_by_test_id("sheet-save").click()
    dialog = page.get_by_role("dialog", name="This phone is full")
    expect(dialog).to_contain_text("nothing of it was half saved")
    picture(page, "phone-full")
    is_accessible(page)
    dialog.get_by_test_id("storage-full").click()
    assert len(phone.outbox()) == 1
    expect(phone.recorded("waiting")).to_have_count(1)
    expect(phone.cell("John Kiprop")).to_have_value("700")

    make_room(phone)
    phone.save_sheet(1)
    phone.find_signal()
    phone.is_synced()
    assert paid(house, field) == [500_00, 700_00]


def test_a_stolen_phone_shows_nothing_of_anybody(house: House, phone: Phone, field: Field) -> None:
    house.save(field.officer, field.jane, 43_219_87)
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    phone.register("Zuhura Nyambura", "27182818", "0733 271 828")
    phone.pay(field.group.name, ("Zuhura Nyambura", "98765.43"), ("Jane Wanjiku", "500"))
    phone.page.get_by_test_id("open-account").click()
    phone.page.get_by_test_id("lock-now").click()
    stores = phone.page.evaluate(READ_STORES)
    assert {name.split("/")[1]: rows for name, rows, _ in stores}["pending_operations"] == 3
    assert {name.split("/")[1]: rows for name, rows, _ in stores}["members"] == 3
    phone.switch_off()

    members = house.all_of(Member, group_id=field.group.id)
    secrets = {"Zuhura", "Nyambura", "Wanjiku", "Kiprop", "27182818", "733271828", "98765.43"}
    secrets |= {"9876543", "43219.87", "4321987", field.group.name, field.group.group_code, PIN}
    # The officer's own name stands beside the lock, and may be like a member's.
    secrets -= set(field.officer.name.split())
    assert len(members) == 2
    for name, _rows, text in stores:
        assert not [secret for secret in secrets if secret in text], name
    # Nor in the files that lie below it, in any of the ways in which they hold text.
    files = [path for path in phone.profile.rglob("*") if path.is_file()]
    databases = [path for path in files if "IndexedDB" in path.parts]
    assert databases
    for path in databases:
        held = path.read_bytes()
        for secret in secrets:
            assert secret.encode() not in held, (path, secret)
            assert secret.encode("utf-16-le") not in held, (path, secret)


def test_ten_wrong_pins_warn_and_keep_what_was_not_sent(
    house: House, phone: Phone, field: Field
) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"), ("John Kiprop", "700"))
    page.get_by_test_id("open-account").click()
    page.get_by_test_id("lock-now").click()
    moment = clock.now()
    for tried in range(1, 11):
        # Later each time: the pause after a wrong PIN doubles.
        moment += timedelta(hours=1)
        page.clock.set_fixed_time(moment)
        expect(page.get_by_test_id("pin-input")).to_be_enabled()
        phone.unlock("860242")
        if tried < 10:
            expect(page.get_by_role("alert")).to_contain_text(
                "Wrong PIN" if tried < 5 else "Too many wrong PINs"
            )
        if tried == 7:
            expect(page.get_by_text("Your 2 unsent records stay")).to_be_visible()
            picture(page, "phone-pin-warning")
            is_accessible(page)
    expect(page.get_by_test_id("login-phone")).to_be_visible()
    stores = {name.split("/")[1]: rows for name, rows, _ in page.evaluate(READ_STORES)}
    assert (stores["members"], stores["records"], stores["pending_operations"]) == (0, 0, 2)

    phone.find_signal()
    phone.enter(field.officer)
    phone.set_pin("385162")
    phone.has_copy()
    assert paid(house, field) == [500_00, 700_00]


def test_a_clock_that_jumps_a_month_ahead_forgets_nothing_and_is_named(
    house: House, phone: Phone, field: Field
) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    phone.pay(field.group.name, ("Jane Wanjiku", "500"))
    phone.tab("Outbox")
    expect(phone.rows("saved")).to_have_count(1)
    phone.is_synced()
    page.evaluate(CLOCK_A_MONTH_AHEAD)
    phone.pay(field.group.name, ("John Kiprop", "700"))
    phone.tab("Outbox")
    # Money "of next month" is a fact all the same: it is in the books, and the office dates it.
    expect(phone.rows("held")).to_have_count(1)
    phone.is_synced()
    expect(phone.rows("saved")).to_have_count(1)
    phone.tab("Today")
    warning = page.get_by_test_id("clock-warning")
    expect(warning).to_contain_text("This phone's clock says")
    picture(page, "phone-clock")
    is_accessible(page)
    page.reload()
    phone.unlock()
    expect(page.get_by_text("Last full copy")).to_be_visible()
    expect(warning).to_have_count(0)
    assert paid(house, field) == [500_00], "the other waits at the office for its day"
    house.books_hold()


def test_a_new_version_of_the_app_finds_and_sends_what_the_old_one_left(
    house: House, phone: Phone, field: Field, tmp_path: Path
) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    phone.register("Mary Chebet", "31622776", "0733 271 828")
    phone.pay(field.group.name, ("Mary Chebet", "650"), ("Jane Wanjiku", "500"))
    phone.cell("John Kiprop").fill("700")
    release = Release(tmp_path / "release", "7.0.0", house.balancer.port)
    phone.served_by(release.port)
    # The server must not take what waits before the new version has it.
    house.balancer.answer_instead(b"syncBatch(", *["503 Service Unavailable"] * 50)
    phone.find_signal()
    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => void it.update())")
    expect(page.get_by_text("A new version is ready.")).to_be_visible()
    picture(page, "phone-new-version")
    page.get_by_role("button", name="Use it now").click()
    phone.unlock()
    go(page, "/account")
    expect(page.get_by_text("Version 7.0.0")).to_be_visible()
    phone.tab("Outbox")
    expect(phone.rows("waiting")).to_have_count(3)
    assert paid(house, field) == []
    phone.open_sheet(field.group.name)
    expect(phone.cell("John Kiprop")).to_have_value("700.00")

    house.balancer.answer_instead(b"syncBatch(")
    phone.sync_state.click()
    phone.is_synced()
    assert paid(house, field) == [500_00, 650_00]
    release.stop()


def test_a_member_takes_the_receipt_of_the_meeting_along(
    house: House, phone: Phone, field: Field, tmp_path: Path
) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"))
    phone.pay(field.group.name, ("Jane Wanjiku", "100"), kind="Fine")
    page.get_by_test_id("recorded-entry").first.click()
    page.get_by_test_id("receipt-whole").click()
    receipt = page.get_by_test_id("receipt")
    expect(receipt).to_contain_text("Not yet in the books")
    expect(receipt).to_contain_text("Paid in")
    expect(receipt).to_contain_text("600.00")
    picture(page, "phone-receipt")
    is_accessible(page)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=phone.origin)
    page.get_by_test_id("receipt-text").click()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "Receipt for Jane Wanjiku" in text
    assert "Not yet in the books" in text
    with page.expect_download() as saved:
        page.get_by_test_id("receipt-picture").click()
    drawn = tmp_path / "receipt.png"
    saved.value.save_as(drawn)
    assert drawn.read_bytes().startswith(b"\x89PNG")

    phone.find_signal()
    phone.is_synced()
    expect(receipt).to_have_attribute("data-state", "yes")
    expect(receipt).to_contain_text("In the books")
    page.get_by_test_id("receipt-text").click()
    assert "Not yet" not in page.evaluate("navigator.clipboard.readText()")
