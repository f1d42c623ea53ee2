import { formatMoney } from "@tablebanking/common/money";
import { useEffect, useRef } from "react";
import { StateBadge, stateWord } from "../../components/StateBadge";
import { t } from "../../i18n";
import type { SheetKind } from "../../lib/model";
import type { ListedMember } from "../../state/data";
import { LoanChoice } from "./LoanChoice";
import { BLANK, bareText, cellKey, type RecordedPayment, showTyped } from "./sheet";
import styles from "./sheet.module.css";
import type { Sheet } from "./use-sheet";

interface Props {
  member: ListedMember;
  /** As the list writes it: perhaps shortened. */
  name: string;
  kinds: readonly SheetKind[];
  sheet: Sheet;
  activeKind: SheetKind | null;
  onFocus: (kind: SheetKind) => void;
  onNext: () => void;
  onReceipt: (payment: RecordedPayment) => void;
}

export function SheetRow({ member, name, kinds, sheet, activeKind, ...on }: Props) {
  const several = kinds.includes("REPAYMENT") && (sheet.loansOf.get(member.id)?.length ?? 0) > 1;
  return (
    <li className={styles.row} data-active={activeKind !== null} data-wraps={several}>
      <span className={styles.who}>
        <span className={styles.name}>{name}</span>
        {!member.isActive && <span className={styles.soft}>{t("sheet.inactive")}</span>}
        {member.pending && <StateBadge status={member.pending.status} />}
        {kinds.length === 1 && kinds[0] && (
          <Owed sheet={sheet} memberId={member.id} kind={kinds[0]} />
        )}
      </span>
      {kinds.map((kind) => (
        <SheetCell
          key={kind}
          member={member}
          kind={kind}
          sheet={sheet}
          active={activeKind === kind}
          {...on}
        />
      ))}
      {several && <LoanChoice member={member} sheet={sheet} />}
    </li>
  );
}

function Owed({ sheet, memberId, kind }: { sheet: Sheet; memberId: string; kind: SheetKind }) {
  if (kind !== "FINE" && kind !== "REPAYMENT") return null;
  const amount = sheet.owed(memberId, kind);
  if (amount === 0) return null;
  const word = kind === "FINE" ? "collect.owes" : "collect.due";
  return <span className={styles.soft}>{t(word, { amount: formatMoney(amount) })}</span>;
}

type CellProps = Omit<Props, "name" | "kinds" | "activeKind"> & {
  kind: SheetKind;
  active: boolean;
};

function SheetCell({ member, kind, sheet, active, onFocus, onNext, onReceipt }: CellProps) {
  const key = cellKey(member.id, kind);
  const cell = sheet.draft[key] ?? BLANK;
  const recorded = sheet.recordedOf.get(key) ?? [];
  // Who has paid is not expected to pay again; what is owed knows of it.
  const paid = recorded.length > 0 && kind !== "REPAYMENT" && kind !== "FINE";
  const usual = paid ? null : sheet.usual(member.id, kind);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!active) return;
    // What stands there is marked: the first key takes its place.
    input.current?.select();
    // After the pad has taken its place.
    requestAnimationFrame(() => input.current?.scrollIntoView({ block: "nearest" }));
  }, [active]);
  if (kind === "REPAYMENT" && !sheet.loanOf.has(member.id)) {
    return <span className={styles.cell} aria-hidden="true" />;
  }
  return (
    <span className={styles.cell}>
      <span className={styles.entry}>
        <input
          ref={input}
          id={`cell-${key}`}
          className={styles.amount}
          // Our own pad writes here; a keyboard that is plugged in still can.
          inputMode="none"
          autoComplete="off"
          enterKeyHint="next"
          value={showTyped(cell.text, active)}
          placeholder={usual === null ? "" : formatMoney(usual)}
          aria-label={t("sheet.entry", { kind: t(`kind.${kind}`), name: member.memberName })}
          onFocus={() => onFocus(kind)}
          onChange={(event) => sheet.setCell(key, { text: bareText(event.target.value) })}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            onNext();
          }}
        />
        {cell.text !== "" && cell.method !== "CASH" && (
          <span className={styles.method}>{t(`method.${cell.method}`)}</span>
        )}
      </span>
      {recorded.map((row) => (
        <Recorded key={row.id} row={row} sheet={sheet} onReceipt={onReceipt} />
      ))}
    </span>
  );
}

function Recorded({
  row,
  sheet,
  onReceipt,
}: {
  row: RecordedPayment;
  sheet: Sheet;
  onReceipt: (payment: RecordedPayment) => void;
}) {
  const status = sheet.byEntity.get(row.id)?.status ?? "saved";
  const label = t("sheet.recorded", {
    kind: t(`kind.${row.kind}`),
    amount: formatMoney(row.amount),
    state: stateWord(status),
  });
  return (
    <button
      type="button"
      className={styles.recorded}
      aria-label={label}
      onClick={() => onReceipt(row)}
      data-testid="recorded-entry"
    >
      <StateBadge status={status} />{" "}
      <span className={styles.recordedAmount}>{formatMoney(row.amount)}</span>
    </button>
  );
}
