/** What waits for a decision or a look, each leading to its list; what is nought is left out. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "react-router";
import { Failed } from "../../components/States";
import type { WaitsForMeQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import { ageText, useNow } from "../../lib/age";
import { monthText } from "../../lib/dates";
import { monthStart } from "../../lib/period";
import { useWayTo } from "../../lib/places";
import { useSession } from "../../lib/use-session";
import classes from "./DashboardPage.module.css";
import { useWaitsForMeQuery } from "./dashboard-api";

type Item = { key: string; count: number; text: string; to: string };

export function WaitsForMe() {
  const month = monthStart(todayInNairobi(), -1).slice(0, 7);
  const [year = 0, number = 0] = month.split("-").map(Number);
  const { user } = useSession();
  const query = useWaitsForMeQuery(
    { year, month: number, admin: user?.role === "SYSTEM_ADMIN" },
    { pollingInterval: 60_000, skipPollingIfUnfocused: true, refetchOnFocus: true },
  );
  const now = useNow(60_000);
  const wayTo = useWayTo();
  const { currentData: data } = query;
  if (!data && query.isError) return <Failed error={query.error} retry={query.refetch} />;
  const items = data ? itemsOf(data, month, now).filter(({ count }) => count > 0) : [];
  return (
    <section
      className={classes.waits}
      aria-label={t("dashboard.waits")}
      aria-busy={!data}
      data-testid="dashboard-waits"
    >
      <h2 className={classes.section}>{t("dashboard.waits")}</h2>
      {data && items.length === 0 && (
        <p className={classes.nothing}>
          <IconCircleCheck size={18} aria-hidden /> {t("dashboard.nothingWaits")}
        </p>
      )}
      <ul className={classes.waitList}>
        {items.map((item) => (
          <li key={item.key} data-testid={`waits-${item.key}`}>
            <Waiting item={item} to={wayTo(item.to)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waiting({ item, to }: { item: Item; to: string | undefined }) {
  const content = (
    <>
      <strong className={classes.waitCount}>{item.count}</strong> {item.text}
    </>
  );
  if (!to) return <span className={classes.wait}>{content}</span>;
  return (
    <Link className={classes.wait} to={to}>
      {content}
    </Link>
  );
}

function itemsOf(data: WaitsForMeQuery, month: string, now: number): Item[] {
  const unsigned = data.reconciliations.totalCount - data.signed.totalCount;
  const since = data.unsentWork[0]?.oldestAt;
  const item = (key: string, count: number, text: string, to: string) => ({ key, count, text, to });
  const [reviews, loans, welfare] = [data.reviews, data.loans, data.welfareRequests].map(
    ({ totalCount }) => totalCount,
  ) as [number, number, number];
  const [pay, meetings] = [data.toDisburse.totalCount, data.meetings.totalCount];
  const phones = data.unsentWork.length;
  const undelivered = data.deadLetters?.totalCount ?? 0;
  return [
    item("reviews", reviews, t("dashboard.waits.reviews", { count: reviews }), "/review"),
    item(
      "loans",
      loans,
      t("dashboard.waits.loans", { count: loans }),
      "/loans?stage=AWAITING_MY_APPROVAL",
    ),
    item("pay", pay, t("dashboard.waits.pay", { count: pay }), "/loans?stage=READY_TO_DISBURSE"),
    item("welfare", welfare, t("dashboard.waits.welfare", { count: welfare }), "/funds/welfare"),
    item(
      "reconciliations",
      unsigned,
      t("dashboard.waits.reconciliations", { count: unsigned, month: monthText(month) }),
      `/reconciliation?month=${month}`,
    ),
    item(
      "meetings",
      meetings,
      t("dashboard.waits.meetings", { count: meetings }),
      "/meetings?status=CLOSED",
    ),
    item(
      "undelivered",
      undelivered,
      t("dashboard.waits.undelivered", { count: undelivered }),
      "/messages/undelivered",
    ),
    item(
      "phones",
      phones,
      since
        ? t("dashboard.waits.phonesSince", { count: phones, age: ageText(since, now) })
        : t("dashboard.waits.phones", { count: phones }),
      "/map?state=unsent",
    ),
  ];
}
