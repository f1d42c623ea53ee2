import { expect, test } from "vitest";
import {
  checkTerms,
  decidedTerms,
  TERMS,
  type TermValues,
  termChanges,
  termClashes,
  termLabel,
  termText,
} from "./terms";

const BEFORE = Object.fromEntries(
  TERMS.map((name) => [name, /Days|welfareMonths|PerYear/.test(name) ? "3" : "10.00"]),
) as TermValues;
const after = (changed: Partial<TermValues>) => ({ ...BEFORE, ...changed });

test("every term stands in one section and has a name", () => {
  expect(new Set(TERMS).size).toBe(17);
  for (const name of TERMS) expect(termLabel(name)).not.toBe(name);
});

test("only what differs is sent: the same amount written otherwise is no change", () => {
  expect(termChanges(BEFORE, after({ lateFine: "10" }))).toBeNull();
  expect(termChanges(BEFORE, after({ lateFine: "1,200.5", graceDays: "7" }))).toEqual({
    lateFine: "1200.50",
    graceDays: 7,
  });
  expect(termChanges(BEFORE, after({ lateFine: "0" }))).toEqual({ lateFine: "0.00" });
});

test("what is no number is said at its field", () => {
  const wrong = checkTerms(after({ lateFine: "ten", graceDays: "1.5", longTermRate: "-1" }));
  expect(Object.keys(wrong).sort()).toEqual(["graceDays", "lateFine", "longTermRate"]);
  expect(checkTerms(BEFORE)).toEqual({});
});

test("a term that both changed clashes; what one changed alone survives", () => {
  const mine = after({ lateFine: "50", graceDays: "7" });
  const theirs = after({ lateFine: "80.00", missedSavingFine: "20.00" });
  expect(termClashes(BEFORE, mine, theirs, "KES")).toMatchObject([
    { field: "lateFine", yours: "KES 50.00", theirs: "KES 80.00" },
  ]);
  expect(decidedTerms(BEFORE, mine, theirs, { lateFine: "theirs" })).toMatchObject({
    lateFine: "80.00",
    graceDays: "7",
    missedSavingFine: "20.00",
  });
  expect(decidedTerms(BEFORE, mine, theirs, { lateFine: "yours" }).lateFine).toBe("50");
});

test("a term is written with its unit", () => {
  expect(termText("lateFine", "1200.50", "KES")).toBe("KES 1,200.50");
  expect(termText("longTermRate", "12.00", "KES")).toBe("12.00 %");
  expect(termText("graceDays", 3, "KES")).toBe("3");
});
