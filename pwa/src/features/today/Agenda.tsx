import { formatMoney } from "@tablebanking/common/money";
import { Icon, type IconName } from "../../components/Icon";
import list from "../../components/List.module.css";
import { LoansLink } from "../../components/LoansLink";
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import type { Loan } from "../../records/loans";
import type { WelfareRequest } from "../../records/welfareRequests";
import type { Agenda as Waiting } from "../../state/agenda";
import { useData } from "../../state/data";
import { namesOfRoles } from "../../state/needs";
import styles from "./today.module.css";

/** The open meeting of a group. */
type OpenAt = ReadonlyMap<string, string>;

/** What waits for the officer, besides the outbox, and the way to all loans. */
export function Agenda({ agenda, openAt }: { agenda: Waiting; openAt: OpenAt }) {
  const { toApprove, toPay, welfareAsked, welfareToPay, asked, decided } = agenda;
  const all = [toApprove, toPay, welfareAsked, welfareToPay, asked, decided];
  const waits = all.some(({ length }) => length > 0);
  return (
    <Section title={t(waits ? "agenda.title" : "loans.title")}>
      <ul className={list.list}>
        <LoansRow icon="pen" loans={toApprove} word="agenda.approve" />
        <LoansRow icon="cash" loans={toPay} word="agenda.pay" />
        <WelfareRow icon="pen" requests={welfareAsked} word="agenda.welfare" openAt={openAt} />
        <WelfareRow icon="cash" requests={welfareToPay} word="agenda.payWelfare" openAt={openAt} />
        {asked.length > 0 && (
          <Row icon="office" href="#/outbox" text={t("agenda.asked", { count: asked.length })} />
        )}
        {decided.length > 0 && (
          <Row
            icon="office"
            href="#/outbox"
            text={t("agenda.decided", { count: decided.length })}
          />
        )}
        <li>
          <LoansLink rows={agenda.loans} />
        </li>
      </ul>
    </Section>
  );
}

interface LoansProps {
  icon: IconName;
  loans: readonly Loan[];
  word: "agenda.approve" | "agenda.pay";
}

function LoansRow({ icon, loans, word }: LoansProps) {
  const [first, ...others] = loans;
  const name = useData((state) => first && state.members.get(first.memberId)?.memberName);
  if (!first) return null;
  const whose = t("agenda.oneLoan", { name: name ?? "–", amount: formatMoney(first.loanAmount) });
  return (
    <Row
      icon={icon}
      href={others.length === 0 ? `#/loans/${first.id}` : "#/loans"}
      text={t(word, { count: loans.length })}
      soft={[whose, others.length > 0 && t("agenda.more", { count: others.length })]
        .filter(Boolean)
        .join(" ")}
    />
  );
}

interface WelfareProps {
  icon: IconName;
  requests: readonly WelfareRequest[];
  word: "agenda.welfare" | "agenda.payWelfare";
  openAt: OpenAt;
}

/** At the meeting that is on, where all see it; else in the group's book. */
function WelfareRow({ icon, requests, word, openAt }: WelfareProps) {
  const [first, ...others] = requests;
  const name = useData((state) => first && state.members.get(first.memberId)?.memberName);
  if (!first) return null;
  const meeting = openAt.get(first.groupId);
  const whose = t("agenda.oneLoan", { name: name ?? "–", amount: formatMoney(first.amount) });
  const missing = first.status === "PENDING" && first.approvalsMissing.length > 0;
  return (
    <Row
      icon={icon}
      href={meeting ? `#/meetings/${meeting}/other` : `#/meeting/${first.groupId}/welfare`}
      text={t(word, { count: requests.length })}
      soft={[whose, others.length > 0 && t("agenda.more", { count: others.length })]
        .filter(Boolean)
        .join(" ")}
      more={missing ? t("loan.missing", { who: namesOfRoles(first.approvalsMissing) }) : ""}
    />
  );
}

interface RowProps {
  icon: IconName;
  href: string;
  text: string;
  soft?: string;
  more?: string;
}

function Row({ icon, href, text, soft, more }: RowProps) {
  return (
    <li>
      <a className={list.row} href={href} data-testid="agenda-row">
        <span className={styles.mark}>
          <Icon name={icon} />
        </span>
        <span className={list.main}>
          <span className={styles.task}>{text}</span>
          {soft && <span className={list.soft}>{soft}</span>}
          {more && <span className={list.soft}>{more}</span>}
        </span>
        <Icon name="forward" size={20} />
      </a>
    </li>
  );
}
