#!/usr/bin/env python3
"""A render that is killed leaves the old file or the new one, and nothing else."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from plansats import PROGRAM, ROOT, environment, skip  # noqa: E402

PLAN = ROOT / "examples/region/kul.yaml"
ROUNDS = 40


def knows_nameless_files(folder):
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY))
    except OSError:
        return False
    return os.path.exists("/proc/self/fd")


def start(folder, *arguments):
    return subprocess.Popen([PROGRAM, "render", PLAN, "-o", folder / "ut.pdf", "--quiet", *arguments],
                            env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main(folder):
    chance = random.Random(1)
    if not knows_nameless_files(folder):
        skip("no files without a name in this file system")
    begun = time.monotonic()
    assert start(folder).wait() == 0
    whole, lasted = (folder / "ut.pdf").read_bytes(), time.monotonic() - begun
    killed = 0
    for arguments, names in ((["--date", "2026-02-02"], ["ut.pdf"]), (["--format", "png"], None)):
        for turn in range(ROUNDS):
            run = start(folder, *arguments)
            time.sleep(chance.uniform(0, lasted * 2))
            run.send_signal((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)[turn % 3])
            killed += run.wait() != 0
            there = sorted(path.name for path in folder.iterdir())
            assert all(name.endswith((".pdf", ".png")) for name in there), there
            assert names is None or there == names, there
            data = (folder / "ut.pdf").read_bytes()
            assert data == whole or data.rstrip().endswith(b"%%EOF")
            for path in folder.glob("*.png"):
                assert path.read_bytes()[-8:-4] == b"IEND", path
                path.unlink()
            (folder / "ut.pdf").write_bytes(whole)
    print(f"ok: {killed} of {2 * ROUNDS} were killed before they were through")
    assert killed > ROUNDS // 4


with tempfile.TemporaryDirectory(prefix="plansats-kill-") as temporary:
    main(Path(temporary))
