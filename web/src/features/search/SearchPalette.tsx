/** Ctrl+K: groups and members in one list, worked with the arrow keys. */
import { Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { useNavigate } from "react-router";
import { t } from "../../i18n";
import classes from "./SearchPalette.module.css";
import { type Hit, type SearchedPage, useSearchQuery, withPages } from "./search-api";

const LEAST = 2;
const LIST_ID = "search-hits";

type Props = { pages: readonly SearchedPage[]; onClose: () => void };

export default function SearchPalette({ pages, onClose }: Props) {
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [search] = useDebouncedValue(text.trim(), 200);
  const asking = search.length >= LEAST;
  const { currentData: answer = [], isFetching } = useSearchQuery(search, { skip: !asking });
  const hits = withPages(answer, text, pages);
  const navigate = useNavigate();

  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    navigate(hit.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") open(hits[active]);
    if (!step || hits.length === 0) return;
    event.preventDefault();
    setActive((active + step + hits.length) % hits.length);
  };

  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size={560} yOffset="12vh">
      <div className={classes.palette}>
        <TextInput
          variant="unstyled"
          size="md"
          aria-label={t("search.title")}
          placeholder={t("search.placeholder")}
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={LIST_ID}
          aria-activedescendant={hits[active] && `hit-${hits[active].id}`}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          leftSection={<IconSearch size={18} aria-hidden />}
          data-autofocus
          data-testid="search-input"
        />
        <Hits hits={hits} active={active} onPoint={setActive} onOpen={open} />
        <p className={classes.hint} role="status">
          {hintText(asking, isFetching, hits.length, search)}
        </p>
      </div>
    </Modal>
  );
}

function hintText(asking: boolean, isFetching: boolean, found: number, search: string): string {
  if (!asking) return t("search.hint");
  if (isFetching && found === 0) return t("state.loading");
  return found === 0 ? t("search.nothing", { text: search }) : t("search.keys");
}

type HitsProps = {
  hits: readonly Hit[];
  active: number;
  onPoint: (index: number) => void;
  onOpen: (hit: Hit) => void;
};

function Hits({ hits, active, onPoint, onOpen }: HitsProps) {
  return (
    <div id={LIST_ID} role="listbox" aria-label={t("search.title")} className={classes.hits}>
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys work in the field above, which names the active option
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field (aria-activedescendant)
        <div
          key={hit.id}
          id={`hit-${hit.id}`}
          role="option"
          aria-selected={index === active}
          className={classes.hit}
          onMouseMove={() => onPoint(index)}
          onClick={() => onOpen(hit)}
          data-testid="search-hit"
        >
          <span className={classes.name}>{hit.name}</span>
          <span className={classes.detail}>{hit.detail}</span>
          <span className={classes.kind}>{t(`search.${hit.kind}`)}</span>
        </div>
      ))}
    </div>
  );
}
