/** This browser, as the server knows it: an id that stays on it, and a plain name. */
import { uuidv7 } from "@tablebanking/common/uuid";

const STORAGE_KEY = "tablebanking.device";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** By whoever signs in here: signing out does not make it another browser. */
export function deviceId(): string {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored && UUID.test(stored)) return stored;
  const fresh = uuidv7();
  localStorage.setItem(STORAGE_KEY, fresh);
  return fresh;
}

// Most name others too ("like Gecko", "Safari"): the first that fits is the one.
const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/CrOS/, "ChromeOS"],
  [/Mac OS X/, "Mac"],
  [/Linux/, "Linux"],
];

/** "Chrome on Windows": what somebody tells their browser in a list by. */
export function browserName(agent = ""): string {
  const first = (names: typeof BROWSERS) => names.find(([sign]) => sign.test(agent))?.[1];
  const system = first(SYSTEMS);
  return [first(BROWSERS) ?? "Browser", system].filter(Boolean).join(" on ");
}

export const thisDevice = () => ({ id: deviceId(), name: browserName(navigator.userAgent) });
