"""The client library of the apps and the server understand each other."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.live.conftest import stage_on
from tests.live.hosts import Host
from tests.live.test_fan_out import streams
from tests.live.waiting import until

SCRIPT = Path(__file__).with_name("graphql_ws.mjs")


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_graphql_ws_follows_a_ledger(host: Host) -> None:
    stage = await stage_on(host.runtime)
    token = (await stage.factory.sign_in(stage.admin)).access_token
    process = await asyncio.create_subprocess_exec(
        "node",
        str(SCRIPT),
        f"ws://{host.address}/graphql",
        token,
        str(stage.group.id),
        "3",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await until(lambda: streams(host) == 1, "it follows", seconds=30)
        await stage.save(101, 102)
        await stage.save(103)
        async with asyncio.timeout(20):
            output, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    said: list[Any] = [json.loads(line) for line in output.decode().splitlines()]
    assert process.returncode == 0, errors.decode()
    assert {"me": "SYSTEM_ADMIN"} in said
    assert [line["amount"] for line in said if "amount" in line] == ["1.01", "1.02", "1.03"]
    assert {"refused": "NOT_FOUND"} in said
    assert said.count({"connected": True}) == len([line for line in said if "closed" in line])
