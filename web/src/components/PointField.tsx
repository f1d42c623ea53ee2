/** Where a group meets: typed as two numbers, or picked on a map that is fetched when it is asked for. */
import { Button, TextInput } from "@mantine/core";
import { IconMapPin } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../i18n";
import { parsePoint, pointText } from "../lib/point-text";
import { LoadingRows } from "./States";

const PointMap = lazy(() => import("./map/PointMap"));

type Props = {
  value: string;
  error?: string;
  onChange: (value: string) => void;
  /** Where the map begins while there is no point. */
  county: string;
  testId: string;
};

export function PointField({ value, error, onChange, county, testId }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <div>
      <TextInput
        label={`${t("editGroup.point")} (${t("common.optional")})`}
        description={t("editGroup.pointHint")}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        data-testid={testId}
      />
      <Button
        mt="xs"
        variant="default"
        leftSection={<IconMapPin size={16} aria-hidden />}
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        data-testid={`${testId}-map`}
      >
        {t(shown ? "point.hide" : "point.show")}
      </Button>
      {shown && (
        <Suspense fallback={<LoadingRows />}>
          <PointMap
            point={parsePoint(value)}
            county={county}
            onPick={(point) => onChange(pointText(point))}
            testId={testId}
          />
        </Suspense>
      )}
    </div>
  );
}
