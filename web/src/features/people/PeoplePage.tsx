/** Who signs in, and on which devices. */
import { useParams } from "react-router";
import { Tabs } from "../../components/Tabs";
import { t } from "../../i18n";
import { DevicesTab } from "./DevicesTab";
import classes from "./People.module.css";
import { PeopleTab } from "./PeopleTab";

export default function PeoplePage() {
  const { tab } = useParams();
  return (
    <div className={classes.tabbed}>
      <div className={classes.tabs}>
        <Tabs
          label={t("nav.people")}
          tabs={[
            { to: "/people", text: t("nav.people"), exact: true },
            { to: "/people/devices", text: t("devices.title") },
          ]}
        />
      </div>
      {tab === "devices" ? <DevicesTab /> : <PeopleTab />}
    </div>
  );
}
