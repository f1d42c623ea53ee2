/** Copies that are not held in memory: opened from the store while a screen shows them. */
import { useEffect, useMemo, useState } from "react";
import type { RecordName, RecordOf } from "../records";
import { getRow, getRows, openRecord } from "../records/copy";
import type { StoredRecord } from "../store/schema";
import { useData } from "./data";
import { openStore } from "./session";
import { copiedAt, type Listed, laidOver } from "./waiting";

interface Opened<Name extends RecordName> {
  value: RecordOf<Name>;
  at: number;
}

/**
 * All of a kind, or those of a group, a member, a loan …, with what waits laid over them.
 * Null until they are read. In no order: the screen knows which it wants.
 */
export function useRecords<Name extends RecordName>(
  name: Name,
  ref: string | null = null,
): Listed<RecordOf<Name>>[] | null {
  const opened = useOpened(name, `${ref}`, (db) => getRows(db, name, ref));
  const waiting = useData((state) => state.waiting);
  return useMemo(
    () => opened?.map(({ value, at }) => laidOver(name, value, at, waiting)) ?? null,
    [name, opened, waiting],
  );
}

/** One record: null until it is read, undefined where the phone has none. */
export function useRecord<Name extends RecordName>(
  name: Name,
  id: string,
): Listed<RecordOf<Name>> | null | undefined {
  const opened = useOpened(name, `=${id}`, async (db) => {
    const row = await getRow(db, name, id);
    return row ? [row] : [];
  });
  const waiting = useData((state) => state.waiting);
  return useMemo(() => {
    if (!opened) return null;
    const [one] = opened;
    return one && laidOver(name, one.value, one.at, waiting);
  }, [name, opened, waiting]);
}

type Db = ReturnType<typeof openStore>["store"]["db"];

function useOpened<Name extends RecordName>(
  name: Name,
  query: string,
  read: (db: Db) => Promise<StoredRecord[]>,
): Opened<Name>[] | null {
  const revision = useData((state) => state.revision);
  const [opened, setOpened] = useState<{ query: string; rows: Opened<Name>[] } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `query` says what is read; a new revision means "read again"
  useEffect(() => {
    let current = true;
    const { store, dataKey } = openStore();
    void (async () => {
      const rows = await read(store.db);
      const values = await Promise.all(
        rows.map(async (row) => ({
          value: await openRecord(dataKey, name, row),
          at: copiedAt(row),
        })),
      );
      if (current) setOpened({ query, rows: values });
    })();
    return () => {
      current = false;
    };
  }, [name, query, revision]);
  return opened?.query === query ? opened.rows : null;
}
