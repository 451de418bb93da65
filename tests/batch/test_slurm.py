#!/usr/bin/env python3
"""A batch as a job array of a real Slurm, of one node, private to this test (slurm/cluster.sh)."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from batchtest import (PROGRAM, batch, batch_environment, check_whole, main, outputs, skip, tests_of, wait_for,
                       write_plans)

SCRIPT = Path(__file__).resolve().parent / "slurm/cluster.sh"
JOB = Path(__file__).resolve().parents[2] / "docs/deploy/slurm.sh"
CLUSTER = None


def free_port():
    """A port that is free together with its neighbour."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    skip("no ports")


def slurm(*arguments):
    env = batch_environment(SLURM_CONF=str(CLUSTER / "slurm.conf"), PLANSATS=str(PROGRAM))
    return subprocess.run([str(argument) for argument in arguments], env=env, check=True, capture_output=True,
                          text=True).stdout


def submit(folder, array, *arguments):
    return slurm("sbatch", "--parsable", f"--array={array}", "--chdir", folder, JOB, *arguments).strip()


def wait_for_job(job):
    wait_for(lambda: not slurm("squeue", "--noheader", "--states=all", "--Format=State", "--job", job).replace(
        "COMPLETED", "").replace("FAILED", "").replace("CANCELLED", "").strip(), seconds=90, what=f"job {job}")


def test_a_job_array_makes_what_one_batch_makes(folder):
    write_plans(folder / "in", 9)
    batch("-o", folder / "hel", folder / "in")
    job = submit(folder, "0-6:2", "-o", "ut", "in")
    wait_for_job(job)
    logs = "".join(path.read_text() for path in folder.glob("plansats-*.log"))
    assert sorted(path.name for path in (folder / "ut").glob("*.json")) == \
        [f"plansats-batch-{i}-of-4.json" for i in (1, 2, 3, 4)], logs
    done = batch("--merge", folder / "ut")
    assert "4 shards joined, 9 plans" in done.out
    check_whole(folder / "ut")
    assert outputs(folder / "ut") == outputs(folder / "hel")


def test_a_cancelled_task_is_made_up_for(folder):
    write_plans(folder / "in", 5)
    hang = folder / "in/plan-002x.yaml"
    os.mkfifo(hang)
    (folder / "lista").write_text("".join(f"{path}\n" for path in sorted((folder / "in").iterdir())))
    job = submit(folder, "1-2", "-o", "ut", "@lista")
    wait_for(lambda: len(list((folder / "ut").glob("*.pdf"))) == 5, seconds=60, what="the other outputs")
    slurm("scancel", "--signal=KILL", "--full", job)
    wait_for_job(job)
    done = batch("--merge", folder / "ut", code=1)
    # gone at once, or told to end and then tidily
    assert "missing" in done.err or "interrupted" in done.err, done.err
    hang.unlink()
    hang.write_bytes((folder / "in/plan-000.yaml").read_bytes())
    wait_for_job(submit(folder, "1-2", "-o", "ut", "@lista"))
    batch("--merge", folder / "ut")
    check_whole(folder / "ut")
    assert len(outputs(folder / "ut")) == 6


def run_all():
    global CLUSTER
    missing = [name for name in ("munged", "slurmctld", "slurmd", "sbatch") if shutil.which(name) is None]
    if missing or os.geteuid() != 0:
        skip(f"needs root and {', '.join(missing) or 'nothing else'}")
    CLUSTER = Path(tempfile.mkdtemp(prefix="plansats-slurm-"))
    try:
        begun = subprocess.run([SCRIPT, "start", CLUSTER, str(free_port())], capture_output=True, text=True,
                               check=False)
        end = time.monotonic() + 20
        while "idle" not in (state := subprocess.run(
                ["sinfo", "--noheader", "--Format=StateLong"], capture_output=True, text=True, check=False,
                env=batch_environment(SLURM_CONF=str(CLUSTER / "slurm.conf"))).stdout):
            if time.monotonic() > end:
                logs = "".join(path.read_text(errors="replace")[-2000:] for path in CLUSTER.glob("*.log"))
                print(begun.stdout, begun.stderr, state, logs)
                skip("Slurm does not start here")
            time.sleep(0.2)
        main(tests_of(sys.modules[__name__]))
    finally:
        subprocess.run([SCRIPT, "stop", CLUSTER], check=False)
        time.sleep(0.5)
        shutil.rmtree(CLUSTER, ignore_errors=True)


if __name__ == "__main__":
    run_all()
