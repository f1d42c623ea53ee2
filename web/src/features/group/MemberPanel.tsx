import { Button } from "@mantine/core";

import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { formatPhone } from "@tablebanking/common/phone";
import { useSearchParams } from "react-router";
import { useConfig } from "../../api/config";
import { type MemberDetail, useMemberQuery } from "../../api/members";
import { Money } from "../../components/Money";
import { SidePanel } from "../../components/SidePanel";
import { Failed, LoadingRows } from "../../components/States";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { useSession } from "../../lib/use-session";
import classes from "./MembersTab.module.css";

type Props = { memberId: string; onClose: () => void };

export function MemberPanel({ memberId, onClose }: Props) {
  const query = useMemberQuery(memberId);
  const member = query.currentData;
  return (
    <SidePanel
      title={member?.memberName ?? t("member.panel")}
      onClose={onClose}
      testId="member-panel"
    >
      {member && <Savings member={member} />}
      {member && <Details member={member} />}
      {member === null && <p>{t("member.missing")}</p>}
      {member === undefined &&
        (query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />)}
    </SidePanel>
  );
}

function Savings({ member }: { member: MemberDetail }) {
  const { currency } = useConfig();
  const { savingsSummary: savings } = member;
  return (
    <section aria-label={t("member.savings")}>
      <p className={classes.caption}>{t("member.savingsTotal", { currency })}</p>
      <p className={classes.total} data-testid="member-total">
        <Money value={savings.total} />
      </p>
      <dl className={classes.facts}>
        <Fact name={t("member.regular")} value={<Money value={savings.regular} />} />
        <Fact name={t("member.welfare")} value={<Money value={savings.welfare} />} />
        <Fact name={t("member.project")} value={<Money value={savings.project} />} />
        <Fact name={t("member.fines")} value={<Money value={savings.fines} />} />
        <Fact name={t("member.consecutive")} value={savings.consecutiveMonths} />
        <Fact name={t("member.maxLoan")} value={formatKes(fromDecimal(savings.maxLoan))} />
      </dl>
      {member.isActive && <RecordButton memberId={member.id} />}
    </section>
  );
}

function RecordButton({ memberId }: { memberId: string }) {
  const { user } = useSession();
  const [, setParams] = useSearchParams();
  if (user?.role !== "SYSTEM_ADMIN" && user?.role !== "FIELD_OFFICER") return null;
  const open = () =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      next.set("new", "contribution");
      next.set("for", memberId);
      return next;
    });
  return (
    <Button variant="default" fullWidth onClick={open} data-testid="member-record">
      {t("member.record")}
    </Button>
  );
}

function Details({ member }: { member: MemberDetail }) {
  return (
    <section aria-label={t("member.details")}>
      <h3 className={classes.section}>{t("member.details")}</h3>
      <dl className={classes.facts}>
        <Fact name={t("member.phone")} value={formatPhone(member.phone)} />
        <Fact name={t("member.idNumber")} value={member.idNumber} />
        <Fact
          name={t("members.state")}
          value={t(member.idVerified ? "members.idVerified" : "members.idWaiting")}
        />
        {member.dateOfBirth && (
          <Fact name={t("member.birthday")} value={plainDate(member.dateOfBirth)} />
        )}
        <Fact name={t("member.since")} value={plainDate(member.registrationDate)} />
        {member.nextOfKin.map((kin) => (
          <Fact
            key={`${kin.name}${kin.phone}`}
            name={t("member.kin")}
            value={`${kin.name}, ${kin.relationship}${kin.phone ? `, ${formatPhone(kin.phone)}` : ""}`}
          />
        ))}
      </dl>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
