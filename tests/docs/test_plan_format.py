#!/usr/bin/env python3
"""The examples in docs/plan-format.md are plans without a mistake.

A block that begins with `mall:` is a whole plan; one that begins with another key goes into a plan of
forvaltningsplan, with what else of that plan the checks ask for; one that is indented is a piece. A block
`csv NAME` is a file that later blocks may name, and `xlsx NAME#SHEET` a workbook with these cells.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import xlsx  # noqa: E402

ROOT = Path(os.environ["PLANSATS_SOURCE"])
PAGE = ROOT / "docs" / "plan-format.md"
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"^```(csv|xlsx) ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
START = "mall: forvaltningsplan\norganisation: Region Exempel\nperiod: '2025'\nförvaltning: {namn: Prov}\n"


def check(text, folder):
    plan = folder / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    return subprocess.run([os.environ["PLANSATS"], "check", "plan.yaml"], cwd=folder, timeout=60,
                          env={**os.environ, "LC_ALL": "C"}, capture_output=True)


def write_tables(page, folder):
    for kind, name, text in (block.groups() for block in TABLE.finditer(page)):
        if kind == "csv":
            (folder / name).write_text(text, encoding="utf-8")
            continue
        name, sheet = name.split("#")
        rows = [[number(field) if field else None for field in line.split(";")]
                for line in text.splitlines()]
        xlsx.write(folder / name, xlsx.parts({sheet: rows, "Annat": [["x"]]}))


def number(text):
    return float(text.replace(",", ".")) if re.fullmatch(r"-?[0-9]+(,[0-9]+)?", text) else text


def main():
    page = PAGE.read_text(encoding="utf-8")
    checked = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        write_tables(page, Path(folder))
        for block in BLOCK.finditer(page):
            text = block[1]
            if text.startswith(" "):
                continue
            checked += 1
            result = check(text if text.startswith("mall:") else START + text, Path(folder))
            if result.returncode != 0 or b"warning" in result.stderr:
                failed += 1
                line = page.count("\n", 0, block.start()) + 2
                print(f"docs/plan-format.md:{line}:\n{result.stderr.decode()}")
    print(f"{checked} examples, {failed} with mistakes")
    return 1 if failed or checked < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
