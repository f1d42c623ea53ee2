/** Members of all groups within reach: by name, phone, ID number, or of one group. */

import { Button } from "@mantine/core";
import { formatPhone, parseKenyanMobile } from "@tablebanking/common/phone";
import { IconUserPlus } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useNavigate } from "react-router";
import { pageSource } from "../../api/page-source";
import type { Column } from "../../components/DataTable";
import { GroupPicker } from "../../components/GroupPicker";
import { PagedList } from "../../components/PagedList";
import { RowCard } from "../../components/RowCard";
import { SearchInput } from "../../components/SearchInput";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { MemberListDocument, type MemberListQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import type { ExportColumn } from "../../lib/export/rows";
import { useFilters, useOpened } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import { useSort } from "../../lib/use-sort";
import { type MemberListRow, useMemberListInfiniteQuery } from "./members-api";

const RegisterMemberDrawer = lazy(() => import("../../components/RegisterMemberDrawer"));

export default function MembersPage() {
  const { user } = useSession();
  const navigate = useNavigate();
  const filters = useFilters({ q: "", group: "" });
  const { q, group } = filters.values;
  // A phone is found by its stored form, however it was typed.
  const search = parseKenyanMobile(q) ?? (q.trim() || null);
  const { order, ...sorting } = useSort(["NAME"], "NAME_ASC");
  const asked = { groupId: group || null, search, sort: order };
  const query = useMemberListInfiniteQuery(asked, { refetchOnFocus: true });
  const ofOneGroup = user?.role === "GROUP_CHAIR" || user?.role === "GROUP_COMMITTEE";
  const oneGroup = ofOneGroup || group !== "";
  return (
    <PagedList
      title={t("members.title")}
      count={(count) => t("members.count", { count })}
      query={query}
      testId="members"
      actions={!ofOneGroup && <Register group={group} />}
      filters={
        <>
          <SearchInput
            label={t("members.search")}
            value={q}
            onSearch={(text) => filters.set({ q: text.trim() })}
            testId="members-search"
          />
          {!ofOneGroup && (
            <GroupPicker
              value={group}
              onChange={(id) => filters.set({ group: id })}
              all={t("members.allGroups")}
              testId="members-group"
            />
          )}
        </>
      }
      exported={{
        columns: exportColumns(),
        source: pageSource(MemberListDocument, asked, (answer: MemberListQuery) => answer.members),
      }}
      columns={columns(oneGroup)}
      {...sorting}
      rowTestId="member-row"
      onOpen={(id) => navigate(`/members/${id}`)}
      card={(member) => (
        <RowCard
          title={member.memberName}
          detail={oneGroup ? formatPhone(member.phone) : member.group.name}
          state={<State member={member} />}
        />
      )}
      empty={
        filters.narrowed ? (
          <Empty title={t("members.noMatch")} hint={t("members.noMatchHint")} />
        ) : (
          <Empty title={t("members.empty")} />
        )
      }
    ></PagedList>
  );
}

function Register({ group }: { group: string }) {
  const navigate = useNavigate();
  const [opened, open] = useOpened("new");
  return (
    <>
      <Button
        leftSection={<IconUserPlus size={16} aria-hidden />}
        onClick={() => open("member")}
        data-testid="register-member"
      >
        {t("register.title")}
      </Button>
      {opened === "member" && (
        <Suspense>
          <RegisterMemberDrawer
            groupId={group || null}
            onDone={(id) => navigate(`/members/${id}`)}
            onClose={() => open(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function State({ member }: { member: MemberListRow }) {
  if (!member.isActive) return <StatusBadge tone="quiet" text={t("members.left")} />;
  return member.idVerified ? (
    <StatusBadge tone="good" text={t("members.idVerified")} />
  ) : (
    <StatusBadge tone="waiting" text={t("members.idWaiting")} />
  );
}

function columns(oneGroup: boolean): Column<MemberListRow>[] {
  const found: Column<MemberListRow>[] = [
    {
      key: "name",
      header: t("members.name"),
      sortKey: "NAME",
      width: "minmax(0, 2fr)",
      render: ({ memberName }) => memberName,
    },
    {
      key: "group",
      header: t("members.group"),
      width: "minmax(0, 1.6fr)",
      hide: "narrow",
      render: ({ group }) => group.name,
    },
    {
      key: "phone",
      header: t("members.phone"),
      width: "minmax(120px, 1fr)",
      render: ({ phone }) => formatPhone(phone),
    },
    {
      key: "idNumber",
      header: t("members.idNumber"),
      width: "minmax(128px, 0.8fr)",
      hide: "medium",
      render: ({ idNumber }) => idNumber,
    },
    {
      key: "state",
      header: t("members.state"),
      width: "236px",
      hide: "medium",
      render: (member) => <State member={member} />,
    },
  ];
  return oneGroup ? found.filter(({ key }) => key !== "group") : found;
}

function exportColumns(): ExportColumn<MemberListRow>[] {
  return [
    { header: t("members.name"), value: ({ memberName }) => memberName },
    { header: t("members.group"), value: ({ group }) => group.name },
    { header: t("members.phone"), value: ({ phone }) => phone },
    { header: t("members.idNumber"), value: ({ idNumber }) => idNumber },
    {
      header: t("members.state"),
      value: ({ isActive }) => t(isActive ? "members.active" : "members.left"),
    },
    {
      header: t("identity.title"),
      value: ({ idVerified }) => t(idVerified ? "members.idVerified" : "members.idWaiting"),
    },
  ];
}
