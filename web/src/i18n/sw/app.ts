import type { app as English } from "../en/app";
import type { Words } from "../words";

export const app: Words<typeof English> = {
  "app.name": "Benki ya mezani",
  "app.skip": "Ruka hadi kwenye maudhui",

  "error.offline":
    "Hakuna muunganisho na seva. Hakuna kilichopotea; kazi itaendelea muunganisho ukirudi.",
  "error.offlineSave":
    "Hakuna muunganisho na seva, kwa hivyo hii bado haijahifadhiwa. Ulichoandika bado kiko hapa; jaribu tena baada ya muda mfupi.",
  "error.broken":
    "Hitilafu imetokea kwenye seva. Jaribu tena; ikitokea tena, mwambie msimamizi wako.",
  "error.signedOut": "Kipindi chako kimeisha. Ingia tena.",
  "error.retry": "Jaribu tena",
  "error.title": "Hii haikuweza kupakiwa",
  "error.page": "Ukurasa huu umepata hitilafu. Data yako iko salama kwenye seva.",
  "error.reload": "Pakia ukurasa tena",

  "notFound.title": "Hakuna ukurasa kama huu",
  "notFound.text": "Huenda anwani imeandikwa vibaya, au kikundi si chako.",
  "notFound.action": "Nenda kwenye vikundi",

  "state.loading": "Inapakia",
  "state.loadingMore": "Inapakia zaidi",
  "state.stale": "Hakuna muunganisho. Unaona kilichopakiwa mara ya mwisho.",

  "live.live": "Moja kwa moja",
  "live.reconnecting": "Inaunganisha tena",
  "live.offline": "Nje ya mtandao",
  "live.liveHint": "Rekodi mpya huonekana hapa zenyewe.",
  "live.reconnectingHint": "Muunganisho unarudishwa. Unachoona huenda si kipya kabisa.",
  "live.offlineHint": "Hakuna muunganisho. Unaona kilichopakiwa mara ya mwisho.",

  "common.close": "Funga",
  "common.cancel": "Ghairi",
  "common.from": "Kuanzia",
  "common.to": "Hadi",
  "common.clear": "Futa",
  "common.optional": "si lazima",
  "common.yes": "Ndiyo",
  "common.no": "Hapana",
  "common.none": "Hakuna",
  "common.date": "Tarehe",

  "form.required": "Jaza hapa.",
  "form.amount": "Andika kiasi kinachozidi sifuri, kwa mfano 500 au 500.50.",
  "form.phone": "Hii si nambari ya simu ya Kenya. Iandike kama 0712 345 678.",
  "form.check": "Tafadhali angalia sehemu zilizowekwa alama.",
};
