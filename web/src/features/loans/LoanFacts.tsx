import { Button } from "@mantine/core";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { formatPhone } from "@tablebanking/common/phone";
import { Link } from "react-router";
import { DetailSection } from "../../components/DetailPage";
import { KeyValues } from "../../components/KeyValues";
import { Stat, Stats } from "../../components/Stat";
import { StatusBadge } from "../../components/StatusBadge";
import { t } from "../../i18n";
import { momentText, plainDate } from "../../lib/dates";
import { percentText } from "./cost";
import classes from "./LoanPage.module.css";
import type { Loan } from "./loans-api";

const kes = (amount: string) => formatKes(fromDecimal(amount));

/** What is owed today, the largest number first. */
export function Owed({ loan }: { loan: Loan }) {
  if (loan.status !== "DISBURSED") return null;
  const late = loan.daysOverdue > 0;
  return (
    <Stats>
      <Stat
        label={t("loan.principalLeft")}
        value={kes(loan.outstandingPrincipal)}
        testId="loan-out"
      />
      <Stat label={t("loan.payoff")} value={kes(loan.payoff)} hint={t("loan.payoffHint")} />
      {late ? (
        <Stat
          label={t("loan.arrears")}
          value={kes(loan.arrears)}
          hint={t("loans.late", { count: loan.daysOverdue })}
          testId="loan-arrears"
        />
      ) : (
        <Stat
          label={t("loan.nextDue")}
          value={loan.nextDueDate ? kes(loan.nextDueAmount) : null}
          hint={loan.nextDueDate && plainDate(loan.nextDueDate)}
        />
      )}
    </Stats>
  );
}

export function LoanFacts({ loan }: { loan: Loan }) {
  const { member } = loan;
  const rate = percentText(loan.interestRate);
  return (
    <DetailSection id="loan-facts" title={t("loan.about")}>
      <KeyValues
        items={[
          { name: t("loan.purpose"), value: loan.purpose },
          {
            name: t("loan.rate"),
            value: t(loan.loanType === "SHORT_TERM" ? "loan.rateWhole" : "loan.rateYear", { rate }),
          },
          { name: t("loan.fee"), value: loan.fee === "0.00" ? null : kes(loan.fee) },
          {
            name: t("loan.grace"),
            value: loan.graceMonths ? t("loan.months", { count: loan.graceMonths }) : null,
          },
          { name: t("loan.appliedOn"), value: plainDate(loan.applicationDate) },
          {
            name: t("loan.member"),
            value: <Link to={`/members/${member.id}`}>{member.memberName}</Link>,
          },
          { name: t("loan.phone"), value: formatPhone(member.phone) },
          { name: t("loan.savings"), value: kes(member.savingsSummary.regular) },
          { name: t("loan.limit"), value: kes(member.savingsSummary.maxLoan) },
          {
            name: t("loan.witnesses"),
            value: <Witnesses loan={loan} />,
          },
          { name: t("loan.writtenOff"), value: loan.writeOffReason },
        ]}
      />
    </DetailSection>
  );
}

function Witnesses({ loan }: { loan: Loan }) {
  return (
    <ul className={classes.list} data-testid="loan-witnesses">
      {loan.witnesses.map(({ id, memberName }) => (
        <li key={id}>
          <Link to={`/members/${id}`}>{memberName}</Link>
        </li>
      ))}
    </ul>
  );
}

/** Whether anybody has looked at the member's ID, and the way to look. */
export function Papers({ loan, onOpen }: { loan: Loan; onOpen: () => void }) {
  const { identityCheck: check, documents } = loan.member;
  return (
    <DetailSection id="loan-papers" title={t("loan.papers")}>
      <div className={classes.list}>
        <span>
          <StatusBadge
            tone={loan.idVerified ? "good" : "waiting"}
            text={t(loan.idVerified ? "identity.checked" : "identity.unchecked")}
            testId="loan-identity"
          />
        </span>
        {loan.idVerified && check && (
          <span className={classes.note}>
            {check.checkedBy.name} · {momentText(check.checkedAt)}
          </span>
        )}
        {documents.length === 0 ? (
          <span className={classes.note}>{t("identity.none")}</span>
        ) : (
          <span>
            <Button variant="default" size="xs" onClick={onOpen} data-testid="open-papers">
              {t("identity.look")}
            </Button>
          </span>
        )}
      </div>
    </DetailSection>
  );
}
