/** Papers to print (docs/papers.md). */
export const papers = {
  "paper.button": "Print / PDF",
  "paper.title": "A paper to print",
  "paper.which": "Which paper",
  "paper.make": "Make the PDF",
  "paper.ofAll": "{name}, of all (ZIP)",
  "paper.endsBefore": "This is before the first day.",
  "paper.making": "It is being made. This takes some seconds.",
  "paper.madeOf": "{done} of {total} are made",
  "paper.takesLong":
    "It takes longer than usual. It is made in the background: look again, or close this and ask anew later.",
  "paper.lookOn": "Look again",
  "paper.done": "The paper is ready.",
  "paper.doneBut":
    "It is ready, but {count} {count|sheet|sheets} could not be made and {count|is|are} not in it.",
  "paper.download": "Download",
  "paper.again": "Another paper",
  "paper.failed":
    "The paper could not be made. Try again; if it stays so, tell whoever runs the server.",
  "paper.gone": "This paper is not kept any more. Ask for it anew.",
  "paper.notFetched": "The file could not be fetched. Try again with a connection.",

  "paper.kind.LOAN_STATEMENT": "Loan statement",
  "paper.kind.LOAN_AGREEMENT": "Loan agreement",
  "paper.kind.PASSBOOK": "Passbook",
  "paper.kind.DIVIDEND_STATEMENT": "Dividend statement",
  "paper.kind.GROUP_STATEMENT": "Group statement",
  "paper.kind.MINUTES": "Minutes",
  "paper.kind.RECONCILIATION": "Monthly reconciliation",
  "paper.kind.RECEIPT": "Receipt",
} as const;
