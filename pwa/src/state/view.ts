/** What several screens share of the view: the group at hand, and whether the pad is open. */
import { create } from "zustand";

interface View {
  /** The group that the top bar names. */
  groupId: string | null;
  /** The group that the list of members is narrowed to. */
  memberFilter: string | null;
  padOpen: boolean;
}

export const useView = create<View>(() => ({ groupId: null, memberFilter: null, padOpen: false }));
