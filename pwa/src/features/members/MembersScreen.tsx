import { formatPhone } from "@tablebanking/common/phone";
import { useEffect, useMemo, useState } from "react";
import { Icon } from "../../components/Icon";
import list from "../../components/List.module.css";
import { Screen } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { VirtualList } from "../../components/VirtualList";
import { t } from "../../i18n";
import { type ListedMember, useData } from "../../state/data";
import { useView } from "../../state/view";
import { DraftRow } from "./DraftRow";
import styles from "./members.module.css";
import { useSearch } from "./use-search";

const ROW_HEIGHT = 65;

export function MembersScreen() {
  const { members, groups } = useData();
  const chosen = useView((state) => state.memberFilter);
  const groupId = chosen && groups.has(chosen) ? chosen : null;
  useEffect(() => useView.setState({ groupId }), [groupId]);
  const [query, setQuery] = useState("");
  const search = useSearch(members, groups);
  const found = useMemo(
    () =>
      query === "" && groupId === null ? [...members.values()] : search().find(query, groupId),
    [search, members, query, groupId],
  );
  return (
    <Screen
      fixed
      title={t("members.title")}
      action={
        <a className={styles.register} href="#/members/new" data-testid="register-member">
          <Icon name="plus" size={20} />
          {t("members.register")}
        </a>
      }
    >
      <div className={styles.filters}>
        <label className={styles.search}>
          <Icon name="search" size={20} />
          <input
            type="search"
            aria-label={t("members.search")}
            placeholder={t("members.searchShort")}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            data-testid="member-search"
          />
        </label>
        <div className={styles.line}>
          <select
            aria-label={t("members.group")}
            value={groupId ?? ""}
            onChange={(event) => useView.setState({ memberFilter: event.target.value || null })}
          >
            <option value="">{t("nav.allGroups")}</option>
            {[...groups.values()].map((group) => (
              <option key={group.id} value={group.id}>
                {group.name}
              </option>
            ))}
          </select>
          <span className={list.soft} role="status" data-query={query} data-testid="member-count">
            {t("members.count", { count: found.length })}
          </span>
        </div>
      </div>
      <DraftRow />
      {found.length === 0 ? (
        <p className={styles.empty}>{query ? t("members.none", { query }) : t("members.empty")}</p>
      ) : (
        <VirtualList
          label={t("members.title")}
          items={found}
          rowHeight={ROW_HEIGHT}
          row={(member) => <MemberRow member={member} />}
        />
      )}
    </Screen>
  );
}

function MemberRow({ member }: { member: ListedMember }) {
  const group = useData((state) => state.groups.get(member.groupId)?.name);
  return (
    <a className={`${list.row} ${styles.row}`} href={`#/members/${member.id}`}>
      <span className={list.main}>
        <span className={list.name}>{member.memberName}</span>
        <span className={`${list.soft} ${styles.second}`}>
          {formatPhone(member.phone)} · {group}
        </span>
      </span>
      {member.pending && <StateBadge status={member.pending.status} />}
      <Icon name="forward" size={20} />
    </a>
  );
}
