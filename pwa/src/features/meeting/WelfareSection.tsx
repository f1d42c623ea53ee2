import { maySignOffline } from "@tablebanking/common/approvals";
import { formatMoney } from "@tablebanking/common/money";
import { hashOf, welfareForm } from "@tablebanking/common/signing";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Section } from "../../components/Screen";
import { SignDialog } from "../../components/SignDialog";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import type { WelfareRequest } from "../../records/welfareRequests";
import { useData } from "../../state/data";
import type { ListedMeeting } from "../../state/meetings";
import { useRecords } from "../../state/records";
import { useSession } from "../../state/session";
import { useSigners } from "../../state/signers";
import type { Listed } from "../../state/waiting";
import { approveWelfare } from "../../state/welfare-actions";
import { PayWelfareDialog } from "./PayWelfareDialog";
import styles from "./step.module.css";
import { WelfareForm } from "./WelfareForm";

type Shown = { what: "pay" | "sign"; request: Listed<WelfareRequest> } | { what: "ask" };

/** Who asked for welfare, whose word is still missing, and who waits for the money. */
export function WelfareSection({ meeting }: { meeting: ListedMeeting }) {
  const { groupId } = meeting;
  const requests = useRecords("welfareRequests", groupId) ?? [];
  const members = useData((state) => state.members);
  const [signers] = useSigners(groupId);
  const chairs = (signers ?? []).filter((signer) => signer.role === "GROUP_CHAIR");
  const [shown, setShown] = useState<Shown | null>(null);
  const name = (request: WelfareRequest) => members.get(request.memberId)?.memberName ?? "";
  const waiting = requests
    .filter(({ status }) => status === "PENDING" || status === "APPROVED")
    .sort((a, b) => a.requestedOn.localeCompare(b.requestedOn) || a.id.localeCompare(b.id));
  const close = () => setShown(null);
  const chairSigns = (request: Listed<WelfareRequest>) => {
    if (chairs.length === 0) navigate(`/signers/${groupId}`);
    else setShown({ what: "sign", request });
  };
  return (
    <>
      <Section title={t("other.welfare")}>
        {waiting.length === 0 && <p className={styles.soft}>{t("other.noWelfare")}</p>}
        <ul>
          {waiting.map((request) => (
            <RequestRow
              key={request.id}
              request={request}
              name={name(request)}
              onSign={() => chairSigns(request)}
              onPay={() => setShown({ what: "pay", request })}
            />
          ))}
        </ul>
        <Button icon="plus" onClick={() => setShown({ what: "ask" })} data-testid="ask-welfare">
          {t("other.ask")}
        </Button>
      </Section>
      {shown?.what === "ask" && <WelfareForm meeting={meeting} onClose={close} />}
      {shown?.what === "pay" && (
        <PayWelfareDialog
          meeting={meeting}
          request={shown.request}
          name={name(shown.request)}
          onClose={close}
        />
      )}
      {shown?.what === "sign" && (
        <SignDialog
          signers={chairs}
          what={t("sign.welfare", {
            amount: formatMoney(shown.request.amount),
            name: name(shown.request),
            reason: shown.request.reason,
          })}
          hash={hashOf(welfareForm(shown.request))}
          onSigned={async (signature, signer) => {
            await approveWelfare(
              shown.request,
              { id: signer.userId, name: signer.name },
              signature,
            );
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function RequestRow({
  request,
  name,
  onSign,
  onPay,
}: {
  request: Listed<WelfareRequest>;
  name: string;
  onSign: () => void;
  onPay: () => void;
}) {
  const account = useSession((state) => state.account);
  const verified = useData((state) => state.members.get(request.memberId)?.idVerified ?? false);
  const missing = request.approvalsMissing;
  const pending = request.status === "PENDING";
  const officer = pending && verified && missing.includes("FIELD_OFFICER");
  const chair =
    pending && verified && missing.includes("GROUP_CHAIR") && maySignOffline(request.amount);
  const approve = () =>
    account && void approveWelfare(request, { id: account.userId, name: account.name });
  return (
    <li className={styles.row} data-testid="welfare-request">
      <span className={styles.main}>
        <span className={styles.name}>{name}</span>
        <span className={styles.soft}>{request.reason}</span>
        {pending && missing.length > 0 && (
          <span className={styles.soft}>
            {t("other.waitsFor", {
              who: [...new Set(missing)].map((role) => t(`other.role.${role}`)).join(", "),
            })}
          </span>
        )}
        {pending && !verified && <span className={styles.soft}>{t("other.notVerified")}</span>}
        {request.pending && <StateBadge status={request.pending.status} />}
      </span>
      <span className={styles.amount}>{formatMoney(request.amount)}</span>
      {(officer || chair || !pending) && (
        <span className={styles.actions}>
          {officer && <Button onClick={approve}>{t("other.approve")}</Button>}
          {chair && <Button onClick={onSign}>{t("other.chairSigns")}</Button>}
          {!pending && (
            <Button onClick={onPay} data-testid="pay-welfare">
              {t("other.pay", { amount: formatMoney(request.amount) })}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}
