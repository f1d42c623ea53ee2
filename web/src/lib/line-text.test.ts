import { afterEach, expect, test } from "vitest";
import { chooseLanguage } from "../i18n";
import { lineText } from "./line-text";

const line = (description: string) => lineText({ subcategory: "savings", description });
afterEach(() => chooseLanguage("en"));

test("a line of the ledger is told in the language that is chosen, names as they are", async () => {
  expect(line("Savings · Jane Wanjiku")).toBe("Savings · Jane Wanjiku");
  await chooseLanguage("sw");
  expect(line("Savings · Jane Wanjiku")).toBe("Akiba · Jane Wanjiku");
  expect(line("Savings")).toBe("Akiba");
  expect(line("Reversal: savings · Jane Wanjiku")).toBe("Kubatilisha: Akiba · Jane Wanjiku");
});
