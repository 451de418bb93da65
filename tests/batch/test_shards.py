#!/usr/bin/env python3
"""Shards divide a batch without speaking to each other, and are joined and verified."""

import json
import os
import sys

from batchtest import (batch, batch_environment, check_whole, children, counts, main, manifest, outputs, records,
                       start, strangers, tests_of, wait_for, write_plan, write_plans)


def shard(folder, index, count, *arguments, **options):
    return batch("-o", folder / "ut", "--shard", f"{index}/{count}", *arguments, folder / "in", **options)


def all_shards(folder, count, *arguments):
    return [counts(shard(folder, index, count, *arguments)) for index in range(1, count + 1)]


def test_shards_make_what_one_batch_makes(folder):
    write_plans(folder / "in", 11)
    batch("-o", folder / "hel", folder / "in")
    done = all_shards(folder, 3)
    assert [made for made, *_ in done] == [4, 4, 3]
    assert outputs(folder / "ut") == outputs(folder / "hel")
    assert {path.name for path in (folder / "ut").glob("*.json")} == \
        {f"plansats-batch-{i}-of-3.json" for i in (1, 2, 3)}
    done = batch("--merge", folder / "ut")
    assert "3 shards joined, 11 plans verified, 0 failed" in done.out
    check_whole(folder / "ut")
    batch("--merge", folder / "ut")
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (0, 11)
    assert [unchanged for _, unchanged, *_ in all_shards(folder, 2)] == [6, 5]
    batch("--merge", folder / "ut")
    check_whole(folder / "ut")


def test_shards_run_at_once_in_one_folder(folder):
    write_plans(folder / "in", 20)
    runs = [start("-o", folder / "ut", "-j", 1, "--shard", f"{index}/4", folder / "in") for index in range(1, 5)]
    for run in runs:
        _, said = run.communicate(timeout=60)
        assert run.returncode == 0, said
    batch("--merge", folder / "ut")
    check_whole(folder / "ut")
    assert len(outputs(folder / "ut")) == 20


def test_a_whole_batch_keeps_out_while_a_shard_runs(folder):
    os.mkfifo(folder / "hang.yaml")
    write_plan(folder / "a.yaml", "A")
    run = start("-o", folder / "ut", "--shard", "1/1", folder / "hang.yaml")
    try:
        wait_for(lambda: children(run.pid), what="its worker: it has the lock then")
        assert "another batch" in batch("-o", folder / "ut", folder / "a.yaml", code=3).err
        assert "another batch" in batch("-o", folder / "ut", "--shard", "1/1", folder / "a.yaml", code=3).err
        assert "at work" in batch("--merge", folder / "ut", code=3).err
    finally:
        run.terminate()
        run.wait()


def test_merging_tells_what_is_missing(folder):
    write_plans(folder / "in", 6)
    shard(folder, 1, 3)
    shard(folder, 3, 3)
    assert "missing: 2" in batch("--merge", folder / "ut", code=1).err
    assert not (folder / "ut/plansats-batch.json").exists()
    shard(folder, 2, 4)
    assert "another split" in batch("--merge", folder / "ut", code=1).err
    (folder / "ut/plansats-batch-2-of-4.json").unlink()
    write_plan(folder / "in/ny.yaml", "NY")
    shard(folder, 2, 3)
    assert "another list" in batch("--merge", folder / "ut", code=1).err
    all_shards(folder, 3)
    batch("--merge", folder / "ut")
    check_whole(folder / "ut")


def test_folders_may_be_told_from_here(folder):
    write_plans(folder / "in", 3)
    for part in ("1/2", "2/2"):
        batch("-o", "ut", "--shard", part, "in", cwd=folder)
    done = batch("--merge", "ut", cwd=folder)
    assert "2 shards joined, 3 plans" in done.out and done.err == "", done.err
    check_whole(folder / "ut")
    batch("--merge", ".", cwd=folder / "ut")


def test_merging_finds_spoilt_outputs(folder):
    write_plans(folder / "in", 4)
    all_shards(folder, 2)
    with (folder / "ut/plan-002.pdf").open("ab") as file:
        file.write(b" ")
    assert "plan-002.pdf" in batch("--merge", folder / "ut", code=1).err
    all_shards(folder, 2)
    batch("--merge", folder / "ut")
    (folder / "ut/plan-000.pdf").unlink()
    assert "plan-000.pdf" in batch("--merge", folder / "ut", code=1).err


