/** Everything of one member: money, papers, statement, passbook, history. */
import { formatPhone } from "@tablebanking/common/phone";
import { Link, useParams } from "react-router";
import { useIdentityQuery } from "../../api/identity";
import { type MemberDetail, useMemberQuery } from "../../api/members";
import { IdentityCheck } from "../../components/IdentityCheck";
import { MemberRights } from "../../components/member-rights/MemberRights";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { Tabs } from "../../components/Tabs";
import { t } from "../../i18n";
import { useSession } from "../../lib/use-session";
import { MemberHistory } from "./MemberHistory";
import classes from "./MemberPage.module.css";
import { Overview } from "./Overview";
import { PassbookTab } from "./PassbookTab";
import { StatementTab } from "./StatementTab";

export default function MemberPage() {
  const { memberId = "", tab = "" } = useParams();
  const query = useMemberQuery(memberId, { refetchOnFocus: true });
  const member = query.currentData;
  if (member === undefined) {
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
  }
  if (member === null) {
    return (
      <Empty title={t("member.missing")} action={<Link to="/members">{t("member.back")}</Link>} />
    );
  }
  return (
    <div className={classes.page} data-testid="member-page">
      <Head member={member} />
      {query.isError && <StaleNotice retry={query.refetch} />}
      <Parts member={member} tab={tab} />
    </div>
  );
}

function Head({ member }: { member: MemberDetail }) {
  return (
    <header className={classes.head}>
      <div>
        <Link to="/members" className={classes.back}>
          {t("member.back")}
        </Link>
        <h1 className={classes.title}>
          {member.memberName}
          {!member.isActive && <StatusBadge tone="quiet" text={t("members.left")} />}
          {member.idVerified ? (
            <StatusBadge tone="good" text={t("members.idVerified")} />
          ) : (
            <StatusBadge tone="waiting" text={t("members.idWaiting")} />
          )}
        </h1>
        <p className={classes.sub}>
          <Link to={`/groups/${member.group.id}`}>{member.group.name}</Link> ·{" "}
          {formatPhone(member.phone)}
        </p>
      </div>
    </header>
  );
}

function Parts({ member, tab }: { member: MemberDetail; tab: string }) {
  const { user } = useSession();
  const base = `/members/${member.id}`;
  const isAdmin = user?.role === "SYSTEM_ADMIN";
  const tabs = [
    { to: base, text: t("member.overview"), exact: true },
    { to: `${base}/identity`, text: t("member.identity") },
    { to: `${base}/statement`, text: t("member.statement") },
    { to: `${base}/passbook`, text: t("member.passbook") },
    ...(isAdmin ? [{ to: `${base}/history`, text: t("member.history") }] : []),
  ];
  return (
    <>
      <Tabs label={t("member.panel")} tabs={tabs} />
      {tab === "" && <Overview member={member} />}
      {tab === "" && isAdmin && <MemberRights member={member} />}
      {tab === "identity" && <Identity memberId={member.id} />}
      {tab === "statement" && <StatementTab member={member} />}
      {tab === "passbook" && <PassbookTab memberId={member.id} />}
      {tab === "history" && isAdmin && <MemberHistory memberId={member.id} />}
    </>
  );
}

function Identity({ memberId }: { memberId: string }) {
  const query = useIdentityQuery(memberId);
  if (query.currentData) return <IdentityCheck member={query.currentData} />;
  return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
}
