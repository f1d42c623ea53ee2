import type { welfare as english } from "../en/welfare";
import type { Words } from "../words";

export const welfare: Words<typeof english> = {
  "op.requestWelfare": "{name} ameomba msaada wa ustawi wa KES {amount}",
  "op.approveWelfare": "Umeidhinisha msaada wa ustawi wa KES {amount} kwa {name}",
  "op.approveWelfareSigned": "{by} ametia sahihi msaada wa ustawi wa KES {amount} kwa {name}",
  "op.rejectWelfare": "Msaada wa ustawi wa KES {amount} kwa {name} umekataliwa",
  "op.payWelfare": "Msaada wa ustawi wa KES {amount} umekabidhiwa {name}",

  "why.UNKNOWN_REQUEST": "Seva halijui ombi hili.",
  "why.MEMBER_TOO_SHORT": "Mwanachama hajakaa katika kikundi muda wa kutosha kupata msaada.",
  "why.TOO_MANY_PAYOUTS":
    "Mwanachama amepata misaada ya ustawi mwaka huu kadiri kikundi kinavyoruhusu.",
  "why.OWN_REQUEST": "Hakuna anayeidhinisha malipo yake mwenyewe.",
  "why.OVER_LIMIT.requestWelfare": "Kiasi hiki kinazidi msaada ambao kikundi hutoa kwa mara moja.",
  "why.ALREADY_APPROVED.approveWelfare": "Mtu huyu tayari ameidhinisha ombi hili.",
  "why.APPROVAL_NOT_NEEDED.approveWelfare": "Ombi hili halihitaji idhini hii.",
  "why.NOT_PENDING.approveWelfare": "Ombi hili tayari limeamuliwa.",
  "why.APPROVAL_NOT_NEEDED.rejectWelfare":
    "Ombi hili halihitaji idhini yako, kwa hiyo huwezi kulikataa pia.",
  "why.NOT_PENDING.rejectWelfare": "Pesa zilishatolewa, au ombi tayari limekataliwa.",
  "why.NOT_APPROVED.payWelfare": "Ombi hili bado halijaidhinishwa.",
  "why.ALREADY_PAID_OUT.payWelfare": "Msaada huu tayari umetolewa.",
  "why.BEFORE_REQUEST": "Malipo yana tarehe ya kabla ya ombi.",

  "welfare.title": "Mfuko wa ustawi",
  "welfare.requests": "Maombi",
  "welfare.atMeeting": "Pesa zinazotolewa hapa zitaingia kwenye mkutano ulio wazi wa {date}.",
  "welfare.gone": "Ombi hili haliko kwenye simu hii. Landanisha, kisha utazame tena.",
  "welfare.wasRefused": "Msaada wa ustawi wa {amount} kwa {name} ulikataliwa: {reason}",
  "welfare.wasPaid": "Msaada wa ustawi wa {amount} ulikabidhiwa {name} tarehe {date}.",
  "welfare.refuseTitle": "Ukatae ombi hili?",
  "welfare.refuseText": "Mwanachama atataka kujua kwa nini. Sababu itabaki pamoja na ombi.",
};
