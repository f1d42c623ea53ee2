/** Sharp, glaring, inside the outline: judged on drawn cards. */
import { describe, expect, it } from "vitest";
import {
  brightness,
  DARK,
  edgesAlong,
  type Frame,
  GLARE,
  glare,
  greyOf,
  SHARP,
  sharpness,
  verdictOf,
} from "../src/lib/measures";

type Paint = (x: number, y: number) => number;

function draw(width: number, height: number, paint: Paint): Frame {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = paint(x, y);
      data.set([value, value, value, 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** Print: strokes three pixels wide on a light ground. */
const print: Paint = (x, y) => (y % 16 < 10 && x % 9 < 3 ? 60 : 190);

/** The mean of the square around: what a lens out of focus does. */
function blurred(paint: Paint, radius: number): Paint {
  return (x, y) => {
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy += 1) {
      for (let dx = -radius; dx <= radius; dx += 1) sum += paint(x + dx + 90, y + dy + 160);
    }
    return sum / (2 * radius + 1) ** 2;
  };
}

const OUTLINE = { x: 30, y: 20, width: 180, height: 113 };
const inside = (x: number, y: number, box = OUTLINE) =>
  x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;

describe("sharpness", () => {
  it("tells print from smeared print, and from no print at all", () => {
    const of = (paint: Paint) => sharpness(greyOf(draw(240, 150, paint)));
    expect(of(print)).toBeGreaterThan(SHARP * 5);
    expect(of(blurred(print, 4))).toBeLessThan(SHARP);
    expect(of(() => 128)).toBe(0);
  });
});

describe("glare", () => {
  it("is a patch of light that hides print; white paper without one is none", () => {
    const patch: Paint = (x, y) => ((x - 120) ** 2 + (y - 75) ** 2 < 35 ** 2 ? 255 : print(x, y));
    expect(glare(draw(240, 150, patch))).toBeGreaterThan(GLARE);
    expect(glare(draw(240, 150, print))).toBe(0);
    const strong = draw(240, 150, () => 240);
    expect(glare(strong)).toBe(0);
  });

  it("needs all three colours burnt out: a yellow stripe is no glare", () => {
    const yellow = draw(60, 40, () => 255);
    for (let p = 2; p < yellow.data.length; p += 4) yellow.data[p] = 0;
    expect(glare(yellow)).toBe(0);
  });
});

describe("the card's edges", () => {
  const table = (box = OUTLINE) =>
    greyOf(draw(240, 153, (x, y) => (inside(x, y, box) ? print(x, y) : 30)));

  it("are found where the card fills the outline", () => {
    expect(edgesAlong(table(), OUTLINE)).toEqual({
      top: true,
      right: true,
      bottom: true,
      left: true,
    });
  });

  it("are missed where the card is too far away or beside it", () => {
    const blank = (box: typeof OUTLINE) =>
      greyOf(draw(240, 153, (x, y) => (inside(x, y, box) ? 200 : 30)));
    const small = { x: 70, y: 45, width: 100, height: 63 };
    expect(edgesAlong(blank(small), OUTLINE)).toEqual({
      top: false,
      right: false,
      bottom: false,
      left: false,
    });
    const beside = { ...OUTLINE, x: 80 };
    expect(edgesAlong(blank(beside), OUTLINE)).toMatchObject({ left: false, right: false });
  });

  it("are not seen on an empty table", () => {
    expect(Object.values(edgesAlong(greyOf(draw(240, 153, () => 90)), OUTLINE))).not.toContain(
      true,
    );
  });
});

describe("the verdict", () => {
  it("says all of it at once", () => {
    const night = draw(240, 150, () => 20);
    expect(verdictOf(night, night, night, OUTLINE)).toMatchObject({
      dark: true,
      blurred: true,
      glaring: false,
    });
    expect(brightness(greyOf(night))).toBeLessThan(DARK);
  });

  it("is cheap enough for a slow phone: a few times a second", () => {
    const frame = draw(320, 220, print);
    verdictOf(frame, frame, frame, OUTLINE);
    const start = performance.now();
    for (let i = 0; i < 10; i += 1) verdictOf(frame, frame, frame, OUTLINE);
    expect((performance.now() - start) / 10).toBeLessThan(25);
  });
});
