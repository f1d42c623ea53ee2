import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { chooseLanguage, LANGUAGE_NAMES, type Language, t } from "../i18n";
import { useLanguage } from "../i18n/use-language";
import classes from "./LanguageSwitch.module.css";

const OPTIONS = Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }));

/** The choice is kept on this device. Where the words cannot be fetched, it stays as it was. */
export function LanguageSwitch() {
  const language = useLanguage();
  const [failed, setFailed] = useState(false);
  const choose = (value: string) => {
    setFailed(false);
    chooseLanguage(value as Language).catch(() => setFailed(true));
  };
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t("nav.language")}
        value={language}
        onChange={choose}
        data={OPTIONS}
        data-testid="language"
      />
      {failed && (
        <p role="alert" className={classes.failed}>
          {t("nav.languageFailed")}
        </p>
      )}
    </>
  );
}
