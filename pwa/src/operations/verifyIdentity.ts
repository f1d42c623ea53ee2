import { type Input, operationKind, type Synced } from "./kind";

export interface VerifyIdentityBody {
  type: "verifyIdentity";
  input: Synced<Input<"verifyIdentity">>;
  memberName: string;
  groupName: string;
}

export const verified = (memberId: string) => `${memberId}:verified`;
/** Both sides of the ID are with the server: pictures that are on their way hold it back. */
export const papers = (memberId: string) => `${memberId}:papers`;

export const verifyIdentity = operationKind<VerifyIdentityBody>({
  type: "verifyIdentity",
  words: ({ memberName }) => ({ key: "op.verifyIdentity", values: { name: memberName } }),
  own: true,
  about: ({ input }) => ({ entityId: input.memberId, memberId: input.memberId }),
  needs: ({ input }) => [input.memberId, papers(input.memberId)],
  makes: ({ input }) => [verified(input.memberId)],
  changes: ({ input }) => [
    {
      name: "members",
      id: input.memberId,
      change: (member) => ({ ...member, idVerified: true }),
    },
  ],
});
