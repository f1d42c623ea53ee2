import type { PlacesQuery } from "../gen/graphql";

type Places = PlacesQuery["places"];

export function constituenciesOf(places: Places, county: string): string[] {
  const found = places.find(({ name }) => name === county);
  return (found?.constituencies ?? []).map(({ name }) => name);
}

export function wardsOf(places: Places, county: string, constituency: string): string[] {
  const found = places.find(({ name }) => name === county);
  return found?.constituencies.find(({ name }) => name === constituency)?.wards ?? [];
}
