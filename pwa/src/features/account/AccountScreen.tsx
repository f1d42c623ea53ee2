import { formatPhone } from "@tablebanking/common/phone";
import { useState } from "react";
import { Button } from "../../components/Button";
import { LanguageSwitch } from "../../components/LanguageSwitch";
import { Screen, Section } from "../../components/Screen";
import { Segmented } from "../../components/Segmented";
import { t } from "../../i18n";
import { LOCK_AFTER_MS } from "../../lib/limits";
import { setPrefs, usePrefs } from "../../state/prefs";
import { lock, useSession } from "../../state/session";
import styles from "./account.module.css";
import { NoticeSwitch } from "./NoticeSwitch";
import { SignOutDialog } from "./SignOutDialog";

const THEMES = ["system", "light", "dark"] as const;

export function AccountScreen() {
  const account = useSession((state) => state.account);
  const theme = usePrefs((state) => state.theme);
  const [leaving, setLeaving] = useState(false);
  return (
    <Screen title={t("account.title")} back="/">
      <section>
        <p className={styles.name}>{account?.name}</p>
        <p className={styles.soft}>{formatPhone(account?.phone ?? "")}</p>
      </section>
      <Section title={t("account.theme")}>
        <Segmented
          label={t("account.theme")}
          value={theme}
          onChange={(value) => setPrefs({ theme: value })}
          options={THEMES.map((value) => ({ value, label: t(`account.theme.${value}`) }))}
        />
      </Section>
      <Section title={t("nav.language")}>
        <LanguageSwitch />
      </Section>
      <NoticeSwitch />
      <div className={styles.actions}>
        <Button icon="lock" wide onClick={lock} data-testid="lock-now">
          {t("account.lock")}
        </Button>
        <p className={styles.soft}>{t("account.about", { minutes: LOCK_AFTER_MS / 60_000 })}</p>
        <Button look="danger" wide onClick={() => setLeaving(true)} data-testid="sign-out">
          {t("account.signOut")}
        </Button>
      </div>
      <p className={styles.soft}>{t("account.version", { version: __APP_VERSION__ })}</p>
      {leaving && <SignOutDialog onClose={() => setLeaving(false)} />}
    </Screen>
  );
}
