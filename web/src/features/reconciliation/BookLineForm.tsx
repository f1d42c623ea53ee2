/** Books what only the statement knows: on the line's day, once, and matches it. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useRunningLoansQuery } from "../../api/journal";
import { useMemberQuery } from "../../api/members";
import { ContributionPlace } from "../../components/ContributionPlace";
import { LoanPicker } from "../../components/LoanPicker";
import { MoneyForm } from "../../components/MoneyForm";
import type { ContributionType, StatementBooking } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { useForm } from "../../lib/use-form";
import { kes } from "./kes";
import classes from "./Reconciliation.module.css";
import { type BankLine, type MonthKey, useBookLineMutation } from "./reconciliation-api";

const IN: readonly StatementBooking[] = ["CONTRIBUTION", "REPAYMENT", "OTHER_INCOME", "UNPLACED"];
const OUT: readonly StatementBooking[] = ["EXPENSE", "UNPLACED"];
type Values = {
  bookAs: StatementBooking;
  memberId: string;
  contributionType: ContributionType;
  loanId: string;
  description: string;
};
type Props = { line: BankLine; monthKey: MonthKey; onClose: () => void };

export default function BookLineForm({ line, monthKey, onClose }: Props) {
  const [book] = useBookLineMutation();
  const ways = line.amount.startsWith("-") ? OUT : IN;
  const form = useForm<Values, unknown>({
    initial: {
      bookAs: ways[0] ?? "UNPLACED",
      memberId: "",
      contributionType: "REGULAR",
      loanId: "",
      description: "",
    },
    check: missing,
    send: (values) => book({ lineId: line.id, ...chosen(values) }),
    onDone: onClose,
  });
  const { values, errors, change } = form;
  const { data: member } = useMemberQuery(values.memberId, { skip: !values.memberId });
  const { data: loans } = useRunningLoansQuery(monthKey.groupId, { skip: !values.loanId });
  const loan = loans?.find(({ id }) => id === values.loanId);
  const { bookAs } = values;
  const worded = bookAs === "EXPENSE" || bookAs === "OTHER_INCOME";
  return (
    <MoneyForm
      title={t("month.book")}
      submitLabel={t("month.book")}
      submitTestId="book-submit"
      confirmLabel={t("month.bookConfirm", { amount: kes(line.amount) })}
      form={form}
      facts={[
        { name: t("month.bookAs"), value: t(`month.as.${bookAs}`) },
        {
          name: t("picker.member"),
          value: bookAs === "CONTRIBUTION" ? member?.memberName : null,
        },
        {
          name: t("review.claim.for"),
          value: bookAs === "CONTRIBUTION" ? t(`kind.${values.contributionType}`) : null,
        },
        {
          name: t("loanPicker.label"),
          value: bookAs === "REPAYMENT" ? loan?.member.memberName : null,
        },
        { name: t("month.description"), value: worded ? values.description.trim() : null },
        { name: t("entry.account"), value: t(`account.${line.account}`) },
        { name: t("common.date"), value: plainDate(line.date) },
        { name: t("review.claim.amount"), value: kes(line.amount), figure: true },
      ]}
      onClose={onClose}
    >
      <p className={classes.soft}>{t("month.bookHint")}</p>
      <NativeSelect
        label={t("month.bookAs")}
        value={bookAs}
        error={errors.fields.bookAs}
        onChange={(event) => change({ bookAs: event.currentTarget.value as StatementBooking })}
        data={ways.map((value) => ({ value, label: t(`month.as.${value}`) }))}
        data-testid="book-as"
      />
      {bookAs === "CONTRIBUTION" && (
        <ContributionPlace
          groupId={monthKey.groupId}
          values={values}
          errors={errors.fields}
          change={change}
          testId="book"
        />
      )}
      {bookAs === "REPAYMENT" && (
        <LoanPicker groupId={monthKey.groupId} {...form.field("loanId")} testId="book-loan" />
      )}
      {worded && (
        <TextInput
          label={t("month.description")}
          {...form.bind("description")}
          data-testid="book-description"
        />
      )}
      {bookAs === "UNPLACED" && <p className={classes.soft}>{t("month.unplacedHint")}</p>}
    </MoneyForm>
  );
}

function missing(values: Values): Record<string, string> {
  const found: Record<string, string> = {};
  const { bookAs } = values;
  if (bookAs === "CONTRIBUTION" && !values.memberId) found.memberId = t("picker.chooseMember");
  if (bookAs === "REPAYMENT" && !values.loanId) found.loanId = t("loanPicker.choose");
  const worded = bookAs === "EXPENSE" || bookAs === "OTHER_INCOME";
  if (worded && !values.description.trim()) found.description = t("form.required");
  return found;
}

function chosen({ bookAs, memberId, contributionType, loanId, description }: Values) {
  if (bookAs === "CONTRIBUTION") return { bookAs, memberId, contributionType };
  if (bookAs === "REPAYMENT") return { bookAs, loanId };
  if (bookAs === "UNPLACED") return { bookAs };
  return { bookAs, description: description.trim() };
}
