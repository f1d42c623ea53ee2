/** A fresh officer's store, signed in to a fake server. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { vi } from "vitest";
import type { OperationBody } from "../src/lib/model";
import { seal } from "../src/store/crypto";
import type { OperationRecord } from "../src/store/schema";
import { openUserStore, setMeta, type UserStore } from "../src/store/user-store";
import { enqueue } from "../src/sync/outbox";
import { FakeServer } from "./fake-server";

export const GROUP = "0191e4b2-7c3a-7def-8abc-000000000001";

export async function freshStore(server: FakeServer = new FakeServer()): Promise<UserStore> {
  vi.stubGlobal("fetch", server.fetch);
  const store = await openUserStore(uuidv7());
  const session = {
    accessToken: server.validToken,
    refreshToken: server.validRefresh,
    expiresAt: Date.now() + 1_800_000,
  };
  await setMeta(store, "session", await seal(store.sealKey, "session", session));
  return store;
}

export function registration(memberId = uuidv7()): {
  id: string;
  memberId: string;
  body: OperationBody;
} {
  const id = uuidv7();
  return {
    id,
    memberId,
    body: {
      type: "registerMember",
      groupName: "Umoja",
      input: {
        id: memberId,
        groupId: GROUP,
        memberName: "Jane Wanjiku",
        idNumber: "12345678",
        phone: "254712345678",
        offlineSyncId: id,
      },
    },
  };
}

export function payment(memberId: string, amount = "500.00", id = uuidv7()) {
  const body: OperationBody = {
    type: "recordContribution",
    memberName: "Jane Wanjiku",
    groupName: "Umoja",
    input: {
      id,
      memberId,
      amount,
      contributionType: "REGULAR",
      paymentMethod: "CASH",
      contributionDate: "2026-11-22",
      offlineSyncId: id,
    },
  };
  return { id, memberId, body };
}

export async function put(
  store: UserStore,
  ...operations: { id: string; memberId: string; body: OperationBody }[]
): Promise<void> {
  await enqueue(
    store,
    operations.map(({ id, memberId, body }) => ({
      id,
      memberId,
      groupId: GROUP,
      entityId: body.type === "registerMember" ? memberId : id,
      body,
    })),
  );
}

export async function statuses(store: UserStore): Promise<OperationRecord["status"][]> {
  const records = await store.db.getAllFromIndex("pending_operations", "seq");
  return records.map((record) => record.status);
}
