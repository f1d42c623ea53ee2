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
    const [longest = "", ...others] = [...words].sort((a, b) => b.length - a.length);
    if (longest === "") {
      if (groupId === null) return this.members;
      return this.members.filter((member) => member.groupId === groupId);
    }
    const beginnings = words.map((word) => ` ${word}`);
    const first: ListedMember[] = [];
    const rest: ListedMember[] = [];
    let i = 0;
    // Plain loops: a first keystroke meets an engine that has not compiled them yet.
    for (let at = this.all.indexOf(longest); at >= 0; at = this.nextLine(i, longest)) {
      i = this.lineAt(at, i);
      const member = this.members[i];
      const text = this.texts[i] ?? "";
      if (!member || (groupId !== null && member.groupId !== groupId)) continue;
      if (others.length > 0 && !hasAll(text, others)) continue;
      if (hasAll(text, beginnings)) first.push(member);
      else rest.push(member);
    }
    return rest.length === 0 ? first : first.concat(rest);
  }

  /** Where the word stands again, behind this line. */
  private nextLine(line: number, word: string): number {
    const next = this.starts[line + 1];
    return next === undefined ? -1 : this.all.indexOf(word, next);
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

function hasAll(text: string, words: readonly string[]): boolean {
  for (const word of words) if (!text.includes(word)) return false;
  return true;
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
