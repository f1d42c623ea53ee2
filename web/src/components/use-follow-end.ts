import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { ROW_HEIGHT } from "./use-row-window";

/**
 * Keeps a list at its end while rows are added there, unless the reader has scrolled away. Then it
 * leaves them in peace and returns a function that leads to the end, once there is something new.
 */
export function useFollowEnd(
  scroller: RefObject<HTMLElement | null>,
  lastKey: string,
  enabled: boolean,
): (() => void) | null {
  const atEnd = useRef(true);
  const seen = useRef("");
  const [missed, setMissed] = useState(false);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !enabled) return;
    const onScroll = () => {
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      atEnd.current = left < ROW_HEIGHT;
      if (atEnd.current) setMissed(false);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [scroller, enabled]);

  useLayoutEffect(() => {
    if (!enabled) return;
    if (atEnd.current) toEnd();
    else if (seen.current && lastKey !== seen.current) setMissed(true);
    seen.current = lastKey;
  }, [lastKey, enabled, toEnd]);

  return enabled && missed ? toEnd : null;
}
