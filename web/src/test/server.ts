/** Stands in for the server in tests: answers by operation name and keeps what it was sent. */
import { vi } from "vitest";

export type Sent = { operation: string; variables: Record<string, unknown>; token: string | null };
type Answer = { data: unknown } | { errors: unknown[] };
type Handlers = Record<string, (sent: Sent) => Answer | Promise<Answer>>;

export function fakeServer(handlers: Handlers): Sent[] {
  const sent: Sent[] = [];
  const answer = async (_url: string, init: RequestInit): Promise<Response> => {
    const { query, variables } = JSON.parse(String(init.body));
    const operation = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? "";
    const headers = new Headers(init.headers);
    const token = headers.get("authorization")?.replace("Bearer ", "") ?? null;
    const request = { operation, variables, token };
    sent.push(request);
    const handler = handlers[operation];
    if (!handler) throw new TypeError(`no answer for ${operation}`);
    return new Response(JSON.stringify(await handler(request)));
  };
  vi.stubGlobal("fetch", answer);
  return sent;
}

export function refusal(code: string, message = code, field?: string): Answer {
  return { errors: [{ message, extensions: { code, field } }] };
}

export const USER = {
  id: "00000000-0000-7000-8000-000000000001",
  name: "Grace Wambui",
  phone: "254700000001",
  role: "SYSTEM_ADMIN" as const,
};

export function tokens(accessToken: string, refreshToken: string, expiresIn = 1800) {
  return { accessToken, refreshToken, expiresIn, user: USER };
}
