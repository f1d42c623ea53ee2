import { todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, formatMoney, fromDecimal } from "@tablebanking/common/money";
import { receiptOf } from "@tablebanking/common/receipt";
import type { MovementKind } from "../gen/graphql";
import type { Movement } from "../records/movements";
import { type Identified, type Input, meetingLine, operationKind } from "./kind";

/** The movements that an officer may record. */
export const MOVEMENTS = [
  "EXPENSE",
  "OTHER_INCOME",
  "PROJECT_SPENDING",
  "TO_BANK",
  "FROM_BANK",
  "EXTERNAL_LOAN_RECEIVED",
  "EXTERNAL_LOAN_REPAID",
] as const satisfies readonly MovementKind[];
export type RecordedMovement = (typeof MOVEMENTS)[number];

export interface RecordMovementBody {
  type: "recordMovement";
  input: Identified<Input<"recordMovement">> & { movement: RecordedMovement };
  groupName: string;
}

const COMES_IN: ReadonlySet<string> = new Set([
  "OTHER_INCOME",
  "FROM_BANK",
  "EXTERNAL_LOAN_RECEIVED",
]);

export const recordMovement = operationKind<RecordMovementBody>({
  type: "recordMovement",
  words: ({ input }) => ({
    key: "op.recordMovement",
    values: {
      kind: { key: `movement.${input.movement}` },
      amount: formatMoney(fromDecimal(input.amount)),
      description: input.description,
    },
  }),
  about: ({ input }) => ({ entityId: input.id, memberId: "" }),
  makes: ({ input }) => [input.id],
  needs: ({ input }) => (input.meetingId ? [input.meetingId] : []),
  records: async (body) => [{ name: "movements", value: await movementOf(body) }],
  makesRecord: "movements",
  // The money moved, whatever becomes of the meeting at which it did.
  final: (body) => body,
  cash: ({ input }) => cashOf(input),
  atMeeting: ({ input }) => {
    const cents = fromDecimal(input.amount);
    return meetingLine(input, input.movement, COMES_IN.has(input.movement) ? cents : -cents);
  },
});

function cashOf({ movement, paymentMethod, amount }: RecordMovementBody["input"]): Cents {
  // Of banking, the method says the side that is not the bank.
  if (paymentMethod !== "CASH") return 0;
  const cents = fromDecimal(amount);
  return COMES_IN.has(movement) ? cents : -cents;
}

async function movementOf({ input }: RecordMovementBody): Promise<Movement> {
  return {
    id: input.id,
    groupId: input.groupId,
    memberId: null,
    kind: input.movement,
    amount: fromDecimal(input.amount),
    date: input.movementDate ?? todayInNairobi(),
    description: input.description,
    method: input.paymentMethod,
    transactionId: input.transactionId ?? null,
    ...(await receiptOf(input.offlineSyncId)),
    isReversed: false,
  };
}
