/** What each member has saved on paper; all members of the group, page after page. */
import { formatKes, parseMoney, sumCents } from "@tablebanking/common/money";
import { useEffect } from "react";
import { nodes } from "../../api/groups";
import { useMembersInfiniteQuery } from "../../api/members";
import { MoneyInput } from "../../components/MoneyInput";
import { Failed, LoadingRows } from "../../components/States";
import { t } from "../../i18n";
import classes from "./Opening.module.css";

type Props = {
  groupId: string;
  value: Readonly<Record<string, string>>;
  error?: string;
  /** By "savings.<member's id>". */
  errors: Readonly<Record<string, string>>;
  onChange: (value: Readonly<Record<string, string>>) => void;
};

export function OpeningSavings({ groupId, value, error, errors, onChange }: Props) {
  const query = useMembersInfiniteQuery({ groupId, search: null });
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const members = nodes(query.currentData?.pages).filter(({ isActive }) => isActive);
  const total = sumCents(Object.values(value).map((text) => parseMoney(text) ?? 0));
  return (
    <section className={classes.part} aria-label={t("opening.savings")}>
      <h2 className={classes.heading}>
        {t("opening.savings")}
        <span className={classes.sum}>{formatKes(total)}</span>
      </h2>
      {query.isError && <Failed error={query.error} retry={query.refetch} />}
      {query.isLoading && <LoadingRows />}
      {query.currentData && members.length === 0 && (
        <p className={classes.soft}>{t("opening.noMembers")}</p>
      )}
      {error && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
      <div className={classes.grid}>
        {members.map(({ id, memberName }) => (
          <MoneyInput
            key={id}
            label={memberName}
            value={value[id] ?? ""}
            error={errors[`savings.${id}`]}
            onChange={(amount) => onChange({ ...value, [id]: amount })}
            testId="opening-saving"
          />
        ))}
      </div>
    </section>
  );
}
