import type { outbox as english } from "../en/outbox";
import type { Words } from "../words";

export const outbox: Words<typeof english> = {
  "outbox.title": "Kasha la kutuma",
  "outbox.needsYou": "Zinakuhitaji",
  "outbox.waiting": "Zinasubiri kutumwa",
  "outbox.office": "Ziko ofisini",
  "outbox.done": "Zilizohifadhiwa hivi karibuni",
  "outbox.empty": "Hakuna kinachosubiri. Unachorekodi huonekana hapa hadi kihifadhiwe.",
  "outbox.export": "Toa nakala ya kazi isiyotumwa",
  "outbox.exportTitle": "Toa nakala ya kazi isiyotumwa?",
  "outbox.exportText":
    "Faili inaweza kusomwa na yeyote aliye nayo: majina, nambari za vitambulisho na pesa. Mpe msimamizi wako tu.",
  "outbox.exportConfirm": "Tengeneza faili",
  "outbox.again": "Tuma tena",
  "outbox.askOffice": "Uliza tena",
  "outbox.edit": "Sahihisha",
  "outbox.compare": "Linganisha",
  "outbox.takeBack": "Ondoa",
  "outbox.tries": "Imejaribiwa mara {count}",
  "outbox.reasonGiven": "Sababu yako: {reason}",

  "op.contribution": "{kind} KES {amount} ya {name}",
  "op.register": "Mwanachama mpya {name}",
  "op.update": "Mabadiliko ya {name}",
  "op.position": "Mahali",

  "why.uncertain": "Jibu lilipotea njiani. Inatumwa tena, na itahesabiwa mara moja tu.",
  "why.behind": "Inasubiri usajili wa mwanachama huyu.",
  "why.failed":
    "Majaribio matano bila jibu la kufaa. Imetunzwa kwenye simu hii. Itume tena, au itolee ofisi nakala.",
  "why.held": "Pesa ziko vitabuni. Ofisi inaamua ni za wapi.",
  "why.conflict": "Ofisi ilibadilisha sehemu hizo hizo. Chagua iliyo sahihi.",
  "why.UNKNOWN_MEMBER": "Seva haimjui mwanachama huyu.",
  "why.ID_REUSED": "Seva ina rekodi nyingine kwa nambari hii. Toa nakala na uipigie ofisi simu.",
  "why.NOT_FOUND": "Kikundi au mwanachama huyu hayuko chini yako tena. Ipigie ofisi simu.",
  "why.FORBIDDEN": "Huruhusiwi kufanya hivi. Ipigie ofisi simu.",
  "why.NOT_AVAILABLE": "Seva bado haiwezi kufanya hivi. Imetunzwa kwenye simu hii.",
  "why.TRANSACTION_KNOWN":
    "Nambari hii ya M-Pesa tayari iko vitabuni. Isahihishe, au iache ikiwa ujumbe ulilipia vitu viwili.",
  "why.ID_NUMBER_TAKEN": "Mwanachama mwingine ana nambari hii ya kitambulisho. Isahihishe.",
  "why.rejected": "Seva haikuikubali: {message}",

  "conflict.title": "Ipi ni sahihi?",
  "conflict.intro": "Wewe na ofisi mlibadilisha {name} kwa wakati mmoja. Chagua kwa kila sehemu.",
  "conflict.mine": "Yangu",
  "conflict.office": "Ya ofisi",
  "conflict.none": "(tupu)",
  "conflict.send": "Tumia chaguo langu",
  "conflict.allOffice": "Nilichukua nakala ya ofisi",
  "conflict.memberName": "Jina",
  "conflict.phone": "Simu",
  "conflict.dateOfBirth": "Tarehe ya kuzaliwa",
  "conflict.nextOfKin": "Mtu wa karibu",
  "conflict.isActive": "Mwanachama hai",
  "conflict.yes": "Ndiyo",
  "conflict.no": "Hapana",
  "conflict.unreadable":
    "Nakala ya ofisi haikuweza kusomwa. Landanisha tena, kisha mhariri mwanachama upya.",
};
