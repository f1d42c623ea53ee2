// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { Toast, toast } from "../src/components/Toast";
import { useSession } from "../src/state/session";

afterEach(cleanup);

it("what was said to one officer is gone when the phone is locked", async () => {
  useSession.setState({ phase: "open" });
  render(<Toast />);
  toast("Zuhura Nyambura is saved on this phone");
  await waitFor(() => expect(screen.getByTestId("toast").textContent).toContain("Zuhura"));
  useSession.setState({ phase: "locked" });
  await waitFor(() => expect(screen.getByTestId("toast").textContent).toBe(""), { timeout: 1_000 });
});
