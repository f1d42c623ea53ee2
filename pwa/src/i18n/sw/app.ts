import type { app as english } from "../en/app";
import type { Words } from "../words";

export const app: Words<typeof english> = {
  "app.name": "Table Banking",
  "app.loading": "Inafunguka …",
  "app.broken": "Kuna hitilafu kwenye ukurasa huu. Rekodi zako ziko salama kwenye simu hii.",
  "app.reload": "Fungua programu tena",
  "app.update": "Toleo jipya liko tayari.",
  "app.updateNow": "Litumie sasa",

  "full.title": "Simu hii imejaa",
  "full.text":
    "Ulichofanya mwisho hakikuhifadhiwa, wala hakuna sehemu yake iliyohifadhiwa. Vilivyo kwenye simu hii tayari viko salama, na ulichoandika bado kiko kwenye skrini.",
  "full.todo":
    "Futa video, picha au programu usizohitaji, au landanisha ili picha zitumwe. Kisha jaribu tena.",
  "full.ok": "Nitatengeneza nafasi",

  "tab.today": "Leo",
  "tab.meeting": "Mkutano",
  "tab.members": "Wanachama",
  "tab.outbox": "Kutuma",
  "tab.waiting": "zinasubiri",

  "nav.main": "Kuu",
  "nav.account": "Akaunti na mipangilio",
  "nav.back": "Rudi",
  "nav.allGroups": "Vikundi vyote",
  "nav.close": "Funga",
  "nav.language": "Lugha",
  "nav.languageMissing": "Lugha hii bado haiko kwenye simu. Itakuja mtandao ukipatikana.",
  "field.optional": "si lazima",
  "segmented.more": "Onyesha zaidi",
  "segmented.back": "Rudi mwanzo",

  "sync.idle": "Zimehifadhiwa",
  "sync.notCopied": "Bado haijanakiliwa",
  "sync.waiting": "{count} {count|inasubiri|zinasubiri}",
  "sync.offline": "Bila mtandao",
  "sync.offlineWaiting": "Bila mtandao · {count} {count|inasubiri|zinasubiri}",
  "sync.pushing": "{done} kati ya {total} zimefika",
  "sync.pulling": "Inaleta mabadiliko …",
  "sync.signIn": "Ingia ili kutuma",
  "sync.server": "Seva ina shida",
  "sync.storage": "Simu imejaa",
  "sync.now": "Landanisha sasa",
  "sync.label": "Hali ya kulandanisha: {state}",

  "clock.off":
    "Saa ya simu hii inasema {phone}. Ikihesabiwa tangu ilipowasiliana na ofisi mara ya mwisho, ingekuwa {server}.",
  "clock.signing": "Kama simu imekosea, ofisi itakataa sahihi hii.",
  "clock.todo":
    "Tazama saa nyingine. Kama simu imekosea, nenda kwenye mipangilio ya simu, weka tarehe na saa zijirekebishe zenyewe, kisha urudi hapa.",

  "state.waiting": "Kwenye simu hii",
  "state.sending": "Inatumwa",
  "state.saved": "Imehifadhiwa",
  "state.needs": "Inakuhitaji",
  "state.held": "Iko ofisini",
  "state.removed": "Imeondolewa",
};
