import { describe, expect, it } from "vitest";
import { byDay } from "../src/features/outbox/days";
import type { Operation } from "../src/lib/model";
import { sliceOf } from "../src/lib/window";
import { payment } from "./fixtures";

describe("the rows near the window", () => {
  const heights = [100, 50, 200, 100, 100];

  it("are those that touch it", () => {
    expect(sliceOf(heights, 120, 100, 0)).toEqual({ first: 1, end: 3, before: 100, after: 200 });
    expect(sliceOf(heights, 0, 100, 0)).toEqual({ first: 0, end: 1, before: 0, after: 450 });
    expect(sliceOf(heights, 0, 2000, 0)).toEqual({ first: 0, end: 5, before: 0, after: 0 });
  });

  it("take no room where the list is out of sight", () => {
    expect(sliceOf(heights, 5000, 100, 0)).toEqual({ first: 5, end: 5, before: 550, after: 0 });
    expect(sliceOf(heights, -5000, 100, 0)).toEqual({ first: 0, end: 0, before: 0, after: 550 });
    expect(sliceOf([], 0, 100, 0)).toEqual({ first: 0, end: 0, before: 0, after: 0 });
  });

  it("always fill the height of the whole list", () => {
    for (let top = -300; top < 900; top += 7) {
      const { first, end, before, after } = sliceOf(heights, top, 130, 60);
      const shown = heights.slice(first, end).reduce((sum, height) => sum + height, 0);
      expect(before + shown + after).toBe(550);
    }
  });
});

describe("a long outbox", () => {
  it("is grouped by group and Kenyan day, with the cash that came in", () => {
    const row = (groupId: string, at: string, amount: string) => {
      const { id, body } = payment("m", amount);
      return { id, body, type: body.type, groupId, timestamp: Date.parse(at) } as Operation;
    };
    const entries = byDay([
      row("a", "2026-11-20T20:00:00Z", "500.00"),
      row("a", "2026-11-20T22:00:00Z", "200.00"),
      row("b", "2026-11-20T20:00:00Z", "300.00"),
      row("a", "2026-11-20T20:30:00Z", "50.50"),
    ]);
    expect(entries.map((entry) => (entry.kind === "day" ? entry : "·"))).toEqual([
      expect.objectContaining({ groupId: "a", day: "2026-11-20", count: 2, cash: 550_50 }),
      "·",
      "·",
      expect.objectContaining({ groupId: "a", day: "2026-11-21", count: 1, cash: 200_00 }),
      "·",
      expect.objectContaining({ groupId: "b", day: "2026-11-20", count: 1, cash: 300_00 }),
      "·",
    ]);
  });
});
