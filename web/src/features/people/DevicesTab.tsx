/** Phones and browsers: whose they are, when they were used, what they hold; a lost one is shut out. */
import { useMemo } from "react";
import { nodes } from "../../api/groups";
import { pageSource } from "../../api/page-source";
import { Chips } from "../../components/Chips";
import type { Column } from "../../components/DataTable";
import { PagedList } from "../../components/PagedList";
import { PersonPicker } from "../../components/PersonPicker";
import { RowCard } from "../../components/RowCard";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { DevicesDocument, type DevicesQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { deviceId } from "../../lib/device";
import type { ExportColumn } from "../../lib/export/rows";
import { oneOf, useFilters, useOpened } from "../../lib/use-filters";
import { DevicePanel } from "./DevicePanel";
import { type DeviceRow, useDevicesInfiniteQuery } from "./devices-api";
import { deviceName, unsentOn } from "./people-words";

const STATES = ["", "open", "out"] as const;
const STATE_WORDS = { "": "devices.all", open: "devices.open", out: "devices.out" } as const;

export function DevicesTab() {
  const filters = useFilters({ person: "", state: "" });
  const { values, set } = filters;
  const state = oneOf(values.state, STATES);
  const [opened, open] = useOpened("device");
  const asked = {
    userId: values.person || null,
    revoked: state === "" ? null : state === "out",
  };
  const query = useDevicesInfiniteQuery(asked, { refetchOnFocus: true });
  const device = nodes(query.currentData?.pages).find(({ id }) => id === opened);
  const columns = useMemo(deviceColumns, []);
  return (
    <PagedList
      title={t("devices.title")}
      count={(count) => t("devices.count", { count })}
      query={query}
      testId="devices"
      filters={
        <>
          <PersonPicker
            all={t("devices.everybody")}
            value={values.person}
            onChange={(person) => set({ person })}
            testId="devices-person"
          />
          <Chips
            label={t("people.status")}
            options={STATES.map((value) => ({ value, text: t(STATE_WORDS[value]) }))}
            value={state}
            onChange={(next) => set({ state: next })}
            testId="devices-state"
          />
        </>
      }
      panel={device && <DevicePanel key={device.id} device={device} onClose={() => open(null)} />}
      exported={{
        columns: exportColumns(),
        source: pageSource(DevicesDocument, asked, (answer: DevicesQuery) => answer.devices),
      }}
      columns={columns}
      rowTestId="device-row"
      selectedKey={opened}
      onOpen={open}
      card={(row) => (
        <RowCard
          title={<DeviceName device={row} />}
          detail={[row.user?.name, momentText(row.lastSeenAt)].filter(Boolean).join(" · ")}
          state={<DeviceState device={row} />}
        />
      )}
      empty={<Empty title={t(filters.narrowed ? "devices.noMatch" : "devices.empty")} />}
    />
  );
}

function DeviceName({ device: { id, name } }: { device: DeviceRow }) {
  if (id !== deviceId()) return deviceName(name);
  return (
    <>
      {deviceName(name)} <StatusBadge tone="quiet" text={t("devices.this")} testId="this-device" />
    </>
  );
}

function DeviceState({ device }: { device: DeviceRow }) {
  if (device.revokedAt) return <StatusBadge tone="wrong" text={t("devices.out")} />;
  if (device.signedIn === 0) return <StatusBadge tone="quiet" text={t("devices.signedOut")} />;
  return <StatusBadge tone="good" text={t("devices.signedIn")} />;
}

function deviceColumns(): Column<DeviceRow>[] {
  return [
    {
      key: "name",
      header: t("sessions.device"),
      width: "minmax(0, 1.6fr)",
      render: (device) => <DeviceName device={device} />,
    },
    {
      key: "person",
      header: t("devices.lastOf"),
      width: "minmax(0, 1.4fr)",
      hide: "narrow",
      render: ({ user }) => user?.name,
    },
    {
      key: "used",
      header: t("devices.lastUsed"),
      width: "minmax(140px, 1fr)",
      render: ({ lastSeenAt }) => momentText(lastSeenAt),
    },
    {
      key: "unsent",
      header: t("people.unsent"),
      width: "90px",
      align: "end",
      hide: "medium",
      render: (device) => unsentOn(device) || null,
    },
    {
      key: "state",
      header: t("people.status"),
      width: "150px",
      render: (device) => <DeviceState device={device} />,
    },
  ];
}

function exportColumns(): ExportColumn<DeviceRow>[] {
  return [
    { header: t("sessions.device"), value: ({ name }) => deviceName(name) },
    { header: t("devices.lastOf"), value: ({ user }) => user?.name ?? "" },
    { header: t("devices.lastUsed"), value: ({ lastSeenAt }) => lastSeenAt },
    { header: t("people.unsent"), value: unsentOn, kind: "number" },
    { header: t("devices.out"), value: ({ revokedAt }) => revokedAt ?? "" },
  ];
}
