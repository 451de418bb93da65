#!/usr/bin/env python3
"""Puts errors into copies of the examples, and wants the findings of each: place, code and words.

    test_checks.py [CASE …]     all *.toml beside this file, or those named

README.md tells how a case is written.
"""

import re
import shutil
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "support"))
import plansats  # noqa: E402

FINDING = re.compile(r"^([^\s:][^:]*):(\d+):(\d+): (\S+): (.*) \[([\w-]+)\]$")
HINT = re.compile(r"^ +(?:\d+ )?= (.*)$")


def once(text, part, what):
    """Where a part stands in a text that has it once; past a mark in it."""
    before, mark, after = part.partition("¦")
    count = text.count(before + after)
    assert count == 1, f"{what} stands {count} times in the example, not once:\n{before + after}"
    return text.index(before + after) + (len(before) if mark else 0)


def place(text, part, what):
    before = text[:once(text, part, what)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def change(folder, case):
    for edit in case.get("change", []):
        path = folder / edit.get("file", case.get("plan", "plan.yaml"))
        text = path.read_text(encoding="utf-8")
        at = once(text, edit["old"], "what is to be changed")
        path.write_text(text[:at] + edit["new"] + text[at + len(edit["old"]):], encoding="utf-8")


def wanted(folder, case):
    for finding in case.get("finding", []):
        name = finding.get("file", case.get("plan", "plan.yaml"))
        text = (folder / name).read_text(encoding="utf-8")
        message, hint = finding["message"], finding.get("hint")
        if "earlier" in finding:
            line, _ = place(text, finding["earlier"], "what the finding names")
            message = message.replace("{line}", str(line))
            hint = hint and hint.replace("{line}", str(line))
        yield (name, *place(text, finding["at"], "the place of a finding"), finding["severity"],
               message, finding["code"], hint)


def found(output):
    result = []
    for line in output.splitlines():
        match, hint = FINDING.match(line), HINT.match(line)
        if match:
            name, row, column, severity, message, code = match.groups()
            result.append((str(Path(name)), int(row), int(column), severity,
                           message.replace("\u00a0", " "), code, None))
        elif hint and result:
            result[-1] = (*result[-1][:-1], hint.group(1).replace("\u00a0", " "))
    return result


def run_case(path, scratch):
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    folder = scratch / path.stem
    shutil.copytree(plansats.ROOT / "examples" / case["example"], folder)
    change(folder, case)
    env = plansats.environment(LC_ALL="sv_SE.UTF-8") if case.get("swedish") else None
    result = plansats.run("check", case.get("plan", "plan.yaml"), *case.get("arguments", []),
                          cwd=folder, env=env)
    output = result.stderr.decode("utf-8", "replace")
    want, have = sorted(wanted(folder, case), key=str), sorted(found(output), key=str)
    code = 1 if any(finding["severity"] in ("error", "fel") for finding in case["finding"]) else 0
    assert result.returncode == code, f"exit {result.returncode}, not {code}\n{output}"
    lost = "\n".join(f"  not found: {finding}" for finding in want if finding not in have)
    more = "\n".join(f"  not wanted: {finding}" for finding in have if finding not in want)
    assert want == have, f"\n{lost}\n{more}\n{output}"


def attempt(path, scratch):
    try:
        run_case(path, scratch)
    except (AssertionError, OSError, tomllib.TOMLDecodeError) as problem:
        return f"FAILED {path.stem}: {problem}"
    return None


def main():
    names = set(sys.argv[1:])
    cases = [path for path in sorted(FOLDER.glob("*.toml")) if not names or path.stem in names]
    assert cases, "no cases"
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as pool:
        problems = [p for p in pool.map(lambda path: attempt(path, Path(scratch)), cases) if p]
    for problem in problems:
        print(problem)
    print(f"{len(cases)} cases, {len(problems)} failed")
    sys.exit(1 if problems else 0)


main()
