/** The state of one group's sheet: the draft, kept on disk with every key, and what is recorded. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Contribution, ContributionType } from "../../lib/model";
import { recordContributions } from "../../state/actions";
import { useContributions } from "../../state/contributions";
import { useData } from "../../state/data";
import { openStore } from "../../state/session";
import { loadDraft, saveDraft } from "../../store/user-store";
import {
  BLANK,
  type Cell,
  type CellKey,
  cellKey,
  type Draft,
  readDraft,
  totals,
  usualAmounts,
} from "./sheet";

const draftKeyOf = (groupId: string) => `sheet:${groupId}`;

export function useSheet(groupId: string) {
  const [draft, setDraft, written] = useDraft(groupId);
  const [date, setDate] = useState<IsoDate>(todayInNairobi());
  const history = useContributions("groupId", groupId);
  const byEntity = useData((state) => state.byEntity);
  const minimum = useData((state) => state.groups.get(groupId)?.minimumSaving ?? 0);

  const recorded = useMemo(() => history.filter((row) => row.date === date), [history, date]);
  const recordedOf = useMemo(() => groupByCell(recorded), [recorded]);
  const usual = useMemo(() => usualAmounts(history, minimum), [history, minimum]);
  const sums = useMemo(() => totals(draft, recorded), [draft, recorded]);
  const reading = useMemo(() => readDraft(draft), [draft]);

  const setCell = useCallback(
    (key: CellKey, change: Partial<Cell>) =>
      setDraft((old) => ({ ...old, [key]: { ...(old[key] ?? BLANK), ...change } })),
    [setDraft],
  );

  const save = async () => {
    // A draft that is written after the sheet was saved would come back as a second sheet.
    await written();
    await recordContributions(groupId, reading.payments, date, draftKeyOf(groupId));
    setDraft((old) => typedSince(old, draft));
  };

  return { draft, setCell, date, setDate, recordedOf, byEntity, usual, sums, reading, save };
}

/** Nothing typed is lost when the phone locks itself, or the battery dies. */
function useDraft(groupId: string) {
  const [draft, setState] = useState<Draft>({});
  const [{ store }] = useState(openStore);
  const writing = useRef(Promise.resolve());
  const latest = useRef<Draft>({});
  useEffect(() => {
    let current = true;
    void loadDraft<Draft>(store, draftKeyOf(groupId)).then((stored) => {
      if (!current || !stored) return;
      latest.current = { ...stored, ...latest.current };
      setState(latest.current);
    });
    return () => {
      current = false;
    };
  }, [store, groupId]);
  const setDraft = useCallback(
    (change: (old: Draft) => Draft) => {
      const next = change(latest.current);
      latest.current = next;
      setState(next);
      // In order, so that the last key typed is the last one written.
      writing.current = writing.current.then(() => saveDraft(store, draftKeyOf(groupId), next));
    },
    [store, groupId],
  );
  const written = useCallback(() => writing.current, []);
  return [draft, setDraft, written] as const;
}

/** The cells that were changed while the sheet was being saved. */
function typedSince(now: Draft, saved: Draft): Draft {
  const kept = Object.entries(now).filter(([key, cell]) => saved[key as CellKey] !== cell);
  return Object.fromEntries(kept);
}

function groupByCell(rows: readonly Contribution[]): Map<CellKey, Contribution[]> {
  const cells = new Map<CellKey, Contribution[]>();
  for (const row of rows) {
    const key = cellKey(row.memberId, row.kind as ContributionType);
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return cells;
}
