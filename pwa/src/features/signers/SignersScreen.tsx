import { useEffect, useState } from "react";
import list from "../../components/List.module.css";
import { Screen, Section } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { useSigners } from "../../state/signers";
import { useView } from "../../state/view";
import { EnrolForm } from "./EnrolForm";

/** Whose keys are on this phone for a group, and a new one. */
export function SignersScreen({ groupId }: { groupId: string }) {
  const [signers, readAgain] = useSigners(groupId);
  const [made, setMade] = useState(0);
  useEffect(() => useView.setState({ groupId }), [groupId]);
  return (
    <Screen title={t("enrol.title")} back={`/meeting/${groupId}`}>
      {signers && signers.length > 0 && (
        <Section title={t("enrol.here")}>
          <ul>
            {signers.map((signer) => (
              <li key={signer.keyId} className={list.row} data-testid="signer">
                <span className={list.main}>
                  <span className={list.name}>{signer.name}</span>
                  <span className={list.soft}>{t(`sign.role.${signer.role}`)}</span>
                </span>
              </li>
            ))}
          </ul>
          <p className={list.soft}>{t("enrol.forgot")}</p>
        </Section>
      )}
      <p>{t("enrol.intro")}</p>
      <EnrolForm
        key={made}
        groupId={groupId}
        onDone={(name) => {
          toast(t("enrol.done", { name }));
          setMade(made + 1);
          readAgain();
        }}
      />
      <p className={list.soft}>{t("enrol.safe")}</p>
    </Screen>
  );
}
