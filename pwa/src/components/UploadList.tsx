/** Pictures that wait, for the outbox: whose, how far, and what the officer has to do. */
import { t } from "../i18n";
import type { Upload } from "../lib/model";
import { useData } from "../state/data";
import { sendPictureAgain } from "../state/pictures";
import { isUnsentUpload, uploadNeedsOfficer } from "../sync/upload-box";
import { Button } from "./Button";
import { Section } from "./Screen";
import { StateBadge } from "./StateBadge";
import styles from "./UploadList.module.css";
import { UploadProgress } from "./UploadProgress";

export function UploadList() {
  const uploads = useData((state) => state.uploads).filter(isUnsentUpload);
  if (uploads.length === 0) return null;
  // What needs the officer stands first.
  const rows = [
    ...uploads.filter(uploadNeedsOfficer),
    ...uploads.filter((upload) => !uploadNeedsOfficer(upload)),
  ];
  return (
    <Section title={t("paper.count", { count: rows.length })}>
      <ul className={styles.list}>
        {rows.map((upload) => (
          <Row key={upload.id} upload={upload} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ upload }: { upload: Upload }) {
  const needy = uploadNeedsOfficer(upload);
  const path = upload.memberId ? `#/members/${upload.memberId}/papers` : null;
  const words = t("paper.of", { what: t(`paper.${upload.kind}`), name: upload.memberName });
  return (
    <li className={styles.row} data-testid="outbox-picture" data-state={upload.status}>
      <div className={styles.head}>
        {path ? <a href={path}>{words}</a> : <strong>{words}</strong>}
        <StateBadge status={needy ? "rejected" : "waiting"} />
      </div>
      <UploadProgress upload={upload} />
      {needy && (
        <Button onClick={() => void sendPictureAgain(upload.id)}>{t("outbox.again")}</Button>
      )}
    </li>
  );
}
