/** Documents side by side, each to be enlarged and turned: an ID card beside the member's photo. */
import { ActionIcon, Loader } from "@mantine/core";
import {
  IconExternalLink,
  IconRotateClockwise,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { useState } from "react";
import { useDocumentFile } from "../api/document-file";
import { t } from "../i18n";
import classes from "./DocumentViewer.module.css";

export type ViewedDocument = { id: string; url: string; contentType: string; name: string };

export function DocumentViewer({ documents }: { documents: readonly ViewedDocument[] }) {
  return (
    <div className={classes.viewer} data-testid="document-viewer">
      {documents.map((document) => (
        <Pane key={document.id} document={document} />
      ))}
    </div>
  );
}

const ZOOMS = [1, 1.5, 2, 3, 4] as const;

function Pane({ document }: { document: ViewedDocument }) {
  const file = useDocumentFile(document.url);
  const [zoom, setZoom] = useState(0);
  const [turns, setTurns] = useState(0);
  const isImage = document.contentType.startsWith("image/");
  const step = (by: number) => setZoom((old) => Math.min(ZOOMS.length - 1, Math.max(0, old + by)));
  return (
    <figure className={classes.pane}>
      <figcaption className={classes.caption}>
        <span className={classes.name}>{document.name}</span>
        {isImage && (
          <>
            <Tool label={t("document.zoomOut")} onClick={() => step(-1)} icon={IconZoomOut} />
            <Tool label={t("document.zoomIn")} onClick={() => step(1)} icon={IconZoomIn} />
            <Tool
              label={t("document.rotate")}
              onClick={() => setTurns((old) => (old + 1) % 4)}
              icon={IconRotateClockwise}
            />
          </>
        )}
        {file.state === "ready" && (
          <ActionIcon
            component="a"
            href={file.url}
            target="_blank"
            rel="noreferrer"
            variant="subtle"
            color="gray"
            aria-label={`${document.name}: ${t("document.download")}`}
          >
            <IconExternalLink size={18} />
          </ActionIcon>
        )}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is enlarged is scrolled by the keys too */}
      <section className={classes.stage} tabIndex={0} aria-label={document.name}>
        {file.state === "loading" && <Loader size="sm" aria-label={t("document.loading")} />}
        {file.state === "failed" && <p role="alert">{t("document.failed")}</p>}
        {file.state === "ready" && isImage && (
          <img
            src={file.url}
            alt={document.name}
            style={{ width: `${100 * (ZOOMS[zoom] ?? 1)}%`, transform: `rotate(${turns * 90}deg)` }}
            data-testid="document-image"
          />
        )}
        {file.state === "ready" && !isImage && (
          <a href={file.url} target="_blank" rel="noreferrer">
            {t("document.download")}
          </a>
        )}
      </section>
    </figure>
  );
}

type ToolProps = { label: string; onClick: () => void; icon: typeof IconZoomIn };

function Tool({ label, onClick, icon: Icon }: ToolProps) {
  return (
    <ActionIcon variant="subtle" color="gray" onClick={onClick} aria-label={label} title={label}>
      <Icon size={18} />
    </ActionIcon>
  );
}
