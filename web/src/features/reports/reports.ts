/** All reports, by what they are about, in the order in which they are shown. */
import type { MessageKey } from "../../i18n";
import { FUND_REPORTS } from "./fund-reports";
import { LOAN_REPORTS } from "./loan-reports";
import { MONEY_REPORTS } from "./money-reports";
import type { AnyReport } from "./report";
import { WORK_REPORTS } from "./work-reports";

export type Section = { title: MessageKey; reports: readonly AnyReport[] };

export const SECTIONS: readonly Section[] = [
  { title: "report.section.money", reports: [...MONEY_REPORTS, ...FUND_REPORTS] },
  { title: "report.section.loans", reports: LOAN_REPORTS },
  { title: "report.section.work", reports: WORK_REPORTS },
];

export const REPORTS: readonly AnyReport[] = SECTIONS.flatMap(({ reports }) => reports);

export const reportOf = (key: string | undefined) => REPORTS.find((one) => one.key === key);
