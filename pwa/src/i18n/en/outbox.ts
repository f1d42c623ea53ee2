/** The outbox: operations in words, why they are where they are, clashes. */
export const outbox = {
  "outbox.title": "Outbox",
  "outbox.needsYou": "Needs you",
  "outbox.waiting": "Waiting to go up",
  "outbox.office": "At the office",
  "outbox.done": "Saved lately",
  "outbox.empty": "Nothing is waiting. What you record shows here until it is saved.",
  "outbox.export": "Export unsent work",
  "outbox.exportTitle": "Export unsent work?",
  "outbox.exportText":
    "The file can be read by anybody who has it: names, ID numbers and amounts. Hand it only to your supervisor.",
  "outbox.exportConfirm": "Make the file",
  "outbox.allAgain": "Send all {count} again",
  "outbox.dayCount": "{count} {count|record|records}",
  "outbox.dayCash": "cash in KES {amount}",
  "outbox.fromOffice": "From the office",
  "outbox.elsewhere": "If this phone cannot send",
  "outbox.problem.offline":
    "No signal. All of it is safe on this phone and goes up by itself once there is signal.",
  "outbox.problem.server":
    "The server has trouble. Nothing is lost: the phone tries again by itself, less and less often. “Sync now” tries at once.",
  "outbox.problem.signIn":
    "The server asks for your password again. All of it is kept here. Sign in at the top of the screen, and it goes up.",
  "outbox.problem.storage":
    "This phone has no room left. What you see here is kept. Delete videos or apps you do not need, then sync again.",
  "outbox.again": "Send again",
  "outbox.askOffice": "Ask again",
  "outbox.edit": "Correct",
  "outbox.compare": "Compare",
  "outbox.takeBack": "Take back",
  "outbox.tries": "Tried {count} {count|time|times}",
  "outbox.reasonGiven": "Your reason: {reason}",

  "op.contribution": "{kind} KES {amount} for {name}",
  "op.register": "New member {name}",
  "op.update": "Changes to {name}",
  "op.position": "Position",

  "why.uncertain": "An answer got lost on the way. It is sent again, and counted once.",
  "why.behind": "Waits for the registration of this member.",
  "why.behindOther": "Waits until “{what}” is put right.",
  "why.after": "Goes up after “{what}”.",
  "why.pictures": "Goes up after the pictures of the ID card: {sent} of {total} KB of them are up.",
  "why.pictureWrong": "Waits for a picture that needs you: {what}.",
  "why.handedOver": "Handed over {moment}. It still goes up from here too, and is counted once.",
  "why.takenOver": "Taken over from {name}. Counted once, whoever of you sends it.",
  "why.failed":
    "Five tries without a useful answer. It is kept on this phone. Send it again, or export it for the office.",
  "why.held":
    "The money is in the books. The office decides where it belongs; you need not do anything.",
  "why.conflict": "The office changed the same fields meanwhile. Choose what is right.",
  "office.ACCEPT": "The office took it as you recorded it.",
  "office.DISMISS": "The office kept what the register has.",
  "office.PLACE_TO_MEMBER": "The office gave it to a member's savings or funds.",
  "office.PLACE_TO_LOAN": "The office counted it as a loan repayment.",
  "office.PLACE_TO_FUND": "The office gave it to a fund of the group.",
  "office.REVERSE": "The office took it out of the books: the money went back.",
  "office.open":
    "The office decides what lies there. You need not do anything, unless it asks you.",
  "office.repeat":
    "It is in the books. But the same member paid the same on the same day before, so the office asks whether it was written down twice. You need not do anything: it will ask you if it is not sure.",
  "office.REPEAT_ACCEPT": "The office found that both payments are right.",
  "office.REPEAT_REVERSE":
    "The office found that this was written down twice, and took this one out of the books.",
  "office.decided": "The office has decided.",
  "office.asks": "The office asks you to look at this again.",
  "office.note": "Its note: “{note}”",

  "why.UNKNOWN_MEMBER": "The server does not know this member.",
  "why.ID_REUSED":
    "The server has another record under this number. Export it and call the office.",
  "why.NOT_FOUND": "The group or member is not within your reach any more. Call the office.",
  "why.FORBIDDEN": "You are not allowed to do this. Call the office.",
  "why.NOT_AVAILABLE": "The server cannot do this yet. It is kept on this phone.",
  "why.TRANSACTION_KNOWN":
    "This M-Pesa code is in the books already. Correct it, or leave it out if the message paid for two things.",
  "why.ID_NUMBER_TAKEN": "Another member has this ID number. Correct it.",
  "why.BAD_INPUT":
    "Something in it cannot be right, such as the amount or the date. Correct it, or call the office.",
  "why.OFFICER_UNASSIGNED": "You no longer serve this group.",
  "why.DATE_IN_FUTURE": "Its date lies in the future. Check the date on your phone.",
  "why.DATE_UNLIKELY": "Its date lies too long ago. Check the date on your phone.",
  "why.MONTH_LOCKED": "The office has signed that month off already.",
  "why.NOT_BOOKED": "It stands on the statement of the bank or M-Pesa, and nobody had recorded it.",
  "why.NOT_POSTED": "The dividends have not been shared out yet.",
  "why.ALREADY_PAID": "It was paid already.",
  "why.OTHER_AMOUNT": "Another amount was approved.",
  "why.VARIANCE_EXPLAINED": "The cash counted differs from the books. You said why.",
  "why.VARIANCE_UNEXPLAINED": "The cash counted differs from the books, and nobody said why.",
  "why.CLAIM_DIFFERS":
    "The cash is right, but this phone showed other figures than the books hold. Both are kept.",
  "why.unknown": "A rule stood against it that this version of the app does not know yet.",
  "why.rejected":
    "The server did not take it: {message} Correct it, or call the office and read this out.",

  "review.HELD_CASH": "Money without a place",
  "review.VARIANCE": "Cash count differed",
  "review.REPEAT": "Perhaps twice",
  "review.CONFLICT": "Two edits",
  "review.DISPUTE": "Signature disputed",
  "review.MEETING": "A meeting held back",
  "review.why.NOT_APPROVED": "It was handed out before it was approved.",
  "review.why.ALREADY_PAID_OUT": "It was paid out already.",
  "review.why.HELD_CASH": "A rule stood against its place.",
  "review.why.VARIANCE":
    "At the close of a meeting the cash counted was not the cash in the books.",
  "review.why.REPEAT":
    "The same member paid the same on the same day twice. Both are in the books; the office asks whether one was written down twice.",
  "review.why.CONFLICT": "You and somebody else changed the same fields.",
  "review.why.DISPUTE":
    "Somebody says that they did not give the signature that was made on this phone.",
  "review.why.MEETING": "Something stood against this meeting, such as another one that was open.",

  "conflict.title": "Which is right?",
  "conflict.intro": "You and the office changed {name} at the same time. Choose for each field.",
  "conflict.mine": "Mine",
  "conflict.office": "The office's",
  "conflict.before": "Before: {value}",
  "conflict.none": "(empty)",
  "conflict.send": "Keep my choice",
  "conflict.allOffice": "Took the office's copy",
  "conflict.memberName": "Name",
  "conflict.phone": "Phone",
  "conflict.dateOfBirth": "Date of birth",
  "conflict.nextOfKin": "Next of kin",
  "conflict.isActive": "Active member",
  "conflict.yes": "Yes",
  "conflict.no": "No",
  "conflict.unreadable":
    "The office's copy could not be read. Sync again, then edit the member anew.",
} as const;
