"""What Prometheus scrapes: requests, operations, subscribers. Numbers only, no personal data."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

REQUESTS = Histogram(
    "tablebanking_request_seconds",
    "How long answers took.",
    ["route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10),
)
OPERATIONS = Counter(
    "tablebanking_operations_total",
    "Operations that went through the one way in, by what became of them.",
    ["kind", "outcome"],
)
SOCKETS = Gauge("tablebanking_sockets", "WebSockets that are open.")
OUTBOX = Gauge(
    "tablebanking_outbox_rows",
    "Rows of the outbox by topic: waiting, or dead letters that a person decides about.",
    ["topic", "state"],
)

ROUTES = (
    "/graphql",
    "/api",
    "/field",
    "/documents",
    "/uploads",
    "/graphiql",
    "/config.json",
    "/healthz",
)


def route_of(path: str) -> str:
    """The route's name: paths hold ids, and a label for each id would fill the memory."""
    for route in ROUTES:
        if path == route or path.startswith(route + "/"):
            return route
    return "/"


def keep_outbox(counts: dict[str, dict[str, int]]) -> None:
    """The outbox's numbers in place of those of before: state to topic to number of rows."""
    OUTBOX.clear()
    for state, by_topic in counts.items():
        for topic, number in by_topic.items():
            OUTBOX.labels(topic, state).set(number)


def exposition() -> tuple[bytes, str]:
    """The numbers in Prometheus's text format, and its media type."""
    return generate_latest(), CONTENT_TYPE_LATEST
