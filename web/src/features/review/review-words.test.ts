import { expect, test } from "vitest";
import type { ReviewAction, ReviewKind } from "../../gen/graphql";
import { loadLater } from "../../i18n";
import type { ReviewDetail } from "./review-api";
import { actionEffect, actionsOf, actionTitle, claimFacts, KINDS, kindText } from "./review-words";

const WAYS = ["CASH_IN", "CASH_OUT", null] as const;

test("each decision of each kind says what it does", async () => {
  await loadLater();
  for (const kind of KINDS) {
    for (const direction of WAYS) {
      const item = { kind, direction } as ReviewDetail;
      for (const action of actionsOf(item)) {
        expect([kind, action, actionEffect(item, action)]).not.toContain("");
        expect(actionTitle(item, action)).not.toBe(kind.toLowerCase());
      }
    }
  }
});

test("nothing is placed where no money differs", () => {
  const of = (kind: ReviewKind, direction: "CASH_IN" | null): ReviewAction[] =>
    actionsOf({ kind, direction });
  expect(of("VARIANCE", null)).toEqual(["ACCEPT", "SEND_BACK"]);
  expect(of("HELD_CASH", "CASH_IN")).toContain("PLACE_TO_LOAN");
  expect(of("REPEAT", "CASH_IN")).not.toContain("PLACE_TO_MEMBER");
});

test("a claim is told in words, without its ids", async () => {
  await loadLater();
  const item = {
    kind: "HELD_CASH",
    direction: "CASH_IN",
    member: null,
    claim: {
      operation: "recordContribution",
      memberId: "0199",
      contributionType: "WELFARE",
      amount: "750.00",
      paymentMethod: "MPESA",
      transactionId: "SK12AB34CD",
      contributionDate: "2026-11-05",
    },
  } as unknown as ReviewDetail;
  const told = claimFacts(item).filter(({ value }) => value);
  expect(told.map(({ value }) => value)).toEqual([
    "Contribution",
    "Not in the register",
    "Welfare",
    "KES\u00a0750.00",
    "M-Pesa",
    "SK12AB34CD",
    "5 Nov 2026",
  ]);
  expect(kindText(item)).toBe("Money taken, held");
});
