import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useConfig } from "../../api/config";
import { type Choice, type Clash, ConflictDialog } from "../../components/ConflictDialog";
import { FormDrawer } from "../../components/FormDrawer";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import {
  type GroupTerms,
  useLazyGroupTermsQuery,
  useUpdateGroupSettingsMutation,
} from "./group-parts-api";
import classes from "./tabs.module.css";
import {
  checkTerms,
  decidedTerms,
  kindOf,
  SECTIONS,
  type TermName,
  type TermValues,
  termChanges,
  termClashes,
  termLabel,
  toTermValues,
} from "./terms";

type Props = { group: GroupTerms; onClose: () => void };
type Copy = { version: number; values: TermValues };

export default function EditTermsDrawer({ group, onClose }: Props) {
  const { currency } = useConfig();
  const [base, setBase] = useState<Copy>({
    version: group.version,
    values: toTermValues(group.settings),
  });
  const [conflict, setConflict] = useState<{ theirs: Copy; clashes: Clash[] } | null>(null);
  const [update] = useUpdateGroupSettingsMutation();
  const [fetchTerms] = useLazyGroupTermsQuery();

  const save = async (values: TermValues, from: Copy) => {
    const input = termChanges(from.values, values);
    if (!input) return { data: true as const };
    return update({ groupId: group.id, baseVersion: from.version, input });
  };
  /** The refusal only says that the group moved on: what it has now is fetched. */
  const compare = async () => {
    const now = (await fetchTerms(group.id)).data;
    if (!now) return;
    const theirs = { version: now.version, values: toTermValues(now.settings) };
    setConflict({
      theirs,
      clashes: termClashes(base.values, form.values, theirs.values, currency),
    });
  };
  const form = useForm({
    initial: base.values,
    check: checkTerms,
    send: (values: TermValues) => save(values, base),
    onDone: onClose,
    onRefused: ({ code }) => {
      if (code === "CONFLICT") void compare();
      return code === "CONFLICT";
    },
  });
  const decide = (choices: Readonly<Record<string, Choice>>) => {
    if (!conflict) return;
    const { theirs } = conflict;
    const values = decidedTerms(base.values, form.values, theirs.values, choices);
    setBase(theirs);
    form.change(values);
    setConflict(null);
    void form.submitWith(values, () => save(values, theirs));
  };
  return (
    <FormDrawer
      title={t("terms.editTitle")}
      submitLabel={t("terms.submit")}
      submitTestId="terms-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      {SECTIONS.map(({ key, terms }) => (
        <fieldset key={key} className={classes.fieldset}>
          <legend>{t(`terms.section.${key}`)}</legend>
          {terms.map((name) => (
            <TextInput
              key={name}
              label={termLabel(name)}
              inputMode="decimal"
              rightSection={unit(name, currency)}
              rightSectionWidth={48}
              styles={{ input: { textAlign: "end", fontVariantNumeric: "tabular-nums" } }}
              {...form.bind(name)}
              data-testid={`terms-${name}`}
            />
          ))}
        </fieldset>
      ))}
      {conflict && (
        <ConflictDialog
          clashes={conflict.clashes}
          busy={form.busy}
          onDecide={decide}
          onClose={() => setConflict(null)}
        />
      )}
    </FormDrawer>
  );
}

function unit(name: TermName, currency: string) {
  const kind = kindOf(name);
  if (kind === "count") return null;
  return <span aria-hidden>{kind === "money" ? currency : "%"}</span>;
}
