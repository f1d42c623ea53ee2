/** The whole filtered list as CSV or XLSX, or on paper. Fetched in steps, with a way to stop. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { IconDownload, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { t } from "../i18n";
import { momentText } from "../lib/dates";
import { asRequestError, errorText } from "../lib/error-text";
import { toCsv } from "../lib/export/csv";
import {
  type ExportColumn,
  fetchAll,
  fileName,
  type PageSource,
  type Progress,
  save,
} from "../lib/export/rows";
import classes from "./ExportMenu.module.css";

type Props<T> = { title: string; columns: readonly ExportColumn<T>[]; source: PageSource<T> };
type Kind = "csv" | "xlsx" | "print";

export function ExportMenu<T>({ title, columns, source }: Props<T>) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [said, setSaid] = useState("");
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (kind: Kind) => {
    const controller = new AbortController();
    running.current = controller;
    setSaid("");
    setProgress({ done: 0, total: null });
    try {
      const rows = await fetchAll(source, setProgress, controller.signal);
      await write(kind, title, columns, rows);
      setSaid(t("export.done", { count: rows.length }));
    } catch (cause) {
      const reason = errorText(asRequestError(cause));
      setSaid(controller.signal.aborted ? "" : t("export.failed", { reason }));
    }
    setProgress(null);
  };

  if (progress) {
    return <Running progress={progress} onStop={() => running.current?.abort()} />;
  }
  return (
    <div className={classes.frame}>
      {said && (
        <span role="status" className={classes.said} data-testid="export-said">
          {said}
        </span>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            data-testid="export"
          >
            {t("export.menu")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(["csv", "xlsx", "print"] as const).map((kind) => (
            <Menu.Item key={kind} onClick={() => void run(kind)} data-testid={`export-${kind}`}>
              {t(`export.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Running({ progress, onStop }: { progress: Progress; onStop: () => void }) {
  const { done, total } = progress;
  return (
    <div className={classes.frame} role="status" data-testid="export-running">
      <progress value={total ? done : undefined} max={total ?? undefined} aria-hidden />
      <span className={classes.said}>
        {total === null
          ? t("export.runningUnknown", { done })
          : t("export.running", { done, total })}
      </span>
      <ActionIcon variant="subtle" color="gray" onClick={onStop} aria-label={t("common.cancel")}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}

async function write<T>(
  kind: Kind,
  title: string,
  columns: readonly ExportColumn<T>[],
  rows: readonly T[],
): Promise<void> {
  const today = todayInNairobi();
  if (kind === "csv") save(toCsv(columns, rows), fileName(title, today, "csv"));
  if (kind === "xlsx") {
    const { toXlsx } = await import("../lib/export/xlsx");
    save(await toXlsx(columns, rows), fileName(title, today, "xlsx"));
  }
  if (kind === "print") {
    const { printRows } = await import("../lib/export/print");
    printRows(title, t("export.printed", { moment: momentText(Date.now()) }), columns, rows);
  }
}
