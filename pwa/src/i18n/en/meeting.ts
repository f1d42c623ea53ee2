/** The meeting and its collection sheet. */
export const meeting = {
  "meeting.title": "Meeting",
  "meeting.pick": "Which group is meeting?",
  "meeting.empty": "No groups on this phone yet.",

  "sheet.title": "Collection",
  "sheet.date": "Date",
  "sheet.dateFuture": "The date cannot be in the future.",
  "sheet.kinds": "What is paid",
  "sheet.entry": "{kind} for {name}",
  "sheet.noMembers": "This group has no members yet.",
  "sheet.columnTotal": "{kind} total",
  "sheet.cash": "Cash on the table",
  "sheet.save": "Save {count}",
  "sheet.nothing": "Save",
  "sheet.saving": "Saving …",
  "sheet.saved":
    "{count} {count|payment|payments} saved on this phone: KES {amount}. They go up by themselves.",
  "sheet.wrong.amount": "{name}: “{text}” is no amount. Nothing was saved.",
  "sheet.wrong.codeTwice":
    "{name}: the M-Pesa code {text} stands on this sheet for another member too. Check both messages. Nothing was saved.",
  "sheet.wrong.code": "{name}: an M-Pesa code has 10 letters and digits. Nothing was saved.",
  "sheet.inactive": "has left",
  "sheet.recorded": "Recorded on this day: {kind}, {state} {amount}",

  "pad.label": "Number pad",
  "pad.usual": "Usual {amount}",
  "pad.next": "Next",
  "pad.close": "Close the number pad",
  "pad.delete": "Delete the last digit",
  "pad.method": "Paid by",
  "pad.code": "M-Pesa code",
} as const;
