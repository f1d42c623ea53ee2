import { ageOn, formatPlainDate, todayInNairobi } from "@tablebanking/common/dates";
import { formatPhone } from "@tablebanking/common/phone";
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import type { Member } from "../../lib/model";
import { usePrefs } from "../../state/prefs";
import styles from "./member.module.css";

/** Numbers and dates stand on lines of their own: none of them is broken in the middle. */
export function Facts({ member }: { member: Member }) {
  const language = usePrefs((state) => state.language);
  const born = member.dateOfBirth;
  const rows = [
    [t("member.phone"), formatPhone(member.phone)],
    [t("member.idNumber"), member.idNumber],
    [t("member.born"), born && formatPlainDate(born, language)],
    [t("member.ageWord"), born && t("member.age", { age: ageOn(born, todayInNairobi()) })],
    [t("member.since"), formatPlainDate(member.registrationDate, language)],
  ];
  return (
    <>
      <dl className={styles.facts}>
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Section title={t("member.kin")}>
        {member.nextOfKin.length === 0 && <p className={styles.soft}>{t("member.noKin")}</p>}
        {member.nextOfKin.map((kin) => (
          <div key={`${kin.name}${kin.phone}`} className={styles.kin}>
            <span>
              <strong>{kin.name}</strong>
              <span className={styles.soft}>{kin.relationship}</span>
            </span>
            {kin.phone && <a href={`tel:+${kin.phone}`}>{formatPhone(kin.phone)}</a>}
          </div>
        ))}
      </Section>
    </>
  );
}
