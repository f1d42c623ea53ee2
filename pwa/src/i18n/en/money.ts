/** Money: kinds, ways to pay, receipts, corrections. */
export const money = {
  "kind.REGULAR": "Savings",
  "kind.WELFARE": "Welfare",
  "kind.PROJECT": "Project",
  "kind.FINE": "Fine",
  "kind.REGISTRATION": "Registration",
  "kind.APPRECIATION": "Appreciation",

  "method.CASH": "Cash",
  "method.MPESA": "M-Pesa",
  "method.BANK": "Bank",

  "receipt.title": "Receipt",
  "receipt.member": "Member",
  "receipt.what": "For",
  "receipt.amount": "Amount",
  "receipt.method": "Paid by",
  "receipt.date": "Date",
  "receipt.notYet": "Not yet in the books.",
  "receipt.inBooks": "In the group's books.",
  "receipt.held": "In the books, waiting for the office to find its place.",
  "receipt.edit": "Correct",
  "receipt.takeBack": "Take back",
  "receipt.onWay":
    "This entry may be in the books already, so it can no longer be changed here. Ask the office for a correction.",

  "edit.title": "Correct the entry",
  "edit.save": "Save correction",
  "edit.amountWrong": "Type an amount above zero, such as 500 or 500.50.",
  "edit.codeWrong": "An M-Pesa code has 10 letters and digits.",
  "edit.tooLate": "Too late: it has just gone up. Nothing was changed.",

  "remove.title": "Take it back?",
  "remove.text": "It will not be sent. It stays in the list for a week with your reason.",
  "remove.orphans":
    "{count} {count|entry|entries} of money that really moved will still be sent; the office decides where the money belongs.",
  "remove.along":
    "{count} other {count|entry|entries} that {count|rests|rest} on this {count|is|are} taken back with it.",
  "remove.reason": "Why?",
  "remove.reasonMissing": "Say why in a few words.",
  "remove.confirm": "Take back",
  "remove.cancel": "Keep it",
} as const;
