/** The meetings of all groups: those that were held, and those that a day asks for. */
import { useParams } from "react-router";
import { Tabs } from "../../components/Tabs";
import { t } from "../../i18n";
import { HeldTab } from "./HeldTab";
import classes from "./Meetings.module.css";
import { PlannedTab } from "./PlannedTab";

export default function MeetingsPage() {
  const { tab } = useParams();
  return (
    <div className={classes.page}>
      <div className={classes.tabs}>
        <Tabs
          label={t("nav.meetings")}
          tabs={[
            { to: "/meetings", text: t("meetings.held"), exact: true },
            { to: "/meetings/planned", text: t("meetings.planned") },
          ]}
        />
      </div>
      {tab === "planned" ? <PlannedTab /> : <HeldTab />}
    </div>
  );
}
