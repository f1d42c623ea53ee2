import { describe, expect, it } from "vitest";
import {
  bytesOfHash,
  canonicalBytes,
  cleanLines,
  cleanText,
  digestOf,
  hashOf,
  loanForm,
  meetingForm,
  welfareForm,
} from "./signing";
import { makeSigningKey, openSigningKey, signDigest } from "./signing-keys";

const ID = "0191E4B2-7c3a-7def-8abc-1234567890ab";
const loan = {
  id: ID,
  memberId: ID,
  loanType: "SHORT_TERM",
  amount: 5_000_00,
  months: 3,
  rate: 10_00,
  purpose: " Mbegu \u201cbora\u201d  na\tmbolea ",
};

const pinKey = () =>
  crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

describe("what is signed", () => {
  it("is compact JSON of text, in UTF-8", () => {
    const text = new TextDecoder().decode(canonicalBytes(loanForm(loan)));
    const id = ID.toLowerCase();
    expect(text).toBe(
      `["loan","${id}","${id}","SHORT_TERM","5000.00",3,"10.00","Mbegu \u201cbora\u201d na mbolea"]`,
    );
  });

  it("differs with any of it", async () => {
    const first = await digestOf(loanForm(loan));
    expect(first).toHaveLength(32);
    expect(await digestOf(loanForm({ ...loan, amount: 5_000_01 }))).not.toEqual(first);
  });

  it("has spaces as the server's Python takes them", () => {
    expect(cleanText("\u3000a\x1c\x85b\u200b\n")).toBe("a b\u200b");
    expect(cleanText("\ufeffa")).toBe("\ufeffa");
  });
});

describe("the minutes of a meeting", () => {
  /** The example of docs/meetings.md, said in another order and with spaces. */
  const meeting = {
    id: "0197A0C0-0000-7000-8000-000000000001",
    groupId: "0197a0c0-0000-7000-8000-000000000002",
    meetingDate: "2026-11-26",
    broughtFromBank: 0,
    banked: 0,
    expected: 1_000_00,
    counted: 950_00,
    denominations: [
      { value: 50, pieces: 1 },
      { value: 1000, pieces: 0 },
      { value: 500, pieces: 1 },
      { value: 200, pieces: 2 },
    ],
    attendance: [{ memberId: "0197a0c0-0000-7000-8000-000000000003", status: "PRESENT" }],
    totals: [{ label: "REGULAR", method: "CASH", amount: 950_00 }],
    varianceNote: "  Change given\ttwice ",
    resolutions: "\n\nBuy a  tent. \n",
  };

  it("have the hash that the server documents", async () => {
    const hash = await hashOf(meetingForm(meeting));
    expect(hash).toBe("fc0609ea2a2ae8c5dd7fdf7af034e6faa0a3bbf8b1a687c5f24f96c0baa6c43f");
    expect(bytesOfHash(hash)).toEqual(await digestOf(meetingForm(meeting)));
    const other = { ...meeting, counted: 950_01 };
    expect(await hashOf(meetingForm(other))).not.toBe(hash);
  });

  it("have everything in one order, a member once", () => {
    const [, , , , , , , , , , attendance, totals] = meetingForm({
      ...meeting,
      attendance: [
        { memberId: "b", status: "LATE" },
        { memberId: "A", status: "PRESENT" },
        { memberId: "B", status: "ABSENT" },
      ],
      totals: [
        { label: "WELFARE", method: "CASH", amount: 1 },
        { label: "REGULAR", method: "MPESA", amount: 900 },
        { label: "REGULAR", method: "CASH", amount: 1000 },
        { label: "REGULAR", method: "CASH", amount: -20 },
      ],
    });
    expect(attendance).toEqual([
      ["a", "PRESENT"],
      ["b", "ABSENT"],
    ]);
    expect(totals).toEqual([
      ["REGULAR", "CASH", "-0.20"],
      ["REGULAR", "CASH", "10.00"],
      ["REGULAR", "MPESA", "9.00"],
      ["WELFARE", "CASH", "0.01"],
    ]);
  });

  it("keep the lines of the resolutions", () => {
    expect(cleanLines(" a  b \n\n c\n ")).toBe("a b\n\nc");
  });
});

describe("a welfare payout", () => {
  it("is signed as it was asked for", () => {
    const request = {
      id: ID,
      memberId: ID,
      amount: 1_500_00,
      requestedOn: "2026-11-26",
      reason: " Hospital\n bill",
    };
    const id = ID.toLowerCase();
    expect(welfareForm(request)).toEqual([
      "welfare",
      id,
      id,
      "1500.00",
      "2026-11-26",
      "Hospital bill",
    ]);
  });
});

describe("a signer's key", () => {
  it("signs so that its public half proves it", async () => {
    const key = await pinKey();
    const made = await makeSigningKey(key, ID);
    const opened = await openSigningKey(key, ID, made.wrapped);
    if (!opened) throw new Error("the key does not open");
    const digest = await digestOf(loanForm(loan));
    const signature = await signDigest(opened, digest);
    expect(signature).toMatch(/^[\w-]{86}$/);
    const bytes = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const p256 = { name: "ECDSA", namedCurve: "P-256" };
    const spki = bytes(made.publicKey);
    const open = await crypto.subtle.importKey("spki", spki, p256, true, ["verify"]);
    const raw = bytes(signature.replaceAll("-", "+").replaceAll("_", "/"));
    const by = { name: "ECDSA", hash: "SHA-256" };
    expect(await crypto.subtle.verify(by, open, raw, digest)).toBe(true);
    digest[0] = (digest[0] ?? 0) ^ 1;
    expect(await crypto.subtle.verify(by, open, raw, digest)).toBe(false);
  });

  it("opens by its PIN and in its place only, and cannot be read", async () => {
    const key = await pinKey();
    const { wrapped } = await makeSigningKey(key, ID);
    expect(await openSigningKey(await pinKey(), ID, wrapped)).toBeNull();
    expect(await openSigningKey(key, ID.replace("0", "1"), wrapped)).toBeNull();
    expect((await openSigningKey(key, ID, wrapped))?.extractable).toBe(false);
  });
});
