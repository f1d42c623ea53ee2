import { describe, expect, it } from "vitest";
import {
  addDays,
  ageOn,
  daysBetween,
  formatDate,
  formatDay,
  formatMoment,
  formatPlainDate,
  nextWeekday,
  parseDate,
  todayInNairobi,
} from "./dates";

describe("dates", () => {
  it("takes the day in Kenya, three hours ahead of UTC", () => {
    expect(todayInNairobi(new Date("2026-11-22T20:59:59Z"))).toBe("2026-11-22");
    expect(todayInNairobi(new Date("2026-11-22T21:00:00Z"))).toBe("2026-11-23");
  });

  it("knows which dates exist", () => {
    expect(parseDate("2024-02-29")).not.toBeNull();
    expect(parseDate("2026-02-29")).toBeNull();
    expect(parseDate("2026-2-1")).toBeNull();
    expect(parseDate("yesterday")).toBeNull();
  });

  it("counts days across months and years", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(daysBetween("2026-02-27", "2026-03-01")).toBe(2);
  });

  it("counts a birthday from its day on", () => {
    expect(ageOn("2008-11-22", "2026-11-22")).toBe(18);
    expect(ageOn("2008-11-23", "2026-11-22")).toBe(17);
  });

  it("finds the next meeting, today included, in any letter case", () => {
    expect(nextWeekday("SUNDAY", "2026-11-22")).toBe("2026-11-22");
    expect(nextWeekday("saturday", "2026-11-22")).toBe("2026-11-28");
    expect(nextWeekday("someday", "2026-11-22")).toBeNull();
  });

  it("writes for people", () => {
    expect(formatDate("2026-11-22")).toBe("Sun, 22 Nov 2026");
    expect(formatPlainDate("1988-04-12")).toBe("12 Apr 1988");
    expect(formatDay("2026-11-22")).toBe("Sun 22 Nov");
    expect(formatMoment("2026-11-22T11:05:00Z")).toBe("22 Nov, 14:05");
  });

  it("names days and months in Swahili", () => {
    expect(formatDate("2026-11-22", "sw")).toBe("Jumapili, 22 Nov 2026");
    expect(formatDay("2026-08-06", "sw")).toBe("Alhamisi, 6 Ago");
    expect(formatMoment("2026-12-22T11:05:00Z", "sw")).toBe("22 Des, 14:05");
  });
});
