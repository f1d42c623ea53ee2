"""`tablebanking demo`: from an empty folder to a running system, in one process."""

from __future__ import annotations

from app.demo.prepare import only_demo_in, prepare
from app.demo.serve import listen_at, serve
from app.demo.settings import demo_settings


def run(host: str | None = None, port: int | None = None) -> int:
    """Fills DATA_DIR where it is empty, then serves until told to stop; the exit code."""
    demo = demo_settings(host=host, port=port)
    settings = demo.server
    with only_demo_in(settings.data_dir), listen_at(settings.host, settings.port) as address:
        if not prepare(settings, say):
            say(f"The demo's data is in {settings.data_dir} already.")
        serve(demo, address, say)
    return 0


def say(line: str) -> None:
    """One line at once, also into a pipe."""
    print(line, flush=True)
