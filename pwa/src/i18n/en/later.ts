/** The words of all other screens; they come with the first of those. */
import { account } from "./account";
import { agenda } from "./agenda";
import { handover } from "./handover";
import { lending } from "./lending";
import { loans } from "./loans";
import { meeting } from "./meeting";
import { meetings } from "./meetings";
import { members } from "./members";
import { minutes } from "./minutes";
import { money } from "./money";
import { notices } from "./notices";
import { outbox } from "./outbox";
import { papers } from "./papers";
import { savings } from "./savings";
import { welfare } from "./welfare";

export const later = {
  ...account,
  ...agenda,
  ...meeting,
  ...members,
  ...minutes,
  ...money,
  ...notices,
  ...outbox,
  ...handover,
  ...lending,
  ...loans,
  ...savings,
  ...papers,
  ...meetings,
  ...welfare,
};
