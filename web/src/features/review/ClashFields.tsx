/** Of an edit that clashed: each field, what the register holds now, and what the officer sent. */
import { type MemberDetail, useMemberQuery } from "../../api/members";
import { hasWord, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import classes from "./Review.module.css";
import type { ReviewDetail } from "./review-api";

export function ClashFields({ item }: { item: ReviewDetail }) {
  const { data: member } = useMemberQuery(item.member?.id ?? "", { skip: !item.member });
  const { fields } = item.claim as { fields?: string[] };
  return (
    <section className={classes.section} data-testid="clash-fields">
      <h3 className={classes.heading}>{t("review.clash.title")}</h3>
      <table className={classes.fields}>
        <caption className="visually-hidden">{t("review.clash.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("review.clash.field")}</th>
            <th scope="col">{t("review.clash.register")}</th>
            <th scope="col">{t("review.clash.officer")}</th>
          </tr>
        </thead>
        <tbody>
          {(fields ?? []).map((field) => (
            <tr key={field}>
              <th scope="row">{fieldName(field)}</th>
              <td>{member ? now(member, field) : "…"}</td>
              <td>{t("review.clash.sealed")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.soft}>{t("review.clash.hint")}</p>
    </section>
  );
}

function fieldName(field: string): string {
  const key = `review.field.${field}`;
  return hasWord(key) ? t(key) : field.replaceAll("_", " ");
}

function now(member: MemberDetail, field: string): string {
  const none = t("common.none");
  if (field === "member_name") return member.memberName;
  if (field === "phone") return member.phone;
  if (field === "date_of_birth") return member.dateOfBirth ? plainDate(member.dateOfBirth) : none;
  if (field === "is_active") return t(member.isActive ? "members.active" : "members.left");
  if (field === "next_of_kin") {
    return (
      member.nextOfKin.map(({ name, relationship }) => `${name}, ${relationship}`).join("; ") ||
      none
    );
  }
  return "…";
}
