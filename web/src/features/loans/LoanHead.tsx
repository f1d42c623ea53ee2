import { Button } from "@mantine/core";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { Link } from "react-router";
import { DetailHead, DetailLine } from "../../components/DetailPage";
import { TO_DANGER } from "../../components/danger";
import { PaperButton } from "../../components/papers/PaperButton";
import type { PaperOffer } from "../../components/papers/paper";
import { StatusBadge } from "../../components/StatusBadge";
import { t } from "../../i18n";
import type { Loan } from "./loans-api";
import { missingText, stateOf } from "./missing";
import { type Asking, actionsFor, type LoanAction } from "./rights";

type Props = { loan: Loan; user: Asking; onAct: (action: LoanAction) => void };

const DANGEROUS: readonly LoanAction[] = [
  "reject",
  "writeOff",
  "reverseDisbursement",
  "reverseWriteOff",
];

/** What was refused is agreed on by nobody; a statement begins with the money. */
function papersOf({ id, status, disbursedOn }: Loan): PaperOffer[] {
  const statement: PaperOffer = { kind: "LOAN_STATEMENT", subjectId: id };
  const agreement: PaperOffer = { kind: "LOAN_AGREEMENT", subjectId: id };
  return [...(disbursedOn ? [statement] : []), ...(status === "REJECTED" ? [] : [agreement])];
}

/** Who, how much, how it stands; the next step is the main action, whatever it is. */
export function LoanHead({ loan, user, onAct }: Props) {
  const actions = actionsFor(loan, user);
  const main = actions.find((action) => !DANGEROUS.includes(action));
  return (
    <DetailHead
      back={{ to: "/loans", text: t("loan.back") }}
      title={
        <>
          {t("loan.heading", {
            name: loan.member.memberName,
            amount: formatKes(fromDecimal(loan.loanAmount)),
          })}
          <StatusBadge {...stateOf(loan)} testId="loan-status" />
        </>
      }
      actions={
        <>
          <PaperButton name={loan.member.memberName} offers={papersOf(loan)} />
          {actions.toReversed().map((action) => (
            <Button
              key={action}
              variant={action === main ? "filled" : "default"}
              {...(DANGEROUS.includes(action) && TO_DANGER)}
              onClick={() => onAct(action)}
              data-testid={`loan-${action}`}
            >
              {t(`loanAction.${action}`)}
            </Button>
          ))}
        </>
      }
    >
      <DetailLine>
        <Link to={`/groups/${loan.group.id}`}>{loan.group.name}</Link> ·{" "}
        {t(`loanType.${loan.loanType}`)} · {t("loan.months", { count: loan.durationMonths })}
      </DetailLine>
      <DetailLine testId="loan-missing">{missingText(loan)}</DetailLine>
    </DetailHead>
  );
}
