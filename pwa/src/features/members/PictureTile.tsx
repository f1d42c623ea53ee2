import { useEffect, useState } from "react";
import { Icon, type IconName } from "../../components/Icon";
import { usePictureUrl } from "../../components/use-picture-url";
import { t } from "../../i18n";
import type { PaperKind } from "../../lib/model";
import { openPicture } from "../../state/pictures";
import styles from "./papers.module.css";

export const PAPER_ICONS: Record<PaperKind, IconName> = {
  ID_FRONT: "camera",
  ID_BACK: "camera",
  PHOTO: "face",
  SIGNATURE: "pen",
};

interface Props {
  kind: PaperKind;
  /** Just taken, or the id of one that waits on this phone. */
  blob: Blob | null;
  uploadId: string | null;
  onTake: () => void;
}

export function PictureTile({ kind, blob, uploadId, onTake }: Props) {
  const waiting = useWaitingPicture(blob ? null : uploadId);
  const url = usePictureUrl(blob ?? waiting);
  const word = t(`paper.${kind}`);
  return (
    <button
      type="button"
      className={styles.tile}
      onClick={onTake}
      aria-label={`${word}: ${t(url ? "paper.again" : kind === "SIGNATURE" ? "paper.sign" : "paper.take")}`}
      data-testid={`picture-${kind}`}
      data-taken={url !== null}
    >
      {url ? <img src={url} alt="" /> : <Icon name={PAPER_ICONS[kind]} size={28} />}
      <span>
        {url && <Icon name="check" size={16} />} {word}
      </span>
    </button>
  );
}

/** The bytes of a picture that has not gone up; null while they are opened, or once they are gone. */
export function useWaitingPicture(uploadId: string | null): Blob | null {
  const [opened, setOpened] = useState<{ id: string; blob: Blob | null } | null>(null);
  useEffect(() => {
    if (!uploadId) return;
    let current = true;
    void openPicture(uploadId).then((blob) => current && setOpened({ id: uploadId, blob }));
    return () => {
      current = false;
    };
  }, [uploadId]);
  return opened && opened.id === uploadId ? opened.blob : null;
}
