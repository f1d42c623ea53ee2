"""Says where a test hangs: pytest-timeout ends its process, and what that prints is lost in xdist.

Shortly before, every thread and every task of a running loop is written to a file, with what it
waits for; the session shows the files at its end.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

DEEPEST = 14
"""Frames of a stack: its newest say where it waits."""


@contextmanager
def watching(name: str, folder: Path, seconds: float) -> Iterator[None]:
    """Writes to `folder` what everything waits for where the block takes longer than this."""
    timer = threading.Timer(seconds, _write, (name, folder, threading.current_thread()))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _write(name: str, folder: Path, watched: threading.Thread) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{threading.get_native_id()}.txt"
    file.write_text(f"{name}\n{everything(watched)}")


def everything(watched: threading.Thread) -> str:
    """All threads, `watched` first, and the tasks of the loops that run in them."""
    frames = sys._current_frames()
    threads = [watched, *(one for one in threading.enumerate() if one is not watched)]
    parts = []
    for thread in threads:
        frame = frames.get(thread.ident or 0)
        if frame is None or thread is threading.current_thread():
            continue
        stack = "".join(traceback.format_stack(frame)[-DEEPEST:])
        parts.append(f"--- thread {thread.name}\n{stack}")
        loop = _loop_of(frame)
        if loop is not None:
            parts += [_task(task) for task in asyncio.all_tasks(loop)]
    return "\n".join(parts)


def _loop_of(frame: FrameType | None) -> asyncio.AbstractEventLoop | None:
    while frame is not None:
        if frame.f_code.co_name == "run_forever":
            found = frame.f_locals.get("self")
            if isinstance(found, asyncio.AbstractEventLoop):
                return found
        frame = frame.f_back
    return None


def _task(task: asyncio.Task[Any]) -> str:
    """What the task waits for, coroutine within coroutine."""
    lines = [f"--- task {task.get_name()}"]
    waiting: Any = task.get_coro()
    while waiting is not None:
        frame = getattr(waiting, "cr_frame", None) or getattr(waiting, "gi_frame", None)
        if frame is not None:
            lines.append(f"  {frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_name}")
        inner = getattr(waiting, "cr_await", None) or getattr(waiting, "gi_yieldfrom", None)
        if inner is None and frame is None:
            lines.append(f"  {waiting!r}"[:200])
        waiting = inner
    return "\n".join(lines) + "\n"


def findings(folder: Path) -> str:
    """What was written in this session."""
    return "\n".join(file.read_text() for file in sorted(folder.glob("*.txt")))
