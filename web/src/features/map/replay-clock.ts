/**
 * The time that is played back. It runs outside React: the map follows each frame, the page only
 * looks at whole minutes, so that a thousand officers cost no rendering.
 */
type Listener = (second: number) => void;

export class ReplayClock {
  playing = false;
  /** Seconds of the day that pass in one. */
  speed = 600;
  second: number;
  private readonly listeners = new Set<Listener>();
  private frame = 0;
  private last = 0;

  constructor(
    readonly first: number,
    readonly end: number,
    second: number,
  ) {
    this.second = Math.min(Math.max(second, first), end);
  }

  play(): void {
    if (this.second >= this.end) this.set(this.first);
    this.playing = true;
    this.last = performance.now();
    this.frame = requestAnimationFrame(this.step);
    this.tell();
  }

  pause(): void {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.tell();
  }

  set(second: number): void {
    this.second = Math.min(Math.max(second, this.first), this.end);
    this.tell();
  }

  follow(listener: Listener): () => void {
    this.listeners.add(listener);
    listener(this.second);
    return () => this.listeners.delete(listener);
  }

  private readonly step = (now: number) => {
    if (!this.playing) return;
    const next = this.second + ((now - this.last) / 1000) * this.speed;
    this.last = now;
    if (next >= this.end) this.playing = false;
    else this.frame = requestAnimationFrame(this.step);
    this.set(next);
  };

  private tell(): void {
    for (const listener of this.listeners) listener(this.second);
  }
}
