/** A new member; or the one whose registration was cut off. */
import { formatMoment } from "@tablebanking/common/dates";
import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import { usePrefs } from "../../state/prefs";
import {
  dropRegistration,
  loadRegistration,
  type RegistrationDraft,
} from "../../state/registration-draft";
import { openStore } from "../../state/session";
import type { DraftForm } from "./form";
import { MemberForm } from "./MemberFormScreen";
import styles from "./members.module.css";

type Draft = RegistrationDraft<DraftForm>;

export function NewMemberScreen() {
  /** Undefined until the disk was read. */
  const [draft, setDraft] = useState<Draft | null | undefined>(undefined);
  const [chosen, setChosen] = useState(false);
  useEffect(() => {
    let current = true;
    void loadRegistration<DraftForm>(openStore().store).then((found) => {
      if (current) setDraft(found);
    });
    return () => {
      current = false;
    };
  }, []);
  if (draft === undefined) return <Screen title={t("form.register")} back="/members" children="" />;
  if (draft === null || chosen) {
    return <MemberForm member={null} registration={null} begun={draft} />;
  }
  const anew = async () => {
    await dropRegistration(openStore().store);
    setDraft(null);
  };
  return <GoOn draft={draft} onGoOn={() => setChosen(true)} onAnew={() => void anew()} />;
}

interface Props {
  draft: Draft;
  onGoOn: () => void;
  onAnew: () => void;
}

function GoOn({ draft: { name, begunAt, pictures }, onGoOn, onAnew }: Props) {
  const language = usePrefs((state) => state.language);
  const count = Object.keys(pictures).length;
  const begun = t("draft.begun", { moment: formatMoment(begunAt, language) });
  return (
    <Screen title={t("form.register")} back="/members">
      <section className={styles.goOn} aria-label={t("draft.title")} data-testid="draft-offer">
        <p>{t("draft.title")}</p>
        <strong>{name || t("draft.nameless")}</strong>
        <p className={styles.begun}>
          {count > 0 ? `${begun} · ${t("draft.pictures", { count })}` : begun}
        </p>
        <Button look="primary" wide onClick={onGoOn} data-testid="draft-go-on">
          {name ? t("draft.goOn", { name }) : t("draft.goOnNameless")}
        </Button>
        <Button look="danger" wide onClick={onAnew} data-testid="draft-anew">
          {t("draft.anew")}
        </Button>
      </section>
    </Screen>
  );
}
