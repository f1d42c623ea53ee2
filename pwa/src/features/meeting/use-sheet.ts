/** The state of one group's sheet: the draft, kept on disk with every key, and what is recorded. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import type { Cents } from "@tablebanking/common/money";
import { useCallback, useMemo, useState } from "react";
import type { Operation } from "../../lib/model";
import { kindOf } from "../../operations";
import type { Repayment } from "../../records/repayments";
import { useContributions } from "../../state/contributions";
import { useData } from "../../state/data";
import { useDraft } from "../../state/draft";
import { sheetDraft } from "../../state/meeting-actions";
import type { ListedMeeting } from "../../state/meetings";
import { useRecords } from "../../state/records";
import { recordSheet } from "../../state/sheet-actions";
import {
  BLANK,
  type Cell,
  type CellKey,
  cellKey,
  type Draft,
  type RecordedPayment,
  readDraft,
  totals,
  type Usual,
  usualAmounts,
} from "./sheet";
import { chosenLoans, useOwed } from "./use-owed";

const NO_CELLS: Draft = {};

export type Sheet = ReturnType<typeof useSheet>;

/** With a meeting: its day, and what was paid at it. */
export function useSheet(groupId: string, meeting: ListedMeeting | null) {
  const meetingId = meeting?.id ?? null;
  const draftKey = sheetDraft(groupId, meetingId);
  const { value: draft, set: setDraft, written, ready } = useDraft<Draft>(draftKey, NO_CELLS);
  const [chosen, setDate] = useState<IsoDate>(todayInNairobi());
  const date = meeting?.date ?? chosen;
  const history = useContributions("groupId", groupId);
  const repayments = useRecords("repayments", groupId);
  const byEntity = useData((state) => state.byEntity);
  const minimum = useData((state) => state.groups.get(groupId)?.minimumSaving ?? 0);
  const { finesOf, loansOf } = useOwed(groupId, date, meeting);
  const loanOf = useMemo(() => chosenLoans(loansOf, draft), [loansOf, draft]);
  const owed = useCallback(
    (memberId: string, kind: "FINE" | "REPAYMENT"): Cents =>
      (kind === "FINE" ? finesOf.get(memberId) : loanOf.get(memberId)?.due.now) ?? 0,
    [finesOf, loanOf],
  );

  const recorded = useMemo(() => {
    const all = [...history, ...(repayments ?? []).map(asPayment)];
    return all.filter((row) =>
      meetingId ? meetingOf(byEntity.get(row.id)) === meetingId : row.date === date,
    );
  }, [history, repayments, byEntity, meetingId, date]);
  const recordedOf = useMemo(() => groupByCell(recorded), [recorded]);
  const paidLast = useMemo(() => usualAmounts(history, minimum), [history, minimum]);
  const usual = useCallback<Usual>(
    (memberId, kind) =>
      kind === "FINE" || kind === "REPAYMENT"
        ? owed(memberId, kind) || null
        : paidLast(memberId, kind),
    [paidLast, owed],
  );
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
    const loans = new Map([...loanOf].map(([memberId, { loan }]) => [memberId, loan]));
    await recordSheet(groupId, reading.payments, { date, meetingId, loanOf: loans }, draftKey);
    setDraft((old) => typedSince(old, draft));
  };

  return {
    draft,
    setDraft,
    setCell,
    date,
    setDate,
    recordedOf,
    byEntity,
    usual,
    owed,
    loansOf,
    loanOf,
    sums,
    reading,
    save,
    ready,
  };
}

const meetingOf = (operation: Operation | undefined): string | null =>
  (operation && kindOf(operation.type)?.atMeeting?.(operation.body)?.meetingId) ?? null;

const asPayment = (row: Repayment): RecordedPayment => ({
  ...row,
  kind: "REPAYMENT",
  operationId: null,
});

/** The cells that were changed while the sheet was being saved. */
function typedSince(now: Draft, saved: Draft): Draft {
  const kept = Object.entries(now).filter(([key, cell]) => saved[key as CellKey] !== cell);
  return Object.fromEntries(kept);
}

function groupByCell(rows: readonly RecordedPayment[]): Map<CellKey, RecordedPayment[]> {
  const cells = new Map<CellKey, RecordedPayment[]>();
  for (const row of rows) {
    const key = cellKey(row.memberId, row.kind);
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return cells;
}
