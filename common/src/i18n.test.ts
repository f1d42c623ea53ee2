import { describe, expect, it } from "vitest";
import { createTranslator } from "./i18n";

const en = {
  greeting: "Hello {name}",
  members: "{count} {count|member|members}",
} as const;

describe("catalogues", () => {
  it("fills in values and chooses by number", () => {
    const t = createTranslator<keyof typeof en>(en, "en");
    expect(t("greeting", { name: "Jane $& {count}" })).toBe("Hello Jane $& {count}");
    expect(t("members", { count: 1 })).toBe("1 member");
    expect(t("members", { count: 0 })).toBe("0 members");
  });

  it("shows English where a language lags behind", () => {
    const t = createTranslator<keyof typeof en>(en, "sw", { greeting: "Habari {name}" });
    expect(t("greeting", { name: "Jane" })).toBe("Habari Jane");
    expect(t("members", { count: 2 })).toBe("2 members");
  });

  it("leaves a forgotten value visible", () => {
    expect(createTranslator<keyof typeof en>(en, "en")("greeting")).toBe("Hello {name}");
  });

  it("shows the key where no catalogue has the message yet", () => {
    expect(createTranslator<string>({}, "en")("loan.title")).toBe("loan.title");
  });

  it("chooses one and many in Swahili as in English", () => {
    const t = createTranslator<"n">({ n: "{n|mwanachama|wanachama} {n}" }, "sw");
    expect([0, 1, 2].map((n) => t("n", { n }))).toEqual([
      "wanachama 0",
      "mwanachama 1",
      "wanachama 2",
    ]);
  });
});
