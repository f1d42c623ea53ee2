import { Modal } from "@mantine/core";
import { useIdentityQuery } from "../api/identity";
import { t } from "../i18n";
import { IdentityCheck } from "./IdentityCheck";
import { Failed, LoadingRows } from "./States";

type Props = { memberId: string; onClose: () => void };

/** The check of the ID where one stands: at a loan that waits for it. */
export default function IdentityDialog({ memberId, onClose }: Props) {
  const query = useIdentityQuery(memberId);
  const member = query.currentData;
  return (
    <Modal
      opened
      onClose={onClose}
      size={1040}
      title={t("identity.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {member && <IdentityCheck member={member} />}
      {!member && query.isError && <Failed error={query.error} retry={query.refetch} />}
      {!member && !query.isError && <LoadingRows />}
    </Modal>
  );
}
