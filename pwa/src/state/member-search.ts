/**
 * Finding members by name, ID number, phone or group code while the officer types. All members'
 * texts lie in one string, one line each: the browser's own search runs over it faster than any
 * loop over members, and a slow phone keeps up with the fingers.
 */
import type { Group, Member } from "../lib/model";
import type { ListedMember } from "./data";

export class MemberSearch {
  private readonly members: ListedMember[];
  private readonly texts: string[] = [];
  private readonly starts: number[] = [];
  private readonly all: string;

  constructor(
    members: ReadonlyMap<string, ListedMember>,
    groups: ReadonlyMap<string, Pick<Group, "groupCode">>,
  ) {
    this.members = [...members.values()];
    let length = 0;
    for (const member of this.members) {
      const text = textOf(member, groups.get(member.groupId)?.groupCode ?? "");
      this.texts.push(text);
      this.starts.push(length);
      length += text.length + 1;
    }
    this.all = this.texts.join("\n");
  }

  /** Every word must be found. Where a word begins with what was typed comes first; each by name. */
  find(query: string, groupId: string | null): ListedMember[] {
    const words = wordsOf(query);
    const inGroup = (member: ListedMember) => groupId === null || member.groupId === groupId;
    const [longest = "", ...others] = [...words].sort((a, b) => b.length - a.length);
    if (longest === "") return groupId === null ? this.members : this.members.filter(inGroup);
    const beginnings = words.map((word) => ` ${word}`);
    const first: ListedMember[] = [];
    const rest: ListedMember[] = [];
    for (const i of this.withWord(longest)) {
      const member = this.members[i];
      const text = this.texts[i] ?? "";
      if (!member || !inGroup(member)) continue;
      if (!others.every((word) => text.includes(word))) continue;
      const begins = beginnings.every((word) => text.includes(word));
      (begins ? first : rest).push(member);
    }
    return rest.length === 0 ? first : first.concat(rest);
  }

  /** The places of members whose text has it, in order. */
  private *withWord(word: string): Iterable<number> {
    let line = 0;
    let found = this.all.indexOf(word);
    while (found >= 0) {
      line = this.lineAt(found, line);
      yield line;
      const next = this.starts[line + 1];
      found = next === undefined ? -1 : this.all.indexOf(word, next);
    }
  }

  private lineAt(position: number, from: number): number {
    // Where everybody matches it is the next one.
    const after = this.starts[from + 1];
    if (after === undefined || position < after) return from;
    const second = this.starts[from + 2];
    if (second === undefined || position < second) return from + 1;
    let low = from + 2;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** A number may be typed with blanks and in any usual form. */
function wordsOf(query: string): string[] {
  const text = fold(query.trim());
  if (/^[+\d\s-]+$/.test(text)) return [text.replace(/[\s+-]/g, "")];
  return text.split(/\s+/).filter((word) => word !== "");
}

/** Without accents and capitals. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  // Most names have none, and taking them off costs more than all the rest.
  if (PLAIN.test(lower)) return lower;
  return lower.normalize("NFD").replace(/\p{Mark}/gu, "");
}

const PLAIN = /^[ -~]*$/;

const known = new WeakMap<Member, { code: string; text: string }>();

/** Made once for each member: a list that changes in one place costs one text. */
function textOf(member: ListedMember, code: string): string {
  const old = known.get(member);
  if (old?.code === code) return old.text;
  const { memberName, idNumber, phone } = member;
  const home = phone.startsWith("254") ? `0${phone.slice(3)}` : phone;
  // A blank before each word, the first too, tells where one begins.
  const text = ` ${fold(memberName)} ${idNumber} ${phone} ${home} ${fold(code)}`;
  known.set(member, { code, text });
  return text;
}
