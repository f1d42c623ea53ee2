/** Pictures and papers of people: fetched with the token, kept in no cache, given as a blob's address. */
import { useEffect, useState } from "react";
import { accessToken } from "../lib/session";

export type DocumentFile = { state: "loading" | "failed" } | { state: "ready"; url: string };

export function useDocumentFile(path: string): DocumentFile {
  const [file, setFile] = useState<DocumentFile>({ state: "loading" });
  useEffect(() => {
    const controller = new AbortController();
    let url = "";
    setFile({ state: "loading" });
    fetchBlob(path, controller.signal)
      .then((blob) => {
        if (controller.signal.aborted) return;
        url = URL.createObjectURL(blob);
        setFile({ state: "ready", url });
      })
      .catch(() => {
        if (!controller.signal.aborted) setFile({ state: "failed" });
      });
    return () => {
      controller.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [path]);
  return file;
}

export async function fetchBlob(path: string, signal?: AbortSignal): Promise<Blob> {
  const token = await accessToken();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(path, { headers, signal, cache: "no-store" });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.blob();
}
