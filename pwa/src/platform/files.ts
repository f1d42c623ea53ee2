/** Hands files to the officer: the share sheet where there is one, else a download. */
export type HandedBy = "shared" | "downloaded" | "cancelled";

/** A text file: the only kind besides pictures that every phone's share sheet takes. */
export const textFile = (name: string, contents: string) =>
  new File([contents], name, { type: "text/plain" });

export async function handOver(file: File, text?: string): Promise<HandedBy> {
  // Desktop browsers offer a share sheet that leads nowhere.
  if (/Android|iPhone|iPad/.test(navigator.userAgent) && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title: file.name, ...(text ? { text } : {}) });
      return "shared";
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return "cancelled";
    }
  }
  download(file);
  return "downloaded";
}

/** Words alone: the share sheet, else the clipboard. False where neither takes them. */
export async function shareText(text: string): Promise<"shared" | "copied" | "cancelled" | null> {
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
