/** A long outbox as it came about: by group and day, which is by meeting. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, sumCents } from "@tablebanking/common/money";
import { groupBy } from "../../lib/group-by";
import type { Operation } from "../../lib/model";
import { kindOf } from "../../operations";

export type Entry =
  | { kind: "day"; key: string; groupId: string; day: IsoDate; count: number; cash: Cents }
  | { kind: "operation"; key: string; operation: Operation };

/** In the order of `operations`: a day stands where its first one does. */
export function byDay(operations: readonly Operation[]): Entry[] {
  const days = groupBy(operations, ({ groupId, timestamp }) =>
    JSON.stringify([groupId, todayInNairobi(new Date(timestamp))]),
  );
  return [...days].flatMap(([key, rows]): Entry[] => {
    const [groupId, day] = JSON.parse(key) as [string, IsoDate];
    return [
      { kind: "day", key, groupId, day, count: rows.length, cash: sumCents(rows.map(cashOf)) },
      ...rows.map((operation) => ({ kind: "operation" as const, key: operation.id, operation })),
    ];
  });
}

const cashOf = ({ type, body }: Operation): Cents => kindOf(type)?.cash?.(body) ?? 0;
