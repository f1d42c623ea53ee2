/** The grid: members down, kinds across (one at a time where it is narrow), a pad of its own. */
import { formatMoney, sumCents, toDecimal } from "@tablebanking/common/money";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ReceiptDialog } from "../../components/ReceiptDialog";
import { Segmented } from "../../components/Segmented";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { SHEET_KINDS, type SheetKind } from "../../lib/model";
import { shortNames } from "../../lib/short-names";
import type { ListedMember } from "../../state/data";
import type { SheetPayment } from "../../state/sheet-actions";
import { useView } from "../../state/view";
import { NumberPad } from "./NumberPad";
import { SheetFoot } from "./SheetFoot";
import { SheetRow } from "./SheetRow";
import { BLANK, cellKey, type RecordedPayment, typeKey } from "./sheet";
import styles from "./sheet.module.css";
import { UsualBar } from "./UsualBar";
import type { Sheet as SheetState } from "./use-sheet";
import { useWide } from "./use-wide";

interface Active {
  memberId: string;
  kind: SheetKind;
  /** Nothing was typed since it was touched: the first digit takes the place of what stands there. */
  fresh: boolean;
}

interface Props {
  groupId: string;
  sheet: SheetState;
  members: ListedMember[];
  /** Who is not here: folded away. */
  away?: ListedMember[];
  /** What should lie on the table with all that is typed. */
  cash: number;
  /** The main action once nothing is left to save. */
  next?: ReactNode;
}

/** Letters of a name that stand on two lines beside a cell. */
const FITS = 23;

export function Sheet({ groupId, sheet, members, away = [], cash, next }: Props) {
  const wide = useWide();
  const [kind, setKind] = useState<SheetKind>("REGULAR");
  const [active, setActive] = useState<Active | null>(null);
  const [receipt, setReceipt] = useState<RecordedPayment | null>(null);
  const [saving, setSaving] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => useView.setState({ groupId, padOpen: active !== null }), [groupId, active]);
  useEffect(() => () => useView.setState({ padOpen: false }), []);

  const kinds = wide ? SHEET_KINDS : [kind];
  const shown = (rows: ListedMember[]) =>
    !wide && kind === "REPAYMENT" ? rows.filter(({ id }) => sheet.loanOf.has(id)) : rows;
  const here = shown(members);
  const notHere = shown(away);
  const activeKey = active && cellKey(active.memberId, active.kind);
  const activeCell = (activeKey && sheet.draft[activeKey]) || BLANK;

  /** Enter and "Next" go down the column, over the members who have left. */
  const goOn = () => {
    if (!active) return;
    const open = [...here, ...notHere].filter((member) => member.isActive);
    const at = open.findIndex((member) => member.id === active.memberId);
    focus(list.current, open[at + 1]?.id, active.kind, () => setActive(null));
  };
  const type = (text: string) => {
    if (!active || !activeKey) return;
    sheet.setCell(activeKey, { text });
    setActive({ ...active, fresh: false });
  };
  const takeUsual = () => {
    const usual = active && sheet.usual(active.memberId, active.kind);
    if (activeKey && usual) sheet.setCell(activeKey, { text: toDecimal(usual) });
    goOn();
  };
  const chooseKind = (chosen: SheetKind) => {
    setKind(chosen);
    setActive(null);
  };
  const save = async () => {
    if (complain(sheet, [...members, ...away])) return;
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
  const whole = [...members, ...away].map((member) => member.memberName);
  const names = shortNames(whole, FITS);
  const row = (member: ListedMember) => (
    <SheetRow
      key={member.id}
      member={member}
      name={names.get(member.memberName) ?? member.memberName}
      kinds={kinds}
      sheet={sheet}
      activeKind={active?.memberId === member.id ? active.kind : null}
      onFocus={(focused) => setActive({ memberId: member.id, kind: focused, fresh: true })}
      onNext={goOn}
      onReceipt={setReceipt}
    />
  );

  return (
    <>
      <SheetHead wide={wide} kind={kind} onChange={chooseKind} />
      {!active && members.length > 0 && (
        <UsualBar sheet={sheet} kind={kind} memberIds={idsOf(here)} />
      )}
      <ul className={styles.rows} ref={list}>
        {members.length + away.length === 0 && (
          <li className={styles.empty}>{t("sheet.noMembers")}</li>
        )}
        {here.length + notHere.length === 0 && members.length > 0 && (
          <li className={styles.empty}>{t("collect.noLoans")}</li>
        )}
        {here.map(row)}
        {notHere.length > 0 && <Away rows={notHere} row={row} open={isAway(active, notHere)} />}
      </ul>
      <SheetFoot
        kind={active?.kind ?? kind}
        sums={{ ...sheet.sums, cash }}
        count={sheet.reading.payments.length}
        blocked={sheet.reading.problem !== null}
        saving={saving}
        onSave={() => void save()}
        next={next}
        stacked={active === null && !wide}
      />
      {active && activeKey && (
        <NumberPad
          cell={activeCell}
          usual={sheet.usual(active.memberId, active.kind)}
          onKey={(key) => type(typeKey(active.fresh ? "" : activeCell.text, key))}
          onDelete={() => type(activeCell.text.slice(0, -1))}
          onChange={(change) => sheet.setCell(activeKey, change)}
          onNext={goOn}
          onUsual={takeUsual}
          onClose={() => setActive(null)}
        />
      )}
      {receipt && <ReceiptDialog contribution={receipt} onClose={() => setReceipt(null)} />}
    </>
  );
}

const idsOf = (members: ListedMember[]) =>
  members.filter((member) => member.isActive).map((member) => member.id);

const isAway = (active: Active | null, away: ListedMember[]) =>
  away.some((member) => member.id === active?.memberId);

function Away({
  rows,
  row,
  open,
}: {
  rows: ListedMember[];
  row: (member: ListedMember) => ReactNode;
  open: boolean;
}) {
  return (
    <li>
      <details className={styles.away} open={open || undefined}>
        <summary>{t("collect.away", { count: rows.length })}</summary>
        <ul>{rows.map(row)}</ul>
      </details>
    </li>
  );
}

function announce(payments: SheetPayment[]): void {
  const amount = formatMoney(sumCents(payments.map((payment) => payment.amount)));
  toast(t("sheet.saved", { count: payments.length, amount }));
}

/** Says which cell is no payment. False when all of them are. */
function complain({ reading: { problem } }: SheetState, members: ListedMember[]): boolean {
  if (!problem) return false;
  const name = members.find((member) => member.id === problem.memberId)?.memberName ?? "";
  toast(t(`sheet.wrong.${problem.what}`, { name, text: problem.text }), "bad");
  return true;
}

/** All kinds as heads of columns where there is room, else one of them to choose. */
function SheetHead({
  wide,
  kind,
  onChange,
}: {
  wide: boolean;
  kind: SheetKind;
  onChange: (kind: SheetKind) => void;
}) {
  const options = SHEET_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
  if (wide) {
    return (
      <div className={styles.columns} aria-hidden="true">
        <span />
        {options.map(({ value, label }) => (
          <span key={value}>{label}</span>
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
        options={options}
      />
    </div>
  );
}

function focus(
  list: HTMLUListElement | null,
  memberId: string | undefined,
  kind: SheetKind,
  atTheEnd: () => void,
): void {
  const key = memberId && cellKey(memberId, kind);
  const input = key ? list?.querySelector<HTMLInputElement>(`#${CSS.escape(`cell-${key}`)}`) : null;
  if (input) input.focus();
  else {
    (document.activeElement as HTMLElement | null)?.blur();
    atTheEnd();
  }
}
