/** The account menu, fetched when the frame is drawn: the sign-in page does without. */
import { type ComponentProps, lazy, Suspense } from "react";
import type MenuType from "./AccountMenu";
import classes from "./Shell.module.css";

const AccountMenu = lazy(() => import("./AccountMenu"));

export function Account(props: ComponentProps<typeof MenuType>) {
  const place = props.compact ? classes.barButton : classes.place;
  return (
    <Suspense fallback={<span className={place} aria-hidden />}>
      <AccountMenu {...props} />
    </Suspense>
  );
}
