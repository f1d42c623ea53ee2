/** The camera over the whole screen, with the outline of what is to be taken. */
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { t } from "../../i18n";
import type { Verdict } from "../../lib/measures";
import type { PaperKind } from "../../lib/model";
import { NotAPicture, SMALLEST_SIDE, shrinkPicture } from "../../platform/pictures";
import { Button, IconButton } from "../Button";
import { Icon } from "../Icon";
import styles from "./camera.module.css";
import { Outline } from "./Outline";
import { Review } from "./Review";
import { examine } from "./sample";
import { type Taken, useCamera } from "./use-camera";

interface Props {
  kind: Exclude<PaperKind, "SIGNATURE">;
  /** Whose. */
  name: string;
  onPicture: (blob: Blob) => void | Promise<void>;
  onClose: () => void;
}

export function CameraScreen({ kind, name, onPicture, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const portrait = kind === "PHOTO";
  const camera = useCamera(
    portrait ? "portrait" : "card",
    // The officer photographs the member, not themselves.
    "environment",
    taken === null,
  );
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    try {
      setTaken(await fromGallery(file));
      setWrong(null);
    } catch (error) {
      if (!(error instanceof NotAPicture)) throw error;
      setWrong(error.message === "small" ? t("camera.tooSmall") : t("camera.notPicture"));
    }
  };
  const shoot = async () => setTaken(await camera.take());
  const title = t(`paper.${kind}`);
  return (
    <dialog
      ref={dialog}
      className={styles.screen}
      aria-label={`${title}: ${name}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {taken ? (
        <Review
          taken={taken}
          title={title}
          portrait={portrait}
          onUse={() => onPicture(taken.blob)}
          onAgain={() => setTaken(null)}
        />
      ) : (
        <>
          {!camera.problem && (
            <video ref={camera.video} className={styles.video} playsInline muted aria-hidden />
          )}
          {!camera.problem && (
            <Outline box={camera.outline} portrait={portrait} verdict={camera.verdict} />
          )}
          <div className={styles.top}>
            <IconButton icon="close" label={t("nav.close")} onClick={onClose} />
            <span className={styles.title}>
              <strong>{title}</strong>
              <span>{name}</span>
            </span>
          </div>
          {camera.problem ? (
            <div className={styles.problem} role="alert">
              <Icon name="camera" size={40} />
              <p>{t(`camera.${camera.problem}`)}</p>
              {camera.problem !== "unsupported" && (
                <Button look="primary" onClick={camera.again}>
                  {t("camera.tryAgain")}
                </Button>
              )}
            </div>
          ) : (
            <p
              className={styles.hint}
              role="status"
              style={{ top: camera.outline.y + camera.outline.height + 16 }}
            >
              {hint(camera.ready, camera.verdict, portrait)}
            </p>
          )}
          <div className={styles.bottom}>
            {wrong && (
              <p className={styles.wrong} role="alert">
                {wrong}
              </p>
            )}
            <div className={styles.controls}>
              <label className={styles.gallery}>
                <Icon name="picture" />
                <span>{t("camera.gallery")}</span>
                <input
                  type="file"
                  accept="image/*"
                  onChange={(event) => void choose(event)}
                  data-testid="camera-gallery"
                />
              </label>
              <button
                type="button"
                className={styles.shutter}
                aria-label={t("camera.take")}
                disabled={!camera.ready}
                onClick={() => void shoot()}
                data-testid="camera-shutter"
              />
              {camera.torch ? (
                <button
                  type="button"
                  className={styles.lamp}
                  aria-pressed={camera.torch.on}
                  onClick={camera.torch.toggle}
                >
                  <Icon name="torch" />
                  <span>{t("camera.torch")}</span>
                </button>
              ) : (
                <span />
              )}
            </div>
          </div>
        </>
      )}
    </dialog>
  );
}

/** Judged like a frame of the camera, as if the card filled it. */
async function fromGallery(file: Blob): Promise<Taken> {
  const blob = await shrinkPicture(file);
  const picture = await createImageBitmap(blob);
  const { width, height } = picture;
  try {
    if (Math.min(width, height) < SMALLEST_SIDE) throw new NotAPicture("small");
    return { blob, verdict: examine(picture, { x: 0, y: 0, width, height }, { width, height }) };
  } finally {
    picture.close();
  }
}

/** The most urgent thing to do, one at a time. */
function hint(ready: boolean, verdict: Verdict | null, portrait: boolean): string {
  if (!ready || !verdict) return t("camera.starting");
  if (verdict.dark) return t("camera.dark");
  if (portrait) return t("camera.face");
  const { top, right, bottom, left } = verdict.edges;
  if ([top, right, bottom, left].filter(Boolean).length < 3) return t("camera.edges");
  if (verdict.glaring) return t("camera.glare");
  if (verdict.blurred) return t("camera.blurred");
  return t("camera.good");
}
