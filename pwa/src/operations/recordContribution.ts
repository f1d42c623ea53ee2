import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import { receiptOf } from "@tablebanking/common/receipt";
import type { Contribution } from "../lib/model";
import {
  type Fund,
  type Identified,
  type Input,
  meetingLine,
  onTheTable,
  operationKind,
} from "./kind";

export interface RecordContributionBody {
  type: "recordContribution";
  input: Identified<Input<"recordContribution">>;
  memberName: string;
  groupName: string;
}

const FUNDS: Partial<Record<string, Fund>> = {
  REGULAR: "regular",
  WELFARE: "welfare",
  PROJECT: "project",
};

export const recordContribution = operationKind<RecordContributionBody>({
  type: "recordContribution",
  words: ({ input, memberName }) => ({
    key: "op.contribution",
    values: {
      kind: { key: `kind.${input.contributionType}` },
      amount: formatMoney(fromDecimal(input.amount)),
      name: memberName,
    },
  }),
  about: ({ input }) => ({ entityId: input.id, memberId: input.memberId }),
  // The close of the meeting comes after it.
  makes: ({ input }) => [input.id],
  needs: ({ input }) => [input.memberId, ...(input.meetingId ? [input.meetingId] : [])],
  records: async (body, groupId) => [
    { name: "contributions", value: await contributionOf(body, groupId) },
  ],
  makesRecord: "contributions",
  final: (body, groupId) => ({ ...body, input: { ...body.input, groupId } }),
  cash: ({ input }) => onTheTable(input.paymentMethod, fromDecimal(input.amount)),
  atMeeting: ({ input }) => meetingLine(input, input.contributionType, fromDecimal(input.amount)),
  savings: ({ input }) => {
    const fund = FUNDS[input.contributionType];
    return fund ? { memberId: input.memberId, fund, amount: fromDecimal(input.amount) } : null;
  },
});

export async function contributionOf(
  { input }: RecordContributionBody,
  groupId: string,
): Promise<Contribution> {
  return {
    id: input.id,
    memberId: input.memberId,
    groupId,
    amount: fromDecimal(input.amount),
    kind: input.contributionType,
    method: input.paymentMethod,
    date: input.contributionDate ?? todayInNairobi(),
    ...(await receiptOf(input.offlineSyncId)),
    transactionId: input.transactionId ?? null,
    operationId: input.offlineSyncId,
  };
}
