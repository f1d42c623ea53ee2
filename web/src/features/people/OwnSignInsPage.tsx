/** One's own sign-ins, for everybody: a lost phone is ended from here. */
import { t } from "../../i18n";
import { useSession } from "../../lib/use-session";
import classes from "./People.module.css";
import { SignIns } from "./SignIns";

export default function OwnSignInsPage() {
  const { user } = useSession();
  return (
    <div className={classes.page} data-testid="own-sign-ins">
      <h1 className={classes.title}>{t("nav.signIns")}</h1>
      <p className={classes.plain}>{t("sessions.hint")}</p>
      {user && <SignIns userId={user.id} titled={false} />}
    </div>
  );
}
