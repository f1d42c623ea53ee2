/** "Print / PDF" where a subject has papers; what opens is fetched when it is asked for. */
import { Button, type ButtonProps } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../i18n";
import type { PaperOffer, PaperPeriod } from "./paper";

const PaperDialog = lazy(() => import("./PaperDialog"));

type Props = {
  offers: readonly PaperOffer[];
  /** Whose they are: it names the file. */
  name: string;
  /** What the page shows: the year, the month. */
  period?: Partial<PaperPeriod>;
  size?: ButtonProps["size"];
};

export function PaperButton({ offers, name, period, size }: Props) {
  const [opened, setOpened] = useState(false);
  if (offers.length === 0) return null;
  return (
    <>
      <Button
        variant="default"
        size={size}
        leftSection={<IconPrinter size={16} aria-hidden />}
        onClick={() => setOpened(true)}
        data-testid="paper"
      >
        {t("paper.button")}
      </Button>
      {opened && (
        <Suspense>
          <PaperDialog
            offers={offers}
            name={name}
            period={period}
            onClose={() => setOpened(false)}
          />
        </Suspense>
      )}
    </>
  );
}
