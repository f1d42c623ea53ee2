"""A newer build of the phone app, in front of the same server."""

from __future__ import annotations

import http.client
import mimetypes
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.support.databases import ROOT


class Release:
    """Built on construction; `port` serves its files, and everything else from the server."""

    def __init__(self, folder: Path, version: str, server_port: int) -> None:
        subprocess.run(
            ["npx", "vite", "build", "--outDir", str(folder), "--logLevel", "error"],
            cwd=ROOT / "pwa",
            env={**os.environ, "npm_package_version": version},
            check=True,
            capture_output=True,
            timeout=120,
        )

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                if not path.startswith("/field/"):
                    return self.forward()
                file = folder / (path.removeprefix("/field/") or "index.html")
                kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                return self.reply(200, file.read_bytes(), kind)

            def do_POST(self) -> None:
                self.forward()

            def forward(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                upstream = http.client.HTTPConnection("127.0.0.1", server_port, timeout=30)
                headers = dict(self.headers.items())
                headers.pop("Accept-Encoding", None)
                upstream.request(self.command, self.path, body, headers)
                answer = upstream.getresponse()
                kind = answer.headers.get("content-type", "text/plain")
                self.reply(answer.status, answer.read(), kind)
                upstream.close()

            def reply(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.send_header("cache-control", "no-cache")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
