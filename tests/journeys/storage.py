"""A phone that is full of videos."""

from __future__ import annotations

from tests.journeys.phone import Phone

QUOTA = 30_000_000

FILL_UP = """async (room) => {
  const db = await new Promise((resolve) => {
    const opening = indexedDB.open("videos", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("videos");
    opening.onsuccess = () => resolve(opening.result);
  });
  const fits = (bytes) => new Promise((resolve) => {
    const transaction = db.transaction("videos", "readwrite", { durability: "strict" });
    const noise = crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65536)));
    const whole = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += noise.length) whole.set(noise.subarray(0, bytes - at), at);
    transaction.objectStore("videos").put(whole, Math.random());
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
  });
  for (const bytes of [4e6, 1e6, 1e5, 1e4, 1e3, 100]) {
    while (await fits(bytes)) {
      room -= bytes;
      // The browser has forgotten the quota: this would go on until the disk is full.
      if (room < 0) throw new Error("the quota does not hold");
    }
  }
  db.close();
}"""


def set_quota(phone: Phone, size: int) -> None:
    """What the app may fill. At first before anything was written: browsers remember it a while."""
    page = phone.page
    room = {"origin": page.evaluate("location.origin"), "quotaSize": size}
    phone.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", room)


def fill_up(phone: Phone) -> None:
    """Down to the last hundred bytes."""
    phone.page.evaluate(FILL_UP, 2 * QUOTA)


def make_room(phone: Phone) -> None:
    phone.page.evaluate("indexedDB.deleteDatabase('videos')")
