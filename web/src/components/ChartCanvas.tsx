/** Chart.js, with only the parts that are used. For eyes: the table beside it says the same. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { useEffect, useRef } from "react";
import { language } from "../i18n";
import { whenIdle } from "../lib/when-idle";
import classes from "./ChartCanvas.module.css";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export type Line = { label: string; token: string; values: number[] };
type Props = { kind: "bar" | "line"; labels: string[]; lines: Line[] };

export function ChartCanvas({ kind, labels, lines }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = JSON.stringify([kind, labels, lines]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` holds all that is drawn
  useEffect(() => {
    let chart: Chart | undefined;
    // Each in a task of its own, after the figures are painted: its room is kept meanwhile.
    const forget = whenIdle(() => {
      if (canvas.current) chart = new Chart(canvas.current, settings(kind, labels, lines));
    });
    return () => {
      forget();
      chart?.destroy();
    };
  }, [drawn]);
  return (
    <div className={classes.canvas} aria-hidden>
      <canvas ref={canvas} />
    </div>
  );
}

function settings(kind: Props["kind"], labels: string[], lines: Line[]) {
  const grid = token("--line");
  const soft = token("--ink-soft");
  const short = new Intl.NumberFormat(language, {
    notation: "compact",
  });
  return {
    type: kind,
    data: {
      labels: labels.map((label) => label.split(" ")[0]?.slice(0, 3) ?? label),
      datasets: lines.map((line) => ({
        label: line.label,
        data: line.values,
        backgroundColor: token(line.token),
        borderColor: token(line.token),
        borderWidth: kind === "line" ? 2 : 0,
        pointRadius: 2,
        maxBarThickness: 18,
      })),
    },
    options: {
      animation: false as const,
      maintainAspectRatio: false,
      interaction: { mode: "index" as const, intersect: false },
      font: { family: "Inter Variable" },
      plugins: { tooltip: { callbacks: { title: titleOf(labels) } } },
      scales: {
        x: { grid: { display: false }, ticks: { color: soft } },
        y: {
          beginAtZero: true,
          border: { display: false },
          grid: { color: grid },
          ticks: {
            color: soft,
            maxTicksLimit: 5,
            callback: (value: number | string) => short.format(Number(value)),
          },
        },
      },
    },
  };
}

const titleOf = (labels: string[]) => (items: { dataIndex: number }[]) =>
  labels[items[0]?.dataIndex ?? 0] ?? "";

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
