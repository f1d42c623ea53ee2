/** One item: what happened, what the phone claimed, what the books hold, what may be decided. */

import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { EntryLines } from "../../components/EntryLines";
import { KeyValues } from "../../components/KeyValues";
import { PanelHead } from "../../components/PanelHead";
import { SidePanel } from "../../components/SidePanel";
import { Empty, Failed, LoadingRows } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import type { ReviewAction } from "../../gen/graphql";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { useSession } from "../../lib/use-session";
import { ClashFields } from "./ClashFields";
import classes from "./Review.module.css";
import { type ReviewDetail, useReviewItemQuery } from "./review-api";
import {
  actionEffect,
  actionsOf,
  actionTitle,
  claimFacts,
  kes,
  kindText,
  TONES,
  whyText,
} from "./review-words";

const DecisionForm = lazy(() => import("./DecisionForm"));

export function ReviewPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { currentData: item, isError, error, refetch } = useReviewItemQuery(id);
  return (
    <SidePanel
      title={item ? kindText(item) : t("review.one")}
      onClose={onClose}
      testId="review-panel"
    >
      {item === undefined && !isError && <LoadingRows />}
      {item === undefined && isError && <Failed error={error} retry={refetch} />}
      {item === null && <Empty title={t("review.missing")} />}
      {item && <Item key={item.id} item={item} />}
    </SidePanel>
  );
}

function Item({ item }: { item: ReviewDetail }) {
  return (
    <div className={classes.stack}>
      <PanelHead amount={item.direction && kes(item.amount)}>
        <StatusBadge tone={TONES[item.status]} text={t(`review.status.${item.status}`)} />
      </PanelHead>
      <section className={classes.section}>
        <p className={classes.why} data-testid="review-why">
          {whyText(item)}
        </p>
        <p className={classes.soft}>
          <Link to={`/groups/${item.group.id}`}>{item.group.name}</Link>
          {" · "}
          {momentText(item.createdAt)}
          {item.officer && <> · {item.officer.name}</>}
        </p>
      </section>
      {item.kind === "CONFLICT" ? <ClashFields item={item} /> : <Claim item={item} />}
      {item.entryId && <EntryLines entryId={item.entryId} title={t("review.books")} />}
      {item.repeatsEntryId && (
        <EntryLines entryId={item.repeatsEntryId} title={t("review.first")} />
      )}
      {item.decision && <Decided item={item} />}
      {item.status !== "DECIDED" && <Decisions item={item} />}
    </div>
  );
}

function Claim({ item }: { item: ReviewDetail }) {
  const facts = claimFacts(item);
  if (!facts.some(({ value }) => value)) return null;
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t("review.claim.title")}</h3>
      <KeyValues items={facts} />
    </section>
  );
}

/** Who decided what, when and why, and the entry it made. Of a sent-back one: what was asked. */
function Decided({ item }: { item: ReviewDetail }) {
  const decision =
    item.decision === "RESOLVED"
      ? t("review.resolved")
      : actionTitle(item, item.decision as ReviewAction);
  return (
    <section className={classes.section} data-testid="review-decided">
      <h3 className={classes.heading}>{t("review.decision")}</h3>
      <KeyValues
        items={[
          { name: t("review.decision"), value: decision },
          { name: t("review.by"), value: item.decidedBy?.name },
          { name: t("review.when"), value: item.decidedAt && momentText(item.decidedAt) },
          { name: t("review.note"), value: item.decisionNote },
        ]}
      />
      {item.decisionEntryId && (
        <EntryLines entryId={item.decisionEntryId} title={t("review.made")} />
      )}
    </section>
  );
}

function Decisions({ item }: { item: ReviewDetail }) {
  const { user } = useSession();
  const [action, setAction] = useState<ReviewAction | null>(null);
  if (user?.role !== "SYSTEM_ADMIN") return <p className={classes.soft}>{t("review.adminOnly")}</p>;
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t("review.decide")}</h3>
      <ul className={classes.actions}>
        {actionsOf(item).map((one, index) => (
          <li key={one}>
            <Button
              variant={index === 0 ? "filled" : "default"}
              onClick={() => setAction(one)}
              data-testid={`decide-${one}`}
            >
              {actionTitle(item, one)}
            </Button>
            <span className={classes.soft}>{actionEffect(item, one)}</span>
          </li>
        ))}
      </ul>
      {action && (
        <Suspense>
          <DecisionForm item={item} action={action} onClose={() => setAction(null)} />
        </Suspense>
      )}
    </section>
  );
}
