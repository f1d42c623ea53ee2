import type { contributions as English } from "../en/contributions";
import type { Words } from "../words";

export const contributions: Words<typeof English> = {
  "contribution.title": "Rekodi mchango",
  "contribution.member": "Mwanachama",
  "contribution.memberChoose": "Chagua mwanachama",
  "contribution.memberFind": "Tafuta mwanachama",
  "contribution.amount": "Kiasi, {currency}",
  "contribution.kind": "Wa nini",
  "contribution.method": "Ulilipwa vipi",
  "contribution.date": "Tarehe",
  "contribution.transactionId": "Nambari ya muamala wa M-Pesa",
  "contribution.submit": "Rekodi {amount}",
  "contribution.submitEmpty": "Rekodi",
  "contribution.done": "{amount} imerekodiwa. Risiti {receipt}.",
  "contribution.undo": "Tengua",
  "contribution.undoReason": "Iliandikwa kimakosa",
  "contribution.undone":
    "Imebatilishwa. Rekodi zote mbili zinabaki vitabuni. Ulichoandika kiko hapa tena ili ukirekebishe.",
  "contribution.again": "Rekodi mwingine",

  "kind.REGULAR": "Akiba",
  "kind.WELFARE": "Ustawi",
  "kind.PROJECT": "Mfuko wa mradi",
  "kind.FINE": "Faini",
  "kind.REGISTRATION": "Ada ya usajili",
  "kind.APPRECIATION": "Ada ya shukrani",
};
