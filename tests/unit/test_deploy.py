"""The deployment's files name what the program really reads, and leave no secret to chance."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

import yaml

from tests.support.databases import ROOT

FILES = ("docker-compose.yml", "deploy/observe.yml")
SECRETS = (
    "POSTGRES_PASSWORD",
    "SECRET_KEY",
    "JWT_SECRET_KEY",
    "ENCRYPTION_KEY",
    "S3_SECRET_KEY",
    "GRAFANA_PASSWORD",
    "DOMAIN",
)


def compose(name: str = "docker-compose.yml") -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / name).read_text())
    return content


def test_every_variable_of_the_servers_is_read() -> None:
    read = (ROOT / "app/config.py").read_text()
    given = compose()["services"]["server"]["environment"]
    assert {name for name in given if f'"{name}"' not in read} == set()


def test_every_secret_must_be_given() -> None:
    text = "".join((ROOT / name).read_text() for name in FILES)
    for secret in SECRETS:
        uses = re.findall(r"\$\{" + secret + r"\b([^}]*)\}", text)
        assert uses, secret
        assert all(use.startswith(":?") for use in uses), f"{secret} has a default"


def test_every_file_and_volume_that_is_mounted_exists() -> None:
    for name in FILES:
        content = compose(name)
        for service in content["services"].values():
            for mount in service.get("volumes", []):
                source = mount.split(":")[0]
                if source.startswith("./"):
                    assert (ROOT / source).exists(), source
                elif not source.startswith("/"):
                    assert source in content["volumes"], source


def test_only_caddy_is_open_to_the_world() -> None:
    for name in FILES:
        for service, content in compose(name)["services"].items():
            for port in content.get("ports", []):
                assert service == "caddy" or port.startswith("127.0.0.1:"), f"{service}: {port}"


def test_compose_itself_accepts_the_files() -> None:
    """Where the plugin is installed; the tests above hold everywhere."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], check=False).returncode:
        return
    command = [docker, "compose"]
    for name in FILES:
        command += ["-f", str(ROOT / name)]
    environment = {"PATH": "/usr/bin:/bin", **dict.fromkeys(SECRETS, "x")}
    done = subprocess.run(
        [*command, "config", "--quiet"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
