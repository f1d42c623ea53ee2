/** Savings out and other movements of money. */
export const savings = {
  "op.withdrawSavings": "Savings KES {amount} paid out to {name}",
  "op.recordMovement": "{kind} KES {amount}: {description}",

  "movement.WITHDRAWAL": "Savings paid out",
  "movement.WELFARE_PAYOUT": "Welfare paid out",
  "movement.PROJECT_SPENDING": "Project spending",
  "movement.EXPENSE": "Expense",
  "movement.OTHER_INCOME": "Other income",
  "movement.TO_BANK": "To the bank",
  "movement.FROM_BANK": "From the bank",
  "movement.EXTERNAL_LOAN_RECEIVED": "Loan to the group received",
  "movement.EXTERNAL_LOAN_REPAID": "Loan to the group repaid",
  "movement.OPENING": "Opening balance",
  "movement.DIVIDEND_PAYOUT": "Dividend",
  "movement.REVERSAL": "Correction",
  "movement.PLACEMENT": "Placed by the office",

  "why.OVER_HALF": "At most half of the year's savings may be taken out.",
  "why.LOAN_SECURITY": "A third of what the member owes must stay in the savings.",
  "why.NOT_ENOUGH_SAVINGS": "The member's savings are less than this.",
  "why.NOT_ENOUGH_FUND": "The fund does not hold this much.",
  "why.OVER_OWED": "This is more than is owed.",
} as const;
