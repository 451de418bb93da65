"""Measures processes: wall time, processor time and peak memory of each, from start to exit.

What measures must itself stay small, for a process is born with its parent's peak memory. So
commands run from a process of this file alone, which loads next to nothing. Memory below what
that takes (`SMALLEST`) can't be told apart."""

import json
import os
import sys
import time


SMALLEST = 12_000_000   # bytes


class Command:
    """What to run, and the file that it makes: removed before each run, missed when not there
    after it. Else a program that leaves alone what is up to date would be measured idle."""

    def __init__(self, *parts, makes=None, tree=False):
        self.parts = [str(part) for part in parts]
        self.makes = str(makes) if makes else None
        self.tree = tree        # watch the memory of its children, too: this takes some time of its own


class Sample:
    """One run of a command."""

    def __init__(self, record):
        self.wall = record["wall"]            # seconds
        self.cpu = record["cpu"]              # seconds, user and system
        self.peak = record["peak"] * 1024     # bytes, of the process itself
        self.tree = record["tree"] * 1024     # bytes, of it and all below it: each shared page once
        self.status = record["status"]
        self.stderr = record["stderr"]
        self.size = record["size"]            # bytes of what was made


class Series:
    """All runs of one command."""

    def __init__(self, samples):
        self.samples = samples
        import statistics
        self.wall = statistics.median(sample.wall for sample in samples)
        self.cpu = statistics.median(sample.cpu for sample in samples)
        self.best = min(sample.wall for sample in samples)
        self.peak = max(sample.peak for sample in samples)


class Failed(Exception):
    """A measured command did not do its work."""


class Runner:
    """Runs commands in a small process of their own."""

    def __init__(self, folder, environment):
        import subprocess
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", os.path.abspath(__file__)], cwd=folder, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def once(self, command):
        self.process.stdin.write(json.dumps([command.parts, command.makes, command.tree]) + "\n")
        self.process.stdin.flush()
        sample = Sample(json.loads(self.process.stdout.readline()))
        if sample.status != 0:
            raise Failed(f"{' '.join(command.parts)}\nended with {sample.status}:\n"
                         f"{sample.stderr.strip()}")
        if command.makes and not sample.size:
            raise Failed(f"{' '.join(command.parts)}\ndid not write {command.makes}")
        return sample

    def compare(self, commands, rounds):
        """Each command once, again and again (A B A B); the first round counts for nothing."""
        samples = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, command in commands.items():
                sample = self.once(command)
                if turn > 0:
                    samples[name].append(sample)
        return {name: Series(found) for name, found in samples.items()}

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def shared_out(pid):
    """Kilobytes of a process and all below it; a page that several have counts once in all."""
    total, left = 0, [pid]
    while left:
        one = left.pop()
        try:
            with open(f"/proc/{one}/smaps_rollup", encoding="ascii") as lines:
                total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
            with open(f"/proc/{one}/task/{one}/children", encoding="ascii") as children:
                left += map(int, children.read().split())
        except OSError:
            pass        # it has ended
    return total


def watch(child):
    """Waits for a process, and looks at the memory of its tree meanwhile."""
    most = 0
    while True:
        most = max(most, shared_out(child))
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            return status, used, most
        time.sleep(0.01)


def measure(command, makes, tree, errors):
    if makes and os.path.exists(makes):
        os.unlink(makes)
    null = os.open(os.devnull, os.O_RDWR)
    os.ftruncate(errors, 0)
    os.lseek(errors, 0, os.SEEK_SET)
    actions = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1),
               (os.POSIX_SPAWN_DUP2, errors, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    if tree:
        status, used, most = watch(child)
    else:
        (_, status, used), most = os.wait4(child, 0), 0
    wall = time.perf_counter() - start
    os.close(null)
    os.lseek(errors, 0, os.SEEK_SET)
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss, "tree": most,
            "status": os.waitstatus_to_exitcode(status),
            "size": os.path.getsize(makes) if makes and os.path.exists(makes) else 0,
            "stderr": os.read(errors, 1 << 16).decode("utf-8", "replace")}


def main():
    errors = os.memfd_create("stderr")
    for line in sys.stdin:
        print(json.dumps(measure(*json.loads(line), errors)), flush=True)


if __name__ == "__main__":
    main()
