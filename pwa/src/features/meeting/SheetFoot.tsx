import { formatMoney } from "@tablebanking/common/money";
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { SheetKind } from "../../lib/model";
import type { Totals } from "./sheet";
import styles from "./sheet.module.css";

interface Props {
  kind: SheetKind;
  sums: Totals;
  count: number;
  blocked: boolean;
  saving: boolean;
  onSave: () => void;
  /** Once there is nothing to save. */
  next?: ReactNode;
  /** The pad is closed: there is room for the button under the sums. */
  stacked: boolean;
}

export function SheetFoot({ kind, sums, count, blocked, saving, onSave, next, stacked }: Props) {
  const word = saving
    ? t("sheet.saving")
    : count > 0
      ? t("sheet.save", { count })
      : t("sheet.nothing");
  return (
    <div className={stacked ? `${styles.foot} ${styles.stacked}` : styles.foot}>
      <dl className={styles.sums}>
        <div>
          <dt>{t("sheet.columnTotal", { kind: t(`kind.${kind}`) })}</dt>
          <dd data-testid="column-total">{formatMoney(sums.columns[kind])}</dd>
        </div>
        <div>
          <dt>{t("sheet.cash")}</dt>
          <dd data-testid="cash-on-table">{formatMoney(sums.cash)}</dd>
        </div>
      </dl>
      {next && count === 0 && !blocked && !saving ? (
        next
      ) : (
        <Button
          look="primary"
          disabled={saving || (count === 0 && !blocked)}
          onClick={onSave}
          data-testid="sheet-save"
        >
          {word}
        </Button>
      )}
    </div>
  );
}