def test_a_merge_that_was_killed_is_finished(folder):
    write_plans(folder / "in", 4)
    all_shards(folder, 2)
    kept = {path.name: path.read_bytes() for path in (folder / "ut").glob("*-of-2.json")}
    batch("--merge", folder / "ut")
    (folder / "ut/plansats-batch-2-of-2.json").write_bytes(kept["plansats-batch-2-of-2.json"])
    batch("--merge", folder / "ut")
    check_whole(folder / "ut")


def test_an_interrupted_shard_is_not_merged(folder):
    write_plans(folder / "in", 4)
    os.mkfifo(folder / "zz.yaml")
    run = start("-o", folder / "ut", "--shard", "1/1", folder / "in", folder / "zz.yaml")
    wait_for(lambda: len(list((folder / "ut").glob("*.pdf"))) == 4, what="outputs")
    run.terminate()
    run.wait()
    assert "interrupted" in batch("--merge", folder / "ut", code=1).err


def test_failures_are_merged_and_told(folder):
    write_plans(folder / "in", 3)
    write_plan(folder / "in/bad.yaml", "BAD").write_text("mall: liten\ntitel: x\nfel: y\n")
    assert sum(code for *_, code, _ in all_shards_with_failures(folder)) == 1
    done = batch("--merge", folder / "ut", code=1)
    assert "bad.yaml" in done.err and "1 failed" in done.out
    assert records(folder / "ut")["bad"]["status"] == "errors"


def all_shards_with_failures(folder):
    result = []
    for index in (1, 2):
        has_bad = sorted(path.name for path in (folder / "in").iterdir()).index("bad.yaml") % 2 == index - 1
        result.append(counts(shard(folder, index, 2, code=1 if has_bad else 0)))
    return result


def test_names_that_clash_across_shards_are_found(folder):
    write_plan(folder / "in/a/x.yaml", "SAMMA")
    write_plan(folder / "in/b/y.yaml", "SAMMA")
    for index in (1, 2):
        done = shard(folder, index, 2, "--pattern", "{{titel}}", code=2)
        assert "SAMMA.pdf" in done.err
    assert list((folder / "ut").iterdir()) == []


def test_clusters_say_which_shard_it_is(folder):
    write_plans(folder / "in", 7)
    for task in (10, 12, 14):
        env = batch_environment(SLURM_ARRAY_TASK_ID=str(task), SLURM_ARRAY_TASK_COUNT="3", SLURM_ARRAY_TASK_MIN="10",
                                SLURM_ARRAY_TASK_STEP="2")
        batch("-o", folder / "ut", folder / "in", env=env)
    batch("--merge", folder / "ut", env=env)
    check_whole(folder / "ut")
    for index in (0, 1):
        env = batch_environment(JOB_COMPLETION_INDEX=str(index), PLANSATS_SHARDS="2")
        batch("-o", folder / "ut2", folder / "in", env=env)
    assert {path.name for path in (folder / "ut2").glob("*.json")} == \
        {"plansats-batch-1-of-2.json", "plansats-batch-2-of-2.json"}
    batch("--merge", folder / "ut2")
    for env in ({"JOB_COMPLETION_INDEX": "0"}, {"JOB_COMPLETION_INDEX": "2", "PLANSATS_SHARDS": "2"},
                {"SLURM_ARRAY_TASK_ID": "1"}, {"SLURM_ARRAY_TASK_ID": "x", "SLURM_ARRAY_TASK_COUNT": "1"}):
        batch("-o", folder / "ut3", folder / "in", env=batch_environment(**env), code=2)
    env = batch_environment(JOB_COMPLETION_INDEX="0")
    batch("-o", folder / "ut3", "--shard", "none", folder / "in", env=env)
    check_whole(folder / "ut3")


def test_a_manifest_holds_what_was_asked_for(folder):
    write_plans(folder / "in", 2)
    shard(folder, 1, 2)
    head = manifest(folder / "ut", "plansats-batch-1-of-2.json")
    assert (head["shard"], head["shards"], head["planned"], head["complete"]) == (1, 2, 2, True)
    assert [record["plan"] for record in head["plans"]] == ["../in/plan-000.yaml"]
    assert set(head["plans"][0]) >= {"plan", "status", "output", "sha256", "size", "pages", "errors", "warnings",
                                     "milliseconds", "input-hash"}
    assert json.dumps(head)
    assert strangers(folder / "ut") == ["plansats-batch-1-of-2.json"]


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
