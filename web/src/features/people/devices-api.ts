import { api, operation } from "../../api/api";
import {
  type DeviceRowFragment,
  DevicesDocument,
  type DevicesQuery,
  type DevicesQueryVariables,
  RestoreDeviceDocument,
  RevokeDeviceDocument,
  type RevokeDeviceMutationVariables,
} from "../../gen/graphql";

export type DeviceRow = DeviceRowFragment;
export type DeviceFilter = Pick<DevicesQueryVariables, "userId" | "revoked">;

const ifDone = (done: unknown) =>
  done === undefined ? [] : (["People", "Officers", "Waiting", "Audit"] as const);

const devicesApi = api.injectEndpoints({
  endpoints: (build) => ({
    devices: build.infiniteQuery<DevicesQuery["devices"], DeviceFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(DevicesDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: ({ devices }: DevicesQuery) => devices,
      providesTags: ["People"],
    }),
    revokeDevice: build.mutation<unknown, RevokeDeviceMutationVariables>({
      query: (variables) => operation(RevokeDeviceDocument, variables),
      invalidatesTags: ifDone,
    }),
    restoreDevice: build.mutation<unknown, string>({
      query: (id) => operation(RestoreDeviceDocument, { id }),
      invalidatesTags: ifDone,
    }),
  }),
});

export const { useDevicesInfiniteQuery, useRevokeDeviceMutation, useRestoreDeviceMutation } =
  devicesApi;
