/** Keeps the screen on until the returned function is called; where the browser can, and lets us. */
export function keepAwake(): () => void {
  let held: WakeLockSentinel | null = null;
  let ended = false;
  const take = async () => {
    // A browser takes it away with the page in the background: it is asked for again.
    if (ended || document.visibilityState !== "visible") return;
    try {
      held = (await navigator.wakeLock?.request("screen")) ?? null;
      if (ended) await held?.release();
    } catch {
      // A low battery, for one: then the screen goes dark as ever.
    }
  };
  const visible = () => void take();
  document.addEventListener("visibilitychange", visible);
  void take();
  return () => {
    ended = true;
    document.removeEventListener("visibilitychange", visible);
    void held?.release().catch(() => undefined);
  };
}
