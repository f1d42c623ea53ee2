import { useState } from "react";
import { CameraScreen } from "../../components/camera/CameraScreen";
import { t } from "../../i18n";
import { PAPERS, type PaperKind } from "../../lib/model";
import { useData } from "../../state/data";
import type { Pictures } from "../../state/registration-draft";
import { isUnsentUpload } from "../../sync/upload-box";
import { PictureTile } from "./PictureTile";
import styles from "./papers.module.css";
import { SignatureDialog } from "./SignatureDialog";

interface Props {
  /** Of a registration that is corrected: its pictures wait already. */
  memberId: string | null;
  name: string;
  pictures: Pictures;
  /** Rejects where the phone has no room for it. */
  onPicture: (kind: PaperKind, blob: Blob) => Promise<void>;
}

/** Four tiles: a touch takes the picture, another one takes it again. */
export function PictureFields({ memberId, name, pictures, onPicture }: Props) {
  const [taking, setTaking] = useState<PaperKind | null>(null);
  const uploads = useData((state) => state.uploads);
  const here = (kind: PaperKind) =>
    uploads.find((row) => row.memberId === memberId && row.kind === kind && isUnsentUpload(row));
  const keep = async (blob: Blob) => {
    if (taking) await onPicture(taking, blob);
    setTaking(null);
  };
  const close = () => setTaking(null);
  return (
    <section className={styles.pictures}>
      <h2>
        {t("paper.pictures")} <span className={styles.soft}>({t("field.optional")})</span>
      </h2>
      <p className={styles.soft}>{t("paper.why")}</p>
      <div className={styles.tiles}>
        {PAPERS.map((kind) => (
          <PictureTile
            key={kind}
            kind={kind}
            blob={pictures[kind] ?? null}
            uploadId={here(kind)?.id ?? null}
            onTake={() => setTaking(kind)}
          />
        ))}
      </div>
      {taking === "SIGNATURE" && <SignatureDialog name={name} onPicture={keep} onClose={close} />}
      {taking && taking !== "SIGNATURE" && (
        <CameraScreen kind={taking} name={name} onPicture={keep} onClose={close} />
      )}
    </section>
  );
}
