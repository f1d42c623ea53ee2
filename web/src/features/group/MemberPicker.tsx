import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { memberRows, useMemberQuery, useMembersInfiniteQuery } from "../../api/members";
import { t } from "../../i18n";

type Props = {
  groupId: string;
  value: string;
  error?: string;
  onChange: (id: string) => void;
};

/** Find by part of a name, then choose. The device's own list works on every screen and reader. */
export function MemberPicker({ groupId, value, error, onChange }: Props) {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const { data } = useMembersInfiniteQuery({ groupId, search: search || null });
  const { data: chosen } = useMemberQuery(value, { skip: !value });
  const rows = memberRows(data?.pages);
  const found = rows.filter(({ isActive }) => isActive);
  const total = data?.pages[0]?.totalCount ?? 0;
  const options = found.map(({ id, memberName }) => ({ value: id, label: memberName }));
  // Whoever is chosen stays chosen, though the search has moved on.
  if (value && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: chosen?.memberName ?? "…" });
  }
  return (
    <>
      {(total > rows.length || text !== "") && (
        <TextInput
          label={t("contribution.memberFind")}
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="contribution-member-search"
        />
      )}
      <NativeSelect
        label={t("contribution.member")}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[{ value: "", label: t("contribution.memberChoose") }, ...options]}
        data-testid="contribution-member"
        data-autofocus
      />
    </>
  );
}
