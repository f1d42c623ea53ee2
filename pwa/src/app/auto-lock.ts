/** Locks after a while without a touch, also while the app is in the background. */
import { useEffect } from "react";
import { LOCK_AFTER_MS } from "../lib/limits";
import { lock, useSession } from "../state/session";

const CHECK_MS = 10_000;
const TOUCHES = ["pointerdown", "keydown", "input", "scroll"] as const;

export function useAutoLock(): void {
  const open = useSession((state) => state.phase === "open");
  useEffect(() => {
    if (!open) return;
    let last = Date.now();
    const touched = () => {
      last = Date.now();
    };
    // By the clock and not by one long timer: phones stop timers in the background.
    const check = () => {
      // Also when the clock was set back: else nothing would lock for as long as it jumped.
      if (Math.abs(Date.now() - last) >= LOCK_AFTER_MS) lock();
    };
    const timer = setInterval(check, CHECK_MS);
    document.addEventListener("visibilitychange", check);
    for (const name of TOUCHES)
      document.addEventListener(name, touched, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", check);
      for (const name of TOUCHES) document.removeEventListener(name, touched, { capture: true });
    };
  }, [open]);
}
