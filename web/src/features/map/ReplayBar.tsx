/** The time slider under the map: play, pause, speed, and the minute that is shown. */
import { ActionIcon, NativeSelect } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { t } from "../../i18n";
import classes from "./MapPage.module.css";
import type { ReplayClock } from "./replay-clock";

const SPEEDS = [60, 300, 600, 1800] as const;
const MINUTE = 60;

export function ReplayBar({ clock, title }: { clock: ReplayClock; title: string }) {
  const { minute, playing } = useMinute(clock);
  const time = clockText(minute * MINUTE);
  return (
    <section className={classes.replay} aria-label={title} data-testid="replay-bar">
      <ActionIcon
        variant="default"
        size={32}
        onClick={() => (clock.playing ? clock.pause() : clock.play())}
        aria-label={t(playing ? "map.pause" : "map.play")}
        data-testid="track-play"
      >
        {playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
      </ActionIcon>
      <input
        type="range"
        min={clock.first / MINUTE}
        max={clock.end / MINUTE}
        value={minute}
        onChange={(event) => clock.set(Number(event.currentTarget.value) * MINUTE)}
        aria-label={t("map.replayTime")}
        aria-valuetext={time}
        data-testid="track-slider"
      />
      <output className={classes.time}>{time}</output>
      <NativeSelect
        size="xs"
        aria-label={t("map.speed")}
        defaultValue={String(clock.speed)}
        onChange={(event) => {
          clock.speed = Number(event.currentTarget.value);
        }}
        data={SPEEDS.map((speed) => ({
          value: String(speed),
          label: t("map.speedOf", { minutes: speed / MINUTE }),
        }))}
        data-testid="replay-speed"
      />
    </section>
  );
}

/** The whole minute of the replay: the page is drawn once a minute of it, not with each frame. */
export function useMinute(clock: ReplayClock | null) {
  const [state, setState] = useState({ minute: 0, playing: false });
  useEffect(() => {
    if (!clock) return;
    return clock.follow((second) => {
      const minute = Math.round(second / MINUTE);
      setState((old) =>
        old.minute === minute && old.playing === clock.playing
          ? old
          : { minute, playing: clock.playing },
      );
    });
  }, [clock]);
  return state;
}

/** "14:05" of seconds of the day, which is Kenyan by then. */
function clockText(seconds: number): string {
  const minutes = Math.floor(seconds / MINUTE);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
