import { formatMoney } from "@tablebanking/common/money";
import { useState } from "react";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { SheetKind } from "../../lib/model";
import { type Cell, type CellKey, usualCells, withoutCells } from "./sheet";
import styles from "./sheet.module.css";
import type { Sheet } from "./use-sheet";

interface Props {
  sheet: Sheet;
  kind: SheetKind;
  /** Who is here. */
  memberIds: readonly string[];
}

/** One tap for a whole column, and a way back. */
export function UsualBar({ sheet, kind, memberIds }: Props) {
  const [done, setDone] = useState<{ kind: SheetKind; cells: Record<CellKey, Cell> } | null>(null);
  const offer = usualCells(memberIds, kind, sheet.draft, sheet.usual, sheet.recordedOf);
  const filled = done?.kind === kind ? done.cells : {};
  const undoable = Object.keys(filled).filter((key) => sheet.draft[key as CellKey]).length;
  const fill = () => {
    setDone({ kind, cells: { ...filled, ...offer.cells } });
    sheet.setDraft((old) => ({ ...old, ...offer.cells }));
  };
  const undo = () => {
    setDone(null);
    sheet.setDraft((old) => withoutCells(old, filled));
  };
  if (offer.count === 0 && undoable === 0) {
    return <p className={styles.usualBar}>{t("collect.usualNone")}</p>;
  }
  return (
    <div className={styles.usualBar}>
      <span role="status">
        {offer.count > 0
          ? t("collect.usualSum", { count: offer.count, amount: formatMoney(offer.amount) })
          : t("collect.usualDone", { count: undoable })}
      </span>
      {offer.count > 0 ? (
        <Button icon="check" onClick={fill} data-testid="usual-all">
          {t("collect.usualAll")}
        </Button>
      ) : (
        <Button onClick={undo} data-testid="usual-undo">
          {t("collect.undo")}
        </Button>
      )}
    </div>
  );
}
