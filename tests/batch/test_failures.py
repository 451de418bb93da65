#!/usr/bin/env python3
"""A crash, a hang or a runaway costs only its plan."""

import os
import re
import signal
import sys

from batchtest import (batch, check_whole, children, counts, main, outputs, records, start, strangers, tests_of,
                       wait_for, write_plan, write_plans)


def hanging(path):
    """A plan that is a pipe nobody writes to: reading it never ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    return path


def runaway(path):
    """A few kilobytes that become hundreds of megabytes: lists of lists by alias."""
    lines = ["mall: liten", "titel: Stor", "a0: &a0 [" + "x, " * 9 + "x]"]
    lines += [f"a{i}: &a{i} [" + f"*a{i - 1}, " * 9 + f"*a{i - 1}]" for i in range(1, 6)]
    lines += ["stycken:"] + ["  - '" + "ord och ord " * 4000 + "'"] * 400
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_hang_costs_only_its_plan(folder):
    write_plans(folder / "in", 6)
    hang = hanging(folder / "hang.yaml")
    done = batch("-o", folder / "ut", "-j", 2, "--timeout", "1", folder / "in", hang, code=1)
    assert counts(done) == (6, 0, 1, 0)
    assert re.search(r"hang\.yaml: took longer than --timeout", done.err), done.err
    assert records(folder / "ut")["hang"]["status"] == "timeout"
    check_whole(folder / "ut")


def test_a_hang_in_every_worker_costs_only_those_plans(folder):
    write_plans(folder / "in", 4)
    hangs = [hanging(folder / f"hang-{i}.yaml") for i in range(4)]
    done = batch("-o", folder / "ut", "-j", 2, "--timeout", "0.5", *hangs, folder / "in", code=1)
    assert counts(done) == (4, 0, 4, 0)


def test_a_hang_while_names_are_found_costs_only_its_plan(folder):
    write_plans(folder / "in", 3)
    hang = hanging(folder / "hang.yaml")
    done = batch("-o", folder / "ut", "-j", 2, "--timeout", "1", "--pattern", "{{titel}}", folder / "in", hang,
                 code=1)
    assert counts(done) == (3, 0, 1, 0)
    assert set(outputs(folder / "ut")) == {"P000.pdf", "P001.pdf", "P002.pdf"}


def test_a_runaway_costs_only_its_plan(folder):
    write_plans(folder / "in", 4)
    plan = runaway(folder / "stor.yaml")
    done = batch("-o", folder / "ut", "-j", 2, "--memory", "60", plan, folder / "in", code=1)
    assert counts(done) == (4, 0, 1, 0), done.err
    assert records(folder / "ut")["stor"]["status"] == "memory", done.err
    check_whole(folder / "ut")


def worker_that_hangs(run):
    """The worker that waits for the pipe."""
    def find():
        for pid in children(run.pid):
            try:
                with open(f"/proc/{pid}/syscall", encoding="ascii") as file:
                    number = file.read().split()[0]
            except OSError:
                continue
            if number in ("2", "257", "56"):  # open, openat (x86-64), openat (arm64)
                return pid
        return None
    return wait_for(find, what="a worker at the pipe")


def test_a_crash_costs_only_its_plan(folder):
    write_plans(folder / "in", 4)
    hang = hanging(folder / "krasch.yaml")
    # begun first, the pipe meets a fresh worker: there is no second try
    run = start("-o", folder / "ut", "-j", 1, "--timeout", "30", hang)
    pid = worker_that_hangs(run)
    os.kill(pid, signal.SIGABRT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 1
    assert b"signal 6" in said, said
    assert records(folder / "ut")["krasch"]["status"] == "crashed"
    assert strangers(folder / "ut") == []


def test_a_worker_with_a_past_is_not_held_against_a_plan(folder):
    """Killed once it has made others, its plan gets a fresh worker, and the pipe a writer."""
    plans = write_plans(folder / "in", 3)
    text = plans[0].read_bytes()
    hang = hanging(folder / "sist.yaml")
    run = start("-o", folder / "ut", "-j", 1, "--timeout", "30", folder / "in", hang)
    wait_for(lambda: len(outputs(folder / "ut")) == 3, what="three outputs")
    first = worker_that_hangs(run)
    os.kill(first, signal.SIGKILL)
    second = wait_for(lambda: [pid for pid in children(run.pid) if pid != first], what="another worker")
    assert second
    with open(hang, "wb") as pipe:
        pipe.write(text)
    out, said = run.communicate(timeout=20)
    assert run.returncode == 0, said
    assert b"4 made" in out, out
    check_whole(folder / "ut")


def test_idle_workers_may_be_killed(folder):
    write_plans(folder / "in", 30)
    run = start("-o", folder / "ut", "-j", 3, folder / "in")
    killed = 0
    while run.poll() is None and killed < 8:
        for pid in children(run.pid)[:1]:
            try:
                os.kill(pid, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
    out, said = run.communicate(timeout=60)
    assert run.returncode in (0, 1), said
    batch("-o", folder / "ut", folder / "in")
    check_whole(folder / "ut")
    assert len(outputs(folder / "ut")) == 30, out


def test_a_stopped_batch_does_not_blame_its_plans(folder):
    write_plans(folder / "in", 3)
    hang = hanging(folder / "sen.yaml")
    run = start("-o", folder / "ut", "-j", 1, "--timeout", "2", folder / "in", hang)
    wait_for(lambda: len(outputs(folder / "ut")) == 3, what="three outputs")
    worker_that_hangs(run)
    os.kill(run.pid, signal.SIGSTOP)
    wait_for_seconds = 3
    signal.sigtimedwait([], wait_for_seconds)
    os.kill(run.pid, signal.SIGCONT)
    signal.sigtimedwait([], 0.3)
    assert run.poll() is None, run.communicate()
    with open(hang, "wb") as pipe:
        pipe.write((folder / "in/plan-000.yaml").read_bytes())
    _, said = run.communicate(timeout=20)
    assert run.returncode == 0, said


def test_a_folder_in_an_outputs_place_costs_only_that_plan(folder):
    write_plans(folder / "in", 2)
    (folder / "ut/plan-000.pdf").mkdir(parents=True)
    done = batch("-o", folder / "ut", folder / "in", code=1)
    assert counts(done) == (1, 0, 1, 0)
    assert strangers(folder / "ut") == []


def test_workers_die_with_their_parent(folder):
    hang = hanging(folder / "hang.yaml")
    run = start("-o", folder / "ut", "-j", 1, hang)
    pid = worker_that_hangs(run)
    run.kill()
    run.wait()
    wait_for(lambda: not os.path.exists(f"/proc/{pid}"), what="the worker's end")
    write_plan(folder / "a.yaml", "A")
    batch("-o", folder / "ut", folder / "a.yaml")
    check_whole(folder / "ut")


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
