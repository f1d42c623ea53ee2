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
  "outbox.allAgain": "Tuma zote {count} tena",
  "outbox.dayCount": "Rekodi {count}",
  "outbox.dayCash": "taslimu iliyoingia KES {amount}",
  "outbox.fromOffice": "Kutoka ofisini",
  "outbox.elsewhere": "Simu hii isipoweza kutuma",
  "outbox.problem.offline":
    "Hakuna mtandao. Zote ziko salama kwenye simu hii na zitatumwa zenyewe mtandao ukipatikana.",
  "outbox.problem.server":
    "Seva ina shida. Hakuna kilichopotea: simu hujaribu tena yenyewe, kwa vipindi virefu zaidi. “Landanisha sasa” hujaribu mara moja.",
  "outbox.problem.signIn":
    "Seva inaomba nenosiri lako tena. Zote zimetunzwa hapa. Ingia juu ya ukurasa huu, nazo zitatumwa.",
  "outbox.problem.storage":
    "Simu hii imejaa. Unayoyaona hapa yametunzwa. Futa video au programu usizohitaji, kisha landanisha tena.",
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
  "why.behindOther": "Inasubiri hadi “{what}” irekebishwe.",
  "why.after": "Itatumwa baada ya “{what}”.",
  "why.pictures": "Itatumwa baada ya picha za kitambulisho: KB {sent} kati ya {total} zimetumwa.",
  "why.pictureWrong": "Inasubiri picha inayokuhitaji: {what}.",
  "why.handedOver":
    "Ilikabidhiwa {moment}. Bado itatumwa kutoka hapa pia, na itahesabiwa mara moja tu.",
  "why.takenOver":
    "Imepokelewa kutoka kwa {name}. Itahesabiwa mara moja tu, yeyote kati yenu akituma.",
  "why.failed":
    "Majaribio matano bila jibu la kufaa. Imetunzwa kwenye simu hii. Itume tena, au itolee ofisi nakala.",
  "why.held": "Pesa ziko vitabuni. Ofisi inaamua ni za wapi; huhitaji kufanya chochote.",
  "why.conflict": "Ofisi ilibadilisha sehemu hizo hizo. Chagua iliyo sahihi.",
  "office.ACCEPT": "Ofisi imeikubali kama ulivyoirekodi.",
  "office.DISMISS": "Ofisi imebaki na iliyo kwenye daftari.",
  "office.PLACE_TO_MEMBER": "Ofisi imeiweka kwenye akiba au mifuko ya mwanachama.",
  "office.PLACE_TO_LOAN": "Ofisi imeihesabu kama marejesho ya mkopo.",
  "office.PLACE_TO_FUND": "Ofisi imeiweka kwenye mfuko wa kikundi.",
  "office.REVERSE": "Ofisi imeiondoa vitabuni: pesa zilirudishwa.",
  "office.open":
    "Ofisi itaamua kuhusu zilizo kwake. Huhitaji kufanya chochote, isipokuwa ikikuuliza.",
  "office.repeat":
    "Iko vitabuni. Lakini mwanachama huyo alilipa kiasi hicho hicho siku hiyo hiyo, kwa hiyo ofisi inauliza kama iliandikwa mara mbili. Huhitaji kufanya chochote: itakuuliza ikiwa haina uhakika.",
  "office.REPEAT_ACCEPT": "Ofisi imeona kwamba malipo yote mawili ni sahihi.",
  "office.REPEAT_REVERSE": "Ofisi imeona kwamba iliandikwa mara mbili, na imeiondoa hii vitabuni.",
  "office.decided": "Ofisi imeamua.",
  "office.asks": "Ofisi inakuomba uiangalie tena.",
  "office.note": "Ujumbe wake: “{note}”",

  "why.UNKNOWN_MEMBER": "Seva haimjui mwanachama huyu.",
  "why.ID_REUSED": "Seva ina rekodi nyingine kwa nambari hii. Toa nakala na uipigie ofisi simu.",
  "why.NOT_FOUND": "Kikundi au mwanachama huyu hayuko chini yako tena. Ipigie ofisi simu.",
  "why.FORBIDDEN": "Huruhusiwi kufanya hivi. Ipigie ofisi simu.",
  "why.NOT_AVAILABLE": "Seva bado haiwezi kufanya hivi. Imetunzwa kwenye simu hii.",
  "why.TRANSACTION_KNOWN":
    "Nambari hii ya M-Pesa tayari iko vitabuni. Isahihishe, au iache ikiwa ujumbe ulilipia vitu viwili.",
  "why.ID_NUMBER_TAKEN": "Mwanachama mwingine ana nambari hii ya kitambulisho. Isahihishe.",
  "why.BAD_INPUT":
    "Kuna kitu ndani yake kisichoweza kuwa sahihi, kama kiasi au tarehe. Isahihishe, au ipigie ofisi simu.",
  "why.OFFICER_UNASSIGNED": "Huhudumii tena kikundi hiki.",
  "why.DATE_IN_FUTURE": "Tarehe yake bado haijafika. Angalia tarehe ya simu yako.",
  "why.DATE_UNLIKELY": "Tarehe yake ni ya zamani mno. Angalia tarehe ya simu yako.",
  "why.MONTH_LOCKED": "Ofisi tayari imefunga vitabu vya mwezi huo.",
  "why.NOT_BOOKED": "Iko kwenye taarifa ya benki au M-Pesa, na hakuna aliyekuwa ameirekodi.",
  "why.NOT_POSTED": "Gawio bado halijagawanywa.",
  "why.ALREADY_PAID": "Ilikuwa imelipwa tayari.",
  "why.OTHER_AMOUNT": "Kiasi kilichoidhinishwa ni kingine.",
  "why.VARIANCE_EXPLAINED": "Taslimu iliyohesabiwa haikuwa sawa na ya vitabuni. Ulieleza sababu.",
  "why.VARIANCE_UNEXPLAINED":
    "Taslimu iliyohesabiwa haikuwa sawa na ya vitabuni, na hakuna aliyeeleza sababu.",
  "why.CLAIM_DIFFERS":
    "Taslimu ni sahihi, lakini simu hii ilionyesha hesabu tofauti na vitabu. Zote mbili zimetunzwa.",
  "why.unknown": "Kuna kanuni iliyoizuia ambayo toleo hili la programu bado haliijui.",
  "why.rejected":
    "Seva haikuikubali: {message} Isahihishe, au ipigie ofisi simu uwasomee neno hili.",

  "review.HELD_CASH": "Pesa zisizo na mahali",
  "review.VARIANCE": "Hesabu ya taslimu imetofautiana",
  "review.REPEAT": "Labda mara mbili",
  "review.CONFLICT": "Mabadiliko mawili",
  "review.DISPUTE": "Sahihi inapingwa",
  "review.MEETING": "Mkutano uliosimamishwa",
  "review.why.NOT_APPROVED": "Zilitolewa kabla ya kuidhinishwa.",
  "review.why.ALREADY_PAID_OUT": "Zilikuwa zimetolewa tayari.",
  "review.why.HELD_CASH": "Kuna kanuni iliyozuia zisipate mahali.",
  "review.why.VARIANCE": "Mkutano ulipofungwa, taslimu iliyohesabiwa haikuwa sawa na ya vitabuni.",
  "review.why.REPEAT":
    "Mwanachama huyo alilipa kiasi hicho hicho mara mbili siku hiyo hiyo. Yote mawili yako vitabuni; ofisi inauliza kama moja liliandikwa mara mbili.",
  "review.why.CONFLICT": "Wewe na mwingine mlibadilisha sehemu hizo hizo.",
  "review.why.DISPUTE": "Mtu anasema hakutoa sahihi iliyowekwa kwenye simu hii.",
  "review.why.MEETING": "Kuna kilichozuia mkutano huu, kama mkutano mwingine uliokuwa wazi.",

  "conflict.title": "Ipi ni sahihi?",
  "conflict.intro": "Wewe na ofisi mlibadilisha {name} kwa wakati mmoja. Chagua kwa kila sehemu.",
  "conflict.mine": "Yangu",
  "conflict.office": "Ya ofisi",
  "conflict.before": "Kabla: {value}",
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
