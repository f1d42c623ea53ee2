/** Words and figures that several reports share. */
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { t } from "../../i18n";
import type { Figure, ReportColumn } from "./report";

export const kes = (decimal: string) => formatKes(fromDecimal(decimal));
export const percent = (value: string | null) => (value === null ? null : `${value} %`);

/** A total of money. */
export const money = (key: string, label: string, decimal: string): Figure => ({
  key,
  label,
  value: kes(decimal),
});

export const count = (key: string, label: string, value: number | string): Figure => ({
  key,
  label,
  value: String(value),
});

export const memberColumn = (width?: string): ReportColumn<{ member: { memberName: string } }> => ({
  key: "member",
  header: t("picker.member"),
  width,
  value: ({ member }) => member.memberName,
});

export const groupColumn = (
  hide?: ReportColumn<unknown>["hide"],
): ReportColumn<{ group: { name: string } }> => ({
  key: "group",
  header: t("picker.group"),
  hide,
  value: ({ group }) => group.name,
});

/** "1 to 30 days", by how many days the oldest instalment is late. */
export function ageText(days: number): string {
  if (days <= 30) return t("report.age.30");
  if (days <= 60) return t("report.age.60");
  return days <= 90 ? t("report.age.90") : t("report.age.over");
}
