import { useMemo } from "react";
import { nodes } from "../../api/groups";
import { Chips } from "../../components/Chips";
import type { Column } from "../../components/DataTable";
import { DocumentViewer } from "../../components/DocumentViewer";
import { PagedTable } from "../../components/PagedTable";
import { QueryStates } from "../../components/QueryStates";
import { RowCard } from "../../components/RowCard";
import { SidePanel } from "../../components/SidePanel";
import { Empty } from "../../components/States";
import { label, t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { oneOf, useFilters, useOpened } from "../../lib/use-filters";
import { type DocumentRow, useGroupDocumentsInfiniteQuery } from "./group-parts-api";
import classes from "./tabs.module.css";

const KINDS = ["", "MINUTES", "ID_FRONT", "ID_BACK", "PHOTO", "SIGNATURE", "OTHER"] as const;

export default function DocumentsTab({ groupId }: { groupId: string }) {
  const { values, set, narrowed } = useFilters({ kind: "" });
  const kind = oneOf(values.kind, KINDS);
  const query = useGroupDocumentsInfiniteQuery({ groupId, kind: kind || null });
  const [opened, open] = useOpened("document");
  const columns = useMemo(documentColumns, []);
  const rows = nodes(query.currentData?.pages);
  const shown = rows.find(({ id }) => id === opened);
  return (
    <div className={classes.split}>
      <div className={classes.list}>
        <Chips
          label={t("documents.kind")}
          options={KINDS.map((value) => ({
            value,
            text: value ? t(`documentKind.${value}`) : t("documents.all"),
          }))}
          value={kind}
          onChange={(next) => set({ kind: next })}
          testId="documents-kind"
        />
        <QueryStates query={query}>
          {() => (
            <PagedTable
              label={t("group.documents")}
              testId="documents-table"
              columns={columns}
              query={query}
              rowTestId="document-row"
              selectedKey={opened}
              onOpen={open}
              card={(row) => (
                <RowCard
                  title={label("documentKind", row.kind)}
                  detail={`${whoseText(row)} · ${momentText(row.createdAt)}`}
                  state={sizeText(row.size)}
                />
              )}
              empty={<Empty title={t(narrowed ? "documents.noMatch" : "documents.empty")} />}
            />
          )}
        </QueryStates>
      </div>
      {shown && (
        <SidePanel
          title={`${label("documentKind", shown.kind)}: ${whoseText(shown)}`}
          onClose={() => open(null)}
          testId="document-panel"
        >
          <DocumentViewer documents={[{ ...shown, name: label("documentKind", shown.kind) }]} />
        </SidePanel>
      )}
    </div>
  );
}

const whoseText = ({ memberName, meetingId }: DocumentRow) =>
  memberName || t(meetingId ? "documents.ofMeeting" : "documents.ofGroup");

const sizeText = (bytes: number) => `${Math.max(1, Math.round(bytes / 1024))} KB`;

function documentColumns(): Column<DocumentRow>[] {
  return [
    {
      key: "kind",
      header: t("documents.kind"),
      width: "minmax(0, 1.5fr)",
      render: ({ kind }) => label("documentKind", kind),
    },
    {
      key: "of",
      header: t("documents.of"),
      width: "minmax(0, 1fr)",
      hide: "narrow",
      render: whoseText,
    },
    {
      key: "added",
      header: t("documents.added"),
      width: "minmax(120px, 1fr)",
      render: ({ createdAt }) => momentText(createdAt),
    },
    {
      key: "size",
      header: t("documents.size"),
      width: "90px",
      align: "end",
      hide: "narrow",
      render: ({ size }) => sizeText(size),
    },
  ];
}
