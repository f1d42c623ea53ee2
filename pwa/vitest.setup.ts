import "fake-indexeddb/auto";
import { loadLater } from "./src/i18n";

await loadLater();
