"""What could not be recorded is tried once more, and said; a second failure ends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.lighthouse import NotRecordedError, lighthouse

FAKE = """#!/bin/sh
for argument; do case $argument in --output-path=*) report=${{argument#--output-path=}};; esac; done
echo run >> runs
if [ "$(wc -l < runs)" -le {failures} ]; then
  echo '{{"runtimeError": {{"code": "NO_NAVSTART"}}}}' > "$report"; exit 1
fi
echo '{{"categories": {{}}}}' > "$report"
"""


def fails(times: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "npx"
    program.write_text(FAKE.format(failures=times))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails(1, tmp_path, monkeypatch)
    assert lighthouse("http://office.test/map", tmp_path) == {"categories": {}}
    assert "could not record http://office.test/map (NO_NAVSTART)" in capsys.readouterr().out
    assert not (tmp_path / "lighthouse.json").exists()


def test_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(2, tmp_path, monkeypatch)
    with pytest.raises(NotRecordedError, match="NO_NAVSTART"):
        lighthouse("http://office.test/map", tmp_path)
    assert (tmp_path / "runs").read_text().count("run") == 2
