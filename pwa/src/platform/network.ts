/** True is certain: the phone has no network. False promises nothing: many networks lead nowhere. */
export const hasNoNetwork = () =>
  typeof navigator !== "undefined" && "onLine" in navigator && !navigator.onLine;
