import { useEffect, useState } from "react";
import { Icon } from "../../components/Icon";
import { usePictureUrl } from "../../components/use-picture-url";
import { t } from "../../i18n";
import type { Member } from "../../lib/model";
import { faceOf } from "../../state/pictures";
import styles from "./member.module.css";

/** The member's face, where it lies on this phone or can be fetched. */
export function Face({ member }: { member: Member }) {
  const [face, setFace] = useState<Blob | null>(null);
  useEffect(() => {
    let current = true;
    void faceOf(member).then((found) => current && setFace(found));
    return () => {
      current = false;
    };
  }, [member]);
  const url = usePictureUrl(face);
  return (
    <a
      className={styles.face}
      href={`#/members/${member.id}/papers`}
      aria-label={t("member.photoOf", { name: member.memberName })}
    >
      {url ? <img src={url} alt="" data-testid="member-face" /> : <Icon name="face" size={36} />}
    </a>
  );
}
