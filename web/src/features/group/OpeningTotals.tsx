/** Both sides of the paper book as they stand, always in sight, and the way on. */
import { Button } from "@mantine/core";
import { formatKes } from "@tablebanking/common/money";
import { StatusBadge } from "../../components/StatusBadge";
import { t } from "../../i18n";
import classes from "./Opening.module.css";
import type { Sides } from "./opening";

export function OpeningTotals({ sides }: { sides: Sides }) {
  const { has, whose } = sides;
  return (
    <footer className={classes.foot}>
      <dl className={classes.totals}>
        <div>
          <dt>{t("opening.has")}</dt>
          <dd className="money" data-testid="opening-has">
            {formatKes(has)}
          </dd>
        </div>
        <div>
          <dt>{t("opening.whose")}</dt>
          <dd className="money" data-testid="opening-whose">
            {formatKes(whose)}
          </dd>
        </div>
      </dl>
      <span role="status">
        {has === whose ? (
          <StatusBadge tone="good" text={t("opening.equal")} testId="opening-balance" />
        ) : (
          <StatusBadge
            tone="wrong"
            text={t("opening.differs", { amount: formatKes(Math.abs(has - whose)) })}
            testId="opening-balance"
          />
        )}
      </span>
      <Button type="submit" data-testid="opening-review">
        {t("opening.review")}
      </Button>
    </footer>
  );
}
