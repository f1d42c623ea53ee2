import { label, language, t } from "../i18n";

type Described = { subcategory: string; description: string };

/** The server describes a line in English ("Savings · Jane Wanjiku"); elsewhere the words are ours. */
export function lineText({ subcategory, description }: Described): string {
  const what = label("subcategory", subcategory);
  if (language === "en") return description || what;
  const [english = "", ...names] = description.split(" · ");
  const first = english.startsWith("Reversal:") ? t("ledger.reversal", { what }) : what;
  return [first, ...names].join(" · ");
}
