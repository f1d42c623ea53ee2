import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { lazy, Suspense } from "react";
import { expect, test, vi } from "vitest";
import { t } from "../i18n";
import { ErrorBoundary } from "./ErrorBoundary";
import { PageBoundary } from "./PageBoundary";

function show(failure: Error) {
  const Page = lazy(() => Promise.reject(failure));
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.stubGlobal("reportError", () => undefined);
  render(
    <MantineProvider>
      <ErrorBoundary>
        <nav>Menu</nav>
        <PageBoundary>
          <Suspense>
            <Page />
          </Suspense>
        </PageBoundary>
      </ErrorBoundary>
    </MantineProvider>,
  );
}

test("a page that could not be fetched says so, and the frame stays", async () => {
  show(new TypeError("Failed to fetch dynamically imported module: /assets/a.js"));
  expect(await screen.findByTestId("error-state")).toHaveTextContent(t("error.offline"));
  expect(screen.getByText("Menu")).toBeVisible();
});

test("a fault of a page is for the boundary around everything", async () => {
  show(new Error("undefined is no function"));
  expect(await screen.findByText(t("error.page"))).toBeVisible();
  expect(screen.queryByTestId("error-state")).toBeNull();
});
