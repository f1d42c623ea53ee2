"""Requests that nobody thought of, made from the API's own descriptions by schemathesis.

Whatever comes: no 5xx, no unmasked error, no answer that the description does not know.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.graphql import nodes

from app.runtime import close_runtime, make_runtime
from tests.support.databases import SQLiteDatabases
from tests.support.loops import LoopThread
from tests.support.servers import ServerProcess
from tests.support.stage import set_stage

TEXTS = {
    "Money": st.sampled_from(["0.01", "1500.00", "-1", "9999999999.99", "1.005", "", "x"]),
    "Percent": st.sampled_from(["10.00", "0", "-1", "1000"]),
    "JSON": st.sampled_from(["", "{}"]),
    "Upload": st.sampled_from(["", "a file"]),
}
for scalar, texts in TEXTS.items():
    schemathesis.graphql.scalar(scalar, texts.map(nodes.String))

COMMAND = Path(sys.executable).parent / "schemathesis"
EXAMPLES = settings(
    max_examples=2, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
COMMON = (
    "--mode=all",
    "--seed=7",
    "--no-shrink",
    "--no-color",
    "--continue-on-failure",
    "--warnings=off",
    "--suppress-health-check=all",
    "--request-timeout=30",
)


@dataclass(frozen=True)
class Target:
    url: str
    token: str
    server: ServerProcess


@pytest.fixture(scope="module")
def target(
    sqlite_databases: SQLiteDatabases,
    loop_thread: LoopThread,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Target]:
    """A server with a group in it, and its administrator's token."""
    folder = tmp_path_factory.mktemp("generated")
    settings = sqlite_databases.fresh(folder)

    async def token() -> str:
        runtime = make_runtime(settings)
        stage = await set_stage(runtime)
        found = (await stage.make.sign_in(stage.admin)).access_token
        await close_runtime(runtime)
        return found

    access = loop_thread.run(token)
    server = ServerProcess(settings, folder / "server")
    yield Target(server.url, access, server)
    server.stop()


def generated(target: Target, path: str, folder: Path, *options: str) -> str:
    """What schemathesis says; fails with it where it found something."""
    done = subprocess.run(
        [
            str(COMMAND),
            "run",
            f"{target.url}{path}",
            f"--header=Authorization: Bearer {target.token}",
            *COMMON,
            *options,
        ],
        cwd=folder,
        env={**os.environ, "COLUMNS": "140"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    return done.stdout


def test_generated_rest_requests_get_described_answers(target: Target, tmp_path: Path) -> None:
    generated(
        target,
        "/api/openapi.json",
        tmp_path,
        "--phases=coverage,fuzzing",
        "--max-examples=4",
        "--checks=not_a_server_error,status_code_conformance,content_type_conformance,"
        "response_schema_conformance,ignored_auth,unsupported_method",
    )
    assert "INTERNAL" not in target.server.output


def test_generated_graphql_requests_fail_in_words_only(target: Target) -> None:
    headers = {"Authorization": f"Bearer {target.token}"}
    schema = schemathesis.graphql.from_url(f"{target.url}/graphql", headers=headers)
    asked = Counter[str]()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        asked[found.ok().label] += fails_in_words(found.ok(), headers)
    assert len(asked) > 100
    assert "INTERNAL" not in target.server.output


def fails_in_words(operation: Any, headers: dict[str, str]) -> int:
    """Asks for one root field in several ways; how many."""
    asked = 0

    @given(case=operation.as_strategy())
    @EXAMPLES
    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        answer = case.call(headers=headers)
        assert answer.status_code < 500, (operation.label, answer.text)
        for error in answer.json().get("errors", []):
            assert error["extensions"]["code"] != "INTERNAL", (case.body, error)

    ask()
    return asked
