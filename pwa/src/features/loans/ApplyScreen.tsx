/** An application: who, how much, what it costs, who witnesses; and all that stands against it. */
import { placesFor } from "@tablebanking/common/approvals";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatKes } from "@tablebanking/common/money";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { Screen, Section } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { navigate, useQuery } from "../../lib/router";
import { type ListedMember, useData } from "../../state/data";
import { applyForLoan } from "../../state/loan-actions";
import { costOf } from "../../state/loans";
import { usePrefs } from "../../state/prefs";
import { useView } from "../../state/view";
import { CopyAge } from "./CopyAge";
import { CostSummary } from "./CostSummary";
import { reasonsOf } from "./eligibility";
import styles from "./loans.module.css";
import { MemberPicker } from "./MemberPicker";
import { needsInWords } from "./needs";
import { ReasonList } from "./ReasonList";
import { ScheduleTable } from "./ScheduleTable";
import { TermsFields } from "./TermsFields";
import { readTerms, termsFromQuery } from "./terms";
import { type Borrower, useBorrower } from "./use-borrower";
import { WitnessFields } from "./WitnessFields";

const MIN_PURPOSE = 3;

export function ApplyScreen() {
  const query = useQuery();
  const memberId = query.get("member");
  const borrower = useBorrower(memberId);
  const known = useData((state) => !memberId || state.members.has(memberId));
  const groupId = borrower?.group.id ?? null;
  const only = query.get("group");
  const among = useCallback(
    (one: ListedMember) => one.isActive && (!only || one.groupId === only),
    [only],
  );
  useEffect(() => {
    if (groupId) useView.setState({ groupId });
  }, [groupId]);
  const pick = (id: string) => {
    const rest = new URLSearchParams(query);
    rest.set("member", id);
    navigate(`/loans/new?${rest}`, { replace: true });
  };
  return (
    <Screen title={t("apply.title")} back={memberId ? `/members/${memberId}` : "/loans"}>
      {!memberId && (
        <Section title={t("apply.who")}>
          <MemberPicker
            label={t("apply.who")}
            testId="borrower-search"
            among={among}
            onPick={({ id }) => pick(id)}
          />
        </Section>
      )}
      {!known && <p>{t("member.gone")}</p>}
      {borrower && !borrower.group.terms && <p>{t("loan.noTerms")}</p>}
      {borrower?.group.terms && <Application key={borrower.member.id} borrower={borrower} />}
    </Screen>
  );
}

function useApplication(borrower: Borrower) {
  const query = useQuery();
  const language = usePrefs((state) => state.language);
  const [values, setValues] = useState(() => termsFromQuery(query));
  const [witnesses, setWitnesses] = useState<string[]>([]);
  const [purpose, setPurpose] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { member, group, openLoan } = borrower;
  const { terms, errors } = readTerms(values);
  const cost = terms && group.terms ? costOf(group.terms, terms, todayInNairobi()) : null;
  const reasons = reasonsOf(borrower.factsFor(terms?.amount ?? 0, witnesses), {
    memberId: member.id,
    openLoanId: openLoan?.id ?? null,
    language,
  });
  const said = purpose.trim().replace(/\s+/g, " ");
  const purposeMissing = said.length < MIN_PURPOSE;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || !terms || !cost || purposeMissing || reasons.length > 0) {
      toast(t("apply.notSaved"), "bad");
      return;
    }
    setBusy(true);
    const form = { ...terms, cost, witnesses, purpose: said, date: todayInNairobi() };
    const id = await applyForLoan({ ...form, groupId: group.id, memberId: member.id });
    toast(t("apply.saved", { name: member.memberName }));
    navigate(`/loans/${id}`, { replace: true });
  };
  return {
    ...{ values, setValues, witnesses, setWitnesses, purpose, setPurpose },
    ...{ terms, errors, cost, reasons, tried, busy, purposeMissing, submit },
  };
}

function Application({ borrower }: { borrower: Borrower }) {
  const form = useApplication(borrower);
  const { member, limit, savings } = borrower;
  const { terms, cost, reasons } = form;
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <div>
        <p className={styles.strong}>{member.memberName}</p>
        <p className={styles.lead} data-testid="loan-limit">
          {limit > 0 ? t("apply.limit", { amount: formatKes(limit) }) : t("apply.limitNone")}
        </p>
        <p className={styles.soft}>{t("apply.savings", { amount: formatKes(savings) })}</p>
        <CopyAge />
      </div>
      {reasons.length > 0 ? (
        <ReasonList
          reasons={reasons}
          onAmount={(amount) => form.setValues({ ...form.values, amount })}
        />
      ) : (
        <p className={styles.good} data-testid="eligible">
          <Icon name="check" size={20} /> {t("apply.eligible")}
        </p>
      )}
      <TermsFields
        values={form.values}
        errors={form.tried || form.values.amount ? form.errors : {}}
        onChange={form.setValues}
      />
      <TextField
        label={t("apply.purpose")}
        value={form.purpose}
        maxLength={500}
        onChange={(event) => form.setPurpose(event.target.value)}
        error={form.tried && form.purposeMissing ? t("apply.purposeMissing") : null}
      />
      {terms && cost && (
        <>
          <CostSummary loan={{ ...terms, ...cost, loanAmount: terms.amount }} />
          <p data-testid="loan-needs">{needsInWords(placesFor(terms.amount))}</p>
          <details className={styles.more}>
            <summary>{t("loan.scheduleToday")}</summary>
            <ScheduleTable schedule={cost.schedule} running={false} />
          </details>
        </>
      )}
      <WitnessFields borrower={member} witnesses={form.witnesses} onChange={form.setWitnesses} />
      <Button look="primary" wide type="submit" disabled={form.busy} data-testid="apply-save">
        {t("apply.save")}
      </Button>
    </form>
  );
}
