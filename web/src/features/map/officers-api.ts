import { original } from "@reduxjs/toolkit";
import { addDays } from "@tablebanking/common/dates";
import { api, operation } from "../../api/api";
import {
  ActiveOfficerLocationsDocument,
  type ActiveOfficerLocationsQuery,
  OfficerLocationsDocument,
  OfficerTrackDocument,
  type OfficerTrackQuery,
  type PositionFragment,
} from "../../gen/graphql";
import { subscribeLive } from "../../lib/live-socket";
import { FrameBuffer, mergePositions } from "./frame-buffer";
import { startOfDay } from "./officer-day";

export type Position = PositionFragment;
export type TrackPoint = OfficerTrackQuery["officerTrack"][number];

/** What Immer lends as a draft, read without one draft more for each of a thousand positions. */
const plain = (shown: Position[]): readonly Position[] => original(shown) ?? shown;

const officersApi = api.injectEndpoints({
  endpoints: (build) => ({
    officers: build.query<Position[], void>({
      query: () => operation(ActiveOfficerLocationsDocument, {}),
      transformResponse: (answer: ActiveOfficerLocationsQuery) => answer.activeOfficerLocations,
      providesTags: ["Officers"],
      // Who is gone goes; whoever moved while the list was on its way stays where they are now.
      merge: (shown, loaded) => {
        const stillThere = new Set(loaded.map(({ officer }) => officer.id));
        return mergePositions(
          loaded,
          plain(shown).filter(({ officer }) => stillThere.has(officer.id)),
        );
      },
      async onCacheEntryAdded(_arg, lifecycle) {
        const { dispatch, updateCachedData, cacheDataLoaded, cacheEntryRemoved } = lifecycle;
        const buffer = new FrameBuffer((moved) =>
          updateCachedData((shown) => mergePositions(plain(shown), moved)),
        );
        let loaded = false;
        const early: Position[] = [];
        const stop = subscribeLive(
          OfficerLocationsDocument,
          {},
          {
            next: ({ officerLocations }) =>
              loaded ? buffer.push(officerLocations) : early.push(officerLocations),
            // The subscription starts with everybody's last position, but cannot say who is gone.
            ready: () => dispatch(api.util.invalidateTags(["Officers"])),
          },
        );
        void cacheDataLoaded.then(
          () => {
            loaded = true;
            for (const position of early) buffer.push(position);
            buffer.flush();
          },
          () => undefined,
        );
        await cacheEntryRemoved;
        buffer.stop();
        stop();
      },
    }),
    track: build.query<TrackPoint[], { officerId: string; day: string }>({
      query: ({ officerId, day }) =>
        operation(OfficerTrackDocument, {
          officerId,
          from: startOfDay(day),
          to: startOfDay(addDays(day, 1)),
        }),
      transformResponse: (answer: OfficerTrackQuery) => answer.officerTrack,
      keepUnusedDataFor: 30,
    }),
  }),
});

export const { useOfficersQuery, useTrackQuery } = officersApi;
