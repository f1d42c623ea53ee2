/** What an exported list consists of. */
export type ExportColumn<T> = {
  header: string;
  /** Money as the API's decimal, e.g. "12500.00"; dates as YYYY-MM-DD. */
  value: (row: T) => string | number | null | undefined;
  kind?: "text" | "money" | "number" | "date";
  /** Added up under the column, on paper. */
  sum?: boolean;
};

type Connection<T> = {
  totalCount?: number;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  edges: readonly { node: T }[];
};

/** Asks for one page of the filtered list; rejects with a RequestError. */
export type PageSource<T> = (after: string | null, signal: AbortSignal) => Promise<Connection<T>>;
export type Progress = { done: number; total: number | null };

/** The whole list, page by page. Rejects with an AbortError when it is cancelled. */
export async function fetchAll<T>(
  page: PageSource<T>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<T[]> {
  const rows: T[] = [];
  let after: string | null = null;
  for (;;) {
    signal.throwIfAborted();
    const { edges, pageInfo, totalCount }: Connection<T> = await page(after, signal);
    for (const { node } of edges) rows.push(node);
    onProgress({ done: rows.length, total: totalCount ?? null });
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) break;
    after = pageInfo.endCursor;
  }
  signal.throwIfAborted();
  return rows;
}

/** `Loans 2026-11-27.csv`, without what a file's name may not hold. */
export function fileName(title: string, day: string, extension: string): string {
  const safe = title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ").replace(/\s+/g, " ");
  return `${safe.trim()} ${day}.${extension}`;
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
