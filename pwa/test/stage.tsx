/** A phone with its first copy, unlocked, on which whole screens are drawn. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { configure, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { loadLater } from "../src/i18n";
import type { OperationBody } from "../src/lib/model";
import { useData } from "../src/state/data";
import { loadData } from "../src/state/load-data";
import { startMeeting } from "../src/state/meeting-actions";
import * as session from "../src/state/session";
import { importDataKey } from "../src/store/crypto";
import type { AccountRecord } from "../src/store/schema";
import type { UserStore } from "../src/store/user-store";
import { runSync } from "../src/sync/engine";
import { readOutbox } from "../src/sync/outbox";
import { FakeServer } from "./fake-server";
import { freshStore, GROUP, groupNode, memberNode, page } from "./fixtures";

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

export const JANE = uuidv7();
export const JOHN = uuidv7();
export const DAY = "2026-11-27";

export interface Phone {
  store: UserStore;
  outbox: () => Promise<OperationBody[]>;
}

/** Jane and John of Umoja, KES 1,000.00 on the table, and whatever else the server sends. */
export async function unlocked(more: object = {}): Promise<Phone> {
  const server = new FakeServer();
  const verified = (id: string, name: string) => ({
    ...memberNode(id, GROUP, name),
    idVerified: true,
  });
  server.changes = () =>
    page({
      groups: [groupNode()],
      members: [verified(JANE, "Jane Wanjiku"), verified(JOHN, "John Kiprop")],
      meetings: [],
      welfareRequests: [],
      ...more,
    });
  const store = await freshStore(server);
  const dataKey = await importDataKey(crypto.getRandomValues(new Uint8Array(32)));
  vi.spyOn(session, "openStore").mockReturnValue({ store, dataKey });
  session.useSession.setState({
    account: { userId: store.userId, name: "Officer" } as AccountRecord,
  });
  await loadLater();
  await runSync(store, { dataKey, byHand: true });
  await loadData(store, dataKey);
  const outbox = async () => (await readOutbox(store)).operations.map(({ body }) => body);
  return { store, outbox };
}

/** Opens a meeting as the officer does; it is in the outbox. */
export const openMeeting = () =>
  startMeeting(GROUP, { date: DAY, venue: "Church hall", brought: 0, cash: 1000_00, active: 2 });

export const draw = (screen: ReactNode) => render(screen);

/** Resolves once the phone has as many operations as that. */
export const recorded = (count: number) =>
  vi.waitFor(() => {
    const { length } = useData.getState().operations;
    if (length !== count) throw new Error(`${length} operations`);
  }, 10_000);
