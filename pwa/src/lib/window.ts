/** Which rows of a long list are near the window, when each has a height of its own. */
export interface Slice {
  first: number;
  /** Past the last. */
  end: number;
  /** The height of all rows before and after. */
  before: number;
  after: number;
}

/** `top` is where the window begins, from the top of the list; rows within `spare` of it count. */
export function sliceOf(
  heights: readonly number[],
  top: number,
  height: number,
  spare: number,
): Slice {
  const from = top - spare;
  const to = top + height + spare;
  const slice: Slice = { first: heights.length, end: heights.length, before: 0, after: 0 };
  let y = 0;
  for (const [i, rowHeight] of heights.entries()) {
    const bottom = y + rowHeight;
    if (bottom <= from) slice.before = bottom;
    else if (slice.first === heights.length && y < to) slice.first = i;
    if (y >= to) {
      slice.end = Math.min(slice.end, i);
      slice.after += rowHeight;
    }
    y = bottom;
  }
  slice.first = Math.min(slice.first, slice.end);
  return slice;
}
