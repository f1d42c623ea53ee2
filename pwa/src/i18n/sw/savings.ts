import type { savings as english } from "../en/savings";
import type { Words } from "../words";

export const savings: Words<typeof english> = {
  "op.withdrawSavings": "Akiba KES {amount} imetolewa kwa {name}",
  "op.recordMovement": "{kind} KES {amount}: {description}",

  "movement.WITHDRAWAL": "Akiba iliyotolewa",
  "movement.WELFARE_PAYOUT": "Malipo ya ustawi",
  "movement.PROJECT_SPENDING": "Matumizi ya mradi",
  "movement.EXPENSE": "Matumizi",
  "movement.OTHER_INCOME": "Mapato mengine",
  "movement.TO_BANK": "Kwenda benki",
  "movement.FROM_BANK": "Kutoka benki",
  "movement.EXTERNAL_LOAN_RECEIVED": "Mkopo wa kikundi umepokelewa",
  "movement.EXTERNAL_LOAN_REPAID": "Mkopo wa kikundi umelipwa",
  "movement.OPENING": "Salio la kuanzia",
  "movement.DIVIDEND_PAYOUT": "Gawio",
  "movement.REVERSAL": "Sahihisho",
  "movement.PLACEMENT": "Imewekwa na ofisi",

  "why.OVER_HALF": "Inaruhusiwa kutoa nusu tu ya akiba ya mwaka.",
  "why.LOAN_SECURITY": "Theluthi moja ya deni la mwanachama lazima ibaki kwenye akiba.",
  "why.NOT_ENOUGH_SAVINGS": "Akiba ya mwanachama ni chini ya kiasi hiki.",
  "why.NOT_ENOUGH_FUND": "Mfuko hauna kiasi hiki.",
  "why.OVER_OWED": "Hii inazidi deni.",
};
