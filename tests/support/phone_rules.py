"""The phone's own rules (common/src), asked from Python: bundled as for the phone, run by Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RUN = """
import { readFileSync } from "node:fs";
const { judge } = await import(process.argv[1]);
console.log(JSON.stringify(await judge(JSON.parse(readFileSync(0, "utf8")))));
"""


class PhoneRules:
    """common/test/judge.ts, bundled into `folder`; one run of Node for a list of questions."""

    def __init__(self, folder: Path) -> None:
        self.bundle = folder / "judge.mjs"
        command = [
            str(ROOT / "node_modules/.bin/esbuild"),
            str(ROOT / "common/test/judge.ts"),
            "--bundle",
            "--format=esm",
            "--target=es2022",
            "--log-level=error",
            f"--outfile={self.bundle}",
        ]
        subprocess.run(command, check=True, timeout=60)

    def ask(self, questions: Sequence[dict[str, Any]]) -> list[Any]:
        run = subprocess.run(
            ["node", "--input-type=module", "--eval", RUN, str(self.bundle)],
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        answers: list[Any] = json.loads(run.stdout)
        assert len(answers) == len(questions)
        return answers
