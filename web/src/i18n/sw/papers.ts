import type { papers as English } from "../en/papers";
import type { Words } from "../words";

export const papers: Words<typeof English> = {
  "paper.button": "Chapisha / PDF",
  "paper.title": "Karatasi ya kuchapisha",
  "paper.which": "Karatasi gani",
  "paper.make": "Tengeneza PDF",
  "paper.ofAll": "{name}, za wote (ZIP)",
  "paper.endsBefore": "Hii ni kabla ya siku ya kwanza.",
  "paper.making": "Inatengenezwa. Huchukua sekunde chache.",
  "paper.madeOf": "{done} kati ya {total} zimetengenezwa",
  "paper.takesLong":
    "Inachukua muda zaidi ya kawaida. Inatengenezwa bila wewe kusubiri: angalia tena, au funga hapa na uiombe upya baadaye.",
  "paper.lookOn": "Angalia tena",
  "paper.done": "Karatasi iko tayari.",
  "paper.doneBut":
    "Iko tayari, lakini {count|karatasi|karatasi} {count} {count|haikuweza|hazikuweza} kutengenezwa wala {count|haimo|hazimo}.",
  "paper.download": "Pakua",
  "paper.again": "Karatasi nyingine",
  "paper.failed":
    "Karatasi haikuweza kutengenezwa. Jaribu tena; ikiendelea hivyo, mweleze anayeendesha seva.",
  "paper.gone": "Karatasi hii haihifadhiwi tena. Iombe upya.",
  "paper.notFetched": "Faili haikuweza kupakuliwa. Jaribu tena ukiwa na muunganisho.",

  "paper.kind.LOAN_STATEMENT": "Taarifa ya mkopo",
  "paper.kind.LOAN_AGREEMENT": "Mkataba wa mkopo",
  "paper.kind.PASSBOOK": "Kitabu cha akiba",
  "paper.kind.DIVIDEND_STATEMENT": "Taarifa ya gawio",
  "paper.kind.GROUP_STATEMENT": "Taarifa ya kikundi",
  "paper.kind.MINUTES": "Kumbukumbu za mkutano",
  "paper.kind.RECONCILIATION": "Usuluhishi wa mwezi",
  "paper.kind.RECEIPT": "Risiti",
};
