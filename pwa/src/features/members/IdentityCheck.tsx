import { formatMoment } from "@tablebanking/common/dates";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { FieldError, TextField } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { StateBadge } from "../../components/StateBadge";
import { toast } from "../../components/Toast";
import type { IdentityMethod } from "../../gen/graphql";
import { t } from "../../i18n";
import { verifyIdentity } from "../../state/actions";
import { type ListedMember, useData } from "../../state/data";
import { idSides } from "../../state/papers";
import { usePrefs } from "../../state/prefs";
import { isUnsent } from "../../sync/outbox";
import styles from "./papers.module.css";

const METHODS: IdentityMethod[] = ["ORIGINAL_SEEN", "FACE_COMPARED", "PICTURES_SEEN"];

/** Somebody has looked at the card and the face: no loan is approved before. */
export function IdentityCheck({ member }: { member: ListedMember }) {
  const language = usePrefs((state) => state.language);
  const operations = useData((state) => state.operations);
  const waiting = operations.findLast(
    (row) => row.type === "verifyIdentity" && row.memberId === member.id && isUnsent(row),
  );
  const { identity } = member;
  return (
    <section className={styles.check} aria-label={t("identity.title")}>
      <h2>{t("identity.title")}</h2>
      {member.idVerified ? (
        <p className={styles.saved}>
          <Icon name="check" size={20} />
          {identity && !waiting
            ? t("identity.by", { name: identity.by, moment: formatMoment(identity.at, language) })
            : t("identity.checked")}
        </p>
      ) : null}
      {waiting && (
        <a href="#/outbox">
          <StateBadge status={waiting.status} />
        </a>
      )}
      {!member.idVerified && !waiting && <CheckForm member={member} />}
    </section>
  );
}

function CheckForm({ member }: { member: ListedMember }) {
  const uploads = useData((state) => state.uploads);
  const [method, setMethod] = useState<IdentityMethod | null>(null);
  const [notes, setNotes] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { hasIdFront, hasIdBack } = idSides(member, uploads);
  if (!hasIdFront || !hasIdBack) return <p>{t("identity.needsBoth")}</p>;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!method || busy) return;
    setBusy(true);
    await verifyIdentity(member, method, notes.trim() || null);
    toast(t("identity.saved"));
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <p>{t("identity.ask", { name: member.memberName, number: member.idNumber })}</p>
      <fieldset className={styles.methods} aria-label={t("identity.how")}>
        {METHODS.map((value) => (
          <label key={value} className={styles.method}>
            <input
              type="radio"
              name="method"
              checked={method === value}
              onChange={() => setMethod(value)}
            />
            {t(`identity.${value}`)}
          </label>
        ))}
      </fieldset>
      <FieldError id="method-error" error={tried && !method ? t("identity.howMissing") : null} />
      <TextField
        optional
        label={t("identity.notes")}
        value={notes}
        maxLength={500}
        onChange={(event) => setNotes(event.target.value)}
      />
      <Button look="primary" wide type="submit" disabled={busy} data-testid="identity-save">
        {t("identity.confirm")}
      </Button>
    </form>
  );
}
