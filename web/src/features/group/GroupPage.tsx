import { Button } from "@mantine/core";
import { IconCoins, IconPencil, IconUserPlus } from "@tabler/icons-react";
import { type ComponentType, lazy, Suspense } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { type GroupDetail, useGroupQuery } from "../../api/groups";
import { PaperButton } from "../../components/papers/PaperButton";
import type { PaperOffer } from "../../components/papers/paper";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import { Tabs } from "../../components/Tabs";
import { t } from "../../i18n";
import { useSession } from "../../lib/use-session";
import { Books } from "./Books";
import { GroupHead } from "./GroupHead";
import classes from "./GroupPage.module.css";
import { MembersTab } from "./MembersTab";
import { useGroupFeed } from "./use-group-feed";

const RegisterMemberDrawer = lazy(() => import("../../components/RegisterMemberDrawer"));
const EditGroupDrawer = lazy(() => import("./EditGroupDrawer"));
const ContributionDrawer = lazy(() => import("./ContributionDrawer"));

const PARTS: Readonly<Record<string, ComponentType<{ groupId: string }>>> = {
  members: MembersTab,
  meetings: lazy(() => import("./MeetingsTab")),
  dividends: lazy(() => import("./DividendsTab")),
  documents: lazy(() => import("./DocumentsTab")),
  people: lazy(() => import("./PeopleTab")),
  terms: lazy(() => import("./TermsTab")),
  opening: lazy(() => import("./OpeningTab")),
};

/** Chairs and committees read and approve; members and money are entered by these two. */
const MAY_RECORD = ["SYSTEM_ADMIN", "FIELD_OFFICER"];

export default function GroupPage() {
  const { groupId = "", tab = "books" } = useParams();
  const query = useGroupQuery(groupId);
  const group = query.currentData;
  if (group === undefined) {
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
  }
  if (group === null) {
    return (
      <Empty title={t("group.missing")} action={<Link to="/groups">{t("notFound.action")}</Link>} />
    );
  }
  return (
    <div className={classes.page} data-testid="group-page">
      <GroupHead
        group={group}
        actions={
          <>
            <PaperButton name={group.name} offers={papersOf(groupId)} />
            <Actions groupId={groupId} tab={tab} />
          </>
        }
      />
      {query.isError && <StaleNotice retry={query.refetch} />}
      <Parts group={group} tab={tab} />
    </div>
  );
}

const papersOf = (subjectId: string): PaperOffer[] => [
  { kind: "GROUP_STATEMENT", subjectId },
  { kind: "RECONCILIATION", subjectId },
  { kind: "PASSBOOK", subjectId, wholeGroup: true },
  { kind: "DIVIDEND_STATEMENT", subjectId, wholeGroup: true },
  { kind: "LOAN_STATEMENT", subjectId, wholeGroup: true },
];

function Parts({ group, tab }: { group: GroupDetail; tab: string }) {
  const { user } = useSession();
  const groupId = group.id;
  // A paper book is taken over before anything is booked; then the way there is gone.
  const opens = user?.role === "SYSTEM_ADMIN" && group.bookHead.sequence === 0;
  const feed = useGroupFeed(groupId);
  const Part = PARTS[tab];
  return (
    <>
      <Tabs
        label={t("group.tabs")}
        tabs={[
          { to: `/groups/${groupId}`, text: t("group.books"), exact: true },
          { to: `/groups/${groupId}/members`, text: t("group.membersTab") },
          { to: `/groups/${groupId}/meetings`, text: t("group.meetings") },
          { to: `/groups/${groupId}/dividends`, text: t("group.dividends") },
          { to: `/groups/${groupId}/documents`, text: t("group.documents") },
          { to: `/groups/${groupId}/people`, text: t("group.people") },
          { to: `/groups/${groupId}/terms`, text: t("group.terms") },
          ...(opens ? [{ to: `/groups/${groupId}/opening`, text: t("opening.tab") }] : []),
        ]}
      />
      <Suspense fallback={<LoadingRows />}>
        {Part ? <Part groupId={groupId} /> : <Books groupId={groupId} feed={feed} />}
      </Suspense>
    </>
  );
}

/** One main action a page: recording money on the books, registering on the members. */
function Actions({ groupId, tab }: { groupId: string; tab: string }) {
  const navigate = useNavigate();
  const { user } = useSession();
  const [params, setParams] = useSearchParams();
  const open = params.get("new");
  const show = (what: string | null) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (what) next.set("new", what);
      else {
        next.delete("new");
        next.delete("for");
      }
      return next;
    });
  if (!user || !MAY_RECORD.includes(user.role)) return null;
  const onMembers = tab === "members";
  return (
    <>
      {user.role === "SYSTEM_ADMIN" && (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => show("edit")}
          data-testid="edit-group"
        >
          {t("editGroup.open")}
        </Button>
      )}
      <Button
        variant={onMembers ? "filled" : "default"}
        leftSection={<IconUserPlus size={16} aria-hidden />}
        onClick={() => show("member")}
        data-testid="register-member"
      >
        {t("group.register")}
      </Button>
      <Button
        variant={onMembers ? "default" : "filled"}
        leftSection={<IconCoins size={16} aria-hidden />}
        onClick={() => show("contribution")}
        data-testid="record-contribution"
      >
        {t("group.record")}
      </Button>
      <Suspense>
        {open === "member" && (
          <RegisterMemberDrawer
            groupId={groupId}
            onDone={(id) => navigate(`/groups/${groupId}/members?member=${id}`)}
            onClose={() => show(null)}
          />
        )}
        {open === "edit" && user.role === "SYSTEM_ADMIN" && (
          <EditGroupDrawer groupId={groupId} onClose={() => show(null)} />
        )}
        {open === "contribution" && (
          <ContributionDrawer
            groupId={groupId}
            memberId={params.get("for")}
            onClose={() => show(null)}
          />
        )}
      </Suspense>
    </>
  );
}
