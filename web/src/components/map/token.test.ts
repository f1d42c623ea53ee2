import { expect, it } from "vitest";
import { token } from "./token";

it("asks once within a drawing, and anew for the next one", async () => {
  const { style } = document.documentElement;
  style.setProperty("--ink", "black");
  expect(token("--ink")).toBe("black");
  style.setProperty("--ink", "white");
  expect(token("--ink")).toBe("black");
  await Promise.resolve();
  expect(token("--ink")).toBe("white");
});
