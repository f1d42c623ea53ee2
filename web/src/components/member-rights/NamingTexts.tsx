/**
 * Texts about something else that name the member: the erasure does not reach them, for a machine
 * cannot tell one Jane from another. Somebody reads them while the name is still known.
 */
import { Alert, Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { asRequestError, errorText } from "../../lib/error-text";
import { Failed, LoadingRows } from "../States";
import { type NamingText, useRedactTextMutation, useTextsNamingQuery } from "./member-rights-api";
import classes from "./NamingTexts.module.css";
import { namingParts } from "./naming-excerpt";

/** So that the erasure itself stays in sight. */
const FIRST_SHOWN = 5;
/** The server lists no more at once; what is left comes when some are done. */
const MOST_LISTED = 200;

type Props = { member: { id: string; memberName: string } };

export function NamingTexts({ member }: Props) {
  const { currentData: texts, isError, error, refetch } = useTextsNamingQuery(member.id);
  return (
    <section className={classes.section} data-testid="naming-texts">
      <h3 className={classes.heading}>{t("naming.title")}</h3>
      {texts && <Found member={member} texts={texts} />}
      {!texts && (isError ? <Failed error={error} retry={refetch} /> : <LoadingRows />)}
    </section>
  );
}

function Found({ member, texts }: Props & { texts: readonly NamingText[] }) {
  const [all, setAll] = useState(false);
  const { take, taking, done, failure, said } = useRedacting(member.id);
  const shown = all ? texts : texts.slice(0, FIRST_SHOWN);
  const none = texts.length === 0;
  return (
    <>
      <p className={classes.soft} data-testid={none ? "naming-none" : undefined}>
        {t(none ? "naming.none" : "naming.hint")}
      </p>
      {/* The button that was pressed is gone with its text: the focus goes to what came of it. */}
      <p className={classes.done} role="status" tabIndex={-1} ref={said}>
        {done > 0 && t("naming.done", { count: done })}
      </p>
      {failure && (
        <Alert color="red" variant="light" role="alert" data-testid="naming-error">
          {failure}
        </Alert>
      )}
      <ul className={classes.list}>
        {shown.map((text) => (
          <Text
            key={`${text.id} ${text.field}`}
            text={text}
            name={member.memberName}
            taking={taking}
            onTake={() => void take(text)}
          />
        ))}
      </ul>
      {shown.length < texts.length && (
        <Button
          variant="default"
          className={classes.button}
          onClick={() => setAll(true)}
          data-testid="naming-all"
        >
          {t("naming.all", { count: texts.length })}
        </Button>
      )}
      {texts.length === MOST_LISTED && (
        <p className={classes.soft}>{t("naming.most", { count: MOST_LISTED })}</p>
      )}
    </>
  );
}

/** One record at a time; how many texts are done, and what was refused last. */
function useRedacting(memberId: string) {
  const [redact, { isLoading: taking }] = useRedactTextMutation();
  const [done, setDone] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const take = async ({ kind, id }: NamingText) => {
    setFailure(null);
    const { data = 0, error } = await redact({ memberId, kind, id });
    if (error) setFailure(errorText(asRequestError(error), true));
    setDone((count) => count + data);
  };
  useEffect(() => {
    if (done > 0) said.current?.focus();
  }, [done]);
  return { take, taking, done, failure, said };
}

type TextProps = { text: NamingText; name: string; taking: boolean; onTake: () => void };

function Text({ text, name, taking, onTake }: TextProps) {
  const where = [
    label("textKind", text.kind),
    label("textField", text.field),
    text.date && plainDate(text.date),
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <li className={classes.text} data-testid="naming-text">
      <span className={classes.where}>{where}</span>
      <p className={classes.words}>
        {namingParts(text.text, name).map(({ text: words, isName }, index) =>
          isName ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
            <mark key={index}>{words}</mark>
          ) : (
            words
          ),
        )}
      </p>
      {text.canRedact ? (
        <Button
          variant="default"
          size="xs"
          className={classes.button}
          disabled={taking}
          aria-label={`${t("naming.take")}: ${where}`}
          onClick={onTake}
          data-testid="redact-text"
        >
          {t("naming.take")}
        </Button>
      ) : (
        <span className={classes.soft}>{t("naming.signed")}</span>
      )}
    </li>
  );
}
