/** The words of all other pages and of the shared components, fetched with the first of them. */
import { audit } from "./audit";
import { books } from "./books";
import { codes } from "./codes";
import { contributions } from "./contributions";
import { dashboard } from "./dashboard";
import { dividends } from "./dividends";
import { group } from "./group";
import { loans } from "./loans";
import { map } from "./map";
import { members } from "./members";
import { messages } from "./messages";
import { opening } from "./opening";
import { papers } from "./papers";
import { people } from "./people";
import { reconciliation } from "./reconciliation";
import { reports } from "./reports";
import { review } from "./review";
import { savings } from "./savings";
import { search } from "./search";
import { toolkit } from "./toolkit";

export const later = {
  ...audit,
  ...books,
  ...codes,
  ...contributions,
  ...dashboard,
  ...dividends,
  ...group,
  ...loans,
  ...map,
  ...members,
  ...messages,
  ...opening,
  ...papers,
  ...people,
  ...reconciliation,
  ...reports,
  ...review,
  ...savings,
  ...search,
  ...toolkit,
};
