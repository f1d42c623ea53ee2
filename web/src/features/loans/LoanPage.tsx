/** One application from the first word to the last instalment. */
import { useState } from "react";
import { useParams } from "react-router";
import { DetailColumns, DetailPage } from "../../components/DetailPage";
import { t } from "../../i18n";
import { useSession } from "../../lib/use-session";
import { Approvals } from "./Approvals";
import { Cost } from "./Cost";
import { Eligibility } from "./Eligibility";
import { LoanDialogs, type Open } from "./LoanDialogs";
import { LoanFacts, Owed, Papers } from "./LoanFacts";
import { LoanHead } from "./LoanHead";
import { LoanTimeline } from "./LoanTimeline";
import { type Loan, useLoanQuery } from "./loans-api";
import { Repayments } from "./Repayments";
import { Schedule } from "./Schedule";

export default function LoanPage() {
  const { loanId = "" } = useParams();
  return (
    <DetailPage
      query={useLoanQuery(loanId, { refetchOnFocus: true })}
      missing={t("loan.missing")}
      back={{ to: "/loans", text: t("loan.back") }}
      testId="loan-page"
    >
      {(loan) => <Parts loan={loan} />}
    </DetailPage>
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
      <DetailColumns
        main={
          <>
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
          </>
        }
        side={
          <>
            <Approvals loan={loan} />
            <LoanFacts loan={loan} />
            <Papers loan={loan} onOpen={() => setOpen({ action: "verify" })} />
            <LoanTimeline loan={loan} />
          </>
        }
      />
      {open && <LoanDialogs loan={loan} open={open} onClose={() => setOpen(null)} />}
    </>
  );
}
