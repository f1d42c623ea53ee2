import { type ComponentType, lazy } from "react";
import { loadLater } from "../i18n";

// biome-ignore lint/suspicious/noExplicitAny: each component knows its own props; here any passes
type AnyComponent = ComponentType<any>;

/** A page or drawer that is fetched when it is first opened, together with its words. */
export function later<C extends AnyComponent>(load: () => Promise<{ default: C }>) {
  return lazy(async () => {
    const [module] = await Promise.all([load(), loadLater()]);
    return module;
  });
}
