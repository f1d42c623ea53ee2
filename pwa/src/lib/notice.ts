/** A notice as the server pushes it (docs/push.md), and the screen that it leads to. */
export interface Notice {
  title: string;
  body: string;
  lang: string;
  tag: string;
  subject: string;
  subjectId: string;
}

/** The service worker asks an open page to show a screen. */
export interface OpenScreen {
  type: "OPEN_SCREEN";
  path: string;
}

/** Something came that changes what the phone shows: the page fetches it. */
export interface NoticeCame {
  type: "NOTICE_CAME";
}

/** Null where it is no notice of ours. */
export function readNotice(value: unknown): Notice | null {
  if (typeof value !== "object" || value === null) return null;
  const found = value as Record<string, unknown>;
  const text = (name: string) => (typeof found[name] === "string" ? found[name] : "");
  if (!text("title")) return null;
  return {
    title: text("title"),
    body: text("body"),
    lang: text("lang") || "en",
    tag: text("tag"),
    subject: text("subject"),
    subjectId: text("subjectId"),
  };
}

const ID = /^[0-9a-f-]{36}$/;

/** Where it is about a record of this phone, its screen; else Today. */
export function pathOf({ subject, subjectId }: Pick<Notice, "subject" | "subjectId">): string {
  if (subject === "REVIEW") return "/outbox";
  if (!ID.test(subjectId)) return "/";
  if (subject === "LOAN") return `/loans/${subjectId}`;
  return subject === "WELFARE" ? `/welfare/${subjectId}` : "/";
}
