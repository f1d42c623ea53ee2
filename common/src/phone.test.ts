import { describe, expect, it } from "vitest";
import { formatPhone, parseKenyanMobile } from "./phone";

describe("Kenyan mobile numbers", () => {
  it.each([
    ["0712345678", "254712345678"],
    ["0112345678", "254112345678"],
    ["712 345 678", "254712345678"],
    ["254712345678", "254712345678"],
    ["+254 (712) 345-678", "254712345678"],
    ["00254712345678", "254712345678"],
  ])("reads %s", (text, phone) => {
    expect(parseKenyanMobile(text)).toBe(phone);
  });

  it.each(["", "071234567", "07123456789", "0202345678", "+255712345678", "0712a45678"])(
    "refuses %j",
    (text) => {
      expect(parseKenyanMobile(text)).toBeNull();
    },
  );

  it("writes it as people do", () => {
    expect(formatPhone("254712345678")).toBe("0712 345 678");
    expect(formatPhone("unknown")).toBe("unknown");
  });
});
