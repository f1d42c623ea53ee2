/** Which rules stand against an application, in words. */

import { todayInNairobi } from "@tablebanking/common/dates";
import { useMemo } from "react";
import { DetailSection } from "../../components/DetailPage";
import { Failed } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import type { ApplyForLoanInput } from "../../gen/graphql";
import { t } from "../../i18n";
import { failureText } from "../../lib/error-text";
import classes from "./LoanPage.module.css";
import { type Loan, useLoanEligibilityQuery } from "./loans-api";

/** Of an application that is on its way: would it still pass today? */
export function Eligibility({ loan }: { loan: Loan }) {
  const input = useMemo(() => askedAgain(loan), [loan]);
  return (
    <DetailSection id="loan-rules" title={t("loan.rules")}>
      <Rules input={input} besides="LOAN_OPEN" />
    </DetailSection>
  );
}

/** `besides`: the application itself is the loan that is open. */
export function Rules({ input, besides }: { input: ApplyForLoanInput; besides?: string }) {
  const query = useLoanEligibilityQuery(input);
  if (query.isError && !query.currentData) {
    return <Failed error={query.error} retry={query.refetch} />;
  }
  if (!query.currentData) return <p className={classes.note}>{t("state.loading")}</p>;
  const failures = query.currentData.filter(({ code }) => code !== besides);
  if (failures.length === 0) {
    return <StatusBadge tone="good" text={t("loan.rulesKept")} testId="rules-kept" />;
  }
  return (
    <>
      <StatusBadge tone="wrong" text={t("loan.rulesBroken", { count: failures.length })} />
      <ul className={classes.failures} data-testid="rules-broken">
        {failures.map((failure) => (
          <li key={failure.code} data-code={failure.code}>
            {failureText(failure)}
          </li>
        ))}
      </ul>
    </>
  );
}

function askedAgain(loan: Loan): ApplyForLoanInput {
  return {
    memberId: loan.member.id,
    loanType: loan.loanType,
    amount: loan.loanAmount,
    durationMonths: loan.durationMonths,
    graceMonths: loan.graceMonths,
    purpose: loan.purpose,
    witnesses: loan.witnesses.map(({ id }) => id),
    applicationDate: loan.applicationDate < todayInNairobi() ? loan.applicationDate : null,
  };
}
