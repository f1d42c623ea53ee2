/** Meetings that were held, and those that a day asks for; the group's page, the list and the map. */
import {
  type DayMeetingFragment,
  DayMeetingsDocument,
  type DayMeetingsQuery,
  type DayMeetingsQueryVariables,
  MeetingDocument,
  type MeetingQuery,
  type MeetingRowFragment,
  MeetingsDocument,
  type MeetingsQuery,
  type MeetingsQueryVariables,
} from "../gen/graphql";
import { api, operation } from "./api";

export type MeetingRow = MeetingRowFragment;
export type MeetingDetail = NonNullable<MeetingQuery["meeting"]>;
export type MeetingFilter = Omit<MeetingsQueryVariables, "first" | "after">;
/** A group stands in a day's list once: its id is the row's. */
export type DayMeeting = DayMeetingFragment & { id: string };
export type DayFilter = Omit<DayMeetingsQueryVariables, "first" | "after">;
export type DayPage = Omit<DayMeetingsQuery["dayMeetings"], "edges"> & {
  edges: { node: DayMeeting }[];
};

const PAGE = 50;
type Paged = { pageInfo: { hasNextPage: boolean; endCursor?: string | null } };
const byCursor = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ pageInfo }: Paged) =>
    pageInfo.hasNextPage ? pageInfo.endCursor : undefined,
};

const meetingsApi = api.injectEndpoints({
  endpoints: (build) => ({
    meetings: build.infiniteQuery<MeetingsQuery["meetings"], MeetingFilter, string | null>({
      infiniteQueryOptions: byCursor,
      query: ({ queryArg, pageParam }) =>
        operation(MeetingsDocument, { ...queryArg, first: PAGE, after: pageParam }),
      transformResponse: ({ meetings }: MeetingsQuery) => meetings,
      providesTags: ["Meetings"],
    }),
    meeting: build.query<MeetingDetail | null, string>({
      query: (id) => operation(MeetingDocument, { id }),
      transformResponse: ({ meeting }: MeetingQuery) => meeting,
      providesTags: ["Meetings"],
    }),
    dayMeetings: build.infiniteQuery<DayPage, DayFilter, string | null>({
      infiniteQueryOptions: byCursor,
      query: ({ queryArg, pageParam }) =>
        operation(DayMeetingsDocument, { ...queryArg, first: PAGE, after: pageParam }),
      transformResponse: dayPage,
      providesTags: ["Meetings"],
    }),
  }),
});

export const { useMeetingsInfiniteQuery, useMeetingQuery, useDayMeetingsInfiniteQuery } =
  meetingsApi;

export function dayPage({ dayMeetings }: DayMeetingsQuery): DayPage {
  const edges = dayMeetings.edges.map(({ node }) => ({ node: { ...node, id: node.group.id } }));
  return { ...dayMeetings, edges };
}
