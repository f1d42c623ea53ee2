import type { agenda as english } from "../en/agenda";
import type { Words } from "../words";

export const agenda: Words<typeof english> = {
  "agenda.title": "Yanayokusubiri",
  "agenda.approve": "{count|Mkopo|Mikopo} {count} {count|unasubiri|inasubiri} uidhinishe",
  "agenda.pay":
    "{count|Mkopo ulioidhinishwa|Mikopo iliyoidhinishwa} {count} {count|unasubiri|inasubiri} pesa",
  "agenda.welfare":
    "{count|Ombi|Maombi} {count} {count|la|ya} msaada wa ustawi {count|linasubiri|yanasubiri} idhini",
  "agenda.payWelfare":
    "{count|Ombi lililoidhinishwa|Maombi yaliyoidhinishwa} {count} {count|la|ya} msaada wa ustawi {count|linasubiri|yanasubiri} pesa",
  "agenda.asked": "Ofisi inauliza kuhusu rekodi {count}",
  "agenda.decided": "Ofisi imeamua kuhusu rekodi {count}",
  "agenda.oneLoan": "{name}, KES {amount}",
  "agenda.more": "na {count|mwingine|wengine} {count}",
};
