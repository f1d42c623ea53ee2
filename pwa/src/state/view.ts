/** What several screens share of the view: the group at hand, and whether the pad is open. */
import { create } from "zustand";

interface View {
  groupId: string | null;
  padOpen: boolean;
}

export const useView = create<View>(() => ({ groupId: null, padOpen: false }));
