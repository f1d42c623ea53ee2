/**
 * The outbox as one text file: first what a person reads, then the same for the app. As text,
 * because that is what phones let each other share; nothing in it depends on line ends.
 */
const BEGIN = "-----BEGIN TABLE BANKING-----";
const END = "-----END TABLE BANKING-----";

export class NotAParcel extends Error {}

export function wrap(readable: string, contents: unknown): string {
  return `${readable}\n\n${BEGIN}\n${JSON.stringify(contents, null, 1)}\n${END}\n`;
}

/** What `wrap` has put in. Throws NotAParcel for any other file, and for one that was cut off. */
export function unwrap(text: string): unknown {
  // The last one: the readable part may quote anything.
  const begin = text.lastIndexOf(BEGIN);
  const end = text.lastIndexOf(END);
  if (begin < 0 || end < begin) throw new NotAParcel("no such file, or cut off");
  try {
    return JSON.parse(text.slice(begin + BEGIN.length, end)) as unknown;
  } catch (cause) {
    throw new NotAParcel("the contents were changed", { cause });
  }
}
