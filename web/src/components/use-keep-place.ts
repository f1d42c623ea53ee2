import { type RefObject, useLayoutEffect, useRef } from "react";

type Rows<T> = {
  /** The key of the first one. */
  first: string;
  rows: readonly T[];
  rowKey: (row: T) => string;
  rowHeight: number;
};

/** Earlier rows came above the ones that stand: what the reader sees stays under their eyes. */
export function useKeepPlace<T>(scroller: RefObject<HTMLElement | null>, shown: Rows<T> | null) {
  const before = useRef<string | null>(null);
  const first = shown?.first ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another first row moves the others
  useLayoutEffect(() => {
    const element = scroller.current;
    const known = before.current;
    before.current = first;
    if (!element || !shown || known === null || known === first) return;
    const added = shown.rows.findIndex((row) => shown.rowKey(row) === known);
    if (added <= 0) return;
    element.scrollTop += added * shown.rowHeight;
    // Those in sight are known before the frame is painted, not one frame later.
    element.dispatchEvent(new Event("scroll"));
  }, [first, scroller]);
}
