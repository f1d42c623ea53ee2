import type { ListedMember } from "../../state/data";

/** Every word must be found somewhere; a number may be typed with blanks and in any usual form. */
export function searchMembers(
  members: ReadonlyMap<string, ListedMember>,
  query: string,
  groupId: string | null,
): ListedMember[] {
  const text = query.trim().toLowerCase();
  const isNumber = /^[+\d\s-]+$/.test(text);
  const words = isNumber
    ? [text.replace(/[\s+-]/g, "")]
    : text.split(/\s+/).filter((word) => word !== "");
  return [...members.values()].filter(
    (member) =>
      (groupId === null || member.groupId === groupId) &&
      words.every((word) => member.haystack.includes(word)),
  );
}
