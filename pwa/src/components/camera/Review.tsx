import { useState } from "react";
import { type Key, t } from "../../i18n";
import type { Verdict } from "../../lib/measures";
import { isStorageFull } from "../../store/full";
import { Button } from "../Button";
import { FieldError } from "../Field";
import { Icon } from "../Icon";
import { usePictureUrl } from "../use-picture-url";
import styles from "./camera.module.css";
import type { Taken } from "./use-camera";

interface Props {
  taken: Taken;
  title: string;
  portrait: boolean;
  onUse: () => void | Promise<void>;
  onAgain: () => void;
}

/** Look before it is kept: what may be wrong with it is said here once more. */
export function Review({ taken, title, portrait, onUse, onAgain }: Props) {
  const url = usePictureUrl(taken.blob);
  const [busy, setBusy] = useState(false);
  const [full, setFull] = useState(false);
  const warnings = portrait ? [] : warningsOf(taken.verdict);
  const use = async () => {
    setBusy(true);
    try {
      await onUse();
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      setFull(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.review}>
      <h2>{title}</h2>
      {url && <img src={url} alt={title} />}
      <p className={styles.question}>{t(portrait ? "camera.faceClear" : "camera.readable")}</p>
      {warnings.map((key) => (
        <p key={key} className={styles.warning} role="alert">
          <Icon name="alert" size={20} /> {t(key)}
        </p>
      ))}
      <FieldError id="storage-full" error={full ? t("paper.storageFull") : null} />
      <div className={styles.answers}>
        <Button onClick={onAgain} data-testid="camera-again">
          {t("camera.again")}
        </Button>
        <Button look="primary" disabled={busy} onClick={() => void use()} data-testid="camera-use">
          {t("camera.use")}
        </Button>
      </div>
    </div>
  );
}

function warningsOf(verdict: Verdict | null): Key[] {
  if (!verdict) return [];
  const found: Key[] = [];
  if (verdict.dark) found.push("camera.wasDark");
  if (verdict.glaring) found.push("camera.wasGlaring");
  if (verdict.blurred) found.push("camera.wasBlurred");
  return found;
}
