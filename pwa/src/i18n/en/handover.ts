/** Unsent work outside this phone: the export, and the hand-over to a colleague. */
export const handover = {
  "export.title": "TABLE BANKING: work that is not in the books yet",
  "export.officer": "Officer: {name}, {phone}",
  "export.made": "Made: {moment}",
  "export.count": "{count} {count|record|records}, with KES {amount} of members' money",
  "export.forTheApp":
    "What follows is for the app, which can take it over (Outbox, “Take over a colleague's work”). Change nothing in it.",

  "handOver.button": "Hand over to a colleague",
  "handOver.title": "Hand over unsent work",
  "handOver.intro":
    "For when this phone cannot send: broken, no signal for days, or you are going away. A colleague of the same groups, or the office, takes your work over on their phone and sends it.",
  "handOver.count": "{count} {count|record goes|records go} into the file",
  "handOver.own":
    "{count} {count|record stays|records stay} here: only you can send {count|it|them}, such as an approval of yours.",
  "handOver.point1":
    "The file is locked. You get a code: tell it to your colleague, never send it along.",
  "handOver.point2":
    "Your work stays on this phone too, and goes up when there is signal. Whoever sends first, the books count it once.",
  "handOver.point3":
    "The books will say that your colleague sent it, and the server asks whether they are allowed to.",
  "handOver.point4": "From now on these records cannot be corrected or taken back on this phone.",
  "handOver.make": "Make the locked file",
  "handOver.busy": "Locking the file …",
  "handOver.failed": "The file could not be made. Nothing was changed. Try again.",
  "handOver.code": "The code",
  "handOver.codeText": "Say it to your colleague. It is shown only now.",
  "handOver.send": "Send the file",
  "handOver.again": "Send the file again",
  "handOver.done": "Done",
  "handOver.nothing": "Nothing here waits that somebody else could send.",
  "handOver.fileText":
    "TABLE BANKING: {count} {count|record|records} of {name}, made {moment}, locked. Open it in the app under Outbox, “Take over a colleague's work”, with the code that {name} tells you.",

  "takeOver.button": "Take over a colleague's work",
  "takeOver.title": "Take over a colleague's work",
  "takeOver.intro":
    "Choose the file that your colleague gave you. Their records come into your outbox, and you send them: the books will say so.",
  "takeOver.file": "The file",
  "takeOver.choose": "Choose the file",
  "takeOver.code": "The code that your colleague told you",
  "takeOver.codeWrong": "This code does not open the file. Ask your colleague again.",
  "takeOver.codeFormat": "The code has 12 letters and digits.",
  "takeOver.open": "Open",
  "takeOver.noParcel":
    "This is not such a file, or a part of it is missing. Ask for it again. Nothing was changed.",
  "takeOver.from": "From {name}, made {moment}",
  "takeOver.fresh": "{count} {count|record|records} to take over",
  "takeOver.known": "{count} {count|is|are} in your outbox already",
  "takeOver.notMine":
    "{count} {count|is|are} left out: of groups that you do not serve, or for {name} alone to send",
  "takeOver.take": "Take over {count}",
  "takeOver.nothing": "There is nothing in it that you could take over.",
  "takeOver.done": "{count} {count|record|records} of {name} taken over",
} as const;
