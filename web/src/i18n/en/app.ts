export const app = {
  "app.name": "Table banking",
  "app.skip": "Skip to the content",

  "error.offline":
    "There is no connection to the server. Nothing was lost; it goes on when the connection is back.",
  "error.offlineSave":
    "There is no connection to the server, so this is not saved yet. What you entered is still here; try again in a moment.",
  "error.broken":
    "Something went wrong on the server. Try again; if it happens again, tell your administrator.",
  "error.signedOut": "Your session has ended. Sign in again.",
  "error.retry": "Try again",
  "error.title": "This could not be loaded",
  "error.page": "This page ran into a problem. Your data is safe on the server.",
  "error.reload": "Load the page again",

  "notFound.title": "There is no such page",
  "notFound.text": "The address may be mistyped, or the group is not one of yours.",
  "notFound.action": "Go to the groups",

  "state.loading": "Loading",
  "state.loadingMore": "Loading more",
  "state.stale": "No connection. You see what was loaded last.",

  "live.live": "Live",
  "live.reconnecting": "Reconnecting",
  "live.offline": "Offline",
  "live.liveHint": "New entries appear here by themselves.",
  "live.reconnectingHint": "The connection is being made again. What you see may be a little old.",
  "live.offlineHint": "No connection. You see what was loaded last.",

  "common.close": "Close",
  "common.cancel": "Cancel",
  "common.from": "From",
  "common.to": "To",
  "common.clear": "Clear",
  "common.optional": "optional",
  "common.yes": "Yes",
  "common.no": "No",
  "common.none": "None",
  "common.date": "Date",

  "form.required": "Fill this in.",
  "form.amount": "Write an amount above zero, for example 500 or 500.50.",
  "form.phone": "This is no Kenyan mobile number. Write it like 0712 345 678.",
  "form.check": "Please look at the marked fields.",
} as const;
