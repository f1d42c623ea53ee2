import { todayInNairobi } from "@tablebanking/common/dates";
import { expect, test } from "vitest";
import { plannedState } from "./MeetingState";

test("a meeting that was due is met, visited, still to come today, or missed", () => {
  const today = todayInNairobi();
  expect(plannedState(true, false, "2026-01-05")).toBe("met");
  expect(plannedState(false, true, "2026-01-05")).toBe("visited");
  expect(plannedState(false, false, today)).toBe("notYet");
  expect(plannedState(false, false, "2026-01-05")).toBe("missed");
});
