import type { money as english } from "../en/money";
import type { Words } from "../words";

export const money: Words<typeof english> = {
  "kind.REGULAR": "Akiba",
  "kind.WELFARE": "Ustawi",
  "kind.PROJECT": "Mradi",
  "kind.FINE": "Faini",
  "kind.REGISTRATION": "Usajili",
  "kind.APPRECIATION": "Shukrani",

  "method.CASH": "Taslimu",
  "method.MPESA": "M-Pesa",
  "method.BANK": "Benki",

  "receipt.title": "Risiti",
  "receipt.member": "Mwanachama",
  "receipt.what": "Ya",
  "receipt.amount": "Kiasi",
  "receipt.method": "Njia ya malipo",
  "receipt.date": "Tarehe",
  "receipt.notYet": "Bado haijaingia vitabuni.",
  "receipt.inBooks": "Imeingia vitabu vya kikundi.",
  "receipt.held": "Imeingia vitabuni; ofisi inaitafutia mahali pake.",
  "receipt.repayment": "Marejesho ya mkopo",
  "receipt.loan": "Mkopo uliotolewa",
  "receipt.for": "Risiti ya {name}",
  "receipt.paidIn": "Alicholipa",
  "receipt.paidOut": "Alicholipwa",
  "receipt.stamp.yes": "Iko vitabuni",
  "receipt.stamp.office": "Iko vitabuni; ofisi inaipatia mahali pake",
  "receipt.stamp.no": "Bado haiko vitabuni",
  "receipt.foot":
    "Imerekodiwa na {officer}. Uthibitisho ni ujumbe ambao mwanachama hupata ikishaingia vitabuni.",
  "receipt.code": "msimbo {code}",
  "receipt.check": "Yeyote anaweza kuikagua: {page}",
  "receipt.later": "Itume tena ikishaingia vitabuni: itasema hivyo.",
  "receipt.asPicture": "Picha",
  "receipt.asText": "Maandishi",
  "receipt.downloaded": "Picha iko kwenye vipakuliwa vyako",
  "receipt.noPicture": "Picha haikuweza kutengenezwa. Itume kama maandishi.",
  "receipt.copied": "Imenakiliwa: ibandike kwenye ujumbe",
  "receipt.notCopied": "Maandishi hayakuweza kunakiliwa. Itume kama picha.",
  "receipt.whole": "Zote za siku hii",
  "receipt.unknown": "Hakuna risiti kama hiyo kwenye simu hii.",
  "receipt.nothing": "Hakuna kilicholipwa siku hii.",
  "receipt.show": "Risiti",
  "receipt.edit": "Sahihisha",
  "receipt.takeBack": "Ondoa",
  "receipt.onWay":
    "Huenda rekodi hii tayari imeingia vitabuni, kwa hiyo haiwezi kubadilishwa hapa. Iombe ofisi isahihishe.",

  "edit.title": "Sahihisha rekodi",
  "edit.save": "Hifadhi sahihisho",
  "edit.amountWrong": "Andika kiasi kinachozidi sifuri, kama 500 au 500.50.",
  "edit.codeWrong": "Nambari ya M-Pesa ina herufi na tarakimu 10.",
  "edit.tooLate": "Umechelewa: imetumwa sasa hivi. Hakuna kilichobadilishwa.",

  "remove.title": "Uiondoe?",
  "remove.text": "Haitatumwa. Itabaki kwenye orodha wiki moja pamoja na sababu yako.",
  "remove.orphans":
    "{count|Rekodi|Rekodi} {count} za pesa zilizolipwa kweli bado {count|itatumwa|zitatumwa}; ofisi itaamua pesa ni za nani.",
  "remove.along":
    "{count|Rekodi nyingine|Rekodi nyingine} {count} {count|inayotegemea|zinazotegemea} hii {count|itaondolewa|zitaondolewa} pamoja nayo.",
  "remove.reason": "Kwa nini?",
  "remove.reasonMissing": "Eleza sababu kwa maneno machache.",
  "remove.confirm": "Ondoa",
  "remove.cancel": "Iache",
};
