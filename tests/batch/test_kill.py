#!/usr/bin/env python3
"""Killed at any moment, nothing but whole files stand, and the next run does what is left.

Reference outputs are made once. Then batches are killed (SIGKILL to the parent alone, so that the
workers are at whatever they are at) after random times, and go on in the same folder until one gets
through; then the folder is emptied, or the plans change, and it begins anew.
"""

import os
import random
import shutil
import sys
import time

from batchtest import (batch, check_whole, counts, main, manifest, outputs, start, tests_of, write_plan, write_plans)

SECONDS = float(os.environ.get("PLANSATS_KILL_SECONDS", "50"))
KILLS = int(os.environ.get("PLANSATS_KILLS", "300"))
PLANS = 24


def timed(*arguments):
    began = time.monotonic()
    batch(*arguments)
    return time.monotonic() - began


def check_after_kill(ut, right):
    """Every output is one that a whole run makes; the manifest, if it is there, is whole."""
    for name, digest in outputs(ut).items():
        assert digest in right[name], f"{name} is torn or strange"
    if (ut / "plansats-batch.json").exists():
        manifest(ut)


def survive(folder, random_source, right, whole_run, change):
    seconds, kills = SECONDS / 2, KILLS // 2
    ut, killed, finished, began = folder / "ut", 0, 0, time.monotonic()
    while killed < kills and time.monotonic() - began < seconds:
        run = start("-o", ut, "-j", random_source.choice((1, 2, 3)), folder / "in")
        often = random_source.random() < 0.8
        time.sleep(random_source.uniform(0, 0.4 * whole_run if often else 1.5 * whole_run))
        ended = run.poll() is not None
        run.kill()
        _, said = run.communicate()
        if not ut.exists():
            continue
        check_after_kill(ut, right)
        if ended:
            assert run.returncode == 0, said
            check_whole(ut)
            finished += 1
            change(ut, finished)
        else:
            killed += 1
    done = batch("-o", ut, folder / "in")
    assert sum(counts(done)[:2]) == PLANS
    check_whole(ut)
    assert counts(batch("-o", ut, folder / "in"))[:2] == (0, PLANS)
    assert killed >= 20, f"only {killed} kills in {seconds} s"
    return f"{killed} kills, {finished} runs got through"


def test_a_batch_survives_kills_from_nothing(folder):
    write_plans(folder / "in", PLANS, rows=30)
    whole_run = timed("-o", folder / "rätt", folder / "in")
    right = {name: {digest} for name, digest in outputs(folder / "rätt").items()}

    def change(ut, finished):
        del finished
        shutil.rmtree(ut)

    return survive(folder, random.Random(1), right, whole_run, change)


def test_a_batch_survives_kills_while_plans_change(folder):
    """Old outputs stand until new ones are whole; and the new ones win."""
    plans = write_plans(folder / "in", PLANS, rows=30)
    right = {}
    for variant in (30, 31):
        for index, plan in enumerate(plans):
            write_plan(plan, f"P{index:03}", variant)
        whole_run = timed("-o", folder / f"rätt-{variant}", folder / "in")
        for name, digest in outputs(folder / f"rätt-{variant}").items():
            right.setdefault(name, set()).add(digest)

    def change(ut, finished):
        assert outputs(ut) == outputs(folder / f"rätt-{30 if finished % 2 == 0 else 31}")
        for index, plan in enumerate(plans):
            write_plan(plan, f"P{index:03}", 30 if finished % 2 == 1 else 31)

    return survive(folder, random.Random(2), right, whole_run, change)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
