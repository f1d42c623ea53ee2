/** The frame of a screen inside the shell: a heading, perhaps a way back, and what scrolls. */
import type { ReactNode } from "react";
import { t } from "../i18n";
import { goBack } from "../lib/router";
import { IconButton } from "./Button";
import styles from "./Screen.module.css";

interface Props {
  title: string;
  back?: string;
  action?: ReactNode;
  /** The children scroll by themselves (lists, the collection sheet). */
  fixed?: boolean;
  children: ReactNode;
}

export function Screen({ title, back, action, fixed, children }: Props) {
  return (
    <main className={styles.screen}>
      <div className={styles.head}>
        {back && <IconButton icon="back" label={t("nav.back")} onClick={() => goBack(back)} />}
        <h1>{title}</h1>
        {action}
      </div>
      <div className={fixed ? styles.fixed : styles.scroll}>{children}</div>
    </main>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
