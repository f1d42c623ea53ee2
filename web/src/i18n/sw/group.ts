import type { group as English } from "../en/group";
import type { Words } from "../words";

export const group: Words<typeof English> = {
  "newGroup.title": "Kikundi kipya",
  "newGroup.name": "Jina la kikundi",
  "newGroup.code": "Msimbo",
  "newGroup.codeHint": "Mfupi na wa pekee, kwa mfano NKR-014",
  "newGroup.county": "Kaunti",
  "newGroup.constituency": "Eneo bunge",
  "newGroup.ward": "Wadi",
  "newGroup.choose": "Chagua",
  "newGroup.village": "Kijiji",
  "newGroup.day": "Siku ya mkutano",
  "newGroup.venue": "Mahali pa mkutano",
  "newGroup.submit": "Unda kikundi",
  "newGroup.done": "{name} kimeundwa.",

  "group.books": "Vitabu",
  "group.membersTab": "Wanachama",
  "group.tabs": "Sehemu za kikundi",
  "group.onTable": "Pesa taslimu mezani, {currency}",
  "group.trfTotal": "Jumla ya mfuko wa mzunguko, {currency}",
  "group.membersCount": "Wanachama",
  "group.meets": "{day}, {venue}",
  "group.chain": "Kitabu kimefungwa kwa muhuri kwenye rekodi {sequence}",
  "group.chainHint":
    "Kila rekodi ya kitabu imefungwa kwa muhuri pamoja na iliyotangulia. Huu ni muhuri wa rekodi ya mwisho: {hash}",
  "group.chainEmpty": "Kitabu bado hakina rekodi",
  "group.missing": "Kikundi hiki hakipo, au si chako",
  "group.record": "Rekodi mchango",
  "group.register": "Sajili mwanachama",
  "group.back": "Vikundi vyote",
};
