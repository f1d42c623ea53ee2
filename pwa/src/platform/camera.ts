/**
 * Pictures: taken by the phone's camera app or chosen from its files, and made small enough
 * to go up over a weak signal. A native shell will put its camera behind the same function.
 */
const MAX_DATA_URI = 1_000_000;
const LONG_SIDES = [1600, 1280, 1024, 800, 640] as const;

export class NotAPicture extends Error {}

/** A JPEG data URI under 1 MB. */
export async function shrinkPicture(file: Blob): Promise<string> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (cause) {
    throw new NotAPicture("the file cannot be read as a picture", { cause });
  }
  try {
    for (const longSide of LONG_SIDES) {
      const uri = draw(picture, longSide);
      if (uri.length < MAX_DATA_URI) return uri;
    }
  } finally {
    picture.close();
  }
  throw new NotAPicture("the picture is too large");
}

function draw(picture: ImageBitmap, longSide: number): string {
  const scale = Math.min(1, longSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new NotAPicture("this browser cannot draw");
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.8);
}
