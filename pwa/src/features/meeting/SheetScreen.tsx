import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, sumCents } from "@tablebanking/common/money";
import { useEffect, useMemo, useRef, useState } from "react";
import { ReceiptDialog } from "../../components/ReceiptDialog";
import { Screen } from "../../components/Screen";
import { Segmented } from "../../components/Segmented";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { type Contribution, type ContributionType, KINDS } from "../../lib/model";
import type { Payment } from "../../state/actions";
import { type ListedMember, useData } from "../../state/data";
import { useView } from "../../state/view";
import { NumberPad } from "./NumberPad";
import { SheetFoot } from "./SheetFoot";
import { SheetRow } from "./SheetRow";
import { BLANK, cellKey, typeKey } from "./sheet";
import styles from "./sheet.module.css";
import { useSheet } from "./use-sheet";
import { useWide } from "./use-wide";

interface Active {
  memberId: string;
  kind: ContributionType;
}

export function SheetScreen({ groupId }: { groupId: string }) {
  const members = useGroupMembers(groupId);
  const sheet = useSheet(groupId);
  const wide = useWide();
  const [kind, setKind] = useState<ContributionType>("REGULAR");
  const [active, setActive] = useState<Active | null>(null);
  const [receipt, setReceipt] = useState<Contribution | null>(null);
  const [saving, setSaving] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => useView.setState({ groupId, padOpen: active !== null }), [groupId, active]);

  const kinds = wide ? KINDS : [kind];
  const activeKey = active && cellKey(active.memberId, active.kind);
  const activeCell = (activeKey && sheet.draft[activeKey]) || BLANK;

  /** Enter and "Next" go down the column, over the members who have left. */
  const next = () => {
    if (!active) return;
    const open = members.filter((member) => member.isActive);
    const at = open.findIndex((member) => member.id === active.memberId);
    focus(list.current, open[at + 1]?.id, active.kind, () => setActive(null));
  };
  const chooseKind = (chosen: ContributionType) => {
    setKind(chosen);
    setActive((old) => old && { ...old, kind: chosen });
  };
  const save = async () => {
    if (complain(sheet, members)) return;
    const { payments } = sheet.reading;
    setSaving(true);
    try {
      await sheet.save();
      setActive(null);
      announce(payments);
    } finally {
      setSaving(false);
    }
  };

  return (
    <Screen
      fixed
      back="/meeting"
      title={t("sheet.title")}
      action={<SheetDate date={sheet.date} onChange={sheet.setDate} />}
    >
      <SheetHead wide={wide} kind={kind} onChange={chooseKind} />
      {members.length === 0 && <p className={styles.empty}>{t("sheet.noMembers")}</p>}
      <ul className={styles.rows} ref={list}>
        {members.map((member) => (
          <SheetRow
            key={member.id}
            member={member}
            kinds={kinds}
            sheet={sheet}
            activeKind={active?.memberId === member.id ? active.kind : null}
            onFocus={(focused) => setActive({ memberId: member.id, kind: focused })}
            onNext={next}
            onReceipt={setReceipt}
          />
        ))}
      </ul>
      <SheetFoot
        kind={active?.kind ?? kind}
        sums={sheet.sums}
        count={sheet.reading.payments.length}
        blocked={sheet.reading.problem !== null}
        saving={saving}
        onSave={() => void save()}
      />
      {active && activeKey && (
        <NumberPad
          cell={activeCell}
          usual={sheet.usual(active.memberId, active.kind)}
          onKey={(key) => sheet.setCell(activeKey, { text: typeKey(activeCell.text, key) })}
          onDelete={() => sheet.setCell(activeKey, { text: activeCell.text.slice(0, -1) })}
          onChange={(change) => sheet.setCell(activeKey, change)}
          onNext={next}
          onClose={() => setActive(null)}
        />
      )}
      {receipt && <ReceiptDialog contribution={receipt} onClose={() => setReceipt(null)} />}
    </Screen>
  );
}

function announce(payments: Payment[]): void {
  const amount = formatMoney(sumCents(payments.map((payment) => payment.amount)));
  toast(t("sheet.saved", { count: payments.length, amount }));
}

/** Says which cell is no payment. False when all of them are. */
function complain({ reading: { problem } }: Sheet, members: ListedMember[]): boolean {
  if (!problem) return false;
  const name = members.find((member) => member.id === problem.memberId)?.memberName ?? "";
  toast(t(`sheet.wrong.${problem.what}`, { name, text: problem.text }), "bad");
  return true;
}

function SheetDate({ date, onChange }: { date: IsoDate; onChange: (date: IsoDate) => void }) {
  return (
    <input
      type="date"
      className={styles.date}
      aria-label={t("sheet.date")}
      value={date}
      max={todayInNairobi()}
      onChange={({ target }) => {
        if (target.value > todayInNairobi()) toast(t("sheet.dateFuture"), "bad");
        else if (target.value) onChange(target.value);
      }}
    />
  );
}

/** All kinds as heads of columns where there is room, else one of them to choose. */
function SheetHead({
  wide,
  kind,
  onChange,
}: {
  wide: boolean;
  kind: ContributionType;
  onChange: (kind: ContributionType) => void;
}) {
  if (wide) {
    return (
      <div className={styles.columns} aria-hidden="true">
        <span />
        {KINDS.map((value) => (
          <span key={value}>{t(`kind.${value}`)}</span>
        ))}
      </div>
    );
  }
  return (
    <div className={styles.kinds}>
      <Segmented
        scroll
        label={t("sheet.kinds")}
        value={kind}
        onChange={onChange}
        options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
    </div>
  );
}

export type Sheet = ReturnType<typeof useSheet>;

function useGroupMembers(groupId: string): ListedMember[] {
  const members = useData((state) => state.members);
  return useMemo(
    () => [...members.values()].filter((member) => member.groupId === groupId),
    [members, groupId],
  );
}

function focus(
  list: HTMLUListElement | null,
  memberId: string | undefined,
  kind: ContributionType,
  atTheEnd: () => void,
): void {
  const id = memberId && CSS.escape(cellKey(memberId, kind));
  const input = id ? list?.querySelector<HTMLInputElement>(`#cell-${id}`) : null;
  if (input) input.focus();
  else {
    (document.activeElement as HTMLElement | null)?.blur();
    atTheEnd();
  }
}
