import type { account as english } from "../en/account";
import type { Words } from "../words";

export const account: Words<typeof english> = {
  "account.title": "Akaunti na mipangilio",
  "account.theme": "Mwonekano",
  "account.theme.system": "Kama simu",
  "account.theme.light": "Mwanga",
  "account.theme.dark": "Giza",
  "account.lock": "Funga sasa",
  "account.signOut": "Ondoka",
  "account.signOutTitle": "Uondoke kwenye simu hii?",
  "account.signOutClean": "Kila kitu kimehifadhiwa. Nakala kwenye simu hii itaondolewa.",
  "account.signOutUnsent":
    "{count|Rekodi|Rekodi} {count} bado {count|haijatumwa|hazijatumwa}. {count|Itabaki|Zitabaki} kwenye simu hii, {count|imefungwa|zimefungwa}, hadi uingie hapa tena, na hakuna mwingine anayeweza {count|kuituma|kuzituma}. Afadhali: landanisha kwanza, au toa nakala.",
  "account.signOutBegun": "Kati yake ni usajili wa {name} ambao haujakamilika.",
  "account.signOutBegunNameless": "Kati yake ni usajili ambao haujakamilika.",
  "account.signOutConfirm": "Ondoka",
  "account.version": "Toleo {version}",
  "account.about": "Hujifunga yenyewe baada ya dakika {minutes} bila kutumika.",
};
