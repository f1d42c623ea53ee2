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
  "account.signOutSigners":
    "{count} {count|person who signs|people who sign} on this phone must be let in again, with signal.",
  "account.signOutUnsent":
    "{count} {count|record has|records have} not gone up yet. {count|It stays|They stay} on this phone, sealed, until you sign in here again, and nobody else can send {count|it|them}. Better: sync first, or export.",
  "half.title": "Typed and not saved:",
  "half.registration": "the registration of {name}",
  "half.nameless": "a registration without a name yet",
  "half.sheet":
    "the collection sheet of {group}: {count} {count|payment|payments}, KES {amount} in all",
  "half.count": "the count of the cash of a meeting that is not closed",
  "half.application": "a loan application for {name}",
  "half.what":
    "Nobody but you can see or send it, and no export holds it. Better: go back and save it. If you sign out now it stays on this phone, sealed, until you sign in here again.",
  "account.signOutConfirm": "Sign out",
  "account.version": "Version {version}",
  "account.about": "Locks by itself after {minutes} minutes without use.",
} as const;
