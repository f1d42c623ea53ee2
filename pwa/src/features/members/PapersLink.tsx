import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import { type Member, PAPERS } from "../../lib/model";
import { useData } from "../../state/data";
import { paperOf } from "../../state/papers";
import { uploadNeedsOfficer } from "../../sync/upload-box";
import styles from "./member.module.css";

/** Pictures and the check of the ID in one line: what is there, what is missing. */
export function PapersLink({ member }: { member: Member }) {
  const uploads = useData((state) => state.uploads);
  const found = PAPERS.map((kind) => paperOf(member, uploads, kind));
  const missing = found.filter(({ where }) => where === "missing");
  const refused = found.some(({ upload }) => upload !== null && uploadNeedsOfficer(upload));
  const going = found.some(({ upload }) => upload !== null);
  const words = refused
    ? t("paper.oneRefused")
    : missing.length > 0
      ? t("paper.lacking", { what: missing.map(({ kind }) => t(`paper.${kind}`)).join(", ") })
      : t(going ? "paper.goingUp" : "paper.all");
  return (
    <a className={styles.loan} href={`#/members/${member.id}/papers`} data-testid="member-papers">
      <span className={styles.loanWords}>
        <strong>{t("paper.title")}</strong>
        <span className={refused ? styles.late : styles.soft}>{words}</span>
        <span className={member.idVerified ? styles.good : styles.soft}>
          {member.idVerified && <Icon name="check" size={16} />} {t("member.idCheck")}:{" "}
          {member.idVerified ? t("member.verified") : t("member.notVerified")}
        </span>
      </span>
      <Icon name="forward" size={20} />
    </a>
  );
}
