import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { useData } from "../../state/data";
import { useDraft } from "../../state/draft";
import { startDraft, startMeeting } from "../../state/meeting-actions";
import { clockJumpedBack, useCash, useGroupMembers, useMeetings } from "../../state/meetings";
import { useView } from "../../state/view";
import { readBanked } from "./BankStep";
import styles from "./step.module.css";
import { pathOf } from "./steps";

interface Form {
  date: string;
  venue: string;
  brought: string;
}

/** The day, the place, the money that was brought: then everybody sits down. */
export function StartScreen({ groupId }: { groupId: string }) {
  const group = useData((state) => state.groups.get(groupId));
  const lastPullAt = useData((state) => state.lastPullAt);
  const members = useGroupMembers(groupId);
  const meetings = useMeetings(groupId);
  const cash = useCash(groupId);
  const today = todayInNairobi();
  const draft = useDraft<Form>(startDraft(groupId), {
    date: today,
    venue: group?.meetingVenue ?? "",
    brought: "",
  });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => useView.setState({ groupId }), [groupId]);
  const open = meetings?.find(({ status }) => status === "OPEN");
  const { date, venue, brought: text } = draft.value;
  const brought = readBanked(text);
  const dateWrong =
    date === "" ? t("start.dateMissing") : date > today ? t("start.dateFuture") : null;
  const set = (changes: Partial<Form>) => draft.set((old) => ({ ...old, ...changes }));

  const start = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (brought === null || dateWrong || busy || open) return;
    setBusy(true);
    await draft.written();
    const active = members.filter((member) => member.isActive).length;
    const id = await startMeeting(groupId, { date, venue, brought, cash, active });
    navigate(pathOf(id, "attendance"), { replace: true });
  };

  return (
    <Screen title={t("start.title")} back={`/meeting/${groupId}`} fixed>
      <form className={styles.page} onSubmit={start} noValidate>
        <div className={styles.scroll}>
          {clockJumpedBack(lastPullAt) && <Warning text={t("start.clock")} />}
          {open && <Warning text={t("meetings.another")} />}
          <TextField
            label={t("start.date")}
            type="date"
            max={today}
            value={date}
            onChange={(event) => set({ date: event.target.value })}
            error={tried || date !== today ? dateWrong : null}
          />
          <TextField
            label={t("start.venue")}
            optional
            value={venue}
            maxLength={255}
            onChange={(event) => set({ venue: event.target.value })}
          />
          <div>
            <TextField
              label={t("start.brought")}
              optional
              inputMode="decimal"
              autoComplete="off"
              value={text}
              onChange={(event) => set({ brought: event.target.value })}
              error={tried && brought === null ? t("start.amountWrong") : null}
              data-testid="brought"
            />
            <p className={styles.soft}>{t("start.broughtHint")}</p>
          </div>
          <dl className={styles.amounts}>
            <div>
              <dt>{t("start.before")}</dt>
              <dd>{formatMoney(cash)}</dd>
            </div>
            <div className={styles.total}>
              <dt>{t("start.with")}</dt>
              <dd>{formatMoney(cash + (brought ?? 0))}</dd>
            </div>
          </dl>
        </div>
        <div className={styles.foot}>
          <Button
            look="primary"
            wide
            type="submit"
            disabled={busy || Boolean(open)}
            data-testid="open-the-meeting"
          >
            {t("start.open")}
          </Button>
        </div>
      </form>
    </Screen>
  );
}

function Warning({ text }: { text: string }) {
  return (
    <p className={styles.warning} role="alert">
      <Icon name="alert" size={20} /> {text}
    </p>
  );
}
