import { maySignOffline } from "@tablebanking/common/approvals";
import { formatMoney } from "@tablebanking/common/money";
import { Button } from "../../components/Button";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import type { WelfareRequest } from "../../records/welfareRequests";
import { useData } from "../../state/data";
import { useSession } from "../../state/session";
import type { Listed } from "../../state/waiting";
import { approveWelfare } from "../../state/welfare-actions";
import styles from "./step.module.css";

interface Props {
  request: Listed<WelfareRequest>;
  name: string;
  onSign: () => void;
  onPay: () => void;
  onRefuse: () => void;
}

/** A request, what it waits for, and what the officer can do about it now. */
export function WelfareRow(props: Props) {
  const { request, name } = props;
  const verified = useData((state) => state.members.get(request.memberId)?.idVerified ?? false);
  const missing = request.approvalsMissing;
  const pending = request.status === "PENDING";
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
      <Actions {...props} verified={verified} />
    </li>
  );
}

function Actions({ request, verified, onSign, onPay, onRefuse }: Props & { verified: boolean }) {
  const account = useSession((state) => state.account);
  const missing = request.approvalsMissing;
  const pending = request.status === "PENDING";
  const officer = pending && verified && missing.includes("FIELD_OFFICER");
  const chair =
    pending && verified && missing.includes("GROUP_CHAIR") && maySignOffline(request.amount);
  const approve = () =>
    account && void approveWelfare(request, { id: account.userId, name: account.name });
  return (
    <span className={styles.actions}>
      {pending && !verified && (
        <Button onClick={() => navigate(`/members/${request.memberId}/papers`)}>
          {t("loan.next.verify")}
        </Button>
      )}
      {officer && <Button onClick={approve}>{t("other.approve")}</Button>}
      {chair && <Button onClick={onSign}>{t("other.chairSigns")}</Button>}
      {!pending && (
        <Button onClick={onPay} data-testid="pay-welfare">
          {t("other.pay", { amount: formatMoney(request.amount) })}
        </Button>
      )}
      <Button look="danger" onClick={onRefuse} data-testid="refuse-welfare">
        {t("reject.action")}
      </Button>
    </span>
  );
}
