// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NoticeOffer } from "../src/components/NoticeOffer";
import { useNotices } from "../src/state/notices";

const OPEN = { wanted: false, on: false, busy: false, problem: null, declined: false };

describe("the offer to be told", () => {
  beforeEach(() => {
    vi.stubGlobal("PushManager", class {});
    vi.stubGlobal("Notification", { permission: "default" });
    vi.stubGlobal("navigator", { ...navigator, language: "en", serviceWorker: {} });
    useNotices.setState(OPEN);
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it("is made where the browser can", () => {
    render(<NoticeOffer />);
    expect(screen.getByTestId("notice-offer").textContent).toContain("Tell me when it is decided");
  });

  it("is not made twice, nor against a refusal, nor where it is of no use", () => {
    for (const state of [{ declined: true }, { wanted: true }]) {
      useNotices.setState({ ...OPEN, ...state });
      expect(render(<NoticeOffer />).container.textContent).toBe("");
      cleanup();
    }
    useNotices.setState(OPEN);
    vi.stubGlobal("Notification", { permission: "denied" });
    expect(render(<NoticeOffer />).container.textContent).toBe("");
  });

  it("says what went wrong in its place", () => {
    useNotices.setState({ ...OPEN, wanted: true, problem: "offline" });
    render(<NoticeOffer />);
    expect(screen.getByRole("alert").textContent).toContain("when there is signal");
  });
});
