/** The frame: tabs, top bar, states, what every screen shares. */
export const app = {
  "app.name": "Table Banking",
  "app.loading": "Opening …",
  "app.broken": "Something went wrong on this screen. Your records are safe on this phone.",
  "app.reload": "Open the app again",
  "app.update": "A new version is ready.",
  "app.updateNow": "Use it now",

  "full.title": "This phone is full",
  "full.text":
    "The last thing you did was not saved, and nothing of it was half saved. What is on this phone already is safe, and what you typed is still on the screen.",
  "full.todo":
    "Delete videos, pictures or apps that you do not need, or sync so that photos go up. Then try again.",
  "full.ok": "I will make room",

  "tab.today": "Today",
  "tab.meeting": "Meeting",
  "tab.members": "Members",
  "tab.outbox": "Outbox",
  "tab.waiting": "waiting",

  "nav.main": "Main",
  "nav.account": "Account and settings",
  "nav.back": "Back",
  "nav.allGroups": "All groups",
  "nav.close": "Close",
  "nav.language": "Language",
  "nav.languageMissing": "This language is not on the phone yet. It comes with the first signal.",
  "field.optional": "optional",
  "segmented.more": "Show more",
  "segmented.back": "Back to the first",

  "sync.idle": "All saved",
  "sync.notCopied": "Not copied yet",
  "sync.waiting": "{count} waiting",
  "sync.offline": "No signal",
  "sync.offlineWaiting": "No signal · {count} waiting",
  "sync.pushing": "{done} of {total} on the server",
  "sync.pulling": "Fetching changes …",
  "sync.signIn": "Sign in to send",
  "sync.server": "The server has trouble",
  "sync.storage": "This phone is full",
  "sync.now": "Sync now",
  "sync.label": "Sync state: {state}",

  "clock.off":
    "This phone's clock says {phone}. Counted from its last contact with the office, it should be {server}.",
  "clock.signing": "If the phone is wrong, the office refuses this signature.",
  "clock.todo":
    "Look at a watch. If the phone is wrong, set date and time to automatic in the phone's settings, then come back here.",

  "state.waiting": "On this phone",
  "state.sending": "Going up",
  "state.saved": "Saved",
  "state.needs": "Needs you",
  "state.held": "At the office",
  "state.removed": "Taken back",
} as const;
