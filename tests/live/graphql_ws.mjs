// Follows a group's ledger with the client library that the apps use, and prints what comes.
// Node 20 has no WebSocket of its own; `ws` is graphql-ws's peer.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, token, groupId, wanted] = process.argv.slice(2);
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${token}` },
  retryAttempts: 5,
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
});
client.on("connected", () => console.log(JSON.stringify({ connected: true })));
client.on("closed", (event) => console.log(JSON.stringify({ closed: event.code })));

const me = client.iterate({ query: "{ me { role } }" });
for await (const result of me) console.log(JSON.stringify({ me: result.data.me.role }));

let seen = 0;
const lines = client.iterate({
  query: "subscription($id: UUID!) { ledgerUpdates(groupId: $id) { amount } }",
  variables: { id: groupId },
});
console.log(JSON.stringify({ following: true }));
for await (const result of lines) {
  console.log(JSON.stringify({ amount: result.data.ledgerUpdates.amount }));
  seen += 1;
  if (seen === Number(wanted)) break;
}
try {
  const foreign = client.iterate({
    query: "subscription { ledgerUpdates(groupId: \"01890000-0000-7000-8000-000000000000\") { id } }",
  });
  for await (const _ of foreign);
} catch (errors) {
  console.log(JSON.stringify({ refused: errors[0].extensions.code }));
}
await client.dispose();
