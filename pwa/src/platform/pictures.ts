/** Pictures made small enough to go up over a weak signal, and still sharp enough to read. */
export class NotAPicture extends Error {}

/** What the server still reads well of an ID card, and a bad line still carries. */
export const MAX_PICTURE_BYTES = 400_000;
export const LONG_SIDE = 1600;
/** The server refuses what is smaller (docs/documents.md). */
export const SMALLEST_SIDE = 200;
const QUALITIES = [0.85, 0.75, 0.65] as const;
const STEP = 0.8;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Options {
  longSide?: number;
  maxBytes?: number;
  /** Only this part of it, in the picture's own pixels. */
  crop?: Box;
}

/** A JPEG of a file from the gallery, upright, without whatever else lay in the file. */
export async function shrinkPicture(file: Blob, options: Options = {}): Promise<Blob> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (cause) {
    throw new NotAPicture("the file cannot be read as a picture", { cause });
  }
  try {
    return await encode(picture, picture.width, picture.height, options);
  } finally {
    picture.close();
  }
}

/** What the camera shows at this moment. */
export function takeFrame(video: HTMLVideoElement, options: Options = {}): Promise<Blob> {
  return encode(video, video.videoWidth, video.videoHeight, options);
}

async function encode(
  source: CanvasImageSource,
  fullWidth: number,
  fullHeight: number,
  { longSide = LONG_SIDE, maxBytes = MAX_PICTURE_BYTES, crop }: Options,
): Promise<Blob> {
  const box = crop ?? { x: 0, y: 0, width: fullWidth, height: fullHeight };
  const canvas = document.createElement("canvas");
  let scale = Math.min(1, longSide / Math.max(box.width, box.height));
  for (;;) {
    draw(canvas, source, box, scale);
    for (const quality of QUALITIES) {
      const blob = await toJpeg(canvas, quality);
      if (blob.size <= maxBytes) return blob;
    }
    scale *= STEP;
    if (Math.min(box.width, box.height) * scale < 64) throw new NotAPicture("it stays too large");
  }
}

function draw(canvas: HTMLCanvasElement, source: CanvasImageSource, box: Box, scale: number): void {
  canvas.width = Math.max(1, Math.round(box.width * scale));
  canvas.height = Math.max(1, Math.round(box.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new NotAPicture("this browser cannot draw");
  // What is transparent in a PNG would become black.
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  const { x, y, width, height } = box;
  context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
}

export function toJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new NotAPicture("this browser cannot encode"))),
      "image/jpeg",
      quality,
    );
  });
}
