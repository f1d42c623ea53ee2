"""Both document stores behave alike, and no key leads out of them."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from app import clock
from app.storage import FolderStorage, ObjectMissing, S3Storage, Storage, make_storage
from tests.support.s3_server import S3Server
from tests.support.settings import settings_for


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    settings = settings_for("sqlite:///unused", tmp_path)
    if request.param == "s3":
        server: S3Server = request.getfixturevalue("s3")
        settings = server.settings(settings)
    made = make_storage(settings)
    assert isinstance(made, S3Storage if request.param == "s3" else FolderStorage)
    return made


async def test_what_was_put_comes_back(storage: Storage) -> None:
    data = os.urandom(300_000)
    await storage.put("group/document", data)
    assert await storage.get("group/document") == data


async def test_an_empty_object_and_a_new_version(storage: Storage) -> None:
    await storage.put("empty", b"")
    assert await storage.get("empty") == b""
    await storage.put("empty", b"no longer")
    assert await storage.get("empty") == b"no longer"


async def test_what_is_not_there(storage: Storage) -> None:
    with pytest.raises(ObjectMissing):
        await storage.get("never/stored")
    await storage.delete("never/stored")


async def test_what_was_deleted_is_gone(storage: Storage) -> None:
    await storage.put("group/short-lived", b"x")
    await storage.delete("group/short-lived")
    with pytest.raises(ObjectMissing):
        await storage.get("group/short-lived")


async def test_what_is_old_leaves_one_folder_and_no_other(storage: Storage) -> None:
    keys = ("old/one/a", "old/one/b", "older/c")
    for key in keys:
        await storage.put(key, b"x")
    assert await storage.delete_older("old", clock.now() - timedelta(hours=1)) == 0
    assert await storage.get("old/one/a") == b"x"
    assert await storage.delete_older("old", clock.now() + timedelta(hours=1)) == 2
    assert await storage.get("older/c") == b"x"
    for key in keys[:2]:
        with pytest.raises(ObjectMissing):
            await storage.get(key)
    assert await storage.delete_older("never", clock.now()) == 0


async def test_many_at_once(storage: Storage) -> None:
    await asyncio.gather(*(storage.put(f"many/{n}", str(n).encode()) for n in range(60)))
    found = await asyncio.gather(*(storage.get(f"many/{n}") for n in range(60)))
    assert found == [str(n).encode() for n in range(60)]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../outside",
        "group/../../outside",
        "group/..",
        "group//document",
        "group/",
        ".hidden",
        "group\\document",
        "nul\x00byte",
        "line\n",
        "é",
        "a" * 501,
    ],
)
async def test_no_key_leads_out_of_the_store(storage: Storage, tmp_path: Path, key: str) -> None:
    for call in (storage.put(key, b"x"), storage.get(key), storage.delete(key)):
        with pytest.raises(ValueError, match="not a storage key"):
            await call
    assert not (tmp_path / "outside").exists()


async def test_a_failed_write_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = FolderStorage(tmp_path / "files")
    await storage.put("group/document", b"old")

    def full(_source: object, _target: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        await storage.put("group/document", b"new")
    assert await storage.get("group/document") == b"old"
    assert [path.name for path in (tmp_path / "files" / "group").iterdir()] == ["document"]


async def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    await FolderStorage(tmp_path / "files").put("group/document", b"sealed")
    mode = (tmp_path / "files" / "group" / "document").stat().st_mode
    assert mode & 0o077 == 0


async def test_a_wrong_secret_is_an_error_and_not_a_missing_object(
    s3: S3Server, tmp_path: Path
) -> None:
    settings = s3.settings(settings_for("sqlite:///unused", tmp_path))
    await S3Storage(settings).put("group/document", b"x")
    stranger = S3Storage(
        settings_for(
            "sqlite:///unused",
            tmp_path,
            S3_BUCKET=str(settings.s3_bucket),
            S3_ENDPOINT_URL=str(settings.s3_endpoint_url),
            AWS_ACCESS_KEY_ID=str(settings.aws_access_key_id),
            AWS_SECRET_ACCESS_KEY="not-the-secret",
        )
    )
    with pytest.raises(ClientError):
        await stranger.get("group/document")
