/** The chair approves a loan below KES 50,000 by their own PIN, on the officer's phone. */
import { formatKes } from "@tablebanking/common/money";
import { hashOf, loanForm } from "@tablebanking/common/signing";
import { useMemo, useState } from "react";
import { Button } from "../../components/Button";
import { SignDialog } from "../../components/SignDialog";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import type { Loan } from "../../records/loans";
import { approveLoan } from "../../state/loan-actions";
import { useSigners } from "../../state/signers";
import { formatPercent } from "./cost";

interface Props {
  loan: Loan;
  /** The borrower's. */
  name: string;
}

export function ChairSigns({ loan, name }: Props) {
  const [all, readAgain] = useSigners(loan.groupId);
  const [open, setOpen] = useState(false);
  const hash = useMemo(() => hashOf(signedForm(loan)), [loan]);
  const signers = all?.filter(({ role }) => role === "GROUP_CHAIR");
  const [chair] = signers ?? [];
  if (!signers) return null;
  if (!chair) {
    return (
      <>
        <p>{t("loan.noSigner")}</p>
        <Button wide onClick={() => navigate(`/signers/${loan.groupId}`)} data-testid="loan-enrol">
          {t("loan.enrol")}
        </Button>
      </>
    );
  }
  return (
    <>
      <Button look="primary" wide onClick={() => setOpen(true)} data-testid="loan-next">
        {t("loan.sign", { name: chair.name })}
      </Button>
      {open && (
        <SignDialog
          signers={signers}
          what={inWords(loan, name)}
          hash={hash}
          onSigned={async (signature, signer) => {
            await approveLoan(loan, { id: signer.userId, name: signer.name }, null, signature);
            setOpen(false);
            toast(t("loan.signed", { name: signer.name }));
          }}
          onClose={() => {
            setOpen(false);
            readAgain();
          }}
        />
      )}
    </>
  );
}

function inWords(loan: Loan, name: string): string {
  const rate = formatPercent(loan.interestRate);
  return t("loan.signWhat", {
    amount: formatKes(loan.loanAmount),
    name,
    count: loan.durationMonths,
    rate: t(`loan.rateOf.${loan.loanType}`, { rate }),
    purpose: loan.purpose,
  });
}

const signedForm = (loan: Loan) =>
  loanForm({
    id: loan.id,
    memberId: loan.memberId,
    loanType: loan.loanType,
    amount: loan.loanAmount,
    months: loan.durationMonths,
    rate: loan.interestRate,
    purpose: loan.purpose,
  });
