/** The order of a list, in the address as the API names it: `sort=NAME_DESC`. */
import { useFilters } from "./use-filters";

export type Sort = { key: string; descending: boolean };

export type Order<K extends string> = `${K}_${"ASC" | "DESC"}`;

/** `usual` is how the server sorts unasked; `keys` are the columns it can sort by. */
export function useSort<K extends string>(keys: readonly K[], usual: Order<K>) {
  const { values, set } = useFilters({ sort: usual as string });
  const found = keys.flatMap((key): Order<K>[] => [`${key}_ASC`, `${key}_DESC`]);
  const order = found.find((one) => one === values.sort) ?? usual;
  const at = order.lastIndexOf("_");
  const sort: Sort = { key: order.slice(0, at), descending: order.endsWith("_DESC") };
  const onSort = ({ key, descending }: Sort) =>
    set({ sort: `${key}_${descending ? "DESC" : "ASC"}` });
  return { order, sort, onSort };
}
