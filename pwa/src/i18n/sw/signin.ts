import type { signin as english } from "../en/signin";
import type { Words } from "../words";

export const signin: Words<typeof english> = {
  "signIn.title": "Ingia",
  "signIn.intro": "Mara moja ukiwa na mtandao. Baadaye PIN itafungua programu mahali popote.",
  "signIn.phone": "Nambari ya simu",
  "signIn.password": "Nenosiri",
  "signIn.submit": "Ingia",
  "signIn.busy": "Unaingia …",
  "signIn.cancel": "Si sasa",
  "signIn.others": "Maafisa kwenye simu hii",
  "signIn.exhausted":
    "PIN imekosewa mara kumi: nakala ya rekodi za vikundi imeondolewa kwenye simu hii. Kazi yako ambayo haijatumwa bado ipo. Ingia kwa nenosiri lako ili kuendelea.",
  "signIn.phoneWrong": "Hii si nambari ya simu ya Kenya. Iandike kama 0712 345 678.",
  "signIn.passwordMissing": "Andika nenosiri lako.",
  "signIn.refused": "Nambari ya simu au nenosiri si sahihi. Hakuna kilichobadilishwa.",
  "signIn.offline":
    "Hakuna mtandao. Kuingia mara ya kwanza kunahitaji mtandao; jaribu tena ukiupata.",
  "signIn.shutOut":
    "Ofisi imezuia simu hii. Kazi yako imehifadhiwa ndani yake. Iombe ofisi iiruhusu tena.",
  "signIn.failed": "Seva haikuweza kujibu. Jaribu tena baada ya dakika moja.",
  "signIn.again": "Muda wako wa kuingia umeisha. Kazi yako imetunzwa; ingia tena ili kuituma.",
  "signIn.againAction": "Ingia",

  "pin.setTitle": "Chagua PIN",
  "pin.setIntro":
    "Inafungua programu bila mtandao na kufunga rekodi za wanachama kwenye simu hii. Tarakimu sita ni salama zaidi; nne ndizo chache kabisa.",
  "pin.choose": "PIN mpya",
  "pin.repeat": "PIN hiyo hiyo tena",
  "pin.save": "Hifadhi PIN",
  "pin.format": "PIN ina tarakimu 4 hadi 6.",
  "pin.weak": "PIN hii ni rahisi kukisia. Chagua tarakimu zisizofuatana.",
  "pin.different": "PIN hizi mbili hazifanani.",
  "pin.unlockTitle": "Karibu tena, {name}",
  "pin.label": "PIN",
  "pin.unlock": "Fungua",
  "pin.warning":
    "Baada ya majaribio {left} zaidi, nakala ya wanachama itaondolewa kwenye simu hii. Rekodi {count} {count|ambayo hujaituma inabaki|ambazo hujazituma zinabaki}: ingia kwa nenosiri lako, {count|nayo itatumwa|nazo zitatumwa}.",
  "pin.warningClean":
    "Baada ya majaribio {left} zaidi, nakala ya wanachama itaondolewa kwenye simu hii. Hakuna chako kitakachopotea: ingia kwa nenosiri lako, nayo italetwa tena.",
  "pin.someoneElse": "Ingia kama afisa mwingine",
  "pin.wrong": "PIN si sahihi. {left|Umebaki na jaribio|Umebaki na majaribio} {left}.",
  "pin.wait": "PIN imekosewa mara nyingi mno. Jaribu tena baada ya {time}.",
  "pin.forgot": "Umesahau PIN? Ingia kwa nenosiri",
  "pin.other": "Afisa mwingine",
  "pin.unsentSafe": "Rekodi zinazosubiri hutumwa hata programu ikiwa imefungwa.",
};
