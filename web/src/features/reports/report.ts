/** What a report is: what it asks the server for, how it is narrowed, and what stands in its columns. */
import type { IsoDate } from "@tablebanking/common/dates";
import type { AnyDocument } from "../../api/base-query";
import type { MessageKey } from "../../i18n";
import type { ExportColumn } from "../../lib/export/rows";
import type { Span } from "../../lib/period";
import { idsOf } from "../../lib/use-filters";

/** What was chosen; "" for all. */
export type Asked = Span & {
  /** One, or several with commas between. */
  group: string;
  county: string;
  month: string;
  year: string;
  today: IsoDate;
};

/** "group": one or several. "oneGroup": its books are one group's, and it must be chosen. */
export type Narrowing = "group" | "oneGroup" | "county" | "period" | "month" | "year";

export type ReportColumn<T> = ExportColumn<T> & {
  key: string;
  /** A CSS grid track, where the kind's usual one will not do. */
  width?: string;
  /** Left out where there is little room, or of the screen altogether; the export has it. */
  hide?: "narrow" | "medium" | "always";
};

/** A total, in words: the server's, over all rows and not only those in sight. */
export type Figure = { key: string; label: string; value: string };

export type ReportPage<T> = {
  edges: readonly { node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: number;
};

export type Report<T, A, F = unknown> = {
  key: string;
  title: MessageKey;
  /** What it tells, in a line. */
  hint: MessageKey;
  narrowing: readonly Narrowing[];
  document: AnyDocument;
  variables: (asked: Asked) => object;
  pick: (answer: A) => ReportPage<T>;
  rowKey: (row: T) => string;
  columns: () => ReportColumn<T>[];
  /** The totals, from the list's own answer … */
  figures?: (answer: A) => Figure[];
  /** … or from a question of their own. */
  totals?: {
    document: AnyDocument;
    variables: (asked: Asked) => object;
    figures: (answer: F) => Figure[];
  };
  /** Where the same is worked with day by day. */
  list: (asked: Asked) => string;
};

// biome-ignore lint/suspicious/noExplicitAny: a list of reports holds all kinds of rows
export type AnyReport = Report<any, any, any>;

/** All that the server gives at once, as the one page of a list. */
export function whole<T>(rows: readonly T[]): ReportPage<T> {
  return {
    edges: rows.map((node) => ({ node })),
    pageInfo: { hasNextPage: false },
    totalCount: rows.length,
  };
}

export const groupsOf = ({ group, county }: Asked) => ({
  groupIds: idsOf(group),
  county: county || null,
});

export const overPeriod = (asked: Asked) => ({
  ...groupsOf(asked),
  from: asked.from,
  to: asked.to,
});

export const ofOneGroup = ({ group, from, to }: Asked) => ({ groupId: group, from, to });

/** "?group=…&county=…" of the list that the report was made from. */
export function address(path: string, values: Record<string, string>): string {
  const chosen = Object.entries(values).filter(([, value]) => value);
  const query = new URLSearchParams(chosen).toString();
  return query ? `${path}?${query}` : path;
}
