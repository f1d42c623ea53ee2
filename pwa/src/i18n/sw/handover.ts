import type { handover as english } from "../en/handover";
import type { Words } from "../words";

export const handover: Words<typeof english> = {
  "export.title": "TABLE BANKING: kazi ambayo bado haiko vitabuni",
  "export.officer": "Afisa: {name}, {phone}",
  "export.made": "Imetengenezwa: {moment}",
  "export.count": "Rekodi {count}, pamoja na KES {amount} za wanachama",
  "export.forTheApp":
    "Yanayofuata ni ya programu, ambayo inaweza kuyapokea (Kutuma, “Pokea kazi ya mwenzako”). Usibadilishe chochote.",

  "handOver.button": "Mkabidhi mwenzako",
  "handOver.title": "Kabidhi kazi isiyotumwa",
  "handOver.intro":
    "Ni kwa wakati simu hii haiwezi kutuma: imeharibika, hakuna mtandao kwa siku kadhaa, au unaondoka. Mwenzako wa vikundi hivyo hivyo, au ofisi, hupokea kazi yako kwenye simu yake na kuituma.",
  "handOver.count": "Rekodi {count} {count|inaingia|zinaingia} kwenye faili",
  "handOver.own":
    "Rekodi {count} {count|inabaki|zinabaki} hapa: wewe tu ndiye unaweza {count|kuituma|kuzituma}, kama idhini yako.",
  "handOver.point1":
    "Faili imefungwa. Utapata msimbo: mwambie mwenzako kwa mdomo, usiutume pamoja na faili.",
  "handOver.point2":
    "Kazi yako inabaki kwenye simu hii pia, na itatumwa mtandao ukipatikana. Yeyote atakayetuma kwanza, vitabu vitaihesabu mara moja tu.",
  "handOver.point3":
    "Vitabu vitasema mwenzako ndiye aliyetuma, na seva itaangalia kama anaruhusiwa.",
  "handOver.point4":
    "Kuanzia sasa rekodi hizi haziwezi kusahihishwa wala kuondolewa kwenye simu hii.",
  "handOver.make": "Tengeneza faili iliyofungwa",
  "handOver.busy": "Faili inafungwa …",
  "handOver.failed": "Faili haikuweza kutengenezwa. Hakuna kilichobadilishwa. Jaribu tena.",
  "handOver.code": "Msimbo",
  "handOver.codeText": "Mwambie mwenzako kwa mdomo. Unaonyeshwa sasa tu.",
  "handOver.send": "Tuma faili",
  "handOver.again": "Tuma faili tena",
  "handOver.done": "Maliza",
  "handOver.nothing": "Hakuna kinachosubiri ambacho mwingine angeweza kutuma.",
  "handOver.fileText":
    "TABLE BANKING: rekodi {count} za {name}, zilizotengenezwa {moment}, zimefungwa. Zifungue kwenye programu chini ya Kutuma, “Pokea kazi ya mwenzako”, kwa msimbo ambao {name} atakuambia.",

  "takeOver.button": "Pokea kazi ya mwenzako",
  "takeOver.title": "Pokea kazi ya mwenzako",
  "takeOver.intro":
    "Chagua faili uliyopewa na mwenzako. Rekodi zake huingia kwenye kasha lako la kutuma, nawe ndiye unayezituma: vitabu vitasema hivyo.",
  "takeOver.file": "Faili",
  "takeOver.choose": "Chagua faili",
  "takeOver.code": "Msimbo ulioambiwa na mwenzako",
  "takeOver.codeWrong": "Msimbo huu haufungui faili. Muulize mwenzako tena.",
  "takeOver.codeFormat": "Msimbo una herufi na tarakimu 12.",
  "takeOver.open": "Fungua",
  "takeOver.noParcel":
    "Hii si faili inayofaa, au sehemu yake haipo. Iombe tena. Hakuna kilichobadilishwa.",
  "takeOver.from": "Kutoka kwa {name}, imetengenezwa {moment}",
  "takeOver.fresh": "Rekodi {count} za kupokea",
  "takeOver.known": "{count} {count|iko|ziko} tayari kwenye kasha lako la kutuma",
  "takeOver.notMine":
    "{count} {count|imeachwa|zimeachwa}: ni za vikundi usivyohudumia, au ni {name} tu anayeweza kuzituma",
  "takeOver.take": "Pokea {count}",
  "takeOver.nothing": "Hakuna unachoweza kupokea ndani yake.",
  "takeOver.done": "Rekodi {count} za {name} zimepokelewa",
};
