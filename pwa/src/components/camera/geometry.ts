/** Where the outline stands on the screen, and which pixels of the camera lie under it. */
import type { Box } from "../../platform/pictures";

/** An ID card (ISO 7810 ID-1), and a portrait. Width by height. */
export const SHAPES = { card: 85.6 / 53.98, portrait: 3 / 4 } as const;
export type Shape = keyof typeof SHAPES;

interface Size {
  width: number;
  height: number;
}

/** As large as the screen allows, with room for the words above and the shutter below. */
export function outlineOn(screen: Size, shape: Shape): Box {
  const ratio = SHAPES[shape];
  const width = Math.min(screen.width * 0.92, (screen.height - 300) * ratio, 720);
  const height = width / ratio;
  return {
    x: (screen.width - width) / 2,
    // A little above the middle: the shutter needs more room than the words.
    y: Math.max(88, (screen.height - height) / 2 - 40),
    width,
    height,
  };
}

/** The same place in the camera's picture, which covers the screen (object-fit: cover). */
export function underneath(outline: Box, screen: Size, video: Size): Box {
  const scale = Math.max(screen.width / video.width, screen.height / video.height);
  const left = (video.width - screen.width / scale) / 2;
  const top = (video.height - screen.height / scale) / 2;
  return {
    x: left + outline.x / scale,
    y: top + outline.y / scale,
    width: outline.width / scale,
    height: outline.height / scale,
  };
}

/** With a margin, so that a card held a little beside the outline is whole. */
export function withMargin({ x, y, width, height }: Box, share: number, video: Size): Box {
  const left = Math.max(0, x - width * share);
  const top = Math.max(0, y - height * share);
  return {
    x: left,
    y: top,
    width: Math.min(video.width, x + width * (1 + share)) - left,
    height: Math.min(video.height, y + height * (1 + share)) - top,
  };
}
