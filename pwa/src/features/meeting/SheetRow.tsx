import { formatMoney } from "@tablebanking/common/money";
import { useEffect, useRef } from "react";
import { StateBadge, stateWord } from "../../components/StateBadge";
import { t } from "../../i18n";
import type { Contribution, ContributionType } from "../../lib/model";
import type { ListedMember } from "../../state/data";
import type { Sheet } from "./SheetScreen";
import { BLANK, cellKey } from "./sheet";
import styles from "./sheet.module.css";

interface Props {
  member: ListedMember;
  kinds: readonly ContributionType[];
  sheet: Sheet;
  activeKind: ContributionType | null;
  onFocus: (kind: ContributionType) => void;
  onNext: () => void;
  onReceipt: (contribution: Contribution) => void;
}

export function SheetRow({ member, kinds, sheet, activeKind, ...on }: Props) {
  return (
    <li className={styles.row} data-active={activeKind !== null}>
      <span className={styles.who}>
        <span className={styles.name}>{member.memberName}</span>
        {!member.isActive && <span className={styles.soft}>{t("sheet.inactive")}</span>}
        {member.pending && <StateBadge status={member.pending.status} />}
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
    </li>
  );
}

type CellProps = Omit<Props, "kinds" | "activeKind"> & { kind: ContributionType; active: boolean };

function SheetCell({ member, kind, sheet, active, onFocus, onNext, onReceipt }: CellProps) {
  const key = cellKey(member.id, kind);
  const cell = sheet.draft[key] ?? BLANK;
  const usual = sheet.usual(member.id, kind);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the pad has taken its place.
    if (active) requestAnimationFrame(() => input.current?.scrollIntoView({ block: "nearest" }));
  }, [active]);
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
          value={cell.text}
          placeholder={usual === null ? "" : formatMoney(usual)}
          aria-label={t("sheet.entry", { kind: t(`kind.${kind}`), name: member.memberName })}
          onFocus={() => onFocus(kind)}
          onChange={(event) => sheet.setCell(key, { text: event.target.value })}
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
      {(sheet.recordedOf.get(key) ?? []).map((row) => (
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
  row: Contribution;
  sheet: Sheet;
  onReceipt: (contribution: Contribution) => void;
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
      <StateBadge status={status} />
      <span className={styles.recordedAmount}>{formatMoney(row.amount)}</span>
    </button>
  );
}
