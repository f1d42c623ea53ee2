"""Documents outside the database: a folder beside it, or an S3 bucket.

The caller seals what it stores (app.crypto), so neither the disk nor the bucket sees plain
bytes. Keys are made by us, never by a client: "<group id>/<document id>".
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from anyio import CapacityLimiter, to_thread

from app.config import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")

PARALLEL = 16
"""Transfers at a time in one process; boto3 and the disk block a thread each."""
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
MAX_KEY_LENGTH = 500


class ObjectMissing(Exception):
    """Nothing is stored under the key: a row names a document that the store does not hold."""


class Storage(Protocol):
    """Sealed bytes under a key. Keys are never reused for other content."""

    async def put(self, key: str, data: bytes) -> None:
        """Stores `data`; when it returns, the bytes are durable."""

    async def get(self, key: str) -> bytes:
        """The bytes under `key`; ObjectMissing when there are none."""

    async def delete(self, key: str) -> None:
        """Removes `key`; removing what is not there is no error."""

    async def delete_older(self, folder: str, moment: datetime) -> int:
        """Removes everything below `folder` that was stored before `moment`; how many."""


def make_storage(settings: Settings) -> Storage:
    """S3 when S3_BUCKET is set, otherwise the folder `files` in DATA_DIR."""
    if settings.s3_bucket:
        return S3Storage(settings)
    return FolderStorage(settings.data_dir / "files")


def checked_key(key: str) -> str:
    """`key` itself; ValueError unless it is plain segments, so that no path leaves the store."""
    if len(key) > MAX_KEY_LENGTH or KEY.fullmatch(key) is None:
        raise ValueError(f"not a storage key: {key[:80]!r}")
    return key


class FolderStorage:
    """One file a key below `root`. A reader sees the whole new file or the old one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._limiter = CapacityLimiter(PARALLEL)

    async def put(self, key: str, data: bytes) -> None:
        path = self._path(key)
        await to_thread.run_sync(_write_atomically, path, data, limiter=self._limiter)

    async def get(self, key: str) -> bytes:
        path = self._path(key)
        try:
            return await to_thread.run_sync(path.read_bytes, limiter=self._limiter)
        except FileNotFoundError as error:
            raise ObjectMissing(key) from error

    async def delete(self, key: str) -> None:
        path = self._path(key)
        await to_thread.run_sync(lambda: path.unlink(missing_ok=True), limiter=self._limiter)

    async def delete_older(self, folder: str, moment: datetime) -> int:
        path = self._path(folder)
        return await to_thread.run_sync(
            _delete_older, path, moment.timestamp(), limiter=self._limiter
        )

    def _path(self, key: str) -> Path:
        return self._root.joinpath(*checked_key(key).split("/"))


def _write_atomically(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp gives mode 0600; the name starts with a dot, which no key may.
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    # The rename itself is durable only once its folder is.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _delete_older(folder: Path, moment: float) -> int:
    """Files that were left half written too, and folders that are empty."""
    removed = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        # Another process may be doing the same; a folder that is not empty stays.
        with suppress(OSError):
            if path.stat().st_mtime >= moment:
                continue
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
                removed += 1
    return removed


class S3Storage:
    """A bucket of any S3-compatible store, over one boto3 client in threads."""

    def __init__(self, settings: Settings) -> None:
        if not settings.s3_bucket:
            raise ValueError("S3Storage needs S3_BUCKET.")
        self._bucket = settings.s3_bucket
        self._client = make_s3_client(settings)
        self._limiter = CapacityLimiter(PARALLEL)

    async def put(self, key: str, data: bytes) -> None:
        checked_key(key)
        await self._in_thread(
            lambda: self._client.put_object(Bucket=self._bucket, Key=key, Body=data)
        )

    async def get(self, key: str) -> bytes:
        checked_key(key)
        try:
            return await self._in_thread(
                lambda: self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            )
        except self._client.exceptions.NoSuchKey as error:
            raise ObjectMissing(key) from error

    async def delete(self, key: str) -> None:
        checked_key(key)
        await self._in_thread(lambda: self._client.delete_object(Bucket=self._bucket, Key=key))

    async def delete_older(self, folder: str, moment: datetime) -> int:
        return await self._in_thread(lambda: self._delete_older(checked_key(folder), moment))

    def _delete_older(self, folder: str, moment: datetime) -> int:
        removed = 0
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=f"{folder}/"):
            for item in page.get("Contents", ()):
                if item["LastModified"] < moment:
                    self._client.delete_object(Bucket=self._bucket, Key=item["Key"])
                    removed += 1
        return removed

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await to_thread.run_sync(call, limiter=self._limiter)


def create_bucket(settings: Settings) -> None:
    """Makes S3_BUCKET unless it is there; for a store of one's own (deploy/make_bucket.py)."""
    client = make_s3_client(settings)
    if settings.s3_bucket not in {item["Name"] for item in client.list_buckets()["Buckets"]}:
        client.create_bucket(Bucket=str(settings.s3_bucket))


def make_s3_client(settings: Settings) -> S3Client:
    """A client for the deployment's store; its keys come from Settings or the machine's role."""
    # Imported here because boto3 takes a third of a second that the embedded start can spare.
    import boto3
    from botocore.config import Config

    return boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint_url,
        region_name=settings.aws_region,
        aws_access_key_id=settings.aws_access_key_id,
        aws_secret_access_key=settings.aws_secret_access_key,
        config=Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "max_attempts": 3},
            max_pool_connections=PARALLEL,
            # Stores other than AWS often know neither virtual hosts nor the newer checksums.
            s3={"addressing_style": "path" if settings.s3_endpoint_url else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
