import { formatMoney } from "@tablebanking/common/money";
import { Icon, type IconName } from "../../components/Icon";
import list from "../../components/List.module.css";
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import type { Loan } from "../../records/loans";
import type { Agenda as Waiting } from "../../state/agenda";
import { useData } from "../../state/data";
import styles from "./today.module.css";

/** What waits for the officer, besides the outbox; nothing at all where nothing does. */
export function Agenda({ agenda }: { agenda: Waiting }) {
  const { toApprove, toPay, asked, decided } = agenda;
  if (toApprove.length + toPay.length + asked.length + decided.length === 0) return null;
  return (
    <Section title={t("agenda.title")}>
      <ul className={list.list}>
        <LoansRow icon="pen" loans={toApprove} word="agenda.approve" />
        <LoansRow icon="cash" loans={toPay} word="agenda.pay" />
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

interface RowProps {
  icon: IconName;
  href: string;
  text: string;
  soft?: string;
}

function Row({ icon, href, text, soft }: RowProps) {
  return (
    <li>
      <a className={list.row} href={href} data-testid="agenda-row">
        <span className={styles.mark}>
          <Icon name={icon} />
        </span>
        <span className={list.main}>
          <span className={styles.task}>{text}</span>
          {soft && <span className={list.soft}>{soft}</span>}
        </span>
        <Icon name="forward" size={20} />
      </a>
    </li>
  );
}
