#!/usr/bin/env python3
"""Compares the dumps of every stage with what is written beside each case.

    run.py [--renew] [TOPIC[/CASE] ...]

A case is a folder golden/<topic>/<case>/ with a plan.yaml, perhaps a template beside it, and any of

    expect.document  expect.pages  expect.tags  expect.text     plansats dump --stage=... plan.yaml
    expect.diagnostics                                          plansats check plan.yaml, stderr

A file's presence opts in. --renew, or PLANSATS_RENEW=1, rewrites those that differ; read them as a diff.
A file `arguments` in the case holds further arguments for the program, one a line. The first line of
expect.diagnostics tells the exit code, as `exit 1`. Each case runs in its own folder.
"""

import difflib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "support"))
import plansats  # noqa: E402

STAGES = ("document", "pages", "tags", "text", "diagnostics")
LONGEST_DIFF = 80


def cases(names):
    for case in sorted(path.parent for path in FOLDER.glob("*/*/plan.yaml")):
        name = case.relative_to(FOLDER).as_posix()
        if not names or name in names or case.parent.name in names:
            yield name, case


def produce(case, stage):
    """What the program says now, and a complaint if it could not say it."""
    extra = case / "arguments"
    extra = extra.read_text(encoding="utf-8").split("\n") if extra.exists() else []
    extra = [argument for argument in extra if argument]
    if stage == "diagnostics":
        result = plansats.run("check", "plan.yaml", *extra, cwd=case)
        text = f"exit {result.returncode}\n".encode() + result.stderr
        bad = result.returncode not in (0, 1)
    else:
        result = plansats.run("dump", f"--stage={stage}", "plan.yaml", *extra, cwd=case)
        text, bad = result.stdout, result.returncode != 0
    complaint = None
    if bad:
        complaint = (f"exit {result.returncode}\n" + result.stderr.decode("utf-8", "replace"))
    return text.decode("utf-8", "replace"), complaint


def check(name, case, renew):
    """Gives (number compared, findings)."""
    findings, compared = [], 0
    for stage in STAGES:
        expected = case / f"expect.{stage}"
        if not expected.exists():
            continue
        compared += 1
        got, complaint = produce(case, stage)
        if complaint:
            findings.append(f"FAILED {name}: {stage}: {complaint}")
            continue
        wanted = expected.read_text(encoding="utf-8")
        if got == wanted:
            continue
        if renew:
            expected.write_text(got, encoding="utf-8")
            print(f"renewed {name}/{expected.name}")
            continue
        diff = list(difflib.unified_diff(wanted.splitlines(True), got.splitlines(True),
                                         f"{name}/{expected.name}", "now"))
        if len(diff) > LONGEST_DIFF:
            diff = diff[:LONGEST_DIFF] + [f"... and {len(diff) - LONGEST_DIFF} lines more\n"]
        findings.append(f"FAILED {name}: {expected.name} differs\n" + "".join(diff))
    if compared == 0:
        findings.append(f"FAILED {name}: no expect.* file: the case compares nothing")
    return compared, findings


def main():
    arguments = sys.argv[1:]
    renew = "--renew" in arguments or os.environ.get("PLANSATS_RENEW") == "1"
    names = {argument.rstrip("/") for argument in arguments if argument != "--renew"}
    chosen = list(cases(names))
    if not chosen:
        plansats.skip("no cases")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda item: check(*item, renew), chosen))
    for _, findings in results:
        for finding in findings:
            print(finding)
    failed = sum(1 for _, findings in results if findings)
    print(f"{len(chosen)} cases, {sum(count for count, _ in results)} files compared, "
          f"{failed} cases failed")
    sys.exit(1 if failed else 0)


main()
