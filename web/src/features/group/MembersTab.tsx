import { formatPhone, parseKenyanMobile } from "@tablebanking/common/phone";
import { useCallback, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { useMembersInfiniteQuery } from "../../api/members";
import type { Column } from "../../components/DataTable";
import { PagedTable } from "../../components/PagedTable";
import { QueryStates } from "../../components/QueryStates";
import { SearchInput } from "../../components/SearchInput";
import { Empty } from "../../components/States";
import type { MemberRowFragment } from "../../gen/graphql";
import { t } from "../../i18n";
import { MemberPanel } from "./MemberPanel";
import classes from "./MembersTab.module.css";

export function MembersTab({ groupId }: { groupId: string }) {
  const [search, setSearch] = useState("");
  const [selected, select] = useSelected();
  const query = useMembersInfiniteQuery({ groupId, search: search || null });
  const pages = query.currentData?.pages;
  const columns = useMemo(memberColumns, []);
  const close = useCallback(() => select(null), [select]);

  return (
    <div className={classes.split}>
      <div className={classes.list}>
        <div className={classes.bar}>
          <SearchInput
            label={t("members.search")}
            value={search}
            // A phone is found by its stored form, however it was typed.
            onSearch={(text) => setSearch(parseKenyanMobile(text) ?? text.trim())}
            testId="members-search"
            className={classes.search}
          />
          {pages?.[0] && (
            <span className={classes.count}>
              {t("members.count", { count: pages[0].totalCount })}
            </span>
          )}
        </div>
        <QueryStates query={query}>
          {() => (
            <PagedTable
              label={t("group.membersTab")}
              testId="members-table"
              columns={columns}
              query={query}
              rowTestId="member-row"
              selectedKey={selected}
              onOpen={select}
              empty={
                search ? (
                  <Empty title={t("members.noMatch")} hint={t("members.noMatchHint")} />
                ) : (
                  <Empty title={t("members.empty")} hint={t("members.emptyHint")} />
                )
              }
            />
          )}
        </QueryStates>
      </div>
      {selected && <MemberPanel key={selected} memberId={selected} onClose={close} />}
    </div>
  );
}

/** The chosen member stands in the address: a link to a person opens the group with them beside. */
function useSelected() {
  const [params, setParams] = useSearchParams();
  const select = useCallback(
    (id: string | null) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (id) next.set("member", id);
          else next.delete("member");
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [params.get("member"), select] as const;
}

function memberColumns(): Column<MemberRowFragment>[] {
  return [
    {
      key: "name",
      header: t("members.name"),
      width: "minmax(0, 2fr)",
      render: (member) => <span className={classes.name}>{member.memberName}</span>,
    },
    {
      key: "phone",
      header: t("members.phone"),
      width: "minmax(120px, 1fr)",
      render: (member) => formatPhone(member.phone),
    },
    {
      key: "idNumber",
      header: t("members.idNumber"),
      width: "minmax(0, 1fr)",
      hide: "narrow",
      render: (member) => member.idNumber,
    },
    {
      key: "verified",
      header: t("members.state"),
      width: "minmax(0, 1.2fr)",
      hide: "medium",
      render: (member) =>
        [
          t(member.isActive ? "members.active" : "members.left"),
          t(member.idVerified ? "members.idVerified" : "members.idWaiting"),
        ].join(", "),
    },
  ];
}
