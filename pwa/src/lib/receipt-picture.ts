/**
 * A receipt drawn as a picture: paper, whatever the phone's own colours are, since it is looked
 * at on other phones. The stamp says in words, colour and frame whether it is in the books.
 */
const WIDTH = 720;
const PAD = 48;
const INK = "#1b1f1d";
const SOFT = "#55605b";
const LINE = "#e3e1da";
const STAMPS = { yes: "#0b6b4a", office: "#1e5aa8", no: "#9a5b00" } as const;
const FONT = "system-ui, Roboto, sans-serif";

/** The words of a receipt. `state`: in the books; there without its place; on one phone only. */
export interface Sheet {
  group: string;
  title: string;
  date: string;
  state: keyof typeof STAMPS;
  stateWord: string;
  rows: {
    what: string;
    detail: string;
    number: string;
    amount: string;
    state: keyof typeof STAMPS;
  }[];
  totals: { label: string; amount: string }[];
  foot: string;
  /** Where anyone can check it; null where the deployment has no address of its own. */
  check: string | null;
}

interface Pen {
  context: CanvasRenderingContext2D;
  y: number;
}

export async function drawReceipt(sheet: Sheet): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  // Once on a canvas of no height, to know how high it must be.
  const height = draw(canvas, sheet);
  canvas.height = height;
  draw(canvas, sheet);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("this browser cannot draw"));
    }, "image/png");
  });
}

function draw(canvas: HTMLCanvasElement, sheet: Sheet): number {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser cannot draw");
  const pen: Pen = { context, y: PAD };
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  text(pen, sheet.group, { size: 26, colour: SOFT });
  text(pen, sheet.title, { size: 38, weight: 700 });
  text(pen, sheet.date, { size: 26, colour: SOFT });
  pen.y += 12;
  stamp(pen, sheet);
  rule(pen);
  for (const row of sheet.rows) {
    pair(pen, row.what, row.amount, { size: 30, weight: 600 });
    text(pen, [row.number, row.detail].filter(Boolean).join(" · "), { size: 22, colour: SOFT });
    pen.y += 14;
  }
  rule(pen);
  for (const { label, amount } of sheet.totals) pair(pen, label, amount, { size: 34, weight: 700 });
  pen.y += 12;
  text(pen, sheet.foot, { size: 22, colour: SOFT });
  if (sheet.check) text(pen, sheet.check, { size: 22, colour: SOFT });
  return Math.ceil(pen.y + PAD - 8);
}

interface Style {
  size: number;
  weight?: number;
  colour?: string;
}

function use({ context }: Pen, { size, weight = 400, colour = INK }: Style): void {
  context.font = `${weight} ${size}px ${FONT}`;
  context.fillStyle = colour;
  context.textBaseline = "top";
}

/** Words, broken into as many lines as they need. */
function text(pen: Pen, words: string, style: Style, width = WIDTH - 2 * PAD): void {
  use(pen, style);
  for (const line of linesOf(pen.context, words, width)) {
    pen.context.fillText(line, PAD, pen.y);
    pen.y += style.size * 1.35;
  }
}

export function linesOf(
  context: Pick<CanvasRenderingContext2D, "measureText">,
  words: string,
  width: number,
): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || context.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** A word on the left and an amount on the right. */
function pair(pen: Pen, left: string, right: string, style: Style): void {
  use(pen, style);
  const taken = pen.context.measureText(right).width;
  pen.context.fillText(right, WIDTH - PAD - taken, pen.y);
  text(pen, left, style, WIDTH - 2 * PAD - taken - 24);
}

function stamp(pen: Pen, { state, stateWord }: Sheet): void {
  const style = { size: 26, weight: 700, colour: STAMPS[state] };
  use(pen, style);
  const lines = linesOf(pen.context, stateWord, WIDTH - 2 * PAD - 40);
  const height = lines.length * style.size * 1.35 + 28;
  pen.context.strokeStyle = style.colour;
  pen.context.lineWidth = 3;
  pen.context.strokeRect(PAD, pen.y, WIDTH - 2 * PAD, height);
  lines.forEach((line, i) => {
    pen.context.fillText(line, PAD + 20, pen.y + 16 + i * style.size * 1.35);
  });
  pen.y += height + 12;
}

function rule(pen: Pen): void {
  pen.y += 12;
  pen.context.fillStyle = LINE;
  pen.context.fillRect(PAD, pen.y, WIDTH - 2 * PAD, 2);
  pen.y += 24;
}
