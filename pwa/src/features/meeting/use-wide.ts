import { useSyncExternalStore } from "react";

const query = () => window.matchMedia("(min-width: 760px)");

/** Room for all kinds side by side. */
export const useWide = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      const media = query();
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => query().matches,
  );
