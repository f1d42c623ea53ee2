"""An S3 server of the tests' own (nanio), which checks real signatures."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from app.config import Settings
from app.storage import create_bucket
from tests.support.processes import Process, free_port, listens

ACCESS_KEY = "AKIATABLEBANKINGTEST"
SECRET_KEY = "a-key-that-only-the-tests-use-0123456789"
BUCKET = "tablebanking-files"


class S3Server:
    """Starts on construction, with one empty bucket."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self._process = Process(
            [
                sys.executable,
                *("-m", "nanio", "serve", "--no-access-log"),
                *("--data-dir", str(folder / "data")),
                *("--host", "127.0.0.1"),
                *("--port", str(self.port)),
            ],
            folder / "s3.log",
            env={**os.environ, "NANIO_ACCESS_KEY": ACCESS_KEY, "NANIO_SECRET_KEY": SECRET_KEY},
        )
        self._process.wait_until(lambda: listens(self.port))

    def settings(self, base: Settings) -> Settings:
        """`base` with its documents in this server's bucket, which exists afterwards."""
        settings = replace(
            base,
            s3_bucket=BUCKET,
            s3_endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
        )
        create_bucket(settings)
        return settings

    def stop(self) -> None:
        self._process.stop()
