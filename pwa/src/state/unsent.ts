/** How much this phone knows and the server does not: records and pictures. */
import { isUnsent } from "../sync/outbox";
import { isUnsentUpload } from "../sync/upload-box";
import { useData } from "./data";

export function useUnsentCount(): number {
  const operations = useData((state) => state.operations);
  const uploads = useData((state) => state.uploads);
  return operations.filter(isUnsent).length + uploads.filter(isUnsentUpload).length;
}
