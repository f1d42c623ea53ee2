import { expect, test } from "vitest";
import { namingParts } from "./naming-excerpt";

const shown = (text: string, name: string) =>
  namingParts(text, name)
    .map((part) => (part.isName ? `[${part.text}]` : part.text))
    .join("");

test("what the server would take out is marked: whole words of three letters and more", () => {
  expect(shown("Fare for NEKESA  Wamalwa and wamalwa's son, O 50%", "Nekesa Wamalwa O")).toBe(
    "Fare for [NEKESA  Wamalwa] and [wamalwa]'s son, O 50%",
  );
  expect(shown("Nekesabora market, Wañekesa", "Nekesa")).toBe("Nekesabora market, Wañekesa");
  expect(shown("A (Jr.) spoke", "Jo (Jr.)")).toBe("A [(Jr.)] spoke");
});

test("of a long text what is around the names, with the gaps marked", () => {
  const text = `${"a ".repeat(100)}Nekesa${" b".repeat(200)} Nekesa`;
  const found = shown(text, "Nekesa");
  expect(found.match(/\[Nekesa\]/g)).toHaveLength(2);
  expect(found.match(/…/g)).toHaveLength(2);
  expect(found.length).toBeLessThan(280);
});

test("a name too short to be searched for marks nothing", () => {
  expect(shown("Bo paid", "Bo")).toBe("Bo paid");
});
