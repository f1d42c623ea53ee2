/** An officer's day from the server, and what the map needs beside the live positions. */
import { addDays } from "@tablebanking/common/dates";
import { api, operation } from "../../api/api";
import {
  OfficerDayDocument,
  type OfficerDayQuery,
  OfficersGroupsDocument,
  type OfficersGroupsQuery,
  OfficerWaysDocument,
  type OfficerWaysQuery,
  UnsentWorkDocument,
  type UnsentWorkQuery,
} from "../../gen/graphql";

export type Day = OfficerDayQuery["officerDay"];
export type Stop = Day["stops"][number];
export type Work = Day["elsewhere"];
export type OfficerWay = OfficerWaysQuery["officerWays"][number];
export type Unsent = UnsentWorkQuery["unsentWork"][number];
/** Officer → the groups in their hands. */
export type GroupsOf = Record<string, { id: string; county: string }[]>;

const dayApi = api.injectEndpoints({
  endpoints: (build) => ({
    officerDay: build.query<Day, { officerId: string; date: string }>({
      query: (asked) => operation(OfficerDayDocument, asked),
      transformResponse: (answer: OfficerDayQuery) => answer.officerDay,
      keepUnusedDataFor: 30,
    }),
    officerWays: build.query<OfficerWay[], { date: string; group: string }>({
      query: ({ date, group }) =>
        operation(OfficerWaysDocument, {
          from: startOfDay(date),
          to: startOfDay(addDays(date, 1)),
          groupIds: group ? [group] : null,
        }),
      transformResponse: (answer: OfficerWaysQuery) => answer.officerWays,
      keepUnusedDataFor: 30,
    }),
    unsentWork: build.query<Unsent[], void>({
      query: () => operation(UnsentWorkDocument, {}),
      transformResponse: (answer: UnsentWorkQuery) => answer.unsentWork,
      providesTags: ["Officers"],
    }),
    officersGroups: build.query<GroupsOf, void>({
      query: () => operation(OfficersGroupsDocument, {}),
      transformResponse: (answer: OfficersGroupsQuery) =>
        Object.fromEntries(
          [...answer.activeOfficerLocations, ...answer.unsentWork].map(({ officer }) => [
            officer.id,
            officer.assignedGroups,
          ]),
        ),
      providesTags: ["Officers"],
    }),
  }),
});

export const {
  useOfficerDayQuery,
  useOfficerWaysQuery,
  useUnsentWorkQuery,
  useOfficersGroupsQuery,
} = dayApi;

/** Kenya has one offset all year. */
export function startOfDay(day: string): string {
  return `${day}T00:00:00+03:00`;
}
