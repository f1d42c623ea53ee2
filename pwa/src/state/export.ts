/** The unsent work as an open file: a supervisor reads it, and another phone can take it over. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { t } from "../i18n";
import { wrap } from "../lib/parcel";
import { handOver, textFile } from "../platform/files";
import type { AccountRecord } from "../store/schema";
import type { UserStore } from "../store/user-store";
import { readOutbox } from "../sync/outbox";
import { inWords, makeParcel, sendableByOthers } from "./parcel";

type Officer = Pick<AccountRecord, "userId" | "name" | "phone">;

export async function composeExport(store: UserStore, officer: Officer): Promise<string> {
  const { operations } = await readOutbox(store);
  const parcel = await makeParcel(store, officer, sendableByOthers(operations));
  return wrap(`${await inWords(store, officer)}\n\n${t("export.forTheApp")}`, parcel);
}

export async function exportOutbox(store: UserStore, officer: Officer): Promise<void> {
  const contents = await composeExport(store, officer);
  await handOver(textFile(`outbox-${todayInNairobi()}.txt`, contents));
}
