import { ageOn, formatDate, todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, sumCents } from "@tablebanking/common/money";
import { formatPhone } from "@tablebanking/common/phone";
import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Details } from "../../components/Details";
import list from "../../components/List.module.css";
import { ReceiptDialog } from "../../components/ReceiptDialog";
import { Screen, Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import type { Contribution } from "../../lib/model";
import { navigate } from "../../lib/router";
import { useContributions } from "../../state/contributions";
import { type ListedMember, useData } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import { useView } from "../../state/view";
import { isUnsent } from "../../sync/outbox";
import styles from "./members.module.css";

const SHOWN_PAYMENTS = 50;

export function MemberScreen({ id }: { id: string }) {
  const member = useData((state) => state.members.get(id));
  const groupId = member?.groupId ?? null;
  useEffect(() => useView.setState({ groupId }), [groupId]);
  if (!member) {
    return (
      <Screen title={t("members.title")} back="/members">
        <p>{t("member.gone")}</p>
      </Screen>
    );
  }
  return (
    <Screen
      title={member.memberName}
      back="/members"
      action={
        <Button onClick={() => navigate(`/members/${id}/edit`)} data-testid="member-edit">
          {t("member.edit")}
        </Button>
      }
    >
      {member.pending && (
        <a href="#/outbox">
          <StateBadge status={member.pending.status} />
        </a>
      )}
      {!member.isActive && <p className={styles.soft}>{t("member.left")}</p>}
      <Savings member={member} />
      <p className={styles.line}>
        <Button onClick={() => navigate(`/loans?member=${id}`)} data-testid="member-loans">
          {t("loans.title")}
        </Button>
        <Button onClick={() => navigate(`/members/${id}/withdraw`)} data-testid="member-withdraw">
          {t("withdraw.title")}
        </Button>
      </p>
      <Facts member={member} />
      <Payments memberId={id} />
    </Screen>
  );
}

/** Money first: what the books say, and what this phone adds to it. */
function Savings({ member }: { member: ListedMember }) {
  const contributions = useContributions("memberId", member.id);
  const byEntity = useData((state) => state.byEntity);
  const unsent = sumCents(
    contributions
      .filter((row) => row.kind === "REGULAR" && isUnsent(byEntity.get(row.id) ?? SAVED))
      .map((row) => row.amount),
  );
  const { savings } = member;
  return (
    <section aria-label={t("member.savings")}>
      <p className={styles.soft}>{t("member.savings")} (KES)</p>
      <p className={styles.big}>{formatMoney(savings?.regular ?? 0)}</p>
      {unsent > 0 && <p>{t("member.unsent", { amount: formatMoney(unsent) })}</p>}
      {savings && (
        <p className={styles.soft}>
          {t("member.total")}: {formatMoney(savings.total)}
        </p>
      )}
    </section>
  );
}

const SAVED = { status: "saved" } as const;

function Facts({ member }: { member: ListedMember }) {
  const language = usePrefs((state) => state.language);
  const group = useData((state) => state.groups.get(member.groupId)?.name);
  const born = member.dateOfBirth;
  const age = born && t("member.age", { age: ageOn(born, todayInNairobi()) });
  return (
    <>
      <Details
        rows={[
          [t("member.group"), group],
          [t("member.phone"), formatPhone(member.phone)],
          [t("member.idNumber"), member.idNumber],
          [t("member.idCheck"), <PapersLink key="papers" member={member} />],
          [t("member.born"), born && `${formatDate(born, language)} (${age})`],
          [t("member.since"), formatDate(member.registrationDate, language)],
        ]}
      />
      <Section title={t("member.kin")}>
        {member.nextOfKin.length === 0 && <p className={styles.soft}>{t("member.noKin")}</p>}
        <Details
          rows={member.nextOfKin.map((kin) => [
            `${kin.name} (${kin.relationship})`,
            kin.phone ? formatPhone(kin.phone) : "–",
          ])}
        />
      </Section>
    </>
  );
}

function PapersLink({ member }: { member: ListedMember }) {
  return (
    <a href={`#/members/${member.id}/papers`} data-testid="member-papers">
      {member.idVerified ? t("member.verified") : t("member.notVerified")}
    </a>
  );
}

function Payments({ memberId }: { memberId: string }) {
  const language = usePrefs((state) => state.language);
  const contributions = useContributions("memberId", memberId);
  const byEntity = useData((state) => state.byEntity);
  const [receipt, setReceipt] = useState<Contribution | null>(null);
  return (
    <Section title={t("member.recent")}>
      {contributions.length === 0 && <p className={styles.soft}>{t("member.noPayments")}</p>}
      <ul className={list.list}>
        {contributions.slice(0, SHOWN_PAYMENTS).map((row) => (
          <li key={row.id}>
            <button type="button" className={list.row} onClick={() => setReceipt(row)}>
              <span className={list.main}>
                <span className={list.name}>{t(`kind.${row.kind}`)}</span>
                <span className={list.soft}>{formatDate(row.date, language)}</span>
              </span>
              <StateBadge status={byEntity.get(row.id)?.status ?? "saved"} />
              <span className={list.amount}>{formatMoney(row.amount)}</span>
            </button>
          </li>
        ))}
      </ul>
      {receipt && <ReceiptDialog contribution={receipt} onClose={() => setReceipt(null)} />}
    </Section>
  );
}
