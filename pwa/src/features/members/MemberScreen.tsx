import { useEffect } from "react";
import { Button } from "../../components/Button";
import { Screen, Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { type ListedMember, useData } from "../../state/data";
import { useView } from "../../state/view";
import { Face } from "./Face";
import { Facts } from "./Facts";
import { History } from "./History";
import { MemberLoans } from "./MemberLoans";
import { MemberSavings } from "./MemberSavings";
import styles from "./member.module.css";
import { PapersLink } from "./PapersLink";
import { Statement } from "./Statement";

export function MemberScreen({ id }: { id: string }) {
  const member = useData((state) => state.members.get(id));
  const groupId = member?.groupId ?? null;
  useEffect(() => useView.setState({ groupId }), [groupId]);
  if (!member) {
    return (
      <Screen title={t("members.title")} back="/members">
        <p>{t("member.gone")}</p>
      </Screen>
    );
  }
  return (
    <Screen
      title={member.memberName}
      back="/members"
      action={
        <Button onClick={() => navigate(`/members/${id}/edit`)} data-testid="member-edit">
          {t("member.edit")}
        </Button>
      }
    >
      <Head member={member} />
      <MemberSavings member={member} />
      <MemberLoans member={member} />
      <PapersLink member={member} />
      <Facts member={member} />
      <Section title={t("history.title")}>
        <History memberId={id} />
        <Statement member={member} />
      </Section>
    </Screen>
  );
}

/** The face, and the two ways to reach the member. */
function Head({ member }: { member: ListedMember }) {
  const group = useData((state) => state.groups.get(member.groupId)?.name);
  return (
    <div className={styles.head}>
      <Face member={member} />
      <div className={styles.who}>
        <span className={styles.soft}>{group}</span>
        {!member.isActive && <strong>{t("member.left")}</strong>}
        {member.pending && (
          <a href="#/outbox">
            <StateBadge status={member.pending.status} />
          </a>
        )}
        <div className={styles.reach}>
          <a href={`tel:+${member.phone}`}>{t("member.call")}</a>
          <a href={`sms:+${member.phone}`}>{t("member.sms")}</a>
        </div>
      </div>
    </div>
  );
}
