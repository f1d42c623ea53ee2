/** English or Swahili, each named in itself, so that nobody has to read the other to find it. */
import { chooseLanguage, LANGUAGE_NAMES, t } from "../i18n";
import { LANGUAGES, type Language, usePrefs } from "../state/prefs";
import { Button } from "./Button";
import { Segmented } from "./Segmented";
import { toast } from "./Toast";

function choose(language: Language): void {
  chooseLanguage(language).catch(() => toast(t("nav.languageMissing"), "bad"));
}

export function LanguageSwitch() {
  const language = usePrefs((state) => state.language);
  return (
    <Segmented
      label={t("nav.language")}
      value={language}
      onChange={choose}
      options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
    />
  );
}

/** The other languages as quiet buttons, where signing in is the main thing. */
export function LanguageButtons() {
  const language = usePrefs((state) => state.language);
  return LANGUAGES.filter((value) => value !== language).map((value) => (
    <Button key={value} lang={value} onClick={() => choose(value)}>
      {LANGUAGE_NAMES[value]}
    </Button>
  ));
}
