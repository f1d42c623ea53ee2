/** Tells every tab (this one too) what a run of the sync engine, here or in the service worker, did. */
export type Notice =
  | { kind: "outbox"; userId: string }
  /** Pictures; `active` is the one that is going up now. */
  | { kind: "uploads"; userId: string; active: string | null }
  /** Ids that changed, or null for "read everything again". */
  | { kind: "data"; userId: string; memberIds: string[] | null; groupIds: string[] | null }
  | { kind: "progress"; userId: string; progress: Progress };

export type Problem = "offline" | "server" | "signIn" | "storage" | null;

export interface Progress {
  phase: "idle" | "push" | "pull";
  done: number;
  total: number;
  problem: Problem;
}

const NAME = "tablebanking";
const here = new Set<(notice: Notice) => void>();
let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (!channel && typeof BroadcastChannel !== "undefined") {
    channel = new BroadcastChannel(NAME);
    channel.onmessage = (event: MessageEvent<Notice>) => {
      for (const listener of here) listener(event.data);
    };
  }
  return channel;
}

export function notify(notice: Notice): void {
  open()?.postMessage(notice);
  for (const listener of here) listener(notice);
}

export function onNotice(listener: (notice: Notice) => void): () => void {
  open();
  here.add(listener);
  return () => here.delete(listener);
}
