import { type PointerEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import styles from "./members.module.css";

/** Written with a finger; kept as a small JPEG, black on white in any theme. */
export function SignatureField({ onChange }: { onChange: (picture: string | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const writing = useRef(false);
  const [empty, setEmpty] = useState(true);

  useEffect(() => clear(canvas.current), []);

  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = event.currentTarget.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale] as const;
  };
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
  };
  const stop = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!writing.current) return;
    writing.current = false;
    setEmpty(false);
    onChange(event.currentTarget.toDataURL("image/jpeg", 0.8));
  };

  return (
    <section className={styles.sub}>
      <h2>
        {t("form.signature")} <span className={styles.soft}>({t("field.optional")})</span>
      </h2>
      <canvas
        ref={canvas}
        width={640}
        height={300}
        className={styles.signature}
        role="img"
        aria-label={t("form.signatureHint")}
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={stop}
        onPointerCancel={stop}
      />
      {empty ? (
        <p className={styles.soft}>{t("form.signatureHint")}</p>
      ) : (
        <Button
          onClick={() => {
            clear(canvas.current);
            setEmpty(true);
            onChange(null);
          }}
        >
          {t("form.signatureClear")}
        </Button>
      )}
    </section>
  );
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
