/** Notices with the app closed. */
export const notices = {
  "notices.title": "Tell me on this phone",
  "notices.off": "Nothing is shown while the app is closed.",
  "notices.on": "You are told when an approval is needed or the office has decided.",
  "notices.busy": "Turning on …",
  "notices.about":
    "The phone needs signal for it, and may tell you late to save the battery. Names and amounts are never shown.",
  "notices.unsupported":
    "This browser cannot tell you anything while the app is closed. The app shows what was decided whenever it syncs.",
  "notices.denied":
    "This phone does not allow the app to show notices. Allow them for this site in the browser's settings, then turn it on again.",
  "notices.unreachable":
    "The phone's own notice service does not answer. Some phones have none. Your wish is kept; try again where the signal is good.",
  "notices.switchedOff": "The office has not set up notices. Your wish is kept.",
  "notices.offline": "Your wish is kept. It is turned on when there is signal.",
  "notices.signIn": "Your wish is kept. Sign in again to turn it on.",
  "notices.offerLoan": "Tell me when it is decided",
  "notices.offerText":
    "Something waits for a decision. This phone can tell you when it is made, even with the app closed.",
  "notices.offerYes": "Tell me",
  "notices.offerNo": "Not now",
} as const;
