import { useMediaQuery } from "@mantine/hooks";

/** A phone's width: lists become cards, panels cover the page. */
export function useNarrow(): boolean {
  return useMediaQuery("(max-width: 600px)", false, { getInitialValueInEffect: false });
}
