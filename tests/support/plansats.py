"""What the test scripts share: the program, the examples, places to work in."""

import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

SKIPPED = 77
ROOT = Path(os.environ.get("PLANSATS_SOURCE", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("PLANSATS_BUILD", ROOT / "build/dev"))
TOOLS = Path(os.environ.get("PLANSATS_TOOLS", ROOT / "build/tools"))
PROGRAM = Path(os.environ.get("PLANSATS", BUILD / "plansats"))


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def environment(**changes):
    """The environment that tests run in: English messages, no clock, nothing of the user's."""
    result = {key: value for key, value in os.environ.items()
              if not key.startswith(("LC_", "PLANSATS")) and key not in
              ("LANG", "LANGUAGE", "SOURCE_DATE_EPOCH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")}
    result.update({"LC_ALL": "C.UTF-8", "TZ": "UTC"})
    result.update(changes)
    return {key: value for key, value in result.items() if value is not None}


def run(*arguments, cwd=None, env=None, timeout=300, wrapper=()):
    """Runs the program and gives the finished process; its output is bytes."""
    return subprocess.run([*wrapper, str(PROGRAM), *map(str, arguments)], cwd=cwd,
                          env=env or environment(), capture_output=True, timeout=timeout)


def tests_of(module):
    """Its functions test_*, in the order in which they stand."""
    return [one for name, one in vars(module).items() if name.startswith("test_") and callable(one)]


def main(tests):
    """Runs the tests whose name has the first argument in it, or all, each with an empty folder; ends the program."""
    chosen = [one for one in tests if len(sys.argv) < 2 or sys.argv[1] in one.__name__]
    failed = 0
    for one in chosen:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="plansats-", ignore_cleanup_errors=True) as folder:
            try:
                verdict = one(Path(folder)) or "ok"
            except Exception:  # pylint: disable=broad-except
                traceback.print_exc(file=sys.stdout)
                verdict = "FAILED"
                failed += 1
        print(f"{one.__name__}: {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
    print(f"{len(chosen)} tests, {failed} failed")
    sys.exit(1 if failed or not chosen else 0)


def examples():
    """The plans among the examples: YAML files with the top-level key `mall`."""
    return [path for path in sorted(ROOT.glob("examples/*/*.yaml"))
            if re.search(r"^mall:", path.read_text(encoding="utf-8"), re.M)]


def name_of(plan):
    """A plan's name among test products, such as fds-2020 for examples/fds-2020/plan.yaml."""
    return plan.parent.name if plan.stem == "plan" else f"{plan.parent.name}-{plan.stem}"
