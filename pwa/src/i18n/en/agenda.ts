/** Today: what waits for the officer. */
export const agenda = {
  "agenda.title": "Waits for you",
  "agenda.approve": "{count} {count|loan waits|loans wait} for your approval",
  "agenda.pay": "{count} approved {count|loan waits|loans wait} for the money",
  "agenda.welfare": "{count} welfare {count|request waits|requests wait} for approval",
  "agenda.payWelfare": "{count} approved welfare {count|request waits|requests wait} for the money",
  "agenda.asked": "The office asks about {count} {count|record|records}",
  "agenda.decided": "The office decided about {count} {count|record|records}",
  "agenda.oneLoan": "{name}, KES {amount}",
  "agenda.more": "and {count} more",
} as const;
