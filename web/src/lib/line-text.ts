import { label, language, t } from "../i18n";

type Described = { subcategory: string; description: string };

/** The server describes a line in English ("Savings · Jane Wanjiku"); elsewhere the words are ours. */
export function lineText({ subcategory, description }: Described): string {
  const what = label("subcategory", subcategory);
  if (language === "en") return description || what;
  const [, ...names] = description.split(" · ");
  const first = isReversal({ description }) ? t("ledger.reversal", { what }) : what;
  return [first, ...names].join(" · ");
}

/** The line took another entry back. */
export function isReversal({ description }: Pick<Described, "description">): boolean {
  return description.startsWith("Reversal:");
}
