import { useMediaQuery } from "@mantine/hooks";

const ONE_COLUMN = "(max-width: 768px)";

/** A phone's width: lists become cards. */
export function useNarrow(): boolean {
  return useMediaQuery("(max-width: 600px)", false, { getInitialValueInEffect: false });
}

/** No room for two things side by side: panels cover the page. */
export function useOneColumn(): boolean {
  return useMediaQuery(ONE_COLUMN, isOneColumn(), { getInitialValueInEffect: false });
}

export function isOneColumn(): boolean {
  return typeof window.matchMedia === "function" && window.matchMedia(ONE_COLUMN).matches;
}
