import { useEffect } from "react";
import { useDispatch } from "react-redux";
import { api, LIVE_TAGS } from "../../api/api";
import { NoticesDocument } from "../../gen/graphql";
import { announceFetchAgain, subscribeLive } from "../../lib/live-socket";

/** The server's own notices: it missed events, or what this person may see has changed. */
export function useNotices() {
  const dispatch = useDispatch();
  useEffect(() => {
    return subscribeLive(
      NoticesDocument,
      {},
      {
        next: ({ notices }) => {
          announceFetchAgain();
          if (notices.kind === "ACCESS_CHANGED") {
            dispatch(api.util.invalidateTags([...LIVE_TAGS]));
          }
        },
        // Lists have no subscription of their own; after an outage they may be behind.
        ready: () => dispatch(api.util.invalidateTags(["Groups"])),
      },
    );
  }, [dispatch]);
}
