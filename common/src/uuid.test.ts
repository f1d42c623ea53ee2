import { describe, expect, it } from "vitest";
import { uuidv7 } from "./uuid";

describe("uuidv7", () => {
  it("has the version, the variant and the time", () => {
    const now = Date.now() + 1000;
    const id = uuidv7(now);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(now);
  });

  it("sorts in the order of making, also when the clock is set back", () => {
    const now = Date.now() + 2000;
    const ids = Array.from({ length: 10_000 }, (_, i) => uuidv7(i % 3 === 0 ? now - i : now));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
