import type { groups as English } from "../en/groups";
import type { Words } from "../words";

export const groups: Words<typeof English> = {
  "groups.title": "Vikundi",
  "groups.count": "{count|Kikundi|Vikundi} {count}",
  "groups.search": "Tafuta kwa jina au msimbo",
  "groups.county": "Kaunti",
  "groups.allCounties": "Kaunti zote",
  "groups.status": "Hali",
  "groups.all": "Vyote",
  "groups.new": "Kikundi kipya",
  "groups.name": "Kikundi",
  "groups.code": "Msimbo",
  "groups.place": "Wadi, eneo bunge",
  "groups.meets": "Hukutana",
  "groups.members": "Wanachama",
  "groups.cash": "Mezani, {currency}",
  "groups.leaveOut": "{name}: ondoa",
  "groups.empty": "Bado hakuna vikundi",
  "groups.emptyHint": "Unda cha kwanza; wanachama na vitabu vyake vitafuata.",
  "groups.emptyOfficer": "Bado hujapewa kikundi. Muulize msimamizi wako.",
  "groups.noMatch": "Hakuna kikundi kinacholingana",
  "groups.noMatchHint": "Badilisha utafutaji au uondoe kichujio.",
  "groups.clear": "Futa utafutaji na vichujio",
};
