/**
 * Positions arrive at any pace; the page is drawn at one. The buffer keeps the newest position of
 * each officer and hands over what changed once a frame, so that a thousand moving officers cost one
 * update a second instead of two hundred.
 */
import type { PositionFragment } from "../../gen/graphql";

export const FRAME_MS = 1_000;

export class FrameBuffer {
  private waiting = new Map<string, PositionFragment>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly draw: (moved: PositionFragment[]) => void) {}

  push(position: PositionFragment): void {
    const before = this.waiting.get(position.officer.id);
    if (before && !isNewer(position, before)) return;
    this.waiting.set(position.officer.id, position);
    this.timer ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const moved = [...this.waiting.values()];
    this.waiting.clear();
    if (moved.length > 0) this.draw(moved);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
  }
}

export function isNewer(a: PositionFragment, b: PositionFragment): boolean {
  return Date.parse(a.recordedAt) >= Date.parse(b.recordedAt);
}

/** The newest of both for each officer: a phone back from a dead zone sends old positions late. */
export function mergePositions(
  shown: readonly PositionFragment[],
  moved: readonly PositionFragment[],
): PositionFragment[] {
  const merged = new Map(shown.map((position) => [position.officer.id, position]));
  for (const position of moved) {
    const before = merged.get(position.officer.id);
    if (!before || isNewer(position, before)) merged.set(position.officer.id, position);
  }
  return [...merged.values()];
}
