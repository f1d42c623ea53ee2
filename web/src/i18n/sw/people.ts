import type { people as English } from "../en/people";
import type { Words } from "../words";

export const people: Words<typeof English> = {};
