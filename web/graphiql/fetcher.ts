/**
 * Sends what is in the editor: queries and mutations over HTTP, subscriptions over the WebSocket,
 * both with the token of whoever is signed in. An authorization header typed into the headers
 * editor goes before it.
 */
import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { createClient } from "graphql-ws";
import { ENDPOINT } from "../src/lib/graphql-request";
import { accessToken, subscribeSession } from "../src/lib/session";
import { named } from "./named";

const socket = createClient({
  url: ENDPOINT,
  connectionParams: async () => {
    const token = await accessToken();
    return token ? { authorization: `Bearer ${token}` } : {};
  },
});

// The socket speaks for whoever was signed in when it opened.
subscribeSession(() => socket.terminate());

const send = createGraphiQLFetcher({ url: ENDPOINT, wsClient: socket });

export const fetcher: Fetcher = async (params, options) => {
  const token = await accessToken();
  const headers = {
    accept: "application/graphql-response+json, application/json;q=0.9",
    ...(token && { authorization: `Bearer ${token}` }),
    ...options?.headers,
  };
  return send(named(params), { ...options, headers });
};
