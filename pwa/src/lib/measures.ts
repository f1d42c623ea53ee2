/**
 * What a frame of the camera looks like, cheap enough to ask a few times a second on a slow
 * phone: is it sharp, does it glare, do a card's edges lie where the outline is? Frames are some
 * 320 pixels wide; plain arithmetic on their bytes, so that drawn pictures can test it.
 */
export interface Frame {
  width: number;
  height: number;
  /** Red, green, blue, alpha. */
  data: Uint8ClampedArray | Uint8Array;
}

export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface Verdict {
  blurred: boolean;
  glaring: boolean;
  dark: boolean;
  /** Which of the four sides of the outline have an edge along them. */
  edges: { top: boolean; right: boolean; bottom: boolean; left: boolean };
}

/** Below this variance of the Laplacian the print of a card cannot be read. */
export const SHARP = 60;
/** This share of white-out hides some of the print. */
export const GLARE = 0.04;
/** Darker than this on average, the camera only guesses. */
export const DARK = 45;
const WHITE = 250;

export function greyOf({ width, height, data }: Frame): Grey {
  const grey = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < grey.length; i += 1, p += 4) {
    // Rec. 601 in 8-bit integers.
    grey[i] = (77 * (data[p] ?? 0) + 150 * (data[p + 1] ?? 0) + 29 * (data[p + 2] ?? 0)) >> 8;
  }
  return { width, height, data: grey };
}

/** Variance of the Laplacian: much where there are fine lines, next to nothing where all is smeared. */
export function sharpness({ width, height, data }: Grey): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1, i = y * width + 1; x < width - 1; x += 1, i += 1) {
      const around = at(data, i - 1) + at(data, i + 1) + at(data, i - width) + at(data, i + width);
      const value = around - 4 * at(data, i);
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  if (count === 0) return 0;
  return squares / count - (sum / count) ** 2;
}

const at = (data: Uint8Array, i: number): number => data[i] as number;

/** The share of pixels that are burnt out in all three colours. */
export function glare({ width, height, data }: Frame): number {
  let burnt = 0;
  for (let p = 0; p < data.length; p += 4) {
    const least = Math.min(data[p] ?? 0, data[p + 1] ?? 0, data[p + 2] ?? 0);
    if (least >= WHITE) burnt += 1;
  }
  return burnt / Math.max(1, width * height);
}

export function brightness({ data }: Grey): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum / Math.max(1, data.length);
}

const STEP = 18;
/** How far beside the outline the edge may lie, as a share of the shorter side. */
const SLACK = 0.07;
/** How much of a side must show it. */
const ENOUGH = 0.55;

/** Where the outline is, in pixels of the frame. */
export interface Outline {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A side is there if most places along it have a step from light to dark close to it. */
export function edgesAlong(grey: Grey, { x, y, width, height }: Outline): Verdict["edges"] {
  const slack = Math.max(2, Math.round(Math.min(width, height) * SLACK));
  const row = (at: number) => side(grey, x, width, at, slack, true);
  const column = (at: number) => side(grey, y, height, at, slack, false);
  return {
    top: row(y),
    bottom: row(y + height),
    left: column(x),
    right: column(x + width),
  };
}

function side(
  { width, height, data }: Grey,
  from: number,
  length: number,
  line: number,
  slack: number,
  level: boolean,
): boolean {
  const across = level ? height : width;
  const step = level ? width : 1;
  let found = 0;
  let places = 0;
  // The rounded corners have no edge on the line.
  for (let along = from + length * 0.1; along < from + length * 0.9; along += 2) {
    const fixed = Math.round(along);
    if (fixed < 0 || fixed >= (level ? width : height)) continue;
    places += 1;
    for (
      let over = Math.max(1, line - slack);
      over <= Math.min(across - 2, line + slack);
      over += 1
    ) {
      const i = level ? Math.round(over) * width + fixed : fixed * width + Math.round(over);
      if (Math.abs((data[i + step] ?? 0) - (data[i - step] ?? 0)) >= STEP) {
        found += 1;
        break;
      }
    }
  }
  return places > 0 && found / places >= ENOUGH;
}

/**
 * `card` alone is judged for light: what lies around it may be as dark or bright as it likes.
 * `detail` is the middle of it, as sharp as it will go up; `around` has the outline in it.
 */
export function verdictOf(card: Frame, detail: Frame, around: Frame, outline: Outline): Verdict {
  return {
    blurred: sharpness(greyOf(detail)) < SHARP,
    glaring: glare(card) > GLARE,
    dark: brightness(greyOf(card)) < DARK,
    edges: edgesAlong(greyOf(around), outline),
  };
}
