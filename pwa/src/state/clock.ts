import { useEffect, useState } from "react";
import { clockIsOff } from "../sync/server-clock";
import { openStore } from "./session";

const LOOK_MS = 5_000;

/** The phone's time and the server's, where they are so far apart that it matters. */
export function useClockOff(): { phone: number; server: number } | null {
  const [off, setOff] = useState<{ phone: number; server: number } | null>(null);
  useEffect(() => {
    const { store } = openStore();
    let current = true;
    // Again and again: the officer goes to the settings and comes back.
    const look = () => void clockIsOff(store).then((found) => current && setOff(found));
    look();
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      current = false;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return off;
}
