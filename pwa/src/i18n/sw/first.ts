/** What the shell needs before the first screen: sign-in, Today, the frame. */
import { app } from "./app";
import { signin } from "./signin";
import { today } from "./today";

export const first = { ...app, ...signin, ...today };
