import { type PointerEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { FieldError } from "../../components/Field";
import { t } from "../../i18n";
import { toJpeg } from "../../platform/pictures";
import { isStorageFull } from "../../store/full";
import styles from "./papers.module.css";

interface Props {
  name: string;
  onPicture: (blob: Blob) => void | Promise<void>;
  onClose: () => void;
}

/** Written with a finger; kept as a small JPEG, black on white in any theme. */
export function SignatureDialog({ name, onPicture, onClose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const writing = useRef(false);
  const [empty, setEmpty] = useState(true);
  const [full, setFull] = useState(false);
  useEffect(() => clear(canvas.current), []);

  const start = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    writing.current = true;
    const context = pen(event.currentTarget);
    context?.beginPath();
    context?.moveTo(...point(event));
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!writing.current) return;
    const context = pen(event.currentTarget);
    context?.lineTo(...point(event));
    context?.stroke();
    setEmpty(false);
  };
  const stop = () => {
    writing.current = false;
  };
  const again = () => {
    clear(canvas.current);
    setEmpty(true);
  };
  const keep = async () => {
    if (!canvas.current) return;
    try {
      await onPicture(await toJpeg(canvas.current, 0.8));
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      setFull(true);
    }
  };
  return (
    <Dialog title={t("paper.SIGNATURE")} onClose={onClose}>
      <p>{name ? t("paper.signHere", { name }) : t("form.signatureHint")}</p>
      <canvas
        ref={canvas}
        width={640}
        height={320}
        className={styles.signature}
        role="img"
        aria-label={t("form.signatureHint")}
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={stop}
        onPointerCancel={stop}
        data-testid="signature-glass"
      />
      <FieldError id="signature-full" error={full ? t("paper.storageFull") : null} />
      <div className={styles.pair}>
        <Button onClick={again} disabled={empty}>
          {t("form.signatureClear")}
        </Button>
        <Button
          look="primary"
          disabled={empty}
          onClick={() => void keep()}
          data-testid="signature-keep"
        >
          {t("paper.keepSignature")}
        </Button>
      </div>
    </Dialog>
  );
}

function point(event: PointerEvent<HTMLCanvasElement>) {
  const box = event.currentTarget.getBoundingClientRect();
  const scale = event.currentTarget.width / box.width;
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale] as const;
}

function pen(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.lineWidth = 4;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = "#111111";
  return context;
}

function clear(canvas: HTMLCanvasElement | null): void {
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
}
