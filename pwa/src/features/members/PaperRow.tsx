import { formatMoment } from "@tablebanking/common/dates";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { StateBadge } from "../../components/StateBadge";
import { UploadProgress } from "../../components/UploadProgress";
import { usePictureUrl } from "../../components/use-picture-url";
import { t } from "../../i18n";
import type { Member, PaperKind } from "../../lib/model";
import { type Paper, usePaper } from "../../state/papers";
import { fetchPicture, sendPictureAgain } from "../../state/pictures";
import { usePrefs } from "../../state/prefs";
import { uploadNeedsOfficer } from "../../sync/upload-box";
import { PAPER_ICONS, useWaitingPicture } from "./PictureTile";
import styles from "./papers.module.css";

interface Props {
  member: Member;
  kind: PaperKind;
  onTake: () => void;
}

export function PaperRow({ member, kind, onTake }: Props) {
  const paper = usePaper(member, kind);
  const waiting = useWaitingPicture(paper.upload?.id ?? null);
  const [fetched, setFetched] = useState<{ id: string; blob: Blob } | null>(null);
  const shown = waiting ?? (fetched?.id === paper.document?.id ? (fetched?.blob ?? null) : null);
  const url = usePictureUrl(shown);
  const word = t(`paper.${kind}`);
  const { upload, document } = paper;
  const there = paper.where === "here" || paper.where === "server";
  const verb = kind === "SIGNATURE" ? "paper.sign" : "paper.take";
  return (
    <li className={styles.paper} data-testid={`paper-${kind}`} data-where={paper.where}>
      <div className={styles.head}>
        <span className={styles.thumb}>
          {url && !fetched ? <img src={url} alt="" /> : <Icon name={PAPER_ICONS[kind]} />}
        </span>
        <div className={styles.what}>
          <strong>{word}</strong>
          <State paper={paper} />
        </div>
      </div>
      {url && fetched && <img src={url} alt={word} className={styles.large} />}
      {upload && <UploadProgress upload={upload} />}
      <div className={styles.actions}>
        {upload && uploadNeedsOfficer(upload) && (
          <Button onClick={() => void sendPictureAgain(upload.id)}>{t("outbox.again")}</Button>
        )}
        {document && !upload && !shown && (
          <Look
            documentId={document.id}
            what={word}
            onPicture={(blob) => setFetched({ id: document.id, blob })}
          />
        )}
        <Button
          icon={PAPER_ICONS[kind]}
          onClick={onTake}
          aria-label={`${word}: ${t(there ? "paper.again" : verb)}`}
        >
          {t(there ? "paper.again" : verb)}
        </Button>
      </div>
    </li>
  );
}

function State({ paper: { where, upload, document } }: { paper: Paper }) {
  const language = usePrefs((state) => state.language);
  if (upload) return <StateBadge status={uploadNeedsOfficer(upload) ? "rejected" : "waiting"} />;
  if (where === "server" && document) {
    return (
      <span className={styles.saved}>
        <Icon name="check" size={16} />
        {t("paper.onServer", { moment: formatMoment(document.at, language) })}
      </span>
    );
  }
  return (
    <span className={styles.soft}>
      {t(where === "unknown" ? "paper.unknown" : "paper.missing")}
    </span>
  );
}

/** It lies with the server only: a touch fetches it, where there is signal. */
function Look({
  documentId,
  what,
  onPicture,
}: {
  documentId: string;
  what: string;
  onPicture: (blob: Blob) => void;
}) {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const look = async () => {
    setState("busy");
    try {
      onPicture(await fetchPicture(documentId));
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <Button
        icon="picture"
        disabled={state === "busy"}
        onClick={() => void look()}
        aria-label={`${what}: ${t("paper.look")}`}
      >
        {t(state === "busy" ? "paper.fetching" : "paper.look")}
      </Button>
      {state === "failed" && (
        <p className={styles.wrong} role="alert">
          {t("paper.needsSignal")}
        </p>
      )}
    </>
  );
}
