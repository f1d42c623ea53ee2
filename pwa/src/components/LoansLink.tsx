/** The way to all loans, with how many wait for what. */
import { useMemo } from "react";
import { t } from "../i18n";
import { whole } from "../lib/whole";
import type { LoanRow } from "../state/loan-rows";
import { type Stage, staged } from "../state/loan-steps";
import { Icon } from "./Icon";
import list from "./List.module.css";

const COUNTED = ["mine", "money", "arrears", "waiting", "running"] as const satisfies Stage[];

interface Props {
  rows: readonly LoanRow[];
  /** All groups together without. */
  groupId?: string;
}

export function LoansLink({ rows, groupId }: Props) {
  const counts = useMemo(() => {
    const found = staged(rows);
    return COUNTED.flatMap((stage) => {
      const count = found.get(stage)?.length ?? 0;
      return count > 0 ? whole(t(`loans.count.${stage}`, { count })) : [];
    });
  }, [rows]);
  return (
    <a
      className={list.row}
      href={groupId ? `#/loans?group=${groupId}` : "#/loans"}
      data-testid="all-loans"
    >
      <span className={list.main}>
        <span className={list.name}>{t(groupId ? "loans.ofGroup" : "loans.all")}</span>
        <span className={list.soft}>{counts.join(" · ") || t("loans.empty")}</span>
      </span>
      <Icon name="forward" size={20} />
    </a>
  );
}
