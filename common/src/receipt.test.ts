import { describe, expect, it } from "vitest";
import { checkPage, receiptNumber, receiptOf } from "./receipt";
import { uuidv7 } from "./uuid";

/** Written apart from the module, bit by bit as text, so that both must be right. */
async function byHand(id: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(id));
  const bits = [...new Uint8Array(digest)]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  let text = "";
  for (let i = 0; i < 60; i += 5) {
    text += "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[Number.parseInt(bits.slice(i, i + 5), 2)];
  }
  return `TB-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8, 12)}`;
}

describe("receiptNumber", () => {
  it("is the published function", async () => {
    for (let i = 0; i < 50; i += 1) {
      const id = uuidv7();
      expect(await receiptNumber(id)).toBe(await byHand(id));
    }
  });

  it("does not depend on letter case", async () => {
    const id = "0191e4b2-7c3a-7def-8abc-1234567890ab";
    expect(await receiptNumber(id.toUpperCase())).toBe(await receiptNumber(id));
    expect(await receiptNumber(id)).toBe("TB-2M88-W2PD-5JCZ");
    expect(await receiptNumber(id)).toMatch(/^TB(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  });

  it("has a code of the 20 bits that follow", async () => {
    // The server's test has the same three.
    const codes = {
      "0191e4b2-7c3a-7def-8abc-1234567890ab": "J2M3",
      "00000000-0000-0000-0000-000000000000": "9T57",
      "ffffffff-ffff-ffff-ffff-ffffffffffff": "45KG",
    };
    for (const [id, code] of Object.entries(codes)) {
      expect(await receiptOf(id)).toEqual({
        receiptNumber: await receiptNumber(id),
        receiptCode: code,
      });
    }
  });

  it("is checked where others can reach it", () => {
    expect(checkPage("https://bank.example.org")).toBe("https://bank.example.org/receipt");
    expect(checkPage("http://localhost:8000")).toBeNull();
    expect(checkPage("http://127.0.0.1:8000")).toBeNull();
  });

  it("refuses what is no id", async () => {
    await expect(receiptNumber("123")).rejects.toThrow();
  });
});
