/** What this phone knows and the server's copy does not: laid over the copy when it is shown. */
import type { Operation } from "../lib/model";
import { kindOf } from "../operations";
import type { Change } from "../operations/kind";
import type { RecordName, RecordOf } from "../records";
import type { StoredRecord } from "../store/schema";
import { isUnsent } from "../sync/outbox";

interface Waiting {
  operation: Operation;
  /** Null: the operation makes the record. */
  change: Change["change"] | null;
}

/** By "<kind>:<id>" of the record, in the order of making. */
export type WaitingChanges = ReadonlyMap<string, readonly Waiting[]>;

export type Listed<Value> = Value & {
  /** The last operation about it that the server does not have yet. */
  pending: Operation | null;
};

const place = (name: RecordName, id: string) => `${name}:${id}`;

export function waitingChanges(operations: readonly Operation[]): WaitingChanges {
  const waiting = new Map<string, Waiting[]>();
  const add = (name: RecordName, id: string, entry: Waiting) => {
    const key = place(name, id);
    const known = waiting.get(key);
    if (known) known.push(entry);
    else waiting.set(key, [entry]);
  };
  for (const operation of operations) {
    if (!isUnsent(operation) && operation.status !== "saved") continue;
    const kind = kindOf(operation.type);
    const { body, entityId } = operation;
    for (const one of kind?.changes?.(body, operation) ?? []) {
      add(one.name, one.id, { operation, change: one.change });
    }
    if (kind?.makesRecord) add(kind.makesRecord, entityId, { operation, change: null });
  }
  return waiting;
}

/** The run that fetched the copy; 0 for what was made here, and knows of nothing else. */
export const copiedAt = (row: StoredRecord): number =>
  row.local ? 0 : (row.at ?? Number.POSITIVE_INFINITY);

/** Is the operation not in a copy that this run has fetched? */
export const isAhead = (
  { status, settledRun = 0 }: Pick<Operation, "status" | "settledRun">,
  at: number,
): boolean => isUnsent({ status }) || (status === "saved" && settledRun > at);

export function laidOver<Name extends RecordName>(
  name: Name,
  copy: RecordOf<Name>,
  at: number,
  waiting: WaitingChanges,
): Listed<RecordOf<Name>> {
  let value = copy;
  let pending: Operation | null = null;
  for (const { operation, change } of waiting.get(place(name, copy.id)) ?? []) {
    if (isUnsent(operation)) pending = operation;
    if (change && isAhead(operation, at)) {
      value = (change as unknown as (old: RecordOf<Name>) => RecordOf<Name>)(value);
    }
  }
  return { ...value, pending };
}
