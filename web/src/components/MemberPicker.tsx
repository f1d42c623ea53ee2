import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { nodes } from "../api/groups";
import { useMemberQuery, useMembersInfiniteQuery } from "../api/members";
import { t } from "../i18n";

type Props = {
  /** Members of this group only, or of all within reach. */
  groupId: string | null;
  label?: string;
  value: string;
  error?: string;
  onChange: (id: string) => void;
  /** Not offered: whoever was chosen elsewhere in the form. */
  without?: readonly string[];
  /** Of the list; the search field's ends in "-search". */
  testId?: string;
  /** A filter: offers this as the empty choice, and those who have left too. */
  all?: string;
};

/** Find by part of a name, then choose. The device's own list works on every screen and reader. */
export function MemberPicker(props: Props) {
  const { groupId, value, error, onChange, without = [], all, testId = "member-picker" } = props;
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const { data } = useMembersInfiniteQuery({ groupId, search: search || null });
  const { data: chosen } = useMemberQuery(value, { skip: !value });
  const rows = nodes(data?.pages);
  const found = rows.filter(
    ({ id, isActive }) => (isActive || all !== undefined) && !without.includes(id),
  );
  const total = data?.pages[0]?.totalCount ?? 0;
  const options = found.map(({ id, memberName }) => ({ value: id, label: memberName }));
  // Whoever is chosen stays chosen, though the search has moved on.
  if (value && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: chosen?.memberName ?? "…" });
  }
  const name = props.label ?? t("picker.member");
  return (
    <>
      {(total > rows.length || text !== "") && (
        <TextInput
          {...(all === undefined
            ? { label: t("picker.find") }
            : { "aria-label": t("picker.find"), placeholder: t("picker.find") })}
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid={`${testId}-search`}
        />
      )}
      <NativeSelect
        {...(all === undefined ? { label: name } : { "aria-label": name })}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[{ value: "", label: all ?? t("picker.chooseMember") }, ...options]}
        data-testid={testId}
        data-autofocus={all === undefined || undefined}
      />
    </>
  );
}
