import { api, operation } from "../../api/api";
import {
  KeyFiguresDocument,
  type KeyFiguresQuery,
  type KeyFiguresQueryVariables,
  MonthByMonthDocument,
  type MonthByMonthQuery,
  type MonthFiguresFragment,
  WaitsForMeDocument,
  type WaitsForMeQuery,
  type WaitsForMeQueryVariables,
} from "../../gen/graphql";

export type Figures = KeyFiguresQuery["kpis"];
export type Month = MonthFiguresFragment;
export type Asked = KeyFiguresQueryVariables;

const dashboardApi = api.injectEndpoints({
  endpoints: (build) => ({
    keyFigures: build.query<Figures, Asked>({
      query: (asked) => operation(KeyFiguresDocument, asked),
      transformResponse: (answer: KeyFiguresQuery) => answer.kpis,
      providesTags: ["Kpis"],
    }),
    monthByMonth: build.query<Month[], Asked>({
      query: (asked) => operation(MonthByMonthDocument, asked),
      transformResponse: (answer: MonthByMonthQuery) => answer.kpis.series,
      providesTags: ["Kpis"],
    }),
    waitsForMe: build.query<WaitsForMeQuery, WaitsForMeQueryVariables>({
      query: (asked) => operation(WaitsForMeDocument, asked),
      providesTags: ["Waiting"],
    }),
  }),
});

export const { useKeyFiguresQuery, useMonthByMonthQuery, useWaitsForMeQuery } = dashboardApi;
