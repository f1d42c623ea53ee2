/** Which places the person who is signed in has, for features that lead to one another's lists. */
import { createContext, useContext } from "react";

const Places = createContext<readonly string[]>([]);

/** The app names the paths; features only ask. */
export const PlacesProvider = Places.Provider;

/** The address where the person has that place, else undefined: a figure without a list is no link. */
export function useWayTo(): (to: string) => string | undefined {
  const paths = useContext(Places);
  return (to) => (paths.some((path) => isWithin(to, path)) ? to : undefined);
}

function isWithin(to: string, path: string): boolean {
  return to === path || to.startsWith(`${path}/`) || to.startsWith(`${path}?`);
}
