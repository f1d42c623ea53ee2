/** A server for tests: idempotent like the real one, and as unreliable as a village's signal. */
import type { SyncOperationInput } from "../src/gen/graphql";
import { ENDPOINT } from "../src/sync/api";

interface Result {
  offlineSyncId: string;
  outcome: string;
  entityId: string | null;
  receiptNumber: string | null;
  current: unknown;
  error: { code: string; message: string; field: string | null } | null;
}

type Fault = "lost request" | "lost answer" | "half an answer" | number | "INTERNAL";

export class FakeServer {
  readonly applied = new Map<string, SyncOperationInput>();
  readonly members = new Set<string>();
  readonly batches: string[][] = [];
  /** Asked before each batch; null = all goes well. */
  fault: (ids: string[]) => Fault | null = () => null;
  /** The server's own word on an operation, before it would be applied. */
  judge: (id: string, operation: SyncOperationInput) => Partial<Result> | null = () => null;
  changes: (since: string | null) => unknown = () => ({
    cursor: "end",
    hasMore: false,
    deletedIds: [],
    groups: [],
    members: [],
    contributions: [],
  });
  readonly reports: unknown[] = [];
  refuseReports = false;
  /** What its clock says; null: it says nothing. */
  time: number | null = null;
  validToken = "access-0";
  validRefresh = "refresh-0";
  refreshes = 0;
  reuses = 0;

  /** Takes what goes to /uploads. */
  uploads: ((url: string, init: RequestInit) => Promise<Response>) | null = null;

  readonly fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    if (this.uploads && String(url).startsWith("/uploads")) {
      return this.uploads(String(url), init ?? {});
    }
    if (url !== ENDPOINT) throw new Error(`unexpected address: ${String(url)}`);
    await Promise.resolve();
    const { query, variables } = JSON.parse(String(init?.body)) as {
      query: string;
      variables: Record<string, never>;
    };
    const token = new Headers(init?.headers).get("authorization");
    if (query.includes("refreshToken(")) return this.refresh(variables.refreshToken ?? "");
    if (token !== `Bearer ${this.validToken}`) return refused("UNAUTHENTICATED");
    if (query.includes("syncBatch")) return this.batch(variables.operations ?? ([] as never));
    if (query.includes("reportUnsentWork(")) return this.report(variables.input);
    if (query.includes("changes(")) {
      return json({ data: { changes: this.changes(variables.since ?? null) } }, this.time);
    }
    return json({ data: { members: { totalCount: 3 } } });
  };

  expireToken(): void {
    this.validToken = `access-${Math.random()}`;
  }

  private refresh(token: string): Response {
    if (token !== this.validRefresh) {
      this.reuses += 1;
      return refused("UNAUTHENTICATED");
    }
    this.refreshes += 1;
    this.validRefresh = `refresh-${this.refreshes}`;
    const accessToken = this.validToken;
    const refreshToken = this.validRefresh;
    return json({ data: { refreshToken: { accessToken, refreshToken, expiresIn: 1800 } } });
  }

  private report(input: unknown): Response {
    if (this.refuseReports) return refused("NOT_FOUND");
    this.reports.push(input);
    return json({ data: { reportUnsentWork: true } });
  }

  private batch(operations: SyncOperationInput[]): Response {
    const ids = operations.map((operation) => contents(operation).offlineSyncId ?? "");
    this.batches.push(ids);
    const fault = this.fault(ids);
    if (fault === "lost request") throw new TypeError("network");
    if (fault === "INTERNAL") return refused("INTERNAL");
    if (typeof fault === "number") return new Response("no", { status: fault });
    const results = operations.map((operation) => this.apply(operation));
    if (fault === "half an answer") return new Response('{"data":{"syncBatch":{"serv');
    if (fault === "lost answer") throw new TypeError("network");
    return json({ data: { syncBatch: { serverTime: new Date().toISOString(), results } } });
  }

  private apply(operation: SyncOperationInput): Result {
    const input = contents(operation);
    const id = input.offlineSyncId ?? "";
    const blank = { entityId: null, receiptNumber: null, current: null, error: null };
    const result = (outcome: string, more: Partial<Result> = {}): Result => ({
      offlineSyncId: id,
      outcome,
      ...blank,
      ...more,
    });
    const known = this.applied.get(id);
    if (known) {
      const same = JSON.stringify(known) === JSON.stringify(operation);
      return same ? result("DUPLICATE") : result("REJECTED", { error: problem("ID_REUSED") });
    }
    const verdict = this.judge(id, operation);
    if (verdict) return result(verdict.outcome ?? "REJECTED", verdict);
    if (operation.recordContribution && !this.members.has(operation.recordContribution.memberId)) {
      return result("REJECTED", { error: problem("UNKNOWN_MEMBER") });
    }
    this.applied.set(id, operation);
    if (operation.registerMember?.id) this.members.add(operation.registerMember.id);
    return result("APPLIED");
  }
}

export const problem = (code: string) => ({ code, message: code, field: null });

function contents(operation: SyncOperationInput): { offlineSyncId?: string | null | undefined } {
  return Object.values(operation).find((value) => value) ?? {};
}

function json(body: unknown, time: number | null = null): Response {
  const headers = new Headers({ "content-type": "application/json" });
  if (time !== null) headers.set("date", new Date(time).toUTCString());
  return new Response(JSON.stringify(body), { headers });
}

function refused(code: string): Response {
  return json({ data: null, errors: [{ message: code, extensions: { code } }] });
}
