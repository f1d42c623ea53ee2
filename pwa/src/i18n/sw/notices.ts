import type { notices as english } from "../en/notices";
import type { Words } from "../words";

export const notices: Words<typeof english> = {
  "notices.title": "Niarifu kwenye simu hii",
  "notices.off": "Hakuna kinachoonyeshwa programu ikiwa imefungwa.",
  "notices.on": "Unaarifiwa idhini inapohitajika au ofisi inapoamua.",
  "notices.busy": "Inawashwa …",
  "notices.about":
    "Simu inahitaji mtandao kwa hili, na inaweza kukuarifu kwa kuchelewa ili kuokoa betri. Majina na kiasi cha pesa havionyeshwi kamwe.",
  "notices.unsupported":
    "Kivinjari hiki hakiwezi kukuarifu programu ikiwa imefungwa. Programu huonyesha yaliyoamuliwa kila inapolandanisha.",
  "notices.denied":
    "Simu hii hairuhusu programu kuonyesha arifa. Ziruhusu kwa tovuti hii kwenye mipangilio ya kivinjari, kisha uwashe tena.",
  "notices.unreachable":
    "Huduma ya arifa ya simu haijibu. Simu nyingine hazina. Ombi lako limetunzwa; jaribu tena penye mtandao mzuri.",
  "notices.switchedOff": "Ofisi haijaweka arifa. Ombi lako limetunzwa.",
  "notices.offline": "Ombi lako limetunzwa. Zitawashwa mtandao ukipatikana.",
  "notices.signIn": "Ombi lako limetunzwa. Ingia tena ili kuziwasha.",
  "notices.offerLoan": "Niarifu ikiamuliwa",
  "notices.offerText":
    "Kuna jambo linalosubiri uamuzi. Simu hii inaweza kukuarifu ukifanywa, hata programu ikiwa imefungwa.",
  "notices.offerYes": "Niarifu",
  "notices.offerNo": "Si sasa",
};
