import { Timeline, type TimelineItem } from "../../components/Timeline";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { kes } from "./kes";
import classes from "./Reconciliation.module.css";
import type { Month } from "./reconciliation-api";

/** Who said what of the month, and who signed and reopened it. */
export function History({ month }: { month: Month }) {
  return (
    <section className={classes.card} data-testid="month-history">
      <h2 className={classes.heading}>{t("month.history")}</h2>
      <Timeline label={t("month.history")} items={events(month)} />
    </section>
  );
}

type Dated = TimelineItem & { at: string };

function events(month: Month): TimelineItem[] {
  const found: Dated[] = month.accounts.flatMap(({ account, statement }) =>
    statement
      ? [
          {
            key: account,
            at: statement.enteredAt,
            when: momentText(statement.enteredAt),
            by: statement.enteredBy?.name,
            title: t(`month.source.${statement.source}`, {
              account: t(`account.${account}`),
              amount: kes(statement.closing),
            }),
          },
        ]
      : [],
  );
  const signings = month.signed ? [...month.reopened, month.signed] : month.reopened;
  for (const one of signings) {
    found.push({
      key: one.signedAt,
      at: one.signedAt,
      when: momentText(one.signedAt),
      by: one.signedBy?.name,
      title: t("month.wasSigned"),
      detail: one.note,
    });
    if (one.reopenedAt) {
      found.push({
        key: one.reopenedAt,
        at: one.reopenedAt,
        when: momentText(one.reopenedAt),
        by: one.reopenedBy?.name,
        title: t("month.wasReopened"),
        detail: one.reopenReason,
      });
    }
  }
  return found.sort((a, b) => a.at.localeCompare(b.at));
}
