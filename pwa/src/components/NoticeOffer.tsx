/**
 * Offers to tell the officer of a decision, once something of theirs waits for one: then it is
 * plain what the permission is for. Put away, it does not come back (the account screen has it).
 */
import { t } from "../i18n";
import { canBeTold, isRefused } from "../platform/push";
import { declineOffer, useNotices, wantNotices } from "../state/notices";
import { Button } from "./Button";
import styles from "./NoticeOffer.module.css";

export function NoticeOffer() {
  const { wanted, declined, busy, problem } = useNotices();
  if (problem && !declined) {
    return (
      <section className={styles.offer}>
        <p role="alert">{t(`notices.${problem}`)}</p>
        <Button onClick={() => void declineOffer()}>{t("notices.offerNo")}</Button>
      </section>
    );
  }
  if (wanted || declined || !canBeTold() || isRefused()) return null;
  return (
    <section className={styles.offer} data-testid="notice-offer">
      <h2>{t("notices.offerLoan")}</h2>
      <p>{t("notices.offerText")}</p>
      <div className={styles.choices}>
        <Button onClick={() => void declineOffer()}>{t("notices.offerNo")}</Button>
        <Button look="primary" disabled={busy} onClick={() => void wantNotices()}>
          {t("notices.offerYes")}
        </Button>
      </div>
    </section>
  );
}
