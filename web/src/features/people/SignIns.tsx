/** Where somebody is signed in, with a way to end each sign-in or all. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { QueryStates } from "../../components/QueryStates";
import { StatusBadge } from "../../components/StatusBadge";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { asRequestError, errorText } from "../../lib/error-text";
import { signOut } from "../../lib/session";
import { useSession } from "../../lib/use-session";
import classes from "./People.module.css";
import {
  type SignIn,
  useRevokeAllSessionsMutation,
  useRevokeSessionMutation,
  useSessionsQuery,
} from "./people-api";

export function SignIns({ userId, titled = true }: { userId: string; titled?: boolean }) {
  const query = useSessionsQuery(userId);
  const [ending, setEnding] = useState<SignIn | "all" | null>(null);
  return (
    <section className={classes.section} data-testid="sign-ins">
      {titled && <h3 className={classes.heading}>{t("sessions.title")}</h3>}
      <QueryStates query={query}>
        {(found) => (
          <>
            {found.length === 0 && <p className={classes.soft}>{t("sessions.none")}</p>}
            <ul className={classes.list}>
              {found.map((one) => (
                <Row key={one.id} one={one} onEnd={() => setEnding(one)} />
              ))}
            </ul>
            {found.length > 0 && (
              <div className={classes.actions}>
                <Button
                  variant="default"
                  onClick={() => setEnding("all")}
                  data-testid="end-all-sign-ins"
                >
                  {t("sessions.endAll")}
                </Button>
              </div>
            )}
          </>
        )}
      </QueryStates>
      {ending && <End userId={userId} what={ending} onClose={() => setEnding(null)} />}
    </section>
  );
}

const nameOf = ({ deviceName }: SignIn) => deviceName || t("sessions.unnamed");

function Row({ one, onEnd }: { one: SignIn; onEnd: () => void }) {
  const facts = [
    t("sessions.used", { moment: momentText(one.lastUsedAt) }),
    t("sessions.begun", { moment: momentText(one.begunAt) }),
    one.address,
  ];
  return (
    <li className={classes.item} data-testid="sign-in">
      <span className={classes.words}>
        <span>{nameOf(one)}</span>
        <span className={classes.soft}>{facts.filter(Boolean).join(" · ")}</span>
      </span>
      {one.isCurrent ? (
        <StatusBadge tone="good" text={t("sessions.this")} />
      ) : (
        <Button
          variant="default"
          size="xs"
          onClick={onEnd}
          aria-label={t("sessions.endOne", { name: nameOf(one) })}
          data-testid="end-sign-in"
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}

function End({
  userId,
  what,
  onClose,
}: {
  userId: string;
  what: SignIn | "all";
  onClose: () => void;
}) {
  const [endOne, one] = useRevokeSessionMutation();
  const [endAll, all] = useRevokeAllSessionsMutation();
  const { user } = useSession();
  const own = user?.id === userId;
  const error = one.error ?? all.error;
  const confirm = async () => {
    const answer = what === "all" ? await endAll(userId) : await endOne(what.id);
    if (answer.error) return;
    onClose();
    // One's own is over too: say so at once, not at the next refusal.
    if (what === "all" && own) await signOut();
  };
  return (
    <ConfirmDialog
      title={t(what === "all" ? "sessions.endAll" : "sessions.end")}
      facts={what === "all" ? [] : [{ name: t("sessions.device"), value: nameOf(what) }]}
      note={t(
        what === "all" ? (own ? "sessions.noteAllOwn" : "sessions.noteAll") : "sessions.noteOne",
      )}
      confirmLabel={t(what === "all" ? "sessions.endAll" : "sessions.end")}
      busy={one.isLoading || all.isLoading}
      error={error && errorText(asRequestError(error), true)}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
