/** Of an edit that clashed: each field, what the register holds now, and what the officer sent. */
import { formatPhone } from "@tablebanking/common/phone";
import { useMemberQuery } from "../../api/members";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import classes from "./Review.module.css";
import type { ReviewDetail } from "./review-api";

export function ClashFields({ item }: { item: ReviewDetail }) {
  const { data: member } = useMemberQuery(item.member?.id ?? "", { skip: !item.member });
  const { wanted } = item;
  // Erased meanwhile: what was sent went with the member's key, only the names of the fields stay.
  if (!wanted) return <p className={classes.soft}>{t("review.clash.gone")}</p>;
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
          {wanted.fields.map((field) => (
            <tr key={field}>
              <th scope="row">{label("memberField", field)}</th>
              <td>{member ? inWords(member, field) : "…"}</td>
              <td data-testid={`clash-wanted-${field}`}>{inWords(wanted, field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Facts = Omit<NonNullable<ReviewDetail["wanted"]>, "fields">;

/** A field of either side, by its name at the API. */
export function inWords(facts: Facts, field: string): string {
  const none = t("common.none");
  if (field === "memberName") return facts.memberName ?? none;
  if (field === "phone") return facts.phone ? formatPhone(facts.phone) : none;
  if (field === "dateOfBirth") return facts.dateOfBirth ? plainDate(facts.dateOfBirth) : none;
  if (field === "isActive") return t(facts.isActive ? "members.active" : "members.left");
  if (field !== "nextOfKin") return "…";
  return facts.nextOfKin?.map(kinText).join("; ") || none;
}

type Kin = NonNullable<Facts["nextOfKin"]>[number];

function kinText({ name, relationship, phone, idNumber }: Kin): string {
  return [name, relationship, phone && formatPhone(phone), idNumber].filter(Boolean).join(", ");
}
