import { beforeEach, expect, it } from "vitest";
import { browserName, deviceId } from "./device";

beforeEach(() => localStorage.clear());

it("stays the same browser, and makes a new id where the stored one is none", () => {
  const first = deviceId();
  expect(deviceId()).toBe(first);
  localStorage.setItem("tablebanking.device", "broken");
  expect(deviceId()).not.toBe("broken");
});

const GECKO = "Mozilla/5.0 (Windows NT 10.0; Win64; x64";
it.each([
  [
    `${GECKO}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36`,
    "Chrome on Windows",
  ],
  [
    `${GECKO}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0`,
    "Edge on Windows",
  ],
  [`${GECKO}; rv:140.0) Gecko/20100101 Firefox/140.0`, "Firefox on Windows"],
  [
    "Mozilla/5.0 (Linux; Android 13; SM-A057F) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1",
    "Safari on iPhone",
  ],
  [
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
    "Chrome on ChromeOS",
  ],
  ["something else", "Browser"],
  [undefined, "Browser"],
])("names %s", (agent, name) => expect(browserName(agent)).toBe(name));
