import { formatDate, formatMoment } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { Button } from "../../components/Button";
import { Details } from "../../components/Details";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Screen";
import { hasWord, type Key, t } from "../../i18n";
import { navigate } from "../../lib/router";
import type { MinutesFigures } from "../../records/meetings";
import type { ListedMeeting, Reckoning } from "../../state/meetings";
import { usePrefs } from "../../state/prefs";
import { ConfirmSection } from "./ConfirmSection";
import { differs } from "./count";
import { LateSheet } from "./LateSheet";
import { MeetingState } from "./MeetingState";
import { LateList, ReceiptList } from "./ReceiptList";
import { ReckoningList } from "./ReckoningList";
import { StepFrame } from "./StepFrame";
import styles from "./step.module.css";

/** The minutes of a closed meeting: what is read out, and then signed. */
export function MinutesStep({ meeting }: { meeting: ListedMeeting }) {
  const language = usePrefs((state) => state.language);
  const counted = meeting.counted ?? 0;
  const expected = meeting.expected ?? 0;
  return (
    <StepFrame
      meeting={meeting}
      step="minutes"
      foot={
        <div className={styles.foot}>
          <Button
            look={meeting.status === "CONFIRMED" ? "primary" : "quiet"}
            wide
            onClick={() => navigate(`/meeting/${meeting.groupId}`)}
            data-testid="minutes-done"
          >
            {t("minutes.done")}
          </Button>
        </div>
      }
    >
      <section>
        <h2 className={styles.date}>
          {t("minutes.title", { date: formatDate(meeting.date, language) })}
        </h2>
        <MeetingState meeting={meeting} />
        {meeting.closedBy && meeting.closedAt && (
          <p className={styles.soft} data-testid="closed-by">
            {t("minutes.closedBy", {
              name: meeting.closedBy,
              moment: formatMoment(meeting.closedAt, language),
            })}
          </p>
        )}
      </section>
      <LateSheet meeting={meeting} />
      <section>
        <p className={styles.soft}>{t("minutes.counted")}</p>
        <p className={styles.big} data-testid="minutes-counted">
          {formatMoney(counted)}
        </p>
        <p className={counted === expected ? styles.agrees : styles.differs}>
          <Icon name={counted === expected ? "check" : "alert"} size={20} />
          {differs(counted, expected)}
        </p>
        {meeting.varianceNote && <p className={styles.pre}>“{meeting.varianceNote}”</p>}
      </section>
      <LateList meeting={meeting} />
      <ConfirmSection meeting={meeting} />
      {meeting.figures && <Figures meeting={meeting} figures={meeting.figures} />}
      <Section title={t("minutes.resolutions")}>
        <p className={styles.pre}>{meeting.resolutions || t("minutes.noResolutions")}</p>
      </Section>
      <Section title={t("minutes.count")}>
        <dl className={styles.amounts}>
          {meeting.denominations.map(({ value, pieces }) => (
            <div key={value}>
              <dt>{`${pieces} × ${value}`}</dt>
              <dd>{formatMoney(pieces * value * 100)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <ReceiptList meeting={meeting} />
      {meeting.hash && (
        <p className={styles.soft}>
          {t("minutes.fingerprint", { hash: meeting.hash.slice(0, 16) })}
        </p>
      )}
    </StepFrame>
  );
}

function Figures({ meeting, figures }: { meeting: ListedMeeting; figures: MinutesFigures }) {
  const reckoning: Reckoning = {
    opening: meeting.openingCash,
    brought: meeting.broughtFromBank,
    cashIn: figures.cashIn,
    cashOut: figures.cashOut,
    elsewhere: figures.elsewhere,
    banked: meeting.banked,
    expected: meeting.expected ?? 0,
  };
  const quorum = figures.quorumReached ? t("minutes.reached") : t("minutes.notReached");
  return (
    <>
      <Section title={t("minutes.attendance")}>
        <Details
          rows={[
            [t("minutes.here"), figures.present],
            [t("minutes.wereLate"), figures.late || null],
            [t("minutes.excused"), figures.excused || null],
            [t("minutes.absent"), figures.absent || null],
            [t("minutes.notRecorded"), figures.notRecorded || null],
            [t("minutes.quorum"), `${meeting.quorum} · ${quorum}`],
            [
              t("minutes.finesCharged"),
              figures.finesCharged ? formatMoney(figures.finesCharged) : null,
            ],
          ]}
        />
        {meeting.attendanceDiffers && <p className={styles.soft}>{t("minutes.differs")}</p>}
      </Section>
      <Section title={t("minutes.cash")}>
        <ReckoningList {...reckoning} />
      </Section>
      <Section title={t("minutes.money")}>
        {figures.totals.length === 0 && <p className={styles.soft}>{t("minutes.noMoney")}</p>}
        <dl className={styles.amounts}>
          {figures.totals.map((total) => (
            <div key={`${total.label} ${total.method} ${total.amount < 0}`}>
              <dt>
                {lineWord(total.label)} · {t(`method.${total.method}`)}
              </dt>
              <dd>{formatMoney(total.amount)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}

function lineWord(label: string): string {
  const key = `line.${label}`;
  return t(hasWord(key) ? key : ("line.other" as Key));
}
