import { describe, expect, it } from "vitest";
import { canonicalBytes, cleanText, digestOf, loanForm } from "./signing";
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
