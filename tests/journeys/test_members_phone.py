"""Members on the phone: camera, pictures that go up in pieces, the check of the ID, the search."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from app.models import BankingGroup, Document, Member
from app.services.documents import read_document
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.journeys.storage import QUOTA, fill_up, make_room, set_quota
from tests.journeys.waiting import until
from tests.support.factories import Person

MEMBERS = 5_000
SLOWER = 6

SEARCH = """async (text) => {
  const input = document.querySelector('[data-testid="member-search"]');
  const status = document.querySelector('[data-testid="member-count"]');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const turn = () => new Promise((go) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = go;
    channel.port2.postMessage(0);
  });
  const times = [];
  for (let length = 1; length <= text.length; length += 1) {
    const wanted = text.slice(0, length);
    const start = performance.now();
    set.call(input, wanted);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    while (status.dataset.query !== wanted) {
      if (performance.now() - start > 10_000) throw new Error(`no answer to ${wanted}`);
      await turn();
    }
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise((go) => setTimeout(go, 100));
  }
  return times;
}"""

NO_CAMERA = """() => { navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException("no", "NotAllowedError")); }"""


@dataclass(frozen=True)
class Field:
    """A group of one member, and its officer."""

    group: BankingGroup
    officer: Person
    jane: Member


@pytest.fixture
def field(house: House) -> Field:
    make = house.make
    group = house.run(make.group)
    return Field(
        group=group,
        officer=house.run(lambda: make.officer(group)),
        jane=house.run(lambda: make.member(group, member_name="Jane Wanjiku")),
    )


def noise(width: int, height: int) -> bytes:
    """A picture that no JPEG makes small."""
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def card() -> bytes:
    """A small drawn card."""
    image = Image.new("RGB", (1000, 631), (214, 226, 220))
    buffer = io.BytesIO()
    for row in range(6):
        image.paste((30, 40, 60), (60, 60 + row * 90, 60 + 700 - row * 60, 84 + row * 90))
    image.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def from_gallery(page: Page, data: bytes) -> None:
    files = [{"name": "picture.jpg", "mimeType": "image/jpeg", "buffer": data}]
    page.get_by_test_id("camera-gallery").set_input_files(files)  # type: ignore[arg-type]


def sign(page: Page) -> None:
    glass = page.get_by_test_id("signature-glass").bounding_box()
    assert glass is not None
    page.mouse.move(glass["x"] + 40, glass["y"] + 80)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(glass["x"] + 40 + step * 25, glass["y"] + 80 + (step % 2) * 40)
    page.mouse.up()


def content(house: House, officer: Person, document_id: UUID) -> bytes:
    async def work() -> bytes:
        async with house.runtime.db.reading() as session:
            _, data = await read_document(house.runtime, session, officer.actor, document_id)
            return data

    return house.run(work)


def documents(house: House, field: Field, member_id: UUID) -> dict[str, Image.Image]:
    """What the server has of a member, decoded."""
    found = {}
    for row in house.all_of(Document, member_id=member_id):
        image = Image.open(io.BytesIO(content(house, field.officer, row.id)))
        image.load()
        found[row.kind] = image
    return found


def registered(house: House, field: Field, name: str) -> Member:
    (member,) = (
        row for row in house.all_of(Member, group_id=field.group.id) if row.member_name == name
    )
    assert isinstance(member, Member)
    return member


def test_a_member_is_registered_without_signal_with_all_pictures(
    house: House, phone: Phone, field: Field
) -> None:
    """The signal goes again in the middle of a picture; it goes on from there, and all is equal."""
    page = phone.page
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    fill_in_mary(phone, "27182818")
    take_all_pictures(page)
    page.get_by_test_id("member-save").click()
    expect(page.get_by_role("heading", level=1, name="Mary Chebet")).to_be_visible()
    expect(phone.sync_state).to_have_text("No signal · 5 waiting")

    page.get_by_test_id("member-papers").click()
    back = page.get_by_test_id("paper-ID_BACK")
    expect(back).to_contain_text("KB, goes up after the registration")
    picture(page, "phone-papers-waiting")
    is_accessible(page)
    page.get_by_label("The card itself, in my hand").check()
    page.get_by_label("Notes").fill("Saw the card at her home")
    page.get_by_test_id("identity-save").click()
    expect(page.get_by_text("The check is saved on this phone.")).to_be_visible()

    # A later piece of the largest picture is cut off with the signal.
    phone.lose_signal_amid("PATCH /uploads/", 3)
    phone.find_signal()
    until(page, lambda: not phone.has_signal, "the signal goes amid a picture")
    phone.lose_signal()
    phone.tab("Outbox")
    expect(page.get_by_test_id("outbox-picture").first).to_contain_text("Mary Chebet")
    expect(phone.rows("waiting")).to_contain_text("ID card of Mary Chebet checked")
    expect(phone.rows("waiting")).to_contain_text(
        re.compile(r"Goes up after the pictures of the ID card: \d+ of \d+ KB of them are up")
    )
    picture(page, "phone-outbox-pictures")
    is_accessible(page)
    phone.find_signal()
    phone.is_synced()
    expect(phone.rows("saved")).to_have_count(2)

    mary = registered(house, field, "Mary Chebet")
    found = documents(house, field, mary.id)
    assert set(found) == {"ID_FRONT", "ID_BACK", "PHOTO", "SIGNATURE"}
    assert {image.format for image in found.values()} == {"JPEG"}
    # Nothing but a downscaled picture of the same shape.
    wide, high = found["ID_BACK"].size
    assert high >= 200
    assert abs(wide / high - 1.6) < 0.01
    assert found["PHOTO"].height > found["PHOTO"].width
    assert mary.id_verified


def fill_in_mary(phone: Phone, id_number: str) -> None:
    """With a number that no other journey of this house uses."""
    page = phone.page
    phone.tab("Members")
    page.get_by_test_id("register-member").click()
    page.get_by_label("Full name").fill("Mary Chebet")
    page.get_by_label("National ID number").fill(id_number)
    page.get_by_label("Mobile phone").fill("0733 271 828")
    page.get_by_role("button", name="Add next of kin").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Ann Chebet")
    page.get_by_label("Relationship").fill("Sister")
    page.get_by_role("button", name="Take the position here").click()
    expect(page.get_by_text("Taken, within 12 m")).to_be_visible()


def take_all_pictures(page: Page) -> None:
    """By the camera, from the gallery, and with a finger."""
    page.get_by_test_id("picture-ID_FRONT").click()
    expect(page.get_by_test_id("camera-shutter")).to_be_enabled()
    page.wait_for_timeout(500)
    picture(page, "phone-camera-card")
    is_accessible(page)
    page.get_by_test_id("camera-shutter").click()
    expect(page.get_by_text("Can you read every word and number?")).to_be_visible()
    picture(page, "phone-camera-review")
    is_accessible(page)
    page.get_by_test_id("camera-again").click()
    page.get_by_test_id("camera-shutter").click()
    page.get_by_test_id("camera-use").click()
    page.get_by_test_id("picture-ID_BACK").click()
    from_gallery(page, noise(2400, 1500))
    page.get_by_test_id("camera-use").click()
    page.get_by_test_id("picture-PHOTO").click()
    expect(page.get_by_test_id("camera-shutter")).to_be_enabled()
    picture(page, "phone-camera-portrait")
    page.get_by_test_id("camera-shutter").click()
    page.get_by_test_id("camera-use").click()
    page.get_by_test_id("picture-SIGNATURE").click()
    sign(page)
    picture(page, "phone-signature")
    page.get_by_test_id("signature-keep").click()
    expect(page.locator("[data-taken='true']")).to_have_count(4)
    page.get_by_test_id("picture-ID_FRONT").scroll_into_view_if_needed()
    picture(page, "phone-register-pictures")
    is_accessible(page)


def test_a_half_filled_registration_survives_the_death_of_the_app(
    house: House, phone: Phone, field: Field
) -> None:
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    fill_in_mary(phone, "35791102")
    phone.page.get_by_label("Mobile phone").fill("0733 271 82")
    phone.page.get_by_test_id("picture-ID_FRONT").click()
    from_gallery(phone.page, card())
    phone.page.get_by_test_id("camera-use").click()
    front = phone.page.get_by_test_id("picture-ID_FRONT")
    expect(front).to_have_attribute("data-taken", "true")
    phone.die()

    phone.switch_on(offline=True)
    page = phone.page
    phone.unlock()
    phone.tab("Members")
    row = page.get_by_test_id("draft-row")
    expect(row).to_contain_text("Registration half filled: Mary Chebet, begun")
    picture(page, "phone-members-draft")
    is_accessible(page)
    # Signing out would keep it, and says so.
    page.get_by_test_id("open-account").click()
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_role("dialog")).to_contain_text("the registration of Mary Chebet")
    page.get_by_role("button", name="Close").click()
    phone.tab("Members")
    page.get_by_test_id("register-member").click()
    expect(page.get_by_test_id("draft-offer")).to_contain_text("1 picture taken")
    picture(page, "phone-register-draft")
    is_accessible(page)
    page.get_by_test_id("draft-go-on").click()
    expect(page.get_by_label("Full name")).to_have_value("Mary Chebet")
    expect(page.get_by_label("Mobile phone")).to_have_value("0733 271 82")
    expect(page.get_by_label("Relationship")).to_have_value("Sister")
    expect(page.get_by_text("Taken, within 12 m")).to_be_visible()
    expect(page.get_by_test_id("picture-ID_FRONT")).to_have_attribute("data-taken", "true")
    page.get_by_label("Mobile phone").fill("0733 271 828")
    page.get_by_test_id("member-save").click()
    expect(page.get_by_role("heading", level=1, name="Mary Chebet")).to_be_visible()
    phone.tab("Members")
    expect(page.get_by_text("2 members")).to_be_visible()
    expect(page.get_by_test_id("draft-row")).to_have_count(0)

    phone.find_signal()
    phone.tab("Outbox")
    expect(phone.rows("saved")).to_have_count(1)
    phone.is_synced()
    mary = registered(house, field, "Mary Chebet")
    assert set(documents(house, field, mary.id)) == {"ID_FRONT"}

    # A registration that is thrown away is not offered again.
    fill_in_mary(phone, "35791103")
    phone.tab("Members")
    page.get_by_test_id("draft-row").click()
    page.get_by_test_id("draft-anew").click()
    expect(page.get_by_label("Full name")).to_have_value("")
    phone.tab("Members")
    expect(page.get_by_text("2 members")).to_be_visible()
    expect(page.get_by_test_id("draft-row")).to_have_count(0)


def test_a_picture_that_finds_no_room_takes_nothing_else_with_it(
    house: House, phone: Phone, field: Field
) -> None:
    page = phone.page
    set_quota(phone, QUOTA)
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    fill_in_mary(phone, "35791104")
    page.get_by_test_id("picture-ID_FRONT").click()
    from_gallery(page, card())
    page.get_by_test_id("camera-use").click()
    expect(page.get_by_test_id("picture-ID_FRONT")).to_have_attribute("data-taken", "true")
    fill_up(phone)
    # For what is typed and for the small picture once more, but not for the large one.
    set_quota(phone, QUOTA + 150_000)
    page.get_by_test_id("picture-ID_BACK").click()
    from_gallery(page, noise(2400, 1500))
    page.get_by_test_id("camera-use").click()
    expect(page.get_by_text("so this picture was not kept")).to_be_visible()
    picture(page, "phone-picture-full")
    is_accessible(page)
    page.get_by_test_id("camera-again").click()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_test_id("picture-ID_BACK")).to_have_attribute("data-taken", "false")
    expect(page.get_by_test_id("picture-ID_FRONT")).to_have_attribute("data-taken", "true")

    # All the rest is saved.
    page.get_by_test_id("member-save").click()
    expect(page.get_by_role("heading", level=1, name="Mary Chebet")).to_be_visible()
    page.get_by_test_id("member-papers").click()
    back = page.get_by_test_id("paper-ID_BACK")
    back.get_by_role("button", name="Take a picture").click()
    from_gallery(page, noise(2400, 1500))
    page.get_by_test_id("camera-use").click()
    expect(page.get_by_text("so this picture was not kept")).to_be_visible()

    # The officer makes room, and the same touch keeps it.
    make_room(phone)
    page.get_by_test_id("camera-use").click()
    expect(back).to_have_attribute("data-where", "here")
    phone.find_signal()
    phone.tab("Outbox")
    expect(phone.rows("saved")).to_have_count(1)
    phone.is_synced()
    mary = registered(house, field, "Mary Chebet")
    assert set(documents(house, field, mary.id)) == {"ID_FRONT", "ID_BACK"}


def test_missing_pictures_are_taken_later_and_looked_at(
    house: House, phones: Callable[[], Phone], field: Field
) -> None:
    """What is too small to read is said at once; another phone sees what the office has."""
    phone, other = phones(), phones()
    page = phone.page
    phone.sign_in(field.officer)
    phone.tab("Members")
    page.get_by_role("link", name="Jane Wanjiku").click()
    page.get_by_test_id("member-papers").click()
    expect(page.get_by_text("Take both sides of the ID card first.")).to_be_visible()
    picture(page, "phone-papers-missing")
    is_accessible(page)
    front = page.get_by_test_id("paper-ID_FRONT")
    front.get_by_role("button", name="Take a picture").click()
    from_gallery(page, noise(150, 100))
    expect(page.get_by_text("smaller than 200 by 200 dots")).to_be_visible()
    from_gallery(page, card())
    page.get_by_test_id("camera-use").click()
    expect(front).to_contain_text("Saved")
    expect(front).to_have_attribute("data-where", "server")
    phone.is_synced()
    assert set(documents(house, field, field.jane.id)) == {"ID_FRONT"}

    second = other.page
    other.sign_in(field.officer)
    other.tab("Members")
    second.get_by_role("link", name="Jane Wanjiku").click()
    second.get_by_test_id("member-papers").click()
    seen = second.get_by_test_id("paper-ID_FRONT")
    seen.get_by_role("button", name="Look at it").click()
    expect(seen.get_by_role("img", name="ID front")).to_be_visible()
    picture(second, "phone-papers-looked-at")


def test_five_thousand_members_are_searched_at_typing_speed(
    house: House, phone: Phone, field: Field
) -> None:
    """From the key to the drawn list, on a processor six times slower."""
    names = [f"Mwende Wafula {number}" for number in range(MEMBERS)]
    house.register(field.officer, field.group, names)
    phone.sign_in(field.officer)
    phone.tab("Members")
    page = phone.page
    expect(page.get_by_test_id("member-count")).to_have_text(f"{MEMBERS + 1} members")
    page.wait_for_timeout(500)
    slow = phone.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times: list[float] = []
    for text in ("mwende wafula 4999", "30004999", "jane wanjiku"):
        times += page.evaluate(SEARCH, text)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    expect(page.get_by_test_id("member-count")).to_have_text("1 member")
    first = times[0]
    times.sort()
    middle, slowest = times[len(times) // 2], times[-1]
    print(
        f"search over {MEMBERS} members, {SLOWER} times slower: {middle:.0f} ms, "
        f"the first {first:.0f}, the slowest {slowest:.0f}"
    )
    # Printed, not asserted: the machine of a test has other work too. `make speed` judges it.
    page.get_by_test_id("member-search").fill("0733 000 1")
    picture(page, "phone-members-search")
    is_accessible(page)


def test_the_page_of_a_member_has_all_of_them(house: House, phone: Phone, field: Field) -> None:
    page = phone.page
    house.save(field.officer, field.jane, 1_250_00)
    phone.sign_in(field.officer)
    phone.ready_for_offline()
    phone.lose_signal()
    phone.pay(field.group.name, ("Jane Wanjiku", "500"))
    phone.tab("Members")
    page.get_by_role("link", name="Jane Wanjiku").click()
    expect(page.get_by_test_id("member-savings")).to_have_text("1,750.00")
    expect(page.get_by_text("500.00 of it on this phone only")).to_be_visible()
    expect(page.get_by_role("link", name="Call")).to_have_attribute(
        "href", re.compile(r"tel:\+2547\d{8}")
    )
    picture(page, "phone-member")
    is_accessible(page)
    for language in ("sw", "en"):
        for theme in ("dark", "light"):
            set_look(page, language, theme)
            phone.unlock()
            expect(page.get_by_test_id("member-savings")).to_be_visible()
            picture(page, f"phone-member-{language}-{theme}")
            page.get_by_test_id("statement").scroll_into_view_if_needed()
            picture(page, f"phone-member-{language}-{theme}-end")
    expect(page.get_by_role("button", name="Savings").last).to_be_visible()
    page.get_by_test_id("statement").click()
    expect(page.get_by_test_id("toast")).to_be_visible()


def set_look(page: Page, language: str, theme: str) -> None:
    page.evaluate(
        "look => localStorage.setItem('tablebanking-prefs', JSON.stringify(look))",
        {"language": language, "theme": theme},
    )
    page.reload()


def test_a_camera_that_may_not_be_used_is_explained(phone: Phone, field: Field) -> None:
    page = phone.page
    phone.sign_in(field.officer)
    page.evaluate(NO_CAMERA)
    phone.tab("Members")
    page.get_by_test_id("register-member").click()
    page.get_by_test_id("picture-ID_FRONT").click()
    expect(page.get_by_role("alert")).to_contain_text("This app may not use the camera.")
    picture(page, "phone-camera-denied")
    is_accessible(page)
    from_gallery(page, card())
    expect(page.get_by_text("Can you read every word and number?")).to_be_visible()
    page.get_by_test_id("camera-use").click()
    expect(page.get_by_test_id("picture-ID_FRONT")).to_have_attribute("data-taken", "true")
