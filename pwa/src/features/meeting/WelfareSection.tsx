import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { hashOf, welfareForm } from "@tablebanking/common/signing";
import { useState } from "react";
import { Button } from "../../components/Button";
import { ReasonDialog } from "../../components/ReasonDialog";
import { Section } from "../../components/Screen";
import { SignDialog } from "../../components/SignDialog";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import type { WelfareRequest } from "../../records/welfareRequests";
import { useData } from "../../state/data";
import type { ListedMeeting } from "../../state/meetings";
import { useRecords } from "../../state/records";
import { useSigners } from "../../state/signers";
import type { Listed } from "../../state/waiting";
import { approveWelfare, rejectWelfare } from "../../state/welfare-actions";
import { PayWelfareDialog } from "./PayWelfareDialog";
import styles from "./step.module.css";
import { WelfareForm } from "./WelfareForm";
import { WelfareRow } from "./WelfareRow";

type Shown = { what: "pay" | "sign" | "refuse"; request: Listed<WelfareRequest> } | { what: "ask" };

interface Props {
  groupId: string;
  /** At whose table it is paid; null without one. */
  meeting: ListedMeeting | null;
  title: string;
}

/** Who asked for welfare, whose word is still missing, and who waits for the money. */
export function WelfareSection({ groupId, meeting, title }: Props) {
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
      <Section title={title}>
        {waiting.length === 0 && <p className={styles.soft}>{t("other.noWelfare")}</p>}
        <ul>
          {waiting.map((request) => (
            <WelfareRow
              key={request.id}
              request={request}
              name={name(request)}
              onSign={() => chairSigns(request)}
              onPay={() => setShown({ what: "pay", request })}
              onRefuse={() => setShown({ what: "refuse", request })}
            />
          ))}
        </ul>
        <Button icon="plus" onClick={() => setShown({ what: "ask" })} data-testid="ask-welfare">
          {t("other.ask")}
        </Button>
      </Section>
      {shown?.what === "ask" && (
        <WelfareForm groupId={groupId} date={meeting?.date ?? todayInNairobi()} onClose={close} />
      )}
      {shown?.what === "refuse" && (
        <ReasonDialog
          title={t("welfare.refuseTitle")}
          text={t("welfare.refuseText")}
          confirm={t("reject.action")}
          onConfirm={(reason) => rejectWelfare(shown.request, reason)}
          onClose={close}
        />
      )}
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
