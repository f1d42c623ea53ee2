import type { loans as english } from "../en/loans";
import type { Words } from "../words";

export const loans: Words<typeof english> = {
  "op.applyForLoan": "Ombi la mkopo wa KES {amount} la {name}",
  "op.approveLoan": "Umeidhinisha mkopo wa KES {amount} wa {name}",
  "op.approveLoanSigned": "{by} ametia sahihi mkopo wa KES {amount} wa {name}",
  "op.rejectLoan": "Mkopo wa KES {amount} wa {name} umekataliwa",
  "op.disburseLoan": "KES {amount} za mkopo zimetolewa kwa {name}",
  "op.recordRepayment": "Marejesho ya mkopo KES {amount} ya {name}",
  "op.verifyIdentity": "Kitambulisho cha {name} kimekaguliwa",

  "why.UNKNOWN_LOAN": "Seva haiujui mkopo huu.",
  "why.MEMBER_LEFT": "Mwanachama ameondoka kwenye kikundi.",
  "why.GROUP_INACTIVE": "Kikundi kimefungwa.",
  "why.NOT_ENOUGH_MONTHS":
    "Mwanachama hajaweka akiba ya chini katika kila mwezi wa miezi mitatu iliyopita.",
  "why.OVER_LIMIT": "Mkopo unazidi mara tatu ya akiba ya mwanachama.",
  "why.LOAN_OPEN": "Mwanachama ana mkopo mwingine ambao haujaisha.",
  "why.WITNESS_INVALID":
    "Wanachama hai wawili tofauti wa kikundi lazima wawe mashahidi, si mkopaji.",
  "why.ID_MISSING": "Picha za pande zote mbili za kitambulisho hazipo.",
  "why.ID_NOT_VERIFIED": "Kitambulisho cha mwanachama bado hakijakaguliwa.",
  "why.ALREADY_APPROVED": "Mtu huyu tayari ameidhinisha mkopo huu.",
  "why.OWN_LOAN": "Hakuna anayeidhinisha mkopo wake mwenyewe.",
  "why.APPROVAL_NOT_NEEDED": "Mkopo huu hauhitaji idhini hii.",
  "why.NOT_PENDING": "Mkopo huu tayari umeamuliwa.",
  "why.NOT_APPROVED": "Mkopo huu bado haujaidhinishwa.",
  "why.ALREADY_PAID_OUT": "Mkopo huu tayari umetolewa.",
  "why.NOT_ENOUGH_MONEY": "Kikundi hakikuwa na pesa kiasi hiki.",
  "why.LOAN_CLOSED": "Mkopo huu haudaiwi tena.",
  "why.NOT_DISBURSED": "Mkopo huu bado haujatolewa.",
  "why.BEFORE_DISBURSEMENT": "Tarehe ya malipo ni kabla ya mkopo kutolewa.",
  "why.UNKNOWN_KEY": "Ofisi haiujui ufunguo wa sahihi hii.",
  "why.KEY_REVOKED": "Ufunguo wa sahihi hii umefutwa.",
  "why.WRONG_OFFICER": "Ufunguo huu ni wa simu ya afisa mwingine.",
  "why.SIGNER_CHANGED": "Aliyetia sahihi hana tena wadhifa huu.",
  "why.SIGNATURE_INVALID": "Sahihi hailingani na kilichotiwa sahihi.",
  "why.SIGNATURE_NOT_ALLOWED": "Mkopo mkubwa hivi hauidhinishwi kwa sahihi.",
};
