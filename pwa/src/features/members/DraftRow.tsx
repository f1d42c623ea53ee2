import { formatMoment } from "@tablebanking/common/dates";
import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import { usePrefs } from "../../state/prefs";
import { useBegunRegistration } from "../../state/registration-draft";
import styles from "./members.module.css";

/** A registration that was cut off is not forgotten: the list leads back to it. */
export function DraftRow() {
  const language = usePrefs((state) => state.language);
  const begun = useBegunRegistration();
  if (!begun) return null;
  const name = begun.name || t("draft.nameless");
  return (
    <a className={styles.draft} href="#/members/new" data-testid="draft-row">
      <Icon name="clock" size={20} />
      <span>{t("draft.row", { name, moment: formatMoment(begun.begunAt, language) })}</span>
      <Icon name="forward" size={20} />
    </a>
  );
}
