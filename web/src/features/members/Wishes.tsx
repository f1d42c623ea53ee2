/** In which language the member is written to, and whether at all. */
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { MemberDetail } from "../../api/members";
import { useSetMemberMessagesMutation } from "../../api/messages";
import { DetailLine, DetailSection } from "../../components/DetailPage";
import { FormModal } from "../../components/FormModal";
import { KeyValues } from "../../components/KeyValues";
import { label, t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { useSession } from "../../lib/use-session";

export function Wishes({ member }: { member: MemberDetail }) {
  const { user } = useSession();
  const [changing, setChanging] = useState(false);
  const mayChange = user?.role === "SYSTEM_ADMIN" || user?.role === "FIELD_OFFICER";
  return (
    <DetailSection id="member-messages" title={t("memberMessages.title")}>
      <KeyValues
        items={[
          {
            name: t("memberMessages.wanted"),
            value: t(member.messagesWanted ? "memberMessages.on" : "memberMessages.off"),
            testId: "member-messages-wanted",
          },
          {
            name: t("messages.language"),
            value: label("messageLanguage", member.language),
            testId: "member-messages-language",
          },
        ]}
      />
      {mayChange && (
        <DetailLine>
          <Button
            variant="default"
            size="xs"
            onClick={() => setChanging(true)}
            data-testid="change-messages"
          >
            {t("memberMessages.change")}
          </Button>
        </DetailLine>
      )}
      {changing && <WishesForm member={member} onClose={() => setChanging(false)} />}
    </DetailSection>
  );
}

const LANGUAGES = ["sw", "en"] as const;

function WishesForm({ member, onClose }: { member: MemberDetail; onClose: () => void }) {
  const [set] = useSetMemberMessagesMutation();
  const form = useForm({
    initial: { language: member.language, wanted: member.messagesWanted },
    // Only what was changed: the member's own STOP may have come meanwhile.
    send: ({ language, wanted }) =>
      set({
        memberId: member.id,
        ...(language !== member.language && { language }),
        ...(wanted !== member.messagesWanted && { wanted }),
      }),
    onDone: onClose,
  });
  return (
    <FormModal
      title={t("memberMessages.title")}
      submitLabel={t("people.save")}
      submitTestId="messages-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <Checkbox
        label={t("memberMessages.wants")}
        description={t("memberMessages.wantsHint")}
        checked={form.values.wanted}
        onChange={(event) => form.change({ wanted: event.currentTarget.checked })}
        error={form.errors.fields.wanted}
        data-testid="messages-wanted"
      />
      <NativeSelect
        label={t("messages.language")}
        {...form.bind("language")}
        data={LANGUAGES.map((value) => ({ value, label: t(`messageLanguage.${value}`) }))}
        data-testid="messages-language"
      />
    </FormModal>
  );
}
