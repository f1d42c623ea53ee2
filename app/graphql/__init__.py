"""GraphQL over HTTP and WebSocket: limits, errors, and the wire."""
