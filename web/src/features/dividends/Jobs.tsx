/** The federation's year: all groups or a county at once, in the background, with what failed. */
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { usePlacesQuery } from "../../api/groups";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { Empty, Failed, LoadingRows } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import type { DividendJobAction } from "../../gen/graphql";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { asRequestError, errorText, failureText } from "../../lib/error-text";
import classes from "./Dividends.module.css";
import {
  type Job,
  useDividendJobsQuery,
  useDividendsForMutation,
  useRetryJobMutation,
} from "./dividends-api";

const ACTIONS: readonly DividendJobAction[] = ["CALCULATE", "APPROVE", "POST"];
const EVERY_MS = 3_000;

export function Jobs({ fiscalYear }: { fiscalYear: number }) {
  const [county, setCounty] = useState("");
  const [asking, setAsking] = useState<DividendJobAction | null>(null);
  const [start, starting] = useDividendsForMutation();
  const { data: places = [] } = usePlacesQuery();
  const jobs = useDividendJobsQuery(undefined, {
    pollingInterval: EVERY_MS,
    skipPollingIfUnfocused: true,
  });
  const run = async (action: DividendJobAction) => {
    const about = county ? { county } : { all: true };
    const answer = await start({ action, input: { fiscalYear, ...about } });
    if (!answer.error) setAsking(null);
  };
  return (
    <section className={classes.jobs} data-testid="dividend-jobs">
      <div className={classes.bar}>
        <h2 className={classes.heading}>{t("div.jobs", { year: fiscalYear })}</h2>
        <span className={classes.spring} />
        <NativeSelect
          aria-label={t("groups.county")}
          value={county}
          onChange={(event) => setCounty(event.currentTarget.value)}
          data={[{ value: "", label: t("div.allGroups") }, ...places.map(({ name }) => name)]}
          data-testid="jobs-county"
        />
        {ACTIONS.map((action) => (
          <Button
            key={action}
            variant={action === "CALCULATE" ? "filled" : "default"}
            onClick={() => {
              starting.reset();
              setAsking(action);
            }}
            data-testid={`job-${action}`}
          >
            {t(`div.job.${action}`)}
          </Button>
        ))}
      </div>
      {!jobs.data && jobs.isError && <Failed error={jobs.error} retry={jobs.refetch} />}
      {!jobs.data && !jobs.isError && <LoadingRows />}
      {jobs.data?.length === 0 && <Empty title={t("div.noJobs")} />}
      {jobs.data?.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
      {asking && (
        <ConfirmDialog
          title={t(`div.job.${asking}`)}
          facts={[
            { name: t("div.year"), value: fiscalYear },
            { name: t("nav.groups"), value: county || t("div.allGroups") },
          ]}
          note={t(`div.jobNote.${asking}`)}
          confirmLabel={t(`div.job.${asking}`)}
          busy={starting.isLoading}
          error={starting.error ? errorText(asRequestError(starting.error), true) : null}
          onConfirm={() => void run(asking)}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

function JobCard({ job }: { job: Job }) {
  const { done, failed, total } = job;
  const [retry, { isLoading, error }] = useRetryJobMutation();
  return (
    <article className={classes.job} data-testid="job-row">
      <div className={classes.bar}>
        <strong>
          {t(`div.job.${job.action}`)} · {job.fiscalYear}
          {job.county && ` · ${job.county}`}
        </strong>
        <span className={classes.soft}>
          {[momentText(job.askedAt), job.askedBy?.name].filter(Boolean).join(" · ")}
        </span>
        <span className={classes.spring} />
        <progress value={done + failed} max={total || 1} aria-label={t("div.progress")} />
        <span data-testid="job-done">{t("div.jobDone", { done, total })}</span>
        {failed > 0 && <StatusBadge tone="wrong" text={t("div.jobFailed", { count: failed })} />}
        {job.status === "DONE" && failed > 0 && (
          <Button
            size="xs"
            variant="default"
            loading={isLoading}
            onClick={() => void retry(job.id)}
            data-testid="retry-job"
          >
            {t("div.retry")}
          </Button>
        )}
      </div>
      {error && (
        <p role="alert" className={classes.bad}>
          {errorText(asRequestError(error), true)}
        </p>
      )}
      {failed > 0 && (
        <ul className={classes.plain}>
          {job.groups.edges.map(({ node }) => (
            <li key={node.group.id}>
              {node.group.name}: {failureText({ code: node.code ?? "", message: "" })}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
