import { useWaitingQuery, type Waiting } from "../../api/waiting";
import type { Place } from "../pages";

const EVERY_MS = 120_000;
const NOTHING: Waiting = { reviews: 0, loans: 0, undelivered: 0 };

/** The numbers beside the places; asked only for those that stand there. */
export function useWaiting(places: readonly Place[]): Waiting {
  const reviews = places.some(({ waits }) => waits === "reviews");
  const loans = places.some(({ waits }) => waits === "loans");
  const undelivered = places.some(({ waits }) => waits === "undelivered");
  const { currentData } = useWaitingQuery(
    { reviews, loans, undelivered },
    {
      skip: !reviews && !loans && !undelivered,
      pollingInterval: EVERY_MS,
      skipPollingIfUnfocused: true,
      refetchOnFocus: true,
    },
  );
  return currentData ?? NOTHING;
}
