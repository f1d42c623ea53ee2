import { formatMoney } from "@tablebanking/common/money";
import { t } from "../../i18n";
import type { Reckoning } from "../../state/meetings";
import styles from "./step.module.css";

/** opening + brought + in − out + elsewhere − banked = expected, as on paper. */
export function ReckoningList(reckoning: Reckoning) {
  const { opening, brought, cashIn, cashOut, elsewhere, banked, expected } = reckoning;
  const rows = [
    [t("minutes.opening"), opening],
    [t("minutes.brought"), brought],
    [t("minutes.in"), cashIn],
    [t("minutes.out"), -cashOut],
    [t("minutes.elsewhere"), elsewhere],
    [t("minutes.banked"), -banked],
  ] as const;
  return (
    <dl className={styles.amounts}>
      {rows
        .filter(([, amount], i) => i === 0 || amount !== 0)
        .map(([word, amount]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{formatMoney(amount)}</dd>
          </div>
        ))}
      <div className={styles.total}>
        <dt>{t("minutes.expected")}</dt>
        <dd data-testid="expected">{formatMoney(expected)}</dd>
      </div>
    </dl>
  );
}
