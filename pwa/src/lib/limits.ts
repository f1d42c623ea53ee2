/** The phone locks itself after this long without a touch. */
export const LOCK_AFTER_MS = 5 * 60_000;
