/** All reports in one place; each opens with its filters, its totals and its export. */
import { IconChevronRight } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import { Empty } from "../../components/States";
import { t } from "../../i18n";
import { useWayTo } from "../../lib/places";
import classes from "./Reports.module.css";
import { ReportView } from "./ReportView";
import { reportOf, SECTIONS, type Section } from "./reports";

/** What can be exported where it is worked with, and is no report of its own. */
const LISTS = [
  ["/groups", "nav.groups"],
  ["/members", "nav.members"],
  ["/loans", "nav.loans"],
  ["/funds", "nav.savings"],
  ["/review", "nav.review"],
  ["/people", "nav.people"],
  ["/audit", "nav.audit"],
] as const;

export default function ReportsPage() {
  const { report: key } = useParams();
  const report = reportOf(key);
  if (report) return <ReportView key={report.key} report={report} />;
  if (key) return <Empty title={t("notFound.title")} hint={t("report.unknown")} />;
  return <Contents />;
}

function Contents() {
  return (
    <div className={classes.contents} data-testid="reports-page">
      <h1 className={classes.title}>{t("nav.reports")}</h1>
      <p className={classes.soft}>{t("report.intro")}</p>
      <div className={classes.sections}>
        {SECTIONS.map((section) => (
          <SectionLinks key={section.title} section={section} />
        ))}
      </div>
      <OtherLists />
    </div>
  );
}

function SectionLinks({ section }: { section: Section }) {
  return (
    <section aria-label={t(section.title)}>
      <h2 className={classes.heading}>{t(section.title)}</h2>
      <ul className={classes.list}>
        {section.reports.map(({ key, title, hint }) => (
          <li key={key}>
            <Link className={classes.report} to={`/reports/${key}`} data-testid={`report-${key}`}>
              <span className={classes.name}>
                {t(title)} <IconChevronRight size={16} aria-hidden />
              </span>
              <span className={classes.soft}>{t(hint)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OtherLists() {
  const wayTo = useWayTo();
  const lists = LISTS.filter(([path]) => wayTo(path));
  return (
    <section aria-label={t("report.section.lists")}>
      <h2 className={classes.heading}>{t("report.section.lists")}</h2>
      <p className={classes.soft}>{t("report.listsHint")}</p>
      <ul className={classes.others}>
        {lists.map(([path, name]) => (
          <li key={path}>
            <Link to={path}>{t(name)}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
