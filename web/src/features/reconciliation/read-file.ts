/**
 * A bank's file as text. Banks write UTF-8, UTF-16 with its mark, or Windows-1252; what is no
 * UTF-8 can only be the last.
 */
export async function readCsv(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

export type WrongRow = { line: number; column: string; code: string; message: string };

/** The server names a wrong cell `csv.<line>.<column>`. */
export function wrongRows(
  failures: readonly { code: string; message: string; field?: string }[],
): WrongRow[] {
  return failures.flatMap(({ code, message, field }) => {
    const found = /csv\.(\d+)(?:\.(.+))?$/.exec(field ?? "");
    return found ? [{ line: Number(found[1]), column: found[2] ?? "", code, message }] : [];
  });
}
