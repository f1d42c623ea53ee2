/** Line icons, drawn for this app on a 24-unit grid. Decorative: the word beside them speaks. */
const PATHS = {
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
  check: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.2l2.8 2.8L16 9.5",
  alert: "M12 3.5 21.5 20h-19zM12 10v4.5M12 17.2v.3",
  office: "M5 21V5l8-2v18M13 9l6 2v10M3 21h18M8 8h2M8 12h2M8 16h2",
  today: "M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-5h4v5",
  meeting: "M4 10h16M6 10v9M18 10v9M9 6.5a1.5 1.5 0 1 0 0-.1M15 6.5a1.5 1.5 0 1 0 0-.1",
  members:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c.6-4 3.2-6 6.5-6s5.9 2 6.5 6M16 4.6a3.5 3.5 0 0 1 0 5.8M18 14.6c2 .9 3.2 2.7 3.5 5.4",
  outbox: "M12 15V4M7.500 8.500 12 4l4.500 4.500M4 14v5.500h16V14",
  settings:
    "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M5.300 18.700l2.100-2.100M16.600 7.400l2.100-2.100",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  plus: "M12 5v14M5 12h14",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.500 15.500 21 21",
  close: "M6 6l12 12M18 6 6 18",
  camera: "M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 10.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 2.500-2.500L20 17M15.500 8.500a1 1 0 1 0 0 .1",
  torch: "M8 3h8v4l-2 3v11h-4V10L8 7zM8 6.500h8M12 13v2",
  phone:
    "M6 3.500h3.500l1.500 4.500-2 1.500a12 12 0 0 0 5.500 5.500l1.500-2 4.500 1.500V18a2.500 2.500 0 0 1-2.500 2.500A14.500 14.500 0 0 1 3.500 6 2.500 2.500 0 0 1 6 3.500",
  message: "M4 5h16v11H10l-4 4v-4H4z",
  share: "M12 15V4M8 7.500 12 4l4 3.500M6 12v8h12v-8",
  face: "M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.500 20.500c.7-4.300 3.700-6.500 7.500-6.500s6.800 2.200 7.500 6.500",
  pin: "M12 21c4.500-5 6.500-8.300 6.500-11a6.500 6.500 0 1 0-13 0c0 2.700 2 6 6.500 11M12 7.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400",
  pen: "M4 20l1-4.500L16.500 4 20 7.500 8.500 19zM14 6.500l3.500 3.500",
  cash: "M3 7h18v10H3zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5M6 10v4M18 10v4",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  sync: "M4.500 10a8 8 0 0 1 14-3L20 8.500M20 4v4.500h-4.500M19.500 14a8 8 0 0 1-14 3L4 15.500M4 20v-4.500h4.500",
  erase: "M9 6h11v12H9l-6-6zM12 9.500l5 5M17 9.500l-5 5",
  offline:
    "M3 3l18 18M5 12.500a10 10 0 0 1 4-2.400M12 9.500c2.700 0 5.200 1 7 3M8.500 16a5 5 0 0 1 7 0M12 19.500v.1",
  done: "M5 12.500l4.500 4.500L19 7.500",
  letter: "M4 6.500h16v11H4zM4.500 7l7.500 6 7.500-6",
  trash: "M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
