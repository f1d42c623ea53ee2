/** How far a picture is, honestly: in kilobytes that the server has said it has. */
import { hasWord, t } from "../i18n";
import type { Upload } from "../lib/model";
import { useData } from "../state/data";
import { uploadNeedsOfficer } from "../sync/upload-box";
import styles from "./UploadProgress.module.css";

const kb = (bytes: number) => Math.round(bytes / 1024);

export function UploadProgress({ upload }: { upload: Upload }) {
  const active = useData((state) => state.uploading === upload.id);
  const registering = useData((state) => state.byEntity.get(upload.memberId));
  if (uploadNeedsOfficer(upload)) {
    return <p className={styles.wrong}>{refusal(upload)}</p>;
  }
  const total = Math.max(1, kb(upload.size));
  const sent = Math.min(total, kb(upload.sent));
  const words =
    upload.sent > 0 || active
      ? t("paper.progress", { sent, total })
      : registering?.type === "registerMember" && registering.status !== "saved"
        ? t("paper.afterMember", { total })
        : t("paper.size", { total });
  return (
    <div className={styles.progress} data-testid="upload-progress">
      {(upload.sent > 0 || active) && (
        <progress max={total} value={sent} aria-label={t("paper.progressOf")} />
      )}
      <span>{words}</span>
    </div>
  );
}

/** Why the server did not take it, and what to do. */
export function refusal({ status, code, message }: Upload): string {
  if (status === "failed") return t("paper.failed");
  const key = `paper.why.${code}`;
  return hasWord(key) ? t(key) : t("why.rejected", { message: message ?? code ?? "" });
}
