// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Toast, toast } from "../src/components/Toast";

describe("a message on the screen", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });
  const said = () => screen.getByTestId("toast").textContent;
  const say = (message: string, tone: "good" | "bad") =>
    act(() => {
      toast(message, tone);
    });
  const wait = (ms: number) => act(() => void vi.advanceTimersByTime(ms));
  const touch = () => act(() => void fireEvent.pointerDown(document.body));

  it.each([
    ["good", 1_000, 4_000],
    ["bad", 3_000, 8_000],
  ] as const)(
    "that is %s stands long enough to be read, and is out of the way then",
    async (tone, least, most) => {
      render(<Toast />);
      await say("Saved", tone);
      await wait(least - 100);
      await touch();
      expect(said()).toBe("Saved");
      await wait(200);
      await touch();
      expect(said()).toBe("");
      await say("Again", tone);
      await wait(most - 100);
      expect(said()).toBe("Again");
      await wait(200);
      expect(said()).toBe("");
    },
  );
});
