import { formatMoney } from "@tablebanking/common/money";
import { useEffect, useMemo, useState } from "react";
import { Button } from "../../components/Button";
import { Icon, type IconName } from "../../components/Icon";
import { t } from "../../i18n";
import { shortNames } from "../../lib/short-names";
import type { GroupTerms } from "../../records/groups";
import type { AttendanceStatus } from "../../records/meetings";
import { useData } from "../../state/data";
import { type Marks, markAttendance } from "../../state/meeting-actions";
import { countRoll, type ListedMeeting, rollOf, useGroupMembers } from "../../state/meetings";
import styles from "./attendance.module.css";
import { StepFrame } from "./StepFrame";

const MARKS: { status: AttendanceStatus; icon: IconName }[] = [
  { status: "PRESENT", icon: "done" },
  { status: "LATE", icon: "clock" },
  { status: "EXCUSED", icon: "letter" },
  { status: "ABSENT", icon: "close" },
];

/** Letters of a name that stand on two lines beside four targets for thumbs. */
const FITS = 19;

export function AttendanceStep({ meeting }: { meeting: ListedMeeting }) {
  const [attendance, mark] = useMarks(meeting);
  const members = rollOf(useGroupMembers(meeting.groupId), attendance);
  const terms = useData((state) => state.groups.get(meeting.groupId)?.terms ?? null);
  const ids = members.map((member) => member.id);
  const names = members.map((member) => member.memberName);
  const short = shortNames(names, FITS);
  const roll = countRoll(ids, attendance, meeting.quorum);
  const unmarked = ids.filter((id) => !(id in attendance));
  const restHere = () => mark(Object.fromEntries(unmarked.map((id) => [id, "PRESENT" as const])));
  return (
    <StepFrame meeting={meeting} step="attendance" fixed>
      <div className={styles.head}>
        <div className={styles.counts} role="status">
          <strong data-testid="here-count">
            {t("attendance.count", { here: roll.here, count: roll.total })}
          </strong>
          {meeting.quorum > 0 && (
            <span className={roll.quorumReached ? styles.good : styles.waiting}>
              {roll.quorumReached
                ? t("attendance.quorum", { quorum: meeting.quorum })
                : t("attendance.noQuorum", {
                    quorum: meeting.quorum,
                    missing: meeting.quorum - roll.here,
                  })}
            </span>
          )}
        </div>
        {unmarked.length > 0 && (
          <Button icon="check" onClick={restHere} data-testid="all-here">
            {unmarked.length === ids.length
              ? t("attendance.all")
              : t("attendance.rest", { count: unmarked.length })}
          </Button>
        )}
      </div>
      <ul className={styles.rows}>
        {members.map((member) => (
          <MemberRow
            key={member.id}
            id={member.id}
            name={member.memberName}
            short={short.get(member.memberName) ?? member.memberName}
            status={attendance[member.id] ?? null}
            terms={terms}
            onMark={(status) => mark({ [member.id]: status })}
          />
        ))}
      </ul>
    </StepFrame>
  );
}

/** What was tapped shows at once; it is on disk a moment later. */
function useMarks(meeting: ListedMeeting): [Marks, (marks: Marks) => void] {
  const [tapped, setTapped] = useState<Marks>({});
  const attendance = useMemo(
    () => ({ ...meeting.attendance, ...tapped }),
    [meeting.attendance, tapped],
  );
  useEffect(() => {
    // Once it is recorded, what is recorded counts.
    setTapped((old) => {
      const left = Object.entries(old).filter(([id, one]) => meeting.attendance[id] !== one);
      return left.length === Object.keys(old).length ? old : Object.fromEntries(left);
    });
  }, [meeting.attendance]);
  const mark = (marks: Marks) => {
    setTapped((old) => ({ ...old, ...marks }));
    void markAttendance(meeting, marks);
  };
  return [attendance, mark];
}

function MemberRow({
  id,
  name,
  short,
  status,
  terms,
  onMark,
}: {
  id: string;
  name: string;
  short: string;
  status: AttendanceStatus | null;
  terms: GroupTerms | null;
  onMark: (status: AttendanceStatus) => void;
}) {
  return (
    <li className={styles.row} data-status={status ?? "NONE"}>
      <span className={styles.who}>
        <span className={styles.name}>{short}</span>
        <span className={styles.word}>{wordOf(status, terms)}</span>
      </span>
      <fieldset className={styles.marks} aria-label={t("attendance.of", { name })}>
        {MARKS.map((mark) => (
          <label key={mark.status} className={styles.mark} data-mark={mark.status}>
            <input
              type="radio"
              name={`attendance-${id}`}
              aria-label={`${name}: ${t(`attendance.${mark.status}`)}`}
              checked={status === mark.status}
              onChange={() => onMark(mark.status)}
            />
            <span>
              <Icon name={mark.icon} size={20} />
            </span>
          </label>
        ))}
      </fieldset>
    </li>
  );
}

function wordOf(status: AttendanceStatus | null, terms: GroupTerms | null): string {
  if (!status) return t("attendance.none");
  const fine =
    status === "LATE" ? terms?.lateMeetingFine : status === "ABSENT" ? terms?.missedMeetingFine : 0;
  const word = t(`attendance.${status}`);
  return fine ? t("attendance.fine", { status: word, amount: formatMoney(fine) }) : word;
}
