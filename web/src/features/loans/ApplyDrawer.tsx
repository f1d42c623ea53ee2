/** An application from the office, with its cost and its chances while it is filled in. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useMemberQuery } from "../../api/members";
import { FormDrawer } from "../../components/FormDrawer";
import { GroupPicker } from "../../components/GroupPicker";
import { MemberPicker } from "../../components/MemberPicker";
import { MoneyInput } from "../../components/MoneyInput";
import type { LoanType } from "../../gen/graphql";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { type Application, blankFor, check, inputOf, quoteOf, rateOf } from "./application";
import { CostText } from "./Cost";
import { percentText } from "./cost";
import { Rules } from "./Eligibility";
import classes from "./LoanPage.module.css";
import {
  type GroupTerms,
  useApplyForLoanMutation,
  useLoanQuoteQuery,
  useLoanRatesQuery,
} from "./loans-api";

const TYPES: readonly LoanType[] = ["SHORT_TERM", "LONG_TERM", "PROJECT"];

type Props = { onClose: () => void; onDone: (id: string) => void };

export default function ApplyDrawer({ onClose, onDone }: Props) {
  const [params] = useSearchParams();
  const [group, setGroup] = useState(params.get("group") ?? "");
  const [apply] = useApplyForLoanMutation();
  const [chosen, setChosen] = useState(params.get("for") ?? "");
  const { currentData: member } = useMemberQuery(chosen, { skip: !chosen });
  const groupId = member?.group.id ?? group;
  const { currentData: terms } = useLoanRatesQuery(groupId, { skip: !groupId });
  const form = useForm({
    initial: blankFor(chosen),
    check: (values) => check(values, terms ? rateOf(terms, values.loanType) : "0.00"),
    send: (values, ids) => apply({ ...ids, ...requireInput(values) }),
    onDone,
  });
  const { values, errors, change } = form;
  return (
    <FormDrawer
      title={t("apply.title")}
      submitLabel={t("apply.submit")}
      submitTestId="apply-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <GroupPicker
        label={t("loans.group")}
        value={groupId}
        onChange={(id) => {
          setGroup(id);
          setChosen("");
          change({ memberId: "", witnesses: ["", ""] });
        }}
        testId="apply-group"
      />
      <MemberPicker
        groupId={groupId || null}
        label={t("apply.borrower")}
        value={values.memberId}
        error={errors.fields.memberId}
        without={values.witnesses}
        onChange={(id) => {
          setChosen(id);
          change({ memberId: id });
        }}
        testId="apply-member"
      />
      {member && (
        <p className={classes.note} data-testid="apply-limit">
          {t("apply.limit", {
            limit: formatKes(fromDecimal(member.savingsSummary.maxLoan)),
            savings: formatKes(fromDecimal(member.savingsSummary.regular)),
          })}
        </p>
      )}
      <Terms values={values} errors={errors.fields} change={change} terms={terms ?? null} />
      <Witnesses
        values={values}
        groupId={groupId}
        error={errors.fields.witnesses}
        change={change}
      />
      <Outlook values={values} terms={terms ?? null} groupId={groupId} />
    </FormDrawer>
  );
}

/** `check` has let it pass, so that all is there. */
function requireInput(values: Application) {
  const input = inputOf(values);
  if (!input) throw new Error("an application that is not filled in was sent");
  return input;
}

type FieldsProps = {
  values: Application;
  errors: Record<string, string>;
  change: (changed: Partial<Application>) => void;
  terms: GroupTerms | null;
};

function Terms({ values, errors, change, terms }: FieldsProps) {
  const rate = terms && percentText(rateOf(terms, values.loanType));
  const short = values.loanType === "SHORT_TERM";
  return (
    <>
      <NativeSelect
        label={t("loans.type")}
        description={rate ? t(short ? "loan.rateWhole" : "loan.rateYear", { rate }) : undefined}
        value={values.loanType}
        onChange={(event) => {
          const loanType = event.currentTarget.value as LoanType;
          change({ loanType, durationMonths: loanType === "SHORT_TERM" ? "3" : "12" });
        }}
        data={TYPES.map((value) => ({ value, label: t(`loanType.${value}`) }))}
        data-testid="apply-type"
      />
      <MoneyInput
        label={t("loan.amount")}
        value={values.amount}
        error={errors.amount}
        onChange={(amount) => change({ amount })}
        testId="apply-amount"
      />
      <TextInput
        label={t("apply.duration")}
        description={t(`apply.months.${values.loanType}`)}
        inputMode="numeric"
        value={values.durationMonths}
        error={errors.durationMonths}
        onChange={(event) => change({ durationMonths: event.currentTarget.value })}
        data-testid="apply-months"
      />
      {values.loanType === "PROJECT" && (
        <TextInput
          label={t("apply.grace")}
          inputMode="numeric"
          value={values.graceMonths}
          error={errors.graceMonths}
          onChange={(event) => change({ graceMonths: event.currentTarget.value })}
          data-testid="apply-grace"
        />
      )}
      <TextInput
        label={t("loan.purpose")}
        maxLength={200}
        value={values.purpose}
        error={errors.purpose}
        onChange={(event) => change({ purpose: event.currentTarget.value })}
        data-testid="apply-purpose"
      />
    </>
  );
}

type WitnessProps = {
  values: Application;
  groupId: string;
  error?: string;
  change: (changed: Partial<Application>) => void;
};

function Witnesses({ values, groupId, error, change }: WitnessProps) {
  if (!groupId) return null;
  const [first, second] = values.witnesses;
  return (
    <>
      <MemberPicker
        groupId={groupId}
        label={t("apply.witness", { number: 1 })}
        value={first}
        without={[values.memberId, second]}
        onChange={(id) => change({ witnesses: [id, second] })}
        testId="apply-witness-1"
      />
      <MemberPicker
        groupId={groupId}
        label={t("apply.witness", { number: 2 })}
        value={second}
        error={error}
        without={[values.memberId, first]}
        onChange={(id) => change({ witnesses: [first, id] })}
        testId="apply-witness-2"
      />
    </>
  );
}

type OutlookProps = { values: Application; terms: GroupTerms | null; groupId: string };

/** What it would cost, and which rules stand against it, a moment after the last key. */
function Outlook({ values, terms, groupId }: OutlookProps) {
  const [settled] = useDebouncedValue(values, 350);
  const asked = quoteOf(settled, terms, groupId);
  const input = inputOf(settled);
  const { currentData: quote } = useLoanQuoteQuery(asked ?? ({} as NonNullable<typeof asked>), {
    skip: !asked,
  });
  if (!quote || !asked) return <p className={classes.note}>{t("apply.hint")}</p>;
  return (
    <section className={classes.split} aria-label={t("loan.cost")} data-testid="apply-outlook">
      <CostText loan={{ ...quote, loanAmount: asked.amount, graceMonths: asked.graceMonths }} />
      {input && <Rules input={input} />}
    </section>
  );
}
