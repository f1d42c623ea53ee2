import { formatMoney } from "@tablebanking/common/money";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { ContributionType } from "../../lib/model";
import type { Totals } from "./sheet";
import styles from "./sheet.module.css";

interface Props {
  kind: ContributionType;
  sums: Totals;
  count: number;
  blocked: boolean;
  saving: boolean;
  onSave: () => void;
}

export function SheetFoot({ kind, sums, count, blocked, saving, onSave }: Props) {
  const word = saving
    ? t("sheet.saving")
    : count > 0
      ? t("sheet.save", { count })
      : t("sheet.nothing");
  return (
    <div className={styles.foot}>
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
      <Button
        look="primary"
        disabled={saving || (count === 0 && !blocked)}
        onClick={onSave}
        data-testid="sheet-save"
      >
        {word}
      </Button>
    </div>
  );
}
