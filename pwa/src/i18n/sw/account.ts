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
  "account.signOutSigners":
    "{count|Mtu|Watu} {count} {count|anayesaini|wanaosaini} kwenye simu hii {count|ataruhusiwa|wataruhusiwa} upya, kukiwa na mtandao.",
  "account.signOutUnsent":
    "{count|Rekodi|Rekodi} {count} bado {count|haijatumwa|hazijatumwa}. {count|Itabaki|Zitabaki} kwenye simu hii, {count|imefungwa|zimefungwa}, hadi uingie hapa tena, na hakuna mwingine anayeweza {count|kuituma|kuzituma}. Afadhali: landanisha kwanza, au toa nakala.",
  "half.title": "Umeandika na bado hujahifadhi:",
  "half.registration": "usajili wa {name}",
  "half.nameless": "usajili ambao bado hauna jina",
  "half.sheet": "makusanyo ya {group}: {count|malipo|malipo} {count}, jumla KES {amount}",
  "half.count": "hesabu ya pesa ya mkutano ambao haujafungwa",
  "half.application": "ombi la mkopo la {name}",
  "half.what":
    "Hakuna mwingine anayeweza kuyaona wala kuyatuma, na hayamo kwenye nakala yoyote. Afadhali: rudi uyahifadhi. Ukiondoka sasa yatabaki kwenye simu hii, yamefungwa, hadi uingie hapa tena.",
  "account.signOutConfirm": "Ondoka",
  "account.version": "Toleo {version}",
  "account.about": "Hujifunga yenyewe baada ya dakika {minutes} bila kutumika.",
};
