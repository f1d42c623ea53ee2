// Runs the audit of the GraphQL-over-HTTP specification against the URL given; prints JSON.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
const found = results.map(({ id, name, status, reason }) => ({ id, name, status, reason }));
process.stdout.write(JSON.stringify(found));
