#!/usr/bin/env python3
"""The same plan gives the same bytes, in any folder, time zone, locale, year and umask."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

FORMATS = ("pdf", "svg", "png")


def circumstances(scratch):
    """Two ways to render a plan: (its copy's folder, environment, umask, wrapper)."""
    later = ["faketime", "2031-07-02 03:04:05"] if shutil.which("faketime") else []
    home = str(scratch)
    yield scratch / "a", plansats.environment(HOME=home), 0o022, []
    yield (scratch / "en annan mapp, på annan plats",
           plansats.environment(HOME="/", LC_ALL="sv_SE.UTF-8", TZ="Pacific/Chatham",
                                MALLOC_PERTURB_="85"),
           0o077, later)


def products(plan, scratch):
    """Renders a plan in both circumstances; gives two dicts from file name to bytes."""
    for folder, env, mask, wrapper in circumstances(scratch):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(plan.parent, folder)
        output = folder / "produkt"
        output.mkdir()
        old = os.umask(mask)
        try:
            for form in FORMATS:
                result = plansats.run("render", plan.name, "--format", form, "-o",
                                      output / f"x.{form}", cwd=folder, env=env, wrapper=wrapper)
                if result.returncode != 0:
                    sys.stdout.buffer.write(result.stdout + result.stderr)
                    raise SystemExit(f"FAILED: {plan}: {form}: exit {result.returncode}")
        finally:
            os.umask(old)
        yield {path.name: path.read_bytes() for path in sorted(output.iterdir())}


def main():
    plans = plansats.examples()
    if not plans:
        plansats.skip("no examples yet")
    failed = False
    with tempfile.TemporaryDirectory(prefix="plansats-") as scratch:
        for plan in plans:
            one, other = products(plan, Path(scratch))
            for name in sorted(one.keys() | other.keys()):
                if one.get(name) != other.get(name):
                    print(f"FAILED: {plansats.name_of(plan)}: {name} differs")
                    keep = plansats.BUILD / "determinism"
                    keep.mkdir(exist_ok=True)
                    for number, side in enumerate((one, other), 1):
                        (keep / f"{plansats.name_of(plan)}-{number}-{name}").write_bytes(
                            side.get(name, b""))
                    failed = True
            print(f"{plansats.name_of(plan)}: {len(one)} files compared")
    sys.exit(1 if failed else 0)


main()
