"""What the tests of batches share: small plans, running a batch, and looking at what it left."""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from plansats import PROGRAM, environment, main, skip, tests_of  # noqa: E402,F401

DATA = Path(__file__).resolve().parent / "data"
CLUSTER = ("SLURM", "JOB_COMPLETION", "PLANSATS_SHARDS")


def batch_environment(**changes):
    clean = {key: None for key in os.environ if key.startswith(CLUSTER)}
    return environment(**{"PLANSATS_TEMPLATES": str(DATA / "templates"), **clean, **changes})


def write_plan(path, title, rows=5, **keys):
    """A plan of the small template; `keys` are further lines."""
    lines = ["mall: liten", f"titel: {title}",
             f"förvaltning: {{kort: {title.split()[0]}, namn: Förvaltningen {title}}}"]
    lines += [f"{key}: {value}" for key, value in keys.items()]
    lines += ["rader:"] + [f"  - {{post: Post {i} av {title}, belopp: {i}.5}}" for i in range(rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_plans(folder, count, rows=5):
    return [write_plan(folder / f"plan-{i:03}.yaml", f"P{i:03}", rows) for i in range(count)]


def command(*arguments):
    return [str(PROGRAM), "batch", *map(str, arguments)]


def batch(*arguments, code=0, cwd=None, env=None, timeout=120, **options):
    """Runs a batch, checks its exit code, and gives what it said."""
    done = subprocess.run(command(*arguments), cwd=cwd, env=env or batch_environment(),
                          capture_output=True, timeout=timeout, **options)
    done.out = done.stdout.decode()
    done.err = done.stderr.decode()
    assert done.returncode == code, \
        f"exit {done.returncode}, not {code}: {arguments}\n{done.out}{done.err}"
    return done


def start(*arguments, env=None, **options):
    return subprocess.Popen(command(*arguments), env=env or batch_environment(),
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def counts(done):
    """made, unchanged, failed, left"""
    return tuple(map(int, re.search(r"(\d+) made, (\d+) unchanged, (\d+) failed, (\d+) left",
                                    done.out).groups()))


def manifest(folder, name="plansats-batch.json"):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def records(folder, name="plansats-batch.json"):
    return {Path(record["plan"]).stem: record for record in manifest(folder, name)["plans"]}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def outputs(folder):
    return {str(path.relative_to(folder)): sha256(path) for path in sorted(folder.rglob("*.pdf"))}


def strangers(folder):
    """Names in the folder that neither are outputs nor the manifest."""
    return sorted(path.name for path in folder.iterdir()
                  if path.suffix != ".pdf" and path.name != "plansats-batch.json")


def check_whole(folder):
    """What the manifest tells of stands there, and nothing else does."""
    told = {record["output"]: record["sha256"] for record in manifest(folder)["plans"]
            if record["status"] == "done"}
    assert outputs(folder) == told
    assert strangers(folder) == [], strangers(folder)


def children(pid):
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except FileNotFoundError:
        return []


def wait_for(condition, seconds=20, what="it"):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.005)
    raise AssertionError(f"waited {seconds} s for {what}")
