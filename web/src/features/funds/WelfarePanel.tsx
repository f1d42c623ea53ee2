/** One request: what for, who approved, what is missing, and the next step for this role. */

import { Button, Textarea } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { useState } from "react";
import { KeyValues } from "../../components/KeyValues";
import { MoneyForm } from "../../components/MoneyForm";
import { PanelHead } from "../../components/PanelHead";
import { SidePanel } from "../../components/SidePanel";
import { Empty, Failed, LoadingRows } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { Timeline } from "../../components/Timeline";
import type { PaymentMethod } from "../../gen/graphql";
import { t } from "../../i18n";
import { momentText, plainDate } from "../../lib/dates";
import { useForm } from "../../lib/use-form";
import { useSession } from "../../lib/use-session";
import classes from "./Funds.module.css";
import { codeOf, kes, mayRecord, WELFARE_TONES } from "./funds";
import {
  useApproveWelfareMutation,
  useFundBalancesQuery,
  useFundRequestQuery,
  usePayWelfareMutation,
  useRejectWelfareMutation,
  type Welfare,
} from "./funds-api";
import { PaidFields } from "./PaidFields";

export function WelfarePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { currentData: request, isError, error, refetch } = useFundRequestQuery(id);
  return (
    <SidePanel
      title={request?.member.memberName ?? t("funds.welfare")}
      onClose={onClose}
      testId="welfare-panel"
    >
      {request === undefined && !isError && <LoadingRows />}
      {request === undefined && isError && <Failed error={error} retry={refetch} />}
      {request === null && <Empty title={t("review.missing")} />}
      {request && <Request key={request.id} request={request} />}
    </SidePanel>
  );
}

type Step = "approve" | "reject" | "pay" | null;

function Request({ request }: { request: Welfare }) {
  const { user } = useSession();
  const [step, setStep] = useState<Step>(null);
  const close = () => setStep(null);
  const { data: group } = useFundBalancesQuery(request.group.id);
  const isPending = request.status === "PENDING";
  const mine = isPending && !request.approvals.some(({ approvedBy }) => approvedBy.id === user?.id);
  return (
    <div className={classes.stack}>
      <PanelHead amount={kes(request.amount)}>
        <StatusBadge
          tone={WELFARE_TONES[request.status]}
          text={t(`funds.status.${request.status}`)}
          testId="welfare-state"
        />
      </PanelHead>
      <KeyValues
        items={[
          { name: t("picker.group"), value: request.group.name },
          { name: t("month.reason"), value: request.reason },
          { name: t("funds.askedOn"), value: plainDate(request.requestedOn) },
          { name: t("funds.by"), value: request.requestedBy?.name },
          {
            name: t("funds.fund"),
            value: group && kes(group.trfBalance.welfareFund),
            figure: true,
          },
          {
            name: t("funds.missing"),
            value: request.approvalsMissing.map((role) => t(`role.${role}`)).join(", "),
          },
          { name: t("funds.refusedWhy"), value: request.rejectedReason },
          { name: t("funds.paidOn"), value: request.paidOn && plainDate(request.paidOn) },
        ]}
      />
      {!request.member.idVerified && isPending && (
        <p className={classes.soft}>{t("why.ID_NOT_VERIFIED")}</p>
      )}
      {request.approvals.length > 0 && (
        <Timeline
          label={t("funds.approvals")}
          items={request.approvals.map((one) => ({
            key: one.decidedAt,
            when: momentText(one.decidedAt),
            title: t("funds.approvedAs", { role: t(`role.${one.role}`) }),
            by: one.approvedBy.name,
            detail: one.notes,
          }))}
        />
      )}
      <div className={classes.actions}>
        {mine && (
          <>
            <Button onClick={() => setStep("approve")} data-testid="welfare-approve">
              {t("funds.approve")}
            </Button>
            <Button
              variant="default"
              onClick={() => setStep("reject")}
              data-testid="welfare-reject"
            >
              {t("funds.refuse")}
            </Button>
          </>
        )}
        {request.status === "APPROVED" && mayRecord(user?.role) && (
          <Button onClick={() => setStep("pay")} data-testid="welfare-pay">
            {t("funds.pay")}
          </Button>
        )}
      </div>
      {step === "approve" && <DecideForm request={request} approves onClose={close} />}
      {step === "reject" && <DecideForm request={request} approves={false} onClose={close} />}
      {step === "pay" && <PayForm request={request} onClose={close} />}
    </div>
  );
}

const factsOf = (request: Welfare) => [
  { name: t("picker.member"), value: request.member.memberName },
  { name: t("picker.group"), value: request.group.name },
  { name: t("month.reason"), value: request.reason },
  { name: t("review.claim.amount"), value: kes(request.amount), figure: true },
];

type DecideProps = { request: Welfare; approves: boolean; onClose: () => void };

function DecideForm({ request, approves, onClose }: DecideProps) {
  const [approve] = useApproveWelfareMutation();
  const [reject] = useRejectWelfareMutation();
  const form = useForm<{ reason: string }, unknown>({
    initial: { reason: "" },
    check: ({ reason }): Record<string, string> =>
      approves || reason.trim() ? {} : { reason: t("form.required") },
    send: ({ reason }) =>
      approves
        ? approve({ requestId: request.id, notes: reason.trim() || null })
        : reject({ requestId: request.id, reason: reason.trim() }),
    onDone: onClose,
  });
  const title = t(approves ? "funds.approve" : "funds.refuse");
  return (
    <MoneyForm
      title={title}
      submitLabel={title}
      submitTestId="welfare-decide-submit"
      confirmLabel={`${title}: ${kes(request.amount)}`}
      danger={!approves}
      form={form}
      facts={[...factsOf(request), { name: t("review.note"), value: form.values.reason.trim() }]}
      onClose={onClose}
    >
      <KeyValues items={factsOf(request)} />
      <Textarea
        label={approves ? `${t("review.note")} (${t("common.optional")})` : t("month.reason")}
        autosize
        minRows={3}
        {...form.bind("reason")}
        data-testid="welfare-note"
      />
    </MoneyForm>
  );
}

type PayValues = { paymentMethod: PaymentMethod; transactionId: string; day: string };

function PayForm({ request, onClose }: { request: Welfare; onClose: () => void }) {
  const [pay] = usePayWelfareMutation();
  const form = useForm<PayValues, unknown>({
    initial: { paymentMethod: "CASH", transactionId: "", day: todayInNairobi() },
    check: ({ day }): Record<string, string> => (day ? {} : { day: t("form.required") }),
    send: (values, { offlineSyncId }) =>
      pay({
        requestId: request.id,
        paymentMethod: values.paymentMethod,
        paymentDate: values.day,
        transactionId: codeOf(values.paymentMethod, values.transactionId),
        offlineSyncId,
      }),
    onDone: onClose,
  });
  const { values, errors, change } = form;
  return (
    <MoneyForm
      title={t("funds.pay")}
      submitLabel={t("funds.pay")}
      submitTestId="welfare-pay-submit"
      confirmLabel={t("funds.payAmount", { amount: kes(request.amount) })}
      form={form}
      facts={[
        ...factsOf(request),
        { name: t("funds.method"), value: t(`account.${values.paymentMethod}`) },
        { name: t("common.date"), value: values.day && plainDate(values.day) },
      ]}
      onClose={onClose}
    >
      <KeyValues items={factsOf(request)} />
      <PaidFields values={values} errors={errors.fields} change={change} />
    </MoneyForm>
  );
}
