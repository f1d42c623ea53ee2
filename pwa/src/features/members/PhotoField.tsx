import { useState } from "react";
import { FieldError } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import { NotAPicture, shrinkPicture } from "../../platform/camera";
import styles from "./members.module.css";

interface Props {
  value: string | null;
  kept: boolean;
  onChange: (picture: string | null) => void;
}

export function PhotoField({ value, kept, onChange }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    try {
      onChange(await shrinkPicture(file));
    } catch (error) {
      if (!(error instanceof NotAPicture)) throw error;
      setProblem(t("form.photoWrong"));
    }
  };
  return (
    <section className={styles.sub}>
      <h2>
        {t("form.photo")} <span className={styles.soft}>({t("field.optional")})</span>
      </h2>
      {value && <img src={value} alt={t("form.photo")} className={styles.photo} />}
      {!value && kept && <p className={styles.soft}>{t("form.photoKept")}</p>}
      <label className={styles.file}>
        <Icon name="camera" size={20} />
        {value ? t("form.photoAgain") : t("form.photoTake")}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          aria-label={t("form.photo")}
          onChange={(event) => void take(event.target.files?.[0])}
          data-testid="member-photo"
        />
      </label>
      <FieldError id="photo-error" error={problem} />
    </section>
  );
}
