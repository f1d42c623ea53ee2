import type { Verdict } from "../../lib/measures";
import type { Box } from "../../platform/pictures";
import styles from "./camera.module.css";

const CORNER = 14;

/** All but the card is dimmed; a side turns green when the card's edge lies along it. */
export function Outline({
  box: { x, y, width, height },
  portrait,
  verdict,
}: {
  box: Box;
  portrait: boolean;
  verdict: Verdict | null;
}) {
  const round = portrait ? { rx: width / 2, ry: height / 2 } : { rx: CORNER, ry: CORNER };
  const edges = portrait ? null : verdict?.edges;
  const side = (found: boolean | undefined, x1: number, y1: number, x2: number, y2: number) => (
    <line x1={x1} y1={y1} x2={x2} y2={y2} className={found ? styles.found : styles.side} />
  );
  const gap = 24;
  return (
    <svg className={styles.outline} aria-hidden="true">
      <defs>
        <mask id="hole">
          <rect width="100%" height="100%" fill="white" />
          <rect x={x} y={y} width={width} height={height} {...round} fill="black" />
        </mask>
      </defs>
      <rect width="100%" height="100%" className={styles.dim} mask="url(#hole)" />
      <rect x={x} y={y} width={width} height={height} {...round} className={styles.frame} />
      {!portrait && (
        <>
          {side(edges?.top, x + gap, y, x + width - gap, y)}
          {side(edges?.bottom, x + gap, y + height, x + width - gap, y + height)}
          {side(edges?.left, x, y + gap, x, y + height - gap)}
          {side(edges?.right, x + width, y + gap, x + width, y + height - gap)}
        </>
      )}
    </svg>
  );
}
