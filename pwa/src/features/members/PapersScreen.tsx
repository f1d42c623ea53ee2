import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { CameraScreen } from "../../components/camera/CameraScreen";
import { Screen } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { PAPERS, type PaperKind } from "../../lib/model";
import { goBack, useQuery } from "../../lib/router";
import { type ListedMember, useData } from "../../state/data";
import { savePictures } from "../../state/pictures";
import { useView } from "../../state/view";
import { IdentityCheck } from "./IdentityCheck";
import { PaperRow } from "./PaperRow";
import styles from "./papers.module.css";
import { SignatureDialog } from "./SignatureDialog";

/** The pictures of one member: what is there, what is missing, and the check of the ID. */
export function PapersScreen({ id }: { id: string }) {
  const member = useData((state) => state.members.get(id));
  const groupId = member?.groupId ?? null;
  useEffect(() => useView.setState({ groupId }), [groupId]);
  if (!member) {
    return (
      <Screen title={t("paper.title")} back="/members">
        <p>{t("member.gone")}</p>
      </Screen>
    );
  }
  return <Papers member={member} />;
}

function Papers({ member }: { member: ListedMember }) {
  const loanId = useQuery().get("loan");
  const [taking, setTaking] = useState<PaperKind | null>(null);
  const close = () => setTaking(null);
  const save = async (blob: Blob) => {
    if (!taking) return;
    await savePictures(member, [{ kind: taking, blob }]);
    toast(t("paper.saved", { what: t(`paper.${taking}`) }));
    close();
  };
  return (
    <Screen title={t("paper.title")} back={loanId ? `/loans/${loanId}` : `/members/${member.id}`}>
      <div className={styles.whose}>
        <strong>{member.memberName}</strong>
        <span className={styles.soft}>{member.idNumber}</span>
      </div>
      <ul className={styles.list}>
        {PAPERS.map((kind) => (
          <PaperRow key={kind} member={member} kind={kind} onTake={() => setTaking(kind)} />
        ))}
      </ul>
      <IdentityCheck member={member} />
      {loanId && (
        <Button
          look={member.idVerified ? "primary" : "quiet"}
          wide
          onClick={() => goBack(`/loans/${loanId}`)}
          data-testid="papers-to-loan"
        >
          {t("paper.toLoan")}
        </Button>
      )}
      {taking === "SIGNATURE" && (
        <SignatureDialog name={member.memberName} onPicture={save} onClose={close} />
      )}
      {taking && taking !== "SIGNATURE" && (
        <CameraScreen kind={taking} name={member.memberName} onPicture={save} onClose={close} />
      )}
    </Screen>
  );
}
