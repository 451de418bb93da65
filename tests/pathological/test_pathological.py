#!/usr/bin/env python3
"""Whatever comes in, plansats ends in bounded time, with 0 or 1 (3 where a machine's files are at fault), and
loses no text.

    test_pathological.py [CASE …]     all of cases.py, or those that are named
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import plansats  # noqa: E402
from cases import CASES  # noqa: E402

CLOSED_UP = re.compile(r"[\s\u00ad\u00a0\u202f\u2010-]+")


def text_of(pdf):
    """The text of a PDF without its spaces and hyphens."""
    result = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True)
    return CLOSED_UP.sub("", result.stdout.decode("utf-8", "replace"))


def missing(text, words):
    """The words that are not there. They mostly come in order: each is looked for behind the last."""
    lost, at = [], 0
    for word in words:
        wanted = CLOSED_UP.sub("", word)
        found = text.find(wanted, at, at + 20000 + len(wanted))
        found = found if found >= 0 else text.find(wanted)
        if found < 0:
            lost.append(word)
        else:
            at = found
    return lost


def judge(folder, expected, finding, kept, result):
    """What is wrong with the outcome, in words."""
    said = result.stderr.decode("utf-8", "replace")
    if result.returncode not in ((0, 1) if expected is None else (expected,)):
        return f"exit {result.returncode}, not {'0 or 1' if expected is None else expected}"
    if "Sanitizer" in said or "runtime error" in said or "CRITICAL" in said:
        return "it complains about itself"
    if finding is not None and f"[{finding}]" not in said:
        return f"no finding [{finding}]"
    pdf = folder / "ut.pdf"
    if result.returncode == 3:
        return "the system failed, and a PDF nevertheless" if pdf.exists() else None
    if result.returncode == 1:
        if pdf.exists():
            return "errors, and a PDF nevertheless"
        untold = [words for words in kept or [] if words not in said]
        return f"not said: {untold}" if untold else None if "error" in said else "exit 1, and no error told"
    checked = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, text=True)
    if checked.returncode != 0:
        return f"qpdf: {checked.stdout}{checked.stderr}"
    pages = subprocess.run(["qpdf", "--show-npages", str(pdf)], capture_output=True, text=True).stdout
    if int(pages) < 1:
        return "a PDF without pages"
    if not kept:
        return None
    lost = missing(text_of(pdf), kept)
    return f"{len(lost)} of {len(kept)} words lost: {lost[0][:60]} …" if lost else None


def run(case):
    name, write, expected, finding, seconds = case
    with tempfile.TemporaryDirectory(prefix="plansats-") as path:
        folder = Path(path)
        kept = write(folder)
        start = time.monotonic()
        try:
            result = plansats.run("render", "plan.yaml", "-o", "ut.pdf", cwd=folder, timeout=seconds)
            spent = time.monotonic() - start
            problem = judge(folder, expected, finding, kept, result)
            said = result.stderr.decode("utf-8", "replace")
            code = result.returncode
        except subprocess.TimeoutExpired as late:
            spent, problem = seconds, f"not done after {seconds} s"
            said, code = (late.stderr or b"").decode("utf-8", "replace"), "-"
        return name, code, spent, problem, said


def main():
    if not (shutil.which("qpdf") and shutil.which("pdftotext")):
        plansats.skip("qpdf or pdftotext is not here")
    chosen = [case for case in CASES if len(sys.argv) < 2 or case[0] in sys.argv[1:]]
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for name, code, seconds, problem, said in pool.map(run, chosen):
            print(f"{'FAILED' if problem else 'ok'} {name}: exit {code}, {seconds:.1f} s", flush=True)
            if problem:
                failed += 1
                print(f"    {problem}")
                print("".join(f"    | {line}\n" for line in said.splitlines()[:12]), end="")
    print(f"{len(chosen)} cases, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
