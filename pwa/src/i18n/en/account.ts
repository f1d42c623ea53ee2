/** The account and its settings. */
export const account = {
  "account.title": "Account and settings",
  "account.theme": "Appearance",
  "account.theme.system": "As the phone",
  "account.theme.light": "Light",
  "account.theme.dark": "Dark",
  "account.lock": "Lock now",
  "account.signOut": "Sign out",
  "account.signOutTitle": "Sign out of this phone?",
  "account.signOutClean": "Everything is saved. The copy on this phone is removed.",
  "account.signOutUnsent":
    "{count} {count|record has|records have} not gone up yet. {count|It stays|They stay} on this phone, sealed, until you sign in here again, and nobody else can send {count|it|them}. Better: sync first, or export.",
  "account.signOutBegun": "Among them is the half-filled registration of {name}.",
  "account.signOutBegunNameless": "Among them is a half-filled registration.",
  "account.signOutConfirm": "Sign out",
  "account.version": "Version {version}",
  "account.about": "Locks by itself after {minutes} minutes without use.",
} as const;
