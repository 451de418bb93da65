#!/usr/bin/env python3
"""What the manifests of docs/deploy run, run here pod after pod: its shards, and what the cluster is told of each."""

import os
import subprocess
import sys
from pathlib import Path

from batchtest import (PROGRAM, batch, batch_environment, check_whole, main, outputs, skip, tests_of, write_plan,
                       write_plans)

try:
    import yaml
except ImportError:
    skip("PyYAML is not here")

DEPLOY = Path(__file__).resolve().parents[2] / "docs/deploy"
JOB = yaml.safe_load((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
SHARDS = JOB["spec"]["completions"]
MERGE = yaml.safe_load((DEPLOY / "kubernetes-merge.yaml").read_text(encoding="utf-8"))


def container(job):
    return job["spec"]["template"]["spec"]["containers"][0]


def pod(job, folder, index=None, replace=("", "")):
    """Runs a pod's command with the folder as its volume; gives its exit code."""
    told = container(job)
    entrypoint = told.get("command", [str(PROGRAM)])
    arguments = [argument.replace(*replace) for argument in told["args"]]
    variables = {one["name"]: one["value"] for one in told.get("env", [])}
    if index is not None:
        variables["JOB_COMPLETION_INDEX"] = str(index)
    (folder / "bin").mkdir(exist_ok=True)
    if not (folder / "bin/plansats").exists():
        (folder / "bin/plansats").symlink_to(PROGRAM.resolve())
    env = batch_environment(PATH=f"{folder / 'bin'}:{os.environ['PATH']}", **variables)
    return subprocess.run(entrypoint + arguments, cwd=folder, env=env, capture_output=True, timeout=120).returncode


def test_its_pods_make_what_one_batch_makes(folder):
    write_plans(folder / "planer", 11)
    batch("-o", folder / "hel", folder / "planer")
    assert [pod(JOB, folder, index) for index in range(SHARDS)] == [0] * SHARDS
    assert pod(MERGE, folder) == 0
    check_whole(folder / "ut")
    assert outputs(folder / "ut") == outputs(folder / "hel")


def test_a_plan_with_errors_fails_the_merge_and_no_pod(folder):
    write_plans(folder / "planer", 3)
    write_plan(folder / "planer/fel.yaml", "Fel", okänd="nyckel")
    assert [pod(JOB, folder, index) for index in range(SHARDS)] == [0] * SHARDS
    assert pod(MERGE, folder) == 1


def test_wrong_usage_fails_the_job(folder):
    write_plans(folder / "planer", 3)
    rules = JOB["spec"]["podFailurePolicy"]["rules"]
    assert {"action": "FailJob", "onExitCodes": {"operator": "In", "values": [2]}} in rules
    assert pod(JOB, folder, SHARDS) == 2
    assert pod(JOB, folder, 0, ("batch ", "batch --nix ")) == 2


def test_what_the_system_fails_is_tried_again(folder):
    write_plans(folder / "planer", 3)
    (folder / "ut").write_text("", encoding="utf-8")
    assert pod(JOB, folder, 0) == 3


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
