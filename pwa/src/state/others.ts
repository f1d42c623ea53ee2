import { useEffect, useState } from "react";
import type { Left } from "../sync/everyone";
import { onNotice } from "../sync/notify";
import { useSession } from "./session";

/** What other officers of this phone have not sent; it changes while this one looks at it. */
export function useLeftByOthers(): Left[] {
  const mine = useSession((state) => state.account?.userId);
  const [left, setLeft] = useState<Left[]>([]);
  useEffect(() => {
    if (!mine) return;
    let current = true;
    const read = async () => {
      const { leftByOthers } = await import("../sync/everyone");
      const found = await leftByOthers(mine);
      if (current) setLeft(found);
    };
    void read();
    const stop = onNotice((notice) => {
      if (notice.userId !== mine) void read();
    });
    return () => {
      current = false;
      stop();
    };
  }, [mine]);
  return left;
}
