"""The phone app under an officer's thumb, at 360 × 740."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.mast import Mast
from tests.journeys.waiting import until
from tests.support.browser import NAKURU, Browsers
from tests.support.factories import Person

SIZE = {"width": 360, "height": 740}
PIN = "274913"

REACHES = """() => fetch("/healthz", { signal: AbortSignal.timeout(5000) })
  .then(() => true, () => false)"""
READ_OUTBOX = """async () => {
  const { name } = (await indexedDB.databases()).find((db) => db.name.startsWith(
    "tablebanking-user-"));
  const db = await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const rows = await new Promise((resolve, reject) => {
    const asking = db.transaction("pending_operations").objectStore("pending_operations").getAll();
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
  db.close();
  return rows.map(({ id, type, status }) => ({ id, type, status }));
}"""


class Phone:
    """One phone: its profile stays when its browser is closed."""

    def __init__(self, browsers: Browsers, profile: Path, port: int) -> None:
        self._browsers = browsers
        self._profile = profile
        self._mast = Mast(port)
        self._place = NAKURU
        self.context: BrowserContext
        self.page: Page
        self.switch_on()

    def switch_on(self, *, offline: bool = False) -> None:
        """The same phone again after `switch_off`; `offline` where there is no signal."""
        self.context = self._browsers.open(
            self._profile,
            self._mast.url,
            viewport=SIZE,
            has_touch=True,
            is_mobile=True,
            device_scale_factor=1,
            offline=offline,
        )
        self.context.set_geolocation(self._place)  # type: ignore[arg-type]
        self.page = self.context.pages[0]
        self.page.goto("/field/")

    def switch_off(self) -> None:
        self._browsers.close(self.context)

    def die(self) -> None:
        """The app is killed in mid-flight; `switch_on` opens it again."""
        self._browsers.kill(self.context, self._profile)

    @property
    def origin(self) -> str:
        """Where the phone finds the app."""
        return self._mast.url

    @property
    def profile(self) -> Path:
        """Where the browser keeps everything."""
        return self._profile

    def served_by(self, port: int) -> None:
        """Another server behind the address that this phone knows."""
        self._mast.point_to(port)

    @property
    def batches(self) -> list[list[str]]:
        """The offlineSyncIds of every syncBatch that got out, in order of their connections."""
        return self._mast.batches

    def go_to(self, place: dict[str, float]) -> None:
        self._place = place
        self.context.set_geolocation(place)  # type: ignore[arg-type]

    def lose_signal(self) -> None:
        """Really cut, for the page and the service worker, until `find_signal`.

        Not before the worker holds the app: a screen never opened yet would not come.
        """
        self.ready_for_offline()
        self._mast.go_down()
        self.context.set_offline(True)
        assert not self.page.evaluate(REACHES)

    def lose_signal_amid(self, request: str, times: int) -> None:
        """The signal goes by itself, in the middle of the `times`th such request."""
        self._mast.go_down_amid(request.encode(), times)

    @property
    def has_signal(self) -> bool:
        return self._mast.is_up

    def find_signal(self) -> None:
        self._mast.come_up()
        self.context.set_offline(False)

    def throw_away(self) -> None:
        self._mast.stop()

    def sign_in(self, person: Person, *, pin: str = PIN) -> None:
        """The first time on this phone: password, PIN, full copy."""
        self.enter(person)
        self.set_pin(pin)
        self.has_copy()

    def has_copy(self) -> None:
        """The first copy is whole, and nothing waits to go up."""
        expect(self.page.get_by_text("Last full copy")).to_be_visible()
        self.is_synced()

    def enter(self, person: Person, password: str | None = None) -> None:
        self.page.get_by_test_id("login-phone").fill(person.phone)
        self.page.get_by_test_id("login-password").fill(password or person.password)
        self.page.get_by_test_id("login-submit").click()

    def set_pin(self, pin: str = PIN) -> None:
        self.page.get_by_test_id("pin-new").fill(pin)
        self.page.get_by_test_id("pin-repeat").fill(pin)
        self.page.get_by_test_id("pin-save").click()

    def unlock(self, pin: str = PIN) -> None:
        self.page.get_by_test_id("pin-input").fill(pin)
        self.page.get_by_test_id("pin-unlock").click()

    def ready_for_offline(self) -> None:
        """The service worker holds the app, so that it opens without signal."""
        # Not wait_for_function: from its second look on, the page's policy forbids it (no eval).
        # Nor serviceWorker.ready: where the worker fails, that promise is never kept.
        controlled = "navigator.serviceWorker.controller?.state === 'activated'"
        until(self.page, lambda: bool(self.page.evaluate(controlled)), "the worker is in charge")

    @property
    def sync_state(self) -> Locator:
        return self.page.get_by_test_id("sync-state")

    def is_synced(self) -> None:
        expect(self.sync_state).to_have_text("All saved")

    def tab(self, name: str) -> None:
        """Today, Meeting, Members or Outbox."""
        bar = self.page.get_by_role("navigation", name="Main")
        bar.get_by_role("link", name=name).click()
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def open_sheet(self, group: str) -> None:
        self.tab("Meeting")
        self.page.get_by_role("link", name=group).click()
        self.page.get_by_test_id("sheet-alone").click()
        expect(self.page.get_by_role("heading", name="Collection")).to_be_visible()

    def cell(self, member: str, kind: str = "Savings") -> Locator:
        return self.page.get_by_role("textbox", name=f"{kind} for {member}", exact=True)

    def choose_kind(self, kind: str) -> None:
        # The words lie over the radio button, as a thumb meets them.
        radio = self.page.get_by_role("radio", name=kind, exact=True)
        radio.locator("xpath=..").click()
        expect(radio).to_be_checked()

    def press(self, keys: str) -> None:
        """Keys of the app's own pad, one touch each: "750.50"."""
        pad = self.page.get_by_role("region", name="Number pad")
        for key in keys:
            pad.get_by_role("button", name=key, exact=True).click()

    def save_sheet(self, payments: int) -> None:
        button = self.page.get_by_test_id("sheet-save")
        expect(button).to_have_text(f"Save {payments}")
        button.click()
        expect(button).to_have_text("Save")

    def pay(self, group: str, *amounts: tuple[str, str], kind: str = "Savings") -> None:
        """Records and saves a sheet: member and amount."""
        self.open_sheet(group)
        self.choose_kind(kind)
        for member, amount in amounts:
            self.cell(member, kind).fill(amount)
        self.save_sheet(len(amounts))

    def register(self, name: str, id_number: str, phone: str) -> None:
        """Registers a member into the officer's only group; the member's page is shown then."""
        self.tab("Members")
        self.page.get_by_test_id("register-member").click()
        self.page.get_by_label("Full name").fill(name)
        self.page.get_by_label("National ID number").fill(id_number)
        self.page.get_by_label("Mobile phone").fill(phone)
        self.page.get_by_test_id("member-save").click()
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def recorded(self, state: str) -> Locator:
        """Entries of the sheet in `state`, as stored on the phone."""
        entries = self.page.get_by_test_id("recorded-entry")
        return entries.filter(has=self.page.locator(f'[data-state="{state}"]'))

    def receipts(self) -> list[str]:
        """The numbers on the slips of all entries in sight."""
        entries = self.page.get_by_test_id("recorded-entry")
        numbers = []
        for index in range(entries.count()):
            entries.nth(index).click()
            slip = self.page.get_by_role("dialog", name="Receipt")
            numbers.append(slip.get_by_test_id("receipt-number").inner_text())
            slip.get_by_role("button", name="Close").click()
        return numbers

    def rows(self, *states: str) -> Locator:
        """The outbox's rows; with `states`, only those."""
        rows = self.page.get_by_test_id("outbox-row")
        if not states:
            return rows
        return rows.and_(
            self.page.locator(", ".join(f'[data-state="{state}"]' for state in states))
        )

    def outbox(self) -> list[dict[str, str]]:
        """What lies on the disk, in the clear: id, type and status of each operation."""
        rows: list[dict[str, str]] = self.page.evaluate(READ_OUTBOX)
        return rows
