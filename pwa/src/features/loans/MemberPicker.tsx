/** A member found by typing, for the borrower and the witnesses. */
import { useMemo, useState } from "react";
import { Icon } from "../../components/Icon";
import list from "../../components/List.module.css";
import { t } from "../../i18n";
import { type ListedMember, useData } from "../../state/data";
import { MemberSearch } from "../../state/member-search";
import styles from "./loans.module.css";

const SHOWN = 8;

interface Props {
  label: string;
  /** Who may be chosen. */
  among: (member: ListedMember) => boolean;
  onPick: (member: ListedMember) => void;
  testId?: string;
  /** Says of each which group it is of. */
  groups?: boolean;
}

export function MemberPicker({ label, among, onPick, testId, groups: named }: Props) {
  const members = useData((state) => state.members);
  const groups = useData((state) => state.groups);
  const [query, setQuery] = useState("");
  const search = useMemo(() => {
    const all = [...members.values()].filter(among);
    return new MemberSearch(new Map(all.map((one) => [one.id, one])), groups);
  }, [members, groups, among]);
  const found = useMemo(() => search.find(query, null), [search, query]);
  return (
    <div className={styles.picker}>
      <label className={styles.search}>
        <Icon name="search" size={20} />
        <input
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder={t("members.searchShort")}
          aria-label={label}
          autoComplete="off"
          data-testid={testId}
        />
      </label>
      {found.length === 0 && <p className={styles.soft}>{t("pick.none")}</p>}
      <ul className={list.list} aria-label={label}>
        {found.slice(0, SHOWN).map((member) => (
          <li key={member.id}>
            <button type="button" className={list.row} onClick={() => onPick(member)}>
              <span className={list.main}>
                <span className={list.name}>{member.memberName}</span>
                <span className={list.soft}>
                  {[member.idNumber, named && groups.get(member.groupId)?.name]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <Icon name="plus" size={20} />
            </button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && (
        <p className={styles.soft}>{t("pick.more", { count: found.length - SHOWN })}</p>
      )}
    </div>
  );
}
