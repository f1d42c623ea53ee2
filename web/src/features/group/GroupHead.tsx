import { Tooltip } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useConfig } from "../../api/config";
import type { GroupDetail } from "../../api/groups";
import { LiveBadge } from "../../components/LiveBadge";
import { Money } from "../../components/Money";
import { t } from "../../i18n";
import { weekdayName } from "../../lib/dates";
import classes from "./GroupPage.module.css";
import { useTrfQuery } from "./ledger-api";

type Props = { group: GroupDetail; actions: ReactNode };

/** The figures people came for stand first and largest. */
export function GroupHead({ group, actions }: Props) {
  const { currency } = useConfig();
  const { currentData: trf } = useTrfQuery({ groupId: group.id, asOf: null });
  return (
    <header className={classes.head}>
      <div className={classes.top}>
        <Link to="/groups" className={classes.back}>
          {t("group.back")}
        </Link>
        <div className={classes.actions}>{actions}</div>
      </div>
      <div className={classes.identity}>
        <div className={classes.who}>
          <h1 className={classes.title}>{group.name}</h1>
          <p className={classes.facts}>
            {group.groupCode} · {group.ward}, {group.constituency}, {group.county} ·{" "}
            {t("group.meets", {
              day: weekdayName(group.meetingDay),
              venue: group.meetingVenue,
            })}
            {group.status === "INACTIVE" && ` · ${t("status.INACTIVE")}`}
          </p>
          <p className={classes.facts}>
            <LiveBadge /> <ChainHead head={group.bookHead} />
          </p>
        </div>
        <dl className={classes.figures}>
          <Figure name={t("group.onTable", { currency })} testId="cash-balance">
            <Money value={group.cashBalance} />
          </Figure>
          <Figure name={t("group.trfTotal", { currency })} testId="trf-head-total">
            {trf ? <Money value={trf.total} /> : "—"}
          </Figure>
        </dl>
      </div>
    </header>
  );
}

type FigureProps = { name: string; testId: string; children: ReactNode };

function Figure({ name, testId, children }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}

/** The seal of the books, the same on every receipt: anyone can compare the two. */
function ChainHead({ head }: { head: GroupDetail["bookHead"] }) {
  if (head.sequence === 0) return <span>{t("group.chainEmpty")}</span>;
  return (
    <Tooltip label={t("group.chainHint", { hash: head.hash })} multiline w={420}>
      <span className={classes.chain} data-testid="book-head">
        <IconLink size={14} aria-hidden />
        {t("group.chain", { sequence: head.sequence })} <code>{head.hash.slice(0, 10)}</code>
      </span>
    </Tooltip>
  );
}
