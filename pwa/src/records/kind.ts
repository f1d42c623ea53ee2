/**
 * What the phone must know about a kind of record to keep a copy of it. A new kind is one file
 * here (with its fragment in a .graphql file beside it), a line in index.ts, and a line in the
 * query Changes: sealing, storing, fetching, dropping and reading follow (docs/phone.md).
 */
export interface RecordKind<Value extends { id: string }, Node> {
  /** Kinds of the first version have a store each; all others lie in `records`. */
  store: "members" | "groups" | "contributions" | "records";
  groupId: (value: Value) => string;
  /** Ids besides the group's under which it is looked up, and with which it goes. */
  refs?: (value: Value) => (string | null)[];
  /** From the server's form to the phone's; an error means "this app cannot read it": left out. */
  fromNode: (node: Node) => Value;
  /** A copy that an older version of the app has stored, in today's form. */
  older?: (value: Value) => Value;
}

export const recordKind = <Value extends { id: string }, Node>(kind: RecordKind<Value, Node>) =>
  kind;
