export const search = {
  "search.title": "Search groups, members, loans and pages",
  "search.placeholder": "Name, code, phone or ID number",
  "search.hint": "Type at least two letters.",
  "search.nothing": "Nothing found for “{text}”.",
  "search.groups": "Group",
  "search.members": "Member",
  "search.loans": "Loan",
  "search.pages": "Page",
  "search.keys": "Arrow keys to choose, Enter to open, Esc to close",
} as const;
