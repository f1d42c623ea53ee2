/** Signing in, the PIN. */
export const signin = {
  "signIn.title": "Sign in",
  "signIn.intro": "Once with signal. After that a PIN opens the app anywhere.",
  "signIn.phone": "Phone number",
  "signIn.password": "Password",
  "signIn.submit": "Sign in",
  "signIn.busy": "Signing in …",
  "signIn.cancel": "Not now",
  "signIn.others": "Officers on this phone",
  "signIn.exhausted":
    "Ten wrong PINs: the copy of the group's records was removed from this phone. Your unsent work is still here. Sign in with your password to go on.",
  "signIn.phoneWrong": "This is not a Kenyan mobile number. Write it like 0712 345 678.",
  "signIn.passwordMissing": "Type your password.",
  "signIn.refused": "Phone number or password is wrong. Nothing was changed.",
  "signIn.offline": "No signal. The first sign-in needs a connection; try again when you have one.",
  "signIn.shutOut":
    "The office has shut this phone out. Your work is kept on it. Ask the office to let it in again.",
  "signIn.failed": "The server could not answer. Try again in a minute.",
  "signIn.again": "Your sign-in has ended. Your work is kept; sign in again to send it.",
  "signIn.againAction": "Sign in",

  "pin.setTitle": "Choose a PIN",
  "pin.setIntro":
    "It opens the app without signal and locks the members' records on this phone. Six digits are safest; four is the least.",
  "pin.choose": "New PIN",
  "pin.repeat": "The same PIN again",
  "pin.save": "Save PIN",
  "pin.format": "A PIN has 4 to 6 digits.",
  "pin.weak": "This PIN is easy to guess. Choose digits that do not run in order.",
  "pin.different": "The two PINs are not the same.",
  "pin.unlockTitle": "Welcome back, {name}",
  "pin.label": "PIN",
  "pin.unlock": "Unlock",
  "pin.warning":
    "After {left} more {left|try|tries} the copy of the members is removed from this phone. Your {count} unsent {count|record stays|records stay}: sign in with your password, and {count|it goes|they go} up.",
  "pin.warningClean":
    "After {left} more {left|try|tries} the copy of the members is removed from this phone. Nothing of yours is lost: sign in with your password, and it is fetched again.",
  "pin.someoneElse": "Sign in as another officer",
  "pin.wrong": "Wrong PIN. {left} {left|try|tries} left.",
  "pin.wait": "Too many wrong PINs. Try again in {time}.",
  "pin.forgot": "Forgot the PIN? Sign in with the password",
  "pin.other": "Another officer",
  "pin.unsentSafe": "Records that wait to go up are still sent while the app is locked.",
} as const;
