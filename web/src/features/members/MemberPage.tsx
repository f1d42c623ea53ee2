/** Everything of one member: money, papers, statement, passbook, history. */
import { Button } from "@mantine/core";
import { formatPhone } from "@tablebanking/common/phone";
import { IconPencil } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Link, Navigate, useParams } from "react-router";
import { useIdentityQuery } from "../../api/identity";
import { type MemberDetail, useMemberQuery } from "../../api/members";
import { DetailHead, DetailLine, DetailPage } from "../../components/DetailPage";
import { IdentityCheck } from "../../components/IdentityCheck";
import { MemberRights } from "../../components/member-rights/MemberRights";
import { PaperButton } from "../../components/papers/PaperButton";
import { Failed, LoadingRows } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { Tabs } from "../../components/Tabs";
import { t } from "../../i18n";
import { useOpened } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import { MemberHistory } from "./MemberHistory";
import { Overview } from "./Overview";
import { PassbookTab } from "./PassbookTab";
import { StatementTab } from "./StatementTab";

const MessagesTab = lazy(() => import("./MessagesTab"));
const EditMemberDrawer = lazy(() => import("./EditMemberDrawer"));

export default function MemberPage() {
  const { memberId = "", tab = "" } = useParams();
  return (
    <DetailPage
      query={useMemberQuery(memberId, { refetchOnFocus: true })}
      missing={t("member.missing")}
      back={back()}
      testId="member-page"
    >
      {(member) => (
        <>
          <Head member={member} />
          <Parts member={member} tab={tab} />
        </>
      )}
    </DetailPage>
  );
}

const back = () => ({ to: "/members", text: t("member.back") });

function Head({ member }: { member: MemberDetail }) {
  return (
    <DetailHead
      back={back()}
      title={
        <>
          {member.memberName}
          {!member.isActive && <StatusBadge tone="quiet" text={t("members.left")} />}
          {member.idVerified ? (
            <StatusBadge tone="good" text={t("members.idVerified")} />
          ) : (
            <StatusBadge tone="waiting" text={t("members.idWaiting")} />
          )}
        </>
      }
      actions={
        <>
          <PaperButton
            name={member.memberName}
            offers={[
              { kind: "PASSBOOK", subjectId: member.id },
              { kind: "DIVIDEND_STATEMENT", subjectId: member.id },
            ]}
          />
          <Edit member={member} />
        </>
      }
    >
      <DetailLine>
        <Link to={`/groups/${member.group.id}`}>{member.group.name}</Link> ·{" "}
        {formatPhone(member.phone)}
      </DetailLine>
    </DetailHead>
  );
}

/** Who writes members down may also put them right; the others read. */
function Edit({ member }: { member: MemberDetail }) {
  const { user } = useSession();
  const [opened, open] = useOpened("edit");
  if (user?.role !== "SYSTEM_ADMIN" && user?.role !== "FIELD_OFFICER") return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden />}
        onClick={() => open("member")}
        data-testid="edit-member"
      >
        {t("editMember.open")}
      </Button>
      {opened === "member" && (
        <Suspense>
          <EditMemberDrawer member={member} onClose={() => open(null)} />
        </Suspense>
      )}
    </>
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
    ...(isAdmin
      ? [
          { to: `${base}/messages`, text: t("memberMessages.title") },
          { to: `${base}/history`, text: t("member.history") },
        ]
      : []),
  ];
  // An administrator's link to the history leads others to what they may see, not to nothing.
  if (!tabs.some(({ to }) => to === (tab ? `${base}/${tab}` : base))) {
    return <Navigate to={base} replace />;
  }
  return (
    <>
      <Tabs label={t("member.panel")} tabs={tabs} />
      {tab === "" && <Overview member={member} />}
      {tab === "" && isAdmin && <MemberRights member={member} />}
      {tab === "identity" && <Identity memberId={member.id} />}
      {tab === "statement" && <StatementTab member={member} />}
      {tab === "passbook" && <PassbookTab memberId={member.id} />}
      {tab === "messages" && isAdmin && (
        <Suspense fallback={<LoadingRows />}>
          <MessagesTab memberId={member.id} />
        </Suspense>
      )}
      {tab === "history" && isAdmin && <MemberHistory memberId={member.id} />}
    </>
  );
}

function Identity({ memberId }: { memberId: string }) {
  const query = useIdentityQuery(memberId);
  if (query.currentData) return <IdentityCheck member={query.currentData} />;
  return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
}
