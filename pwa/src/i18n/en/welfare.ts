/** Payouts from the welfare fund: what was done in words, and what can stand against it. */
export const welfare = {
  "op.requestWelfare": "Welfare of KES {amount} asked for by {name}",
  "op.approveWelfare": "Your approval of welfare of KES {amount} for {name}",
  "op.approveWelfareSigned": "{by} signed for welfare of KES {amount} for {name}",
  "op.rejectWelfare": "Welfare of KES {amount} for {name} refused",
  "op.payWelfare": "Welfare of KES {amount} handed out to {name}",

  "why.UNKNOWN_REQUEST": "The server does not know this request.",
  "why.MEMBER_TOO_SHORT": "The member has not been in the group long enough for welfare.",
  "why.TOO_MANY_PAYOUTS":
    "The member has had as many welfare payouts this year as the group allows.",
  "why.OWN_REQUEST": "Nobody approves a payout of their own.",
  "why.OVER_LIMIT.requestWelfare": "This is more than the group pays for welfare at once.",
  "why.ALREADY_APPROVED.approveWelfare": "This person has approved the request already.",
  "why.APPROVAL_NOT_NEEDED.approveWelfare": "The request does not need this approval.",
  "why.NOT_PENDING.approveWelfare": "The request was decided already.",
  "why.APPROVAL_NOT_NEEDED.rejectWelfare":
    "The request does not need your approval, so you cannot refuse it either.",
  "why.NOT_PENDING.rejectWelfare": "The money was paid out, or the request was refused already.",
  "why.NOT_APPROVED.payWelfare": "The request was not approved yet.",
  "why.ALREADY_PAID_OUT.payWelfare": "This welfare was paid out already.",
  "why.BEFORE_REQUEST": "The payout is dated before the request.",

  "welfare.title": "Welfare",
  "welfare.requests": "Requests",
  "welfare.atMeeting": "What is paid out here goes to the open meeting of {date}.",
  "welfare.gone": "This request is not on this phone. Sync, then look again.",
  "welfare.wasRefused": "Welfare of {amount} for {name} was refused: {reason}",
  "welfare.wasPaid": "Welfare of {amount} for {name} was handed out on {date}.",
  "welfare.refuseTitle": "Refuse the request?",
  "welfare.refuseText": "The member will want to know why. The reason stands with the request.",
} as const;
