/** Which rows of a scrolled list are in sight, with some on either side. */
import { type RefObject, useLayoutEffect, useState } from "react";

export const ROW_HEIGHT = 36;
const OVERSCAN = 10;

export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight = ROW_HEIGHT,
) {
  const [view, setView] = useState({ top: 0, height: 800 });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      // Whole rows only, so that scrolling by a pixel renders nothing.
      const top = Math.floor(element.scrollTop / rowHeight) * rowHeight;
      const height = element.clientHeight || 800;
      setView((old) => (old.top === top && old.height === height ? old : { top, height }));
    };
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      observer.disconnect();
    };
  }, [scroller, rowHeight]);

  return rowWindow(view.top, view.height, count, rowHeight);
}

export function rowWindow(
  scrollTop: number,
  height: number,
  count: number,
  rowHeight = ROW_HEIGHT,
) {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN);
  const last = Math.min(count - 1, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN);
  return { first, last };
}
