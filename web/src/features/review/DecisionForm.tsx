/** One decision about one item: where the money belongs, why, and once more what will be booked. */
import { NativeSelect, Textarea } from "@mantine/core";
import { useRunningLoansQuery } from "../../api/journal";
import { useMemberQuery } from "../../api/members";
import { CONTRIBUTION_TYPES, ContributionPlace } from "../../components/ContributionPlace";
import type { KeyValue } from "../../components/KeyValues";
import { LoanPicker } from "../../components/LoanPicker";
import { MoneyForm } from "../../components/MoneyForm";
import type { ContributionType, ReviewAction } from "../../gen/graphql";
import { label, t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import classes from "./Review.module.css";
import { type ReviewDetail, useDecideReviewMutation } from "./review-api";
import {
  actionEffect,
  actionTitle,
  IN_ACCOUNTS,
  kes,
  kindText,
  OUT_ACCOUNTS,
} from "./review-words";

type Values = {
  memberId: string;
  contributionType: ContributionType;
  loanId: string;
  account: string;
  note: string;
};
type Props = { item: ReviewDetail; action: ReviewAction; onClose: () => void };

export default function DecisionForm({ item, action, onClose }: Props) {
  const [decide] = useDecideReviewMutation();
  const form = useForm<Values, unknown>({
    initial: {
      memberId: item.member?.id ?? "",
      contributionType: claimedType(item),
      loanId: "",
      account: "",
      note: "",
    },
    check: (values) => missing(values, action),
    send: (values) => decide({ itemId: item.id, action, ...chosen(values, item, action) }),
    onDone: onClose,
  });
  const title = actionTitle(item, action);
  const movesMoney = item.direction !== null && action !== "SEND_BACK" && !onlyWords(item);
  return (
    <MoneyForm
      title={title}
      submitLabel={title}
      submitTestId="decision-submit"
      confirmLabel={movesMoney ? `${title}: ${kes(item.amount)}` : title}
      form={form}
      plain={!movesMoney}
      danger={action === "REVERSE"}
      facts={useFacts(item, action, form.values)}
      note={actionEffect(item, action)}
      onClose={onClose}
    >
      <p className={classes.effect}>{actionEffect(item, action)}</p>
      <Where item={item} action={action} form={form} />
      <Textarea
        label={
          action === "ACCEPT" ? `${t("review.note")} (${t("common.optional")})` : t("review.note")
        }
        description={t(action === "SEND_BACK" ? "review.noteSent" : "review.noteHint")}
        autosize
        minRows={3}
        maxLength={500}
        {...form.bind("note")}
        data-testid="decision-note"
      />
    </MoneyForm>
  );
}

type Form = ReturnType<typeof useForm<Values, unknown>>;

function Where({ item, action, form }: { item: ReviewDetail; action: ReviewAction; form: Form }) {
  const { values, errors, change } = form;
  const isIn = item.direction === "CASH_IN";
  if (action === "PLACE_TO_MEMBER") {
    return (
      <ContributionPlace
        groupId={item.group.id}
        values={values}
        errors={errors.fields}
        change={change}
        withType={isIn}
        testId="decision"
      />
    );
  }
  if (action === "PLACE_TO_LOAN") {
    return <LoanPicker groupId={item.group.id} testId="decision-loan" {...form.field("loanId")} />;
  }
  if (action !== "PLACE_TO_FUND") return null;
  return (
    <NativeSelect
      label={t("review.account")}
      value={values.account}
      error={errors.fields.account}
      onChange={(event) => change({ account: event.currentTarget.value })}
      data={[
        { value: "", label: t("review.chooseAccount") },
        ...(isIn ? IN_ACCOUNTS : OUT_ACCOUNTS).map((value) => ({
          value,
          label: label("journal", value),
        })),
      ]}
      data-testid="decision-account"
    />
  );
}

function useFacts(item: ReviewDetail, action: ReviewAction, values: Values): KeyValue[] {
  const toMember = action === "PLACE_TO_MEMBER";
  const toLoan = action === "PLACE_TO_LOAN";
  const { data: member } = useMemberQuery(values.memberId, { skip: !toMember || !values.memberId });
  const { data: loans } = useRunningLoansQuery(item.group.id, { skip: !toLoan });
  const loan = loans?.find(({ id }) => id === values.loanId);
  const isIn = item.direction === "CASH_IN";
  return [
    { name: t("picker.group"), value: item.group.name },
    { name: t("review.what"), value: kindText(item) },
    { name: t("picker.member"), value: toMember ? member?.memberName : null },
    {
      name: t("review.claim.for"),
      value: toMember && isIn ? t(`kind.${values.contributionType}`) : null,
    },
    { name: t("loanPicker.label"), value: toLoan ? loan?.member.memberName : null },
    {
      name: t("review.account"),
      value: action === "PLACE_TO_FUND" ? label("journal", values.account) : null,
    },
    { name: t("review.claim.amount"), value: kes(item.amount), figure: true },
    { name: t("review.note"), value: values.note.trim() },
  ];
}

/** Decisions about these are words; the money, if any, stays where it is. */
const onlyWords = ({ kind }: ReviewDetail) =>
  kind === "CONFLICT" || kind === "DISPUTE" || kind === "MEETING";

function claimedType({ claim }: ReviewDetail): ContributionType {
  const claimed = (claim as Record<string, unknown>).contributionType;
  return CONTRIBUTION_TYPES.find((type) => type === claimed) ?? "REGULAR";
}

function missing(values: Values, action: ReviewAction): Record<string, string> {
  const found: Record<string, string> = {};
  if (action === "PLACE_TO_MEMBER" && !values.memberId) found.memberId = t("picker.chooseMember");
  if (action === "PLACE_TO_LOAN" && !values.loanId) found.loanId = t("loanPicker.choose");
  if (action === "PLACE_TO_FUND" && !values.account) found.account = t("review.chooseAccount");
  if (action !== "ACCEPT" && !values.note.trim()) found.note = t("form.required");
  return found;
}

function chosen(values: Values, item: ReviewDetail, action: ReviewAction) {
  const isIn = item.direction === "CASH_IN";
  return {
    note: values.note.trim() || null,
    memberId: action === "PLACE_TO_MEMBER" ? values.memberId : null,
    contributionType: action === "PLACE_TO_MEMBER" && isIn ? values.contributionType : null,
    loanId: action === "PLACE_TO_LOAN" ? values.loanId : null,
    account: action === "PLACE_TO_FUND" ? values.account : null,
  };
}
