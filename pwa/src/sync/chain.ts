/**
 * What rests on what: a payment on the registration of its member, a repayment on the
 * disbursement, that on the approval. An operation names what it makes and what it needs: an id
 * ("the loan is known"), or an id with a state ("<loan>:paid").
 *
 * - What is known by its id may go up in one batch with what makes it, after it.
 * - A state must be in the books before anything that needs it goes up: the server would take
 *   money that was handed out too early for a fact without a place, and hold it.
 * - While the maker needs the officer, all that rests on it is held back.
 * - ">id" comes only after it: the close of a meeting after the payments at it. It waits as if it
 *   rested on it, but stands when that is taken back.
 */
import type { OperationRecord, OperationStatus } from "../store/schema";

export type Link = Pick<OperationRecord, "id" | "seq" | "status" | "makes" | "needs"> &
  Partial<Pick<OperationRecord, "code">>;

const NEEDS_OFFICER: readonly OperationStatus[] = ["conflict", "rejected", "failed"];
const UNSETTLED: readonly OperationStatus[] = ["waiting", "sending", ...NEEDS_OFFICER];
const isState = (what: string) => what.includes(":");
const AFTER = ">";
/** Comes after what makes this, without resting on it. */
export const after = (what: string) => AFTER + what;
/** What was refused because its meeting is closed will never be put right: nothing waits for it. */
const isOver = ({ status, code }: Link) => status === "rejected" && code === "MEETING_CLOSED";
const waitsFor = (need: string, maker: Link) => !(need.startsWith(AFTER) && isOver(maker));
const named = (need: string) => (need.startsWith(AFTER) ? need.slice(AFTER.length) : need);

/**
 * What cannot go up now, and the operation it waits for in the end. `tried` have gone up in this
 * run: where they still wait, the next run will do.
 */
export function heldBack<L extends Link>(
  operations: readonly L[],
  tried: ReadonlySet<string> = new Set(),
): Map<string, L> {
  const blocked = new Map<string, L>();
  /** What does not stand, and which operation stands in its way. */
  const missing = new Map<string, L>();
  for (const link of inOrder(operations)) {
    const root = link.needs
      .map((need) => ({ need, maker: missing.get(named(need)) }))
      .find(({ need, maker }) => maker && waitsFor(need, maker))?.maker;
    const stuck = root ?? (NEEDS_OFFICER.includes(link.status) || tried.has(link.id) ? link : null);
    if (root) blocked.set(link.id, root);
    for (const what of link.makes) {
      if (stuck) missing.set(what, stuck);
      else if (isState(what) && !missing.has(what)) missing.set(what, link);
    }
  }
  return blocked;
}

/** Was this judged before what it rests on was in the books? Then its turn comes later. */
export function wasEarly(link: Link, operations: readonly Link[]): boolean {
  return operations.some(
    (other) =>
      other.id !== link.id &&
      other.seq < link.seq &&
      UNSETTLED.includes(other.status) &&
      link.needs.some((need) => other.makes.includes(named(need)) && waitsFor(need, other)),
  );
}

/** All unsettled operations that rest on this one, directly or by others, in order. */
export function restingOn<L extends Link>(first: Link, operations: readonly L[]): L[] {
  const lost = new Set(first.makes);
  const found: L[] = [];
  for (const link of inOrder(operations)) {
    if (link.seq <= first.seq || !link.needs.some((what) => lost.has(what))) continue;
    found.push(link);
    for (const what of link.makes) lost.add(what);
  }
  return found;
}

function inOrder<L extends Link>(operations: readonly L[]): L[] {
  return operations
    .filter(({ status }) => UNSETTLED.includes(status))
    .sort((a, b) => a.seq - b.seq);
}
