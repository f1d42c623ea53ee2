/** The phone has no room left. A transaction that hits it writes nothing at all. */
export const isStorageFull = (error: unknown): boolean =>
  error instanceof Error && error.name === "QuotaExceededError";
