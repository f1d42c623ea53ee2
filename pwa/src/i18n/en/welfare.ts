/** Payouts from the welfare fund: what was done in words, and what can stand against it. */
export const welfare = {
  "op.requestWelfare": "Welfare of KES {amount} asked for by {name}",
  "op.approveWelfare": "Your approval of welfare of KES {amount} for {name}",
  "op.approveWelfareSigned": "{by} signed for welfare of KES {amount} for {name}",
  "op.payWelfare": "Welfare of KES {amount} handed out to {name}",

  "why.UNKNOWN_REQUEST": "The server does not know this request.",
  "why.MEMBER_TOO_SHORT": "The member has not been in the group long enough for welfare.",
  "why.TOO_MANY_PAYOUTS":
    "The member has had as many welfare payouts this year as the group allows.",
  "why.OWN_REQUEST": "Nobody approves a payout of their own.",
  "why.BEFORE_REQUEST": "The payout is dated before the request.",
} as const;
