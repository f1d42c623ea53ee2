/** Which pictures of a member there are, and where: on this phone, with the server, nowhere. */
import { useMemo } from "react";
import type { Member, PaperKind, Upload } from "../lib/model";
import { isUnsentUpload } from "../sync/upload-box";
import { useData } from "./data";

export interface Paper {
  kind: PaperKind;
  /** On its way, or refused. */
  upload: Upload | null;
  /** What the server has. */
  document: { id: string; at: string | number } | null;
  /** `unknown`: the copy is of an older version of the app, or the member has never been fetched. */
  where: "here" | "server" | "missing" | "unknown";
}

export function paperOf(member: Member, uploads: readonly Upload[], kind: PaperKind): Paper {
  const mine = uploads.filter((row) => row.memberId === member.id && row.kind === kind);
  const upload = mine.findLast(isUnsentUpload) ?? null;
  const sent = mine.findLast(({ status }) => status === "saved");
  const known = member.papers?.[kind];
  // What was sent a moment ago is newer than the copy of the member.
  const document =
    sent?.documentId && sent.settledAt !== null && (!known || known.id !== sent.documentId)
      ? newer({ id: sent.documentId, at: sent.settledAt }, known)
      : (known ?? null);
  if (upload) return { kind, upload, document, where: "here" };
  const where = document ? "server" : member.papers === null ? "unknown" : "missing";
  return { kind, upload, document, where };
}

function newer(sent: { id: string; at: number }, known: { id: string; at: string } | undefined) {
  return known && Date.parse(known.at) > sent.at ? known : sent;
}

export function usePaper(member: Member, kind: PaperKind): Paper {
  const uploads = useData((state) => state.uploads);
  return useMemo(() => paperOf(member, uploads, kind), [member, uploads, kind]);
}

/** For the rules about loans: a side that is on its way counts, since the loan waits for it. */
export function idSides(member: Member, uploads: readonly Upload[]) {
  const sides = new Set(withSides(member, uploads).idSides);
  return { hasIdFront: sides.has("front"), hasIdBack: sides.has("back") };
}

/** The member with the sides of the ID that are on this phone, too. */
export function withSides(member: Member, uploads: readonly Upload[]): Member {
  const here = (kind: PaperKind) => paperOf(member, uploads, kind).upload !== null;
  const sent = (kind: PaperKind) => paperOf(member, uploads, kind).document !== null;
  const known = new Set(member.idSides);
  if (here("ID_FRONT") || sent("ID_FRONT")) known.add("front");
  if (here("ID_BACK") || sent("ID_BACK")) known.add("back");
  return { ...member, idSides: [...known] };
}
