/** Cuts small frames out of the camera's picture for lib/measures.ts. */
import { type Frame, type Verdict, verdictOf } from "../../lib/measures";
import type { Box } from "../../platform/pictures";

/** The card with a rim around it, where its edges may lie. */
const RIM = 0.12;
const WHOLE_WIDTH = 240;
/** Print is judged as sharp as it will go up: the card this wide, and only its middle. */
const CARD_WIDTH = 900;
const DETAIL = 0.4;

type Source = CanvasImageSource;
let canvas: HTMLCanvasElement | null = null;

/** `box` is where the card is, in the source's own pixels. */
export function examine(
  source: Source,
  box: Box,
  size: { width: number; height: number },
): Verdict {
  const rim = { x: box.width * RIM, y: box.height * RIM };
  const around = within(
    {
      x: box.x - rim.x,
      y: box.y - rim.y,
      width: box.width + 2 * rim.x,
      height: box.height + 2 * rim.y,
    },
    size,
  );
  const scale = WHOLE_WIDTH / around.width;
  const whole = cut(source, around, scale);
  const outline = {
    x: (box.x - around.x) * scale,
    y: (box.y - around.y) * scale,
    width: box.width * scale,
    height: box.height * scale,
  };
  const card = cut(source, box, WHOLE_WIDTH / box.width);
  const middle = {
    x: box.x + (box.width * (1 - DETAIL)) / 2,
    y: box.y + (box.height * (1 - DETAIL)) / 2,
    width: box.width * DETAIL,
    height: box.height * DETAIL,
  };
  const detail = cut(source, middle, Math.min(1, CARD_WIDTH / box.width));
  return verdictOf(card, detail, whole, outline);
}

function within({ x, y, width, height }: Box, size: { width: number; height: number }): Box {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  return {
    x: left,
    y: top,
    width: Math.min(size.width, x + width) - left,
    height: Math.min(size.height, y + height) - top,
  };
}

function cut(source: Source, { x, y, width, height }: Box, scale: number): Frame {
  canvas ??= document.createElement("canvas");
  canvas.width = Math.max(3, Math.round(width * scale));
  canvas.height = Math.max(3, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return { width: 0, height: 0, data: new Uint8ClampedArray() };
  context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
