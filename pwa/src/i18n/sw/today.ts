import type { today as english } from "../en/today";
import type { Words } from "../words";

export const today: Words<typeof english> = {
  "today.title": "Leo",
  "today.groups": "Vikundi vyangu",
  "today.meets": "Hukutana {date}",
  "today.meetsNow": "Mkutano uko wazi: endelea",
  "today.meetsToday": "Hukutana leo",
  "today.due": "{count|Awamu|Awamu} {count} {count|ya|za} kulipwa: KES {amount}",
  "today.members": "{count|Mwanachama|Wanachama}\u00a0{count}",
  "today.noGroups": "Bado hakuna vikundi. Ofisi ndiyo hukupa; vitaonekana hapa ukilandanisha.",
  "today.safe": "Je, kazi yangu iko salama?",
  "today.nothingWaiting": "Kila kitu kimehifadhiwa",
  "today.nothingYet": "Huna kitu kinachosubiri kutumwa",
  "today.records": "Rekodi {count} {count|iko|ziko} kwenye simu hii tu",
  "today.cash": "Pamoja na KES {amount} za wanachama",
  "today.pictures": "Picha {count} {count|iko|ziko} kwenye simu hii tu",
  "today.oldest": "Ya zamani zaidi ni ya {moment}",
  "today.oldestDays": "Ya zamani zaidi ni ya {moment}: siku {days}",
  "today.old":
    "Tafuta mtandao leo: simu hii ikipotea, rekodi {count|hii itapotea|hizi zitapotea} pia.",
  "today.atOffice": "Rekodi {count} {count|iko|ziko} ofisini, {count|inasubiri|zinasubiri} uamuzi",
  "today.lastCopy": "Nakala kamili ya mwisho {moment}",
  "today.noCopy": "Bado hakuna nakala",
  "today.positions": "{count|Mahali|Mahali} {count} {count|panasubiri|panasubiri} kutumwa",
  "today.needsYou": "{count|Rekodi|Rekodi} {count} {count|inakuhitaji|zinakuhitaji}",
  "today.look": "Tazama",

  "others.goesUp":
    "{count|Rekodi|Rekodi} {count} za {name} kwenye simu hii bado {count|haijatumwa|hazijatumwa}. {count|Itatumwa|Zitatumwa} {count|yenyewe|zenyewe}, kwa jina la {name}.",
  "others.needs":
    "{count|Rekodi|Rekodi} {count} za {name} kwenye simu hii {count|inamhitaji|zinamhitaji} {name}: lazima afungue programu hapa.",
  "others.signIn":
    "{count|Rekodi|Rekodi} {count} za {name} kwenye simu hii {count|haijatumwa|hazijatumwa}. {name} lazima aingie hapa, {count|aitume au aikabidhi|azitume au azikabidhi}.",

  "copy.title": "Vikundi vyako vinanakiliwa kwenye simu hii",
  "copy.progress": "Wanachama {count} kati ya {total}",
  "copy.paused": "Imesimama: hakuna mtandao. Itaendelea pale ilipoachia.",

  "duty.title": "Kazini",
  "duty.on": "Ofisi inaona mahali ulipo.",
  "duty.off": "Ofisi haioni mahali ulipo.",
  "duty.activity": "Unafanya nini?",
  "duty.GROUP_MEETING": "Mkutano wa kikundi",
  "duty.MEMBER_VISIT": "Kumtembelea mwanachama",
  "duty.COLLECTION": "Kukusanya pesa",
  "duty.TRAVEL": "Safarini",
  "duty.OTHER": "Nyingine",
  "duty.last": "Mahali pa mwisho {moment}, ndani ya mita {metres}",
  "duty.searching": "Inatafuta mahali ulipo …",
  "duty.denied":
    "Simu hairuhusu programu hii kujua mahali ulipo. Iruhusu kwenye mipangilio ya kivinjari.",
  "duty.unavailable": "Mahali hapajulikani kwa sasa. Itaendelea yenyewe.",
  "duty.consentTitle": "Ofisi ione mahali ulipo ukiwa kazini?",
  "duty.consent":
    "Ukiwa kazini, ofisi huona mahali ulipo, unachofanya na kiasi cha betri, karibu kila sekunde 30. Hukoma ukitoka kazini. Mahali hutunzwa kwenye simu hii hadi mtandao upatikane.",
  "duty.gaps":
    "Kivinjari hujua mahali ulipo tu programu hii ikiwa wazi kwenye skrini. Simu ikilala au programu nyingine ikiwa mbele, mahali hapachukuliwi, na njia yako itakuwa na mapengo.",
  "duty.keepOpen": "Iache programu wazi: ikiwa nyuma, kivinjari hakichukui mahali.",
  "duty.background":
    "Mahali ulipo huchukuliwa hata programu nyingine ikiwa wazi au skrini ikiwa imezimwa. Android huonyesha arifa muda wote ukiwa kazini.",
  "duty.meeting": "Inatumwa kama mkutano wa kikundi: daftari la kikundi limefunguliwa.",
  "duty.moving": "Inatumwa kama safari: unakwenda kasi kuliko kwa miguu.",
  "duty.battery": "Betri {level}%",
  "duty.saving":
    "Betri iko chini: mahali huchukuliwa karibu kila dakika 2, na kutumwa kila dakika 10.",
  "duty.agree": "Nakubali, naanza kazi",
};
