/** One application from the first word to the last instalment. */
import { useState } from "react";
import { Link, useParams } from "react-router";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import { t } from "../../i18n";
import { useSession } from "../../lib/use-session";
import { Approvals } from "./Approvals";
import { Cost } from "./Cost";
import { Eligibility } from "./Eligibility";
import { LoanDialogs, type Open } from "./LoanDialogs";
import { LoanFacts, Owed, Papers } from "./LoanFacts";
import { LoanHead } from "./LoanHead";
import classes from "./LoanPage.module.css";
import { LoanTimeline } from "./LoanTimeline";
import { type Loan, useLoanQuery } from "./loans-api";
import { Repayments } from "./Repayments";
import { Schedule } from "./Schedule";

export default function LoanPage() {
  const { loanId = "" } = useParams();
  const query = useLoanQuery(loanId, { refetchOnFocus: true });
  const loan = query.currentData;
  if (loan === undefined) {
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
  }
  if (loan === null) {
    return <Empty title={t("loan.missing")} action={<Link to="/loans">{t("loan.back")}</Link>} />;
  }
  return (
    <div className={classes.page} data-testid="loan-page">
      {query.isError && <StaleNotice retry={query.refetch} />}
      <Parts loan={loan} />
    </div>
  );
}

function Parts({ loan }: { loan: Loan }) {
  const { user } = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  if (!user) return null;
  const runs = loan.disbursedOn !== null;
  return (
    <>
      <LoanHead loan={loan} user={user} onAct={(action) => setOpen({ action })} />
      <div className={classes.columns}>
        <div className={classes.column}>
          {runs && <Owed loan={loan} />}
          <Cost loan={loan} />
          {loan.status === "PENDING" && <Eligibility loan={loan} />}
          <Schedule loan={loan} />
          {runs && (
            <Repayments
              loan={loan}
              user={user}
              onReverse={(repayment) => setOpen({ action: "reverseRepayment", repayment })}
            />
          )}
        </div>
        <div className={classes.column}>
          <Approvals loan={loan} />
          <LoanFacts loan={loan} />
          <Papers loan={loan} onOpen={() => setOpen({ action: "verify" })} />
          <LoanTimeline loan={loan} />
        </div>
      </div>
      {open && <LoanDialogs loan={loan} open={open} onClose={() => setOpen(null)} />}
    </>
  );
}
