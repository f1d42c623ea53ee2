import { describe, expect, it } from "vitest";
import type { Operation, OperationBody } from "../src/lib/model";
import { safetyOf } from "../src/state/safety";
import type { OperationStatus } from "../src/store/schema";
import { loanStory, payment, registration } from "./fixtures";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const HOUR = 3_600_000;

const operation = (
  { body }: { body: OperationBody },
  status: OperationStatus = "waiting",
  hoursAgo = 1,
) => ({ type: body.type, body, status, timestamp: NOW - hoursAgo * HOUR }) as Operation;

describe("is everything safe?", () => {
  it("when all is saved, though something lies at the office", () => {
    const safety = safetyOf(
      [operation(payment("m"), "saved"), operation(payment("m"), "held")],
      NOW,
    );
    expect(safety).toMatchObject({
      level: "safe",
      unsent: 0,
      atOffice: 1,
      cash: 0,
      oldestAt: null,
    });
  });

  it("counts the money that only this phone knows of: what came in", () => {
    const { repayment, disbursement } = loanStory("m");
    const operations = [
      operation(registration()),
      operation(payment("m", "500.00")),
      operation(payment("m", "250.50"), "sending"),
      operation({ body: repayment }),
      operation({ body: disbursement }),
      operation(payment("m", "99.00"), "saved"),
      operation(payment("m", "99.00"), "removed"),
    ];
    expect(safetyOf(operations, NOW)).toMatchObject({
      level: "waiting",
      unsent: 5,
      cash: 500_00 + 250_50 + 4400_00,
    });
  });

  it("warns once the oldest is a day old", () => {
    expect(safetyOf([operation(payment("m"), "waiting", 23)], NOW).level).toBe("waiting");
    expect(safetyOf([operation(payment("m"), "waiting", 24)], NOW).level).toBe("old");
    const week = safetyOf([operation(payment("m")), operation(payment("m"), "waiting", 170)], NOW);
    expect(week).toMatchObject({ oldestDays: 7, oldestAt: NOW - 170 * HOUR });
  });

  it("puts what needs the officer first", () => {
    const safety = safetyOf([operation(payment("m"), "rejected", 100)], NOW);
    expect(safety).toMatchObject({ level: "needsYou", needsYou: 1, unsent: 1 });
  });

  it("does not take a clock that was set back for a negative age", () => {
    expect(safetyOf([operation(payment("m"), "waiting", -50)], NOW).oldestDays).toBe(0);
  });
});
