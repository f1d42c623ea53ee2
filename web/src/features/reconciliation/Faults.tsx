import { IconAlertCircle, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "react-router";
import { hasWord, label, t } from "../../i18n";
import { kes } from "./kes";
import classes from "./Reconciliation.module.css";
import type { Month } from "./reconciliation-api";

/** What still stands against signing, each in words with its figures and the way to mend it. */
export function Faults({ month, groupId }: { month: Month; groupId: string }) {
  const { faults } = month;
  return (
    <section className={classes.card} data-testid="month-faults">
      <h2 className={classes.heading}>{t("month.faults")}</h2>
      {faults.length === 0 && (
        <p className={classes.fine}>
          <IconCircleCheck size={16} aria-hidden /> {t("month.noFaults")}
        </p>
      )}
      <ul className={classes.faults}>
        {faults.map((fault) => (
          <li key={`${fault.code}-${fault.account}`}>
            <IconAlertCircle size={16} aria-hidden />
            <span>
              {faultText(fault)}
              {fault.code === "REVIEW_OPEN" && (
                <>
                  {" "}
                  <Link to={`/review?group=${groupId}`}>{t("nav.review")}</Link>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function faultText(fault: Month["faults"][number]): string {
  const { code, account, count, amount, message } = fault;
  const key = `month.fault.${code}`;
  if (!hasWord(key)) return message;
  const name = account ? label("account", account) : "";
  return t(key, { account: name, count, amount: kes(amount) });
}
