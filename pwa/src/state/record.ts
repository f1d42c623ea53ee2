/**
 * Writing down what the officer did, whatever its kind: the operation and the records it makes
 * go into the store in one transaction, and it resolves once they are safely on this phone.
 */
import { uuidv7 } from "@tablebanking/common/uuid";
import { kindOf, type OperationBody } from "../operations";
import { seal } from "../store/crypto";
import type { DocumentRecord } from "../store/schema";
import { sealMade } from "../sync/made";
import { type Alongside, documentPlace, editOperation, enqueue, isUnsent } from "../sync/outbox";
import { useData } from "./data";
import { openStore } from "./session";
import { syncSoon } from "./sync";

/** The ids of an operation that makes a record. */
export const newIds = () => ({ id: uuidv7(), offlineSyncId: uuidv7() });

/** The names with which the outbox speaks of it. */
export function namesOf(groupId: string, memberId: string) {
  const { groups, members } = useData.getState();
  return {
    memberName: members.get(memberId)?.memberName ?? "",
    groupName: groups.get(groupId)?.name ?? "",
  };
}

/** All of them are written, or none. */
export async function record(
  groupId: string,
  bodies: OperationBody[],
  alongside: Omit<Alongside, "records"> = {},
): Promise<void> {
  const { store, dataKey } = openStore();
  const final = bodies.map((body) => finalIfGrounded(body, groupId, bodies));
  const records = await sealMade(dataKey, final, groupId);
  const operations = final.map((body) => ({ groupId, body }));
  await enqueue(store, operations, { ...alongside, records });
  syncSoon();
}

/** As long as it has not gone up. Throws NotEditable. */
export async function correct(
  id: string,
  groupId: string,
  body: OperationBody,
  alongside: Omit<Alongside, "records"> = {},
): Promise<void> {
  const { store, dataKey } = openStore();
  const records = await sealMade(dataKey, [body], groupId);
  await editOperation(store, id, body, { ...alongside, records });
  syncSoon();
}

/**
 * The group says "final: book it even if nobody knows the member". While what it rests on is on
 * its way, that would send good money to the office, so it is left out (design: Sync).
 */
function finalIfGrounded(
  body: OperationBody,
  groupId: string,
  together: OperationBody[],
): OperationBody {
  const kind = kindOf(body.type);
  if (!kind?.final) return body;
  const needs = kind.needs?.(body) ?? [];
  const onTheWay = [
    ...useData
      .getState()
      .operations.filter(isUnsent)
      .map(({ makes }) => makes),
    ...together.map((other) => kindOf(other.type)?.makes?.(other) ?? []),
  ].flat();
  return needs.some((what) => onTheWay.includes(what))
    ? body
    : (kind.final(body, groupId) as OperationBody);
}

/** Pictures that older versions of the app put into an operation, out of a colleague's hands. */
export async function sealDocuments(
  operationId: string,
  pictures: Partial<Record<DocumentRecord["kind"], string | null>>,
): Promise<DocumentRecord[]> {
  const { sealKey } = openStore().store;
  const taken = Object.entries(pictures) as [DocumentRecord["kind"], string | null][];
  const rows = taken.map(async ([kind, picture]): Promise<DocumentRecord | null> => {
    const id = `${operationId}:${kind}`;
    if (!picture) return null;
    return { id, operationId, kind, sealed: await seal(sealKey, documentPlace(id), picture) };
  });
  return (await Promise.all(rows)).filter((row) => row !== null);
}
