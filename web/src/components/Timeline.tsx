import type { ReactNode } from "react";
import { t } from "../i18n";
import classes from "./Timeline.module.css";

export type TimelineItem = {
  key: string;
  /** Already in words: `momentText(…)` or `plainDate(…)`. */
  when: string;
  title: ReactNode;
  by?: string | null;
  detail?: ReactNode;
};

/** What happened, in the order given. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  if (items.length === 0) return <p className={classes.empty}>{t("timeline.empty")}</p>;
  return (
    <ol className={classes.list} aria-label={label}>
      {items.map(({ key, when, title, by, detail }) => (
        <li key={key} className={classes.item}>
          <span className={classes.when}>{[when, by].filter(Boolean).join(" · ")}</span>
          <span className={classes.title}>{title}</span>
          {detail && <span className={classes.detail}>{detail}</span>}
        </li>
      ))}
    </ol>
  );
}
