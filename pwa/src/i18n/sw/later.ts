/** The words of all other screens; they come with the first of those. */
import { account } from "./account";
import { loans } from "./loans";
import { meeting } from "./meeting";
import { members } from "./members";
import { money } from "./money";
import { notices } from "./notices";
import { outbox } from "./outbox";
import { savings } from "./savings";

export const later = {
  ...account,
  ...meeting,
  ...members,
  ...money,
  ...notices,
  ...outbox,
  ...loans,
  ...savings,
};
