/** What the shell, the sign-in page and the first list say. */
import { app } from "./app";
import { groups } from "./groups";
import { shell } from "./shell";

export const first = {
  ...app,
  ...groups,
  ...shell,
};
