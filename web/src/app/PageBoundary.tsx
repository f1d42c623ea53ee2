import { Component, type ReactNode } from "react";
import { Failed } from "../components/States";

const NOT_FETCHED = { kind: "offline", code: "OFFLINE", message: "", failures: [] } as const;

/**
 * A page that could not be fetched says so in its own place; the others are still in reach. What
 * broke while it was fetched stays broken until the tab is loaded anew, so that is the way on.
 */
export class PageBoundary extends Component<{ children: ReactNode }, { failure: unknown }> {
  override state = { failure: null };

  static getDerivedStateFromError(failure: unknown) {
    // A fault of the page itself is for the boundary around everything.
    if (!isNotFetched(failure)) throw failure;
    return { failure };
  }

  override render() {
    if (!this.state.failure) return this.props.children;
    return <Failed error={NOT_FETCHED} retry={() => window.location.reload()} />;
  }
}

/** What browsers say of a module, and Vite of a style sheet, that did not come. */
function isNotFetched(failure: unknown): boolean {
  return failure instanceof Error && /import|preload|module/i.test(failure.message);
}
