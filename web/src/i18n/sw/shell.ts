import type { shell as English } from "../en/shell";
import type { Words } from "../words";

export const shell: Words<typeof English> = {
  "nav.label": "Kuu",
  "nav.groups": "Vikundi",
  "nav.map": "Ramani",
  "nav.dashboard": "Muhtasari",
  "nav.members": "Wanachama",
  "nav.meetings": "Mikutano",
  "nav.loans": "Mikopo",
  "nav.savings": "Akiba na mifuko",
  "nav.dividends": "Magawio",
  "nav.review": "Ukaguzi",
  "nav.reconciliation": "Usuluhishi",
  "nav.people": "Watu",
  "nav.audit": "Kumbukumbu za matendo",
  "nav.signIns": "Mahali ulipoingia",
  "nav.reports": "Ripoti",
  "nav.waiting": "{count} {count|inasubiri|zinasubiri}",
  "nav.menu": "Menyu",
  "nav.closeMenu": "Funga menyu",
  "nav.search": "Tafuta",
  "nav.searchHint": "Tafuta vikundi, wanachama na kurasa",
  "nav.language": "Lugha",
  "nav.languageFailed": "Maneno hayakuweza kupakiwa. Jaribu tena ukiwa na muunganisho.",
  "nav.account": "Akaunti",
  "nav.light": "Mwanga",
  "nav.dark": "Giza",
  "nav.auto": "Kama kifaa",
  "nav.appearance": "Mwonekano",
  "nav.signOut": "Ondoka",
  "nav.api": "Kichunguzi cha API",

  "role.SYSTEM_ADMIN": "Msimamizi",
  "role.FIELD_OFFICER": "Afisa wa nyanjani",
  "role.GROUP_CHAIR": "Mwenyekiti wa kikundi",
  "role.GROUP_COMMITTEE": "Kamati",

  "login.title": "Ingia",
  "login.phone": "Nambari ya simu",
  "login.phoneHint": "Kwa mfano 0712 345 678",
  "login.password": "Nenosiri",
  "login.submit": "Ingia",
  "login.haveCode": "Nina msimbo kutoka ofisini",
  "login.phoneWrong": "Hii si nambari ya simu ya Kenya. Iandike kama 0712 345 678.",
  "login.passwordMissing": "Andika nenosiri lako.",
  "login.refused":
    "Nambari ya simu na nenosiri havilingani. Angalia vyote viwili, kisha ujaribu tena.",
  "login.tooMany": "Majaribio ni mengi mno. Subiri dakika chache, kisha ujaribu tena.",
  "login.expired":
    "Umetolewa kwa sababu kipindi chako kiliisha. Ingia ili uendelee pale ulipokuwa.",

  "status.ACTIVE": "Hai",
  "status.INACTIVE": "Kimefungwa",

  "explorer.title": "Kichunguzi cha API",
  "explorer.signedIn": "Umeingia kama {name} ({role})",
};
