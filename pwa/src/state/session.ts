/**
 * Where the officer stands: nobody here yet, signed in without a PIN, locked, or open.
 * The data key lives in this module's memory only while the phone is open.
 */
import { create } from "zustand";
import { persistStorage } from "../platform/storage";
import { listAccounts, loadAccount, removeAccount, saveAccount } from "../store/device";
import { type AccountRecord, deleteUserDb } from "../store/schema";
import { closeUserStore, dropServerCopy, openUserStore, type UserStore } from "../store/user-store";
import { createVault, type UnlockResult, unlock } from "../store/vault";
import * as server from "../sync/session";
import { clearData } from "./data";

export type Phase = "loading" | "signIn" | "setPin" | "locked" | "open";

interface SessionState {
  phase: Phase;
  account: AccountRecord | null;
  accounts: AccountRecord[];
  /** Ten wrong PINs: the sign-in screen says what happened to the records. */
  exhausted: boolean;
  /** The officer asked for a new PIN, which the password will allow. */
  forgotPin: boolean;
}

export const useSession = create<SessionState>(() => ({
  phase: "loading",
  account: null,
  accounts: [],
  exhausted: false,
  forgotPin: false,
}));

interface OpenStore {
  store: UserStore;
  dataKey: CryptoKey;
}

let open: OpenStore | null = null;

/** The open store. Screens behind the PIN only exist while there is one. */
export function openStore(): OpenStore {
  if (!open) throw new Error("the phone is locked");
  return open;
}

export const isOpen = () => open !== null;

/** What can be synchronised now: a locked phone sends too, it only does not fetch. */
export async function currentStore(): Promise<{
  store: UserStore;
  dataKey: CryptoKey | null;
} | null> {
  if (open) return open;
  const { account, phase } = useSession.getState();
  if (!account || phase !== "locked") return null;
  return { store: await openUserStore(account.userId), dataKey: null };
}

export async function startSession(): Promise<void> {
  const accounts = await listAccounts();
  const usual = accounts.find((account) => account.vault) ?? null;
  useSession.setState({ accounts, account: usual, phase: usual ? "locked" : "signIn" });
}

/** Online, with the password: a new officer on this phone, or one whose session has ended. */
export async function signIn(phone: string, password: string): Promise<void> {
  const user = await server.signIn(phone, password, deviceName());
  const account = (await loadAccount(user.id)) ?? null;
  const accounts = await listAccounts();
  const stillOpen = open?.store.userId === user.id;
  const { forgotPin, account: before } = useSession.getState();
  const needsPin = !account?.vault || (forgotPin && before?.userId === user.id);
  const phase = stillOpen ? "open" : needsPin ? "setPin" : "locked";
  if (!stillOpen) lock();
  useSession.setState({ account, accounts, phase, exhausted: false, forgotPin: false });
}

export async function setPin(pin: string): Promise<void> {
  const { account } = useSession.getState();
  if (!account) return;
  const store = await openUserStore(account.userId);
  const dataKey = await createVault(account.userId, pin);
  // What an older, forgotten PIN had locked cannot be read any more, and the server has it.
  await dropServerCopy(store);
  const { restoreLocalRecords } = await import("./restore");
  await restoreLocalRecords(store, dataKey);
  void persistStorage();
  await enter({ store, dataKey });
}

export async function unlockWith(pin: string): Promise<UnlockResult> {
  const { account } = useSession.getState();
  if (!account) return { kind: "exhausted" };
  const result = await unlock(account.userId, pin);
  if (result.kind === "open") {
    await enter({ store: await openUserStore(account.userId), dataKey: result.dataKey });
  } else if (result.kind === "exhausted") {
    const store = await openUserStore(account.userId);
    await dropServerCopy(store);
    const accounts = await listAccounts();
    const emptied = accounts.find((row) => row.userId === store.userId) ?? null;
    useSession.setState({ phase: "signIn", exhausted: true, account: emptied, accounts });
  }
  return result;
}

/** How much would still have to go up; it can be counted without the PIN. */
export async function unsentHere(): Promise<number> {
  const { account } = useSession.getState();
  if (!account) return 0;
  const { countUnsent } = await import("../sync/report");
  const { waiting, failed } = await countUnsent(await openUserStore(account.userId));
  return waiting + failed;
}

async function enter(opened: OpenStore): Promise<void> {
  open = opened;
  const { loadData } = await import("./load-data");
  await loadData(opened.store, opened.dataKey);
  const account = (await loadAccount(opened.store.userId)) ?? null;
  useSession.setState({ phase: "open", account, accounts: await listAccounts() });
}

export function lock(): void {
  open = null;
  clearData();
  if (useSession.getState().phase === "open") useSession.setState({ phase: "locked" });
}

export function chooseAccount(account: AccountRecord): void {
  useSession.setState({ account, phase: account.vault ? "locked" : "signIn" });
}

/** Another officer, or the password again: the sign-in screen. What is stored stays. */
export function showSignIn({ forgotPin = false } = {}): void {
  useSession.setState({ phase: "signIn", forgotPin });
}

export function cancelSignIn(): void {
  const { account } = useSession.getState();
  useSession.setState({
    phase: open ? "open" : account?.vault ? "locked" : "signIn",
    forgotPin: false,
  });
}

/**
 * Takes the officer off this phone. The screen asks first when work is unsent; the outbox
 * then stays on the phone (sealed) until the same officer signs in here again.
 */
export async function signOut(keepOutbox: boolean): Promise<void> {
  if (!open) return;
  const { store } = open;
  if (keepOutbox) await tellWhatStays(store);
  await server.signOut(store);
  lock();
  if (keepOutbox) {
    await dropServerCopy(store);
    await saveAccount(store.userId, { vault: null, wrongPins: 0, lockedUntil: 0 });
  } else {
    await closeUserStore(store.userId);
    await deleteUserDb(store.userId);
    await removeAccount(store.userId);
  }
  useSession.setState({ account: null, accounts: await listAccounts(), phase: "signIn" });
}

const LAST_WORD_MS = 5_000;

/** Nobody can report it for this officer once the session has ended. */
async function tellWhatStays(store: UserStore): Promise<void> {
  const { reportUnsent } = await import("../sync/report");
  const told = reportUnsent(store, Date.now(), { atOnce: true }).catch(() => undefined);
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, LAST_WORD_MS))]);
}

function deviceName(): string {
  const platform = /\(([^;)]+;[^;)]+)/.exec(navigator.userAgent)?.[1] ?? navigator.userAgent;
  return platform.slice(0, 100);
}
