import type { meeting as english } from "../en/meeting";
import type { Words } from "../words";

export const meeting: Words<typeof english> = {
  "meeting.title": "Mkutano",
  "meeting.pick": "Ni kikundi gani kinakutana?",
  "meeting.empty": "Bado hakuna vikundi kwenye simu hii.",

  "sheet.title": "Makusanyo",
  "sheet.date": "Tarehe",
  "sheet.dateFuture": "Tarehe haiwezi kuwa ya baadaye.",
  "sheet.kinds": "Kinacholipwa",
  "sheet.entry": "{kind}: {name}",
  "sheet.noMembers": "Kikundi hiki bado hakina wanachama.",
  "sheet.columnTotal": "Jumla ya {kind}",
  "sheet.cash": "Pesa taslimu mezani",
  "sheet.save": "Hifadhi {count}",
  "sheet.nothing": "Hifadhi",
  "sheet.saving": "Inahifadhi …",
  "sheet.saved":
    "Malipo {count} {count|yamehifadhiwa|yamehifadhiwa} kwenye simu hii: KES {amount}. Yatatumwa yenyewe.",
  "sheet.wrong.amount": "{name}: “{text}” si kiasi cha pesa. Hakuna kilichohifadhiwa.",
  "sheet.wrong.codeTwice":
    "{name}: nambari ya M-Pesa {text} ipo pia kwa mwanachama mwingine kwenye orodha hii. Angalia ujumbe zote mbili. Hakuna kilichohifadhiwa.",
  "sheet.wrong.code":
    "{name}: nambari ya M-Pesa ina herufi na tarakimu 10. Hakuna kilichohifadhiwa.",
  "sheet.inactive": "ameondoka",
  "sheet.recorded": "Imerekodiwa siku hii: {kind}, {state} {amount}",

  "pad.label": "Kibodi ya nambari",
  "pad.usual": "Kawaida {amount}",
  "pad.next": "Mbele",
  "pad.close": "Funga kibodi ya nambari",
  "pad.delete": "Futa tarakimu ya mwisho",
  "pad.method": "Njia ya malipo",
  "pad.code": "Nambari ya M-Pesa",
};
