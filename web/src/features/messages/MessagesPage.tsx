/** What was written to members and users, and what did not reach them. */
import { useParams } from "react-router";
import { useWaitingQuery } from "../../api/waiting";
import { Tabs } from "../../components/Tabs";
import { t } from "../../i18n";
import classes from "./Messages.module.css";
import { MessagesTab } from "./MessagesTab";
import { UndeliveredTab } from "./UndeliveredTab";

export default function MessagesPage() {
  const { tab } = useParams();
  const { undelivered } = useWaitingQuery(
    { reviews: true, loans: true, undelivered: true },
    { selectFromResult: ({ data }) => ({ undelivered: data?.undelivered }) },
  );
  return (
    <div className={classes.tabbed}>
      <div className={classes.tabs}>
        <Tabs
          label={t("nav.messages")}
          tabs={[
            { to: "/messages", text: t("nav.messages"), exact: true },
            { to: "/messages/undelivered", text: t("undelivered.title"), count: undelivered },
          ]}
        />
      </div>
      {tab === "undelivered" ? <UndeliveredTab /> : <MessagesTab />}
    </div>
  );
}
