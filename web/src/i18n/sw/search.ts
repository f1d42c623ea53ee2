import type { search as English } from "../en/search";
import type { Words } from "../words";

export const search: Words<typeof English> = {
  "search.title": "Tafuta vikundi, wanachama, mikopo na kurasa",
  "search.placeholder": "Jina, msimbo, simu au nambari ya kitambulisho",
  "search.hint": "Andika angalau herufi mbili.",
  "search.nothing": "Hakuna kilichopatikana kwa “{text}”.",
  "search.groups": "Kikundi",
  "search.members": "Mwanachama",
  "search.loans": "Mkopo",
  "search.pages": "Ukurasa",
  "search.keys": "Mishale kuchagua, Enter kufungua, Esc kufunga",
};
