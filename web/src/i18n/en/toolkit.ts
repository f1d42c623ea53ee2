/** Words of the shared components: tables, forms, pickers, documents. */
export const toolkit = {
  "table.sortBy": "Sort by {column}",
  "table.refreshing": "Refreshing",

  "export.menu": "Export",
  "export.csv": "CSV file",
  "export.xlsx": "Excel file (XLSX)",
  "export.print": "Print",
  "export.running": "{done} of {total} rows fetched",
  "export.runningUnknown": "{done} {done|row|rows} fetched",
  "export.failed": "The export stopped: {reason}",
  "export.done": "{count} {count|row|rows} exported.",
  "export.total": "Total",
  "export.printed": "Printed {moment}",

  "confirm.sure": "Check before you go on",
  "confirm.back": "Go back",

  "unsaved.title": "Leave without saving?",
  "unsaved.text": "What you entered here is not saved yet. If you leave, it is gone.",
  "unsaved.stay": "Stay here",
  "unsaved.leave": "Leave without saving",

  "dateInput.pattern": "day/month/year",
  "dateInput.wrong": "Write the date as day/month/year, for example 05/11/2026.",
  "dateInput.early": "Not before {date}.",
  "dateInput.late": "Not after {date}.",
  "dateInput.open": "Choose from the calendar",
  "dateInput.previous": "Month before",
  "dateInput.next": "Month after",

  "panel.back": "Back to the list",

  "picker.member": "Member",
  "picker.group": "Group",
  "picker.chooseMember": "Choose a member",
  "picker.chooseGroup": "Choose a group",
  "picker.find": "Type to find",

  "document.image": "Document {number}",
  "document.zoomIn": "Larger",
  "document.zoomOut": "Smaller",
  "document.rotate": "Turn right",
  "document.reset": "As it was",
  "document.download": "Open in a new tab",
  "document.loading": "Fetching the document",
  "document.failed": "The document could not be fetched.",

  "timeline.empty": "Nothing has happened yet",
  "stat.open": "Open the list: {label}",

  "edit.submit": "Save",
  "conflict.title": "Somebody else changed this too",
  "conflict.text":
    "Nothing is lost and nothing is saved yet. Look at both values and choose; what only one of you changed is kept.",
  "conflict.theirs": "Theirs, saved",
  "conflict.yours": "Yours",
  "conflict.keepTheirs": "Keep theirs",
  "conflict.keepYours": "Save mine",
  "conflict.decide": "Save",
  "conflict.empty": "nothing",
} as const;
