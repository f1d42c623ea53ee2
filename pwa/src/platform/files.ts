/** Hands files to the officer: the share sheet where there is one, else a download. */
export type HandedBy = "shared" | "downloaded" | "cancelled";

/** A text file: the only kind besides pictures that every phone's share sheet takes. */
export const textFile = (name: string, contents: string) =>
  new File([plain(contents)], name, { type: "text/plain" });

/** A no-break space would make an SMS of 160 letters one of 70. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

export async function handOver(file: File, text?: string): Promise<HandedBy> {
  // Desktop browsers offer a share sheet that leads nowhere.
  if (/Android|iPhone|iPad/.test(navigator.userAgent) && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({
        files: [file],
        title: file.name,
        ...(text ? { text: plain(text) } : {}),
      });
      return "shared";
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return "cancelled";
    }
  }
  download(file);
  return "downloaded";
}

/** Words alone: the share sheet, else the clipboard. False where neither takes them. */
export async function shareText(words: string): Promise<"shared" | "copied" | "cancelled" | null> {
  const text = plain(words);
  if (/Android|iPhone|iPad/.test(navigator.userAgent) && "share" in navigator) {
    try {
      await navigator.share({ text });
      return "shared";
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return "cancelled";
    }
  }
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    return null;
  }
}

export function download(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
