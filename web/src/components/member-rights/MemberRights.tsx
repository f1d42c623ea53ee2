/** A member's rights under the Data Protection Act: a copy of what is held, and erasure. */
import { Alert, Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { t } from "../../i18n";
import { asRequestError, errorText } from "../../lib/error-text";
import { save } from "../../lib/export/rows";
import { TO_DANGER } from "../danger";
import classes from "./MemberRights.module.css";
import { useExportMemberMutation } from "./member-rights-api";

const EraseForm = lazy(() => import("./EraseForm"));

type Props = { member: { id: string; memberName: string } };

/** For administrators; the page asks for the role. */
export function MemberRights({ member }: Props) {
  const [ask, { isLoading, error, reset }] = useExportMemberMutation();
  const [erasing, setErasing] = useState(false);
  const take = async () => {
    const { data } = await ask(member.id);
    if (!data) return;
    const text = JSON.stringify(data.content, null, 2);
    save(new Blob([text], { type: "application/json" }), data.fileName);
    // What is held of them stays no longer in memory than it must.
    reset();
  };
  return (
    <section className={classes.rights} data-testid="member-rights">
      <h2 className={classes.heading}>{t("rights.title")}</h2>
      <p className={classes.text}>{t("rights.hint")}</p>
      {error && (
        <Alert color="red" variant="light" role="alert">
          {errorText(asRequestError(error))}
        </Alert>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={isLoading}
          onClick={() => void take()}
          data-testid="member-export"
        >
          {t("rights.export")}
        </Button>
        <Button {...TO_DANGER} onClick={() => setErasing(true)} data-testid="member-erase">
          {t("rights.erase")}
        </Button>
      </div>
      {erasing && (
        <Suspense>
          <EraseForm member={member} onClose={() => setErasing(false)} />
        </Suspense>
      )}
    </section>
  );
}
