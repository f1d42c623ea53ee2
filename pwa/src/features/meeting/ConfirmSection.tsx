import { formatDate, formatMoment } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Screen";
import { SignDialog } from "../../components/SignDialog";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { confirmMeeting } from "../../state/meeting-actions";
import type { ListedMeeting } from "../../state/meetings";
import { usePrefs } from "../../state/prefs";
import { useSigners } from "../../state/signers";
import styles from "./step.module.css";

/** Who stands for the minutes, or who may. */
export function ConfirmSection({ meeting }: { meeting: ListedMeeting }) {
  const language = usePrefs((state) => state.language);
  const [signers, readAgain] = useSigners(meeting.groupId);
  const [signing, setSigning] = useState(false);
  if (meeting.status === "CONFIRMED") {
    return (
      <Section title={t("confirm.title")}>
        <p className={styles.agrees} data-testid="confirmed">
          <Icon name="check" size={20} />
          {t(meeting.onOfficersDevice ? "confirm.byHere" : "confirm.by", {
            name: meeting.confirmedBy ?? "",
            moment: formatMoment(meeting.confirmedAt ?? meeting.openedAt, language),
          })}
        </p>
      </Section>
    );
  }
  const able = signers ?? [];
  const first = able[0];
  const { figures, hash } = meeting;
  return (
    <>
      <Section title={t("confirm.title")}>
        <p>{t(signers && able.length === 0 ? "confirm.noSigner" : "confirm.waits")}</p>
        {first && hash && (
          <Button look="primary" wide onClick={() => setSigning(true)} data-testid="sign-minutes">
            {able.length === 1 ? t("confirm.sign", { name: first.name }) : t("sign.confirm")}
          </Button>
        )}
        {signers && !first && (
          <Button
            wide
            onClick={() => navigate(`/signers/${meeting.groupId}`)}
            data-testid="enrol-signer"
          >
            {t("confirm.enrol")}
          </Button>
        )}
        <p className={styles.soft}>{t("confirm.later")}</p>
      </Section>
      {signing && hash && (
        <SignDialog
          signers={able}
          what={t("sign.minutes", {
            date: formatDate(meeting.date, language),
            counted: formatMoney(meeting.counted ?? 0),
            here: (figures?.present ?? 0) + (figures?.late ?? 0),
            count: headCount(meeting),
          })}
          hash={hash}
          onSigned={async (signature, signer) => {
            await confirmMeeting(meeting, { id: signer.userId, name: signer.name }, signature);
            setSigning(false);
            toast(t("confirm.signed", { name: signer.name }));
          }}
          onClose={() => {
            setSigning(false);
            readAgain();
          }}
        />
      )}
    </>
  );
}

function headCount({ figures }: ListedMeeting): number {
  if (!figures) return 0;
  const { present, late, excused, absent, notRecorded } = figures;
  return present + late + excused + absent + notRecorded;
}
