/** One device: what is known of it, and shutting it out or letting it in again. */
import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { TO_DANGER } from "../../components/danger";
import { KeyValues } from "../../components/KeyValues";
import { SidePanel } from "../../components/SidePanel";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { deviceId } from "../../lib/device";
import { asRequestError, errorText } from "../../lib/error-text";
import { type DeviceRow, useRestoreDeviceMutation, useRevokeDeviceMutation } from "./devices-api";
import classes from "./People.module.css";
import { deviceName, unsentOn } from "./people-words";

type Props = { device: DeviceRow; onClose: () => void };

export function DevicePanel({ device, onClose }: Props) {
  const [asking, setAsking] = useState(false);
  const { unsent } = device;
  // Who shuts out the browser they work in could not take it back.
  const own = device.id === deviceId() && !device.revokedAt;
  return (
    <SidePanel title={deviceName(device.name)} onClose={onClose} testId="device-panel">
      <div className={classes.stack}>
        <KeyValues
          items={[
            { name: t("devices.lastOf"), value: device.user?.name },
            { name: t("devices.lastUsed"), value: momentText(device.lastSeenAt) },
            { name: t("devices.since"), value: momentText(device.createdAt) },
            { name: t("devices.signIns"), value: device.signedIn },
            {
              name: t("devices.outSince"),
              value: device.revokedAt && momentText(device.revokedAt),
            },
          ]}
        />
        {unsent.length > 0 && (
          <section className={classes.section} data-testid="device-unsent">
            <h3 className={classes.heading}>{t("people.unsentTitle")}</h3>
            <KeyValues
              items={unsent.map(({ officer, waiting, failed, reportedAt }) => ({
                name: officer.user.name,
                value: [
                  t("people.unsentWaiting", { count: waiting }),
                  t("people.unsentFailed", { count: failed }),
                  t("people.unsentHeard", { moment: momentText(reportedAt) }),
                ].join(", "),
              }))}
            />
          </section>
        )}
        <div className={classes.actions}>
          {own ? (
            <p className={classes.soft}>{t("devices.thisNote")}</p>
          ) : device.revokedAt ? (
            <Button variant="default" onClick={() => setAsking(true)} data-testid="device-restore">
              {t("devices.restore")}
            </Button>
          ) : (
            <Button {...TO_DANGER} onClick={() => setAsking(true)} data-testid="device-revoke">
              {t("devices.revoke")}
            </Button>
          )}
        </div>
        {asking && device.revokedAt && <Restore device={device} onClose={() => setAsking(false)} />}
        {asking && !device.revokedAt && <Revoke device={device} onClose={() => setAsking(false)} />}
      </div>
    </SidePanel>
  );
}

const facts = ({ name, user }: DeviceRow) => [
  { name: t("sessions.device"), value: deviceName(name) },
  { name: t("devices.lastOf"), value: user?.name },
];

function Revoke({ device, onClose }: Props) {
  const [revoke, { isLoading, error }] = useRevokeDeviceMutation();
  const [known, setKnown] = useState(false);
  const [tried, setTried] = useState(false);
  const count = unsentOn(device);
  const confirm = async () => {
    setTried(true);
    if (count > 0 && !known) return;
    const answer = await revoke({ id: device.id, acknowledgeUnsent: known });
    if (!answer.error) onClose();
  };
  return (
    <ConfirmDialog
      title={t("devices.revoke")}
      facts={facts(device)}
      note={t("devices.revokeNote")}
      confirmLabel={t("devices.revoke")}
      danger
      busy={isLoading}
      error={error && errorText(asRequestError(error), true)}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {count > 0 && (
        <Checkbox
          label={t("people.leave.unsent", { count })}
          checked={known}
          onChange={(event) => setKnown(event.currentTarget.checked)}
          error={tried && !known ? t("people.leave.unsentNeeded") : undefined}
          data-testid="device-known"
        />
      )}
    </ConfirmDialog>
  );
}

function Restore({ device, onClose }: Props) {
  const [restore, { isLoading, error }] = useRestoreDeviceMutation();
  const confirm = async () => {
    const answer = await restore(device.id);
    if (!answer.error) onClose();
  };
  return (
    <ConfirmDialog
      title={t("devices.restore")}
      facts={facts(device)}
      note={t("devices.restoreNote")}
      confirmLabel={t("devices.restore")}
      busy={isLoading}
      error={error && errorText(asRequestError(error), true)}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
