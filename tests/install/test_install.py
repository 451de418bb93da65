#!/usr/bin/env python3
"""What `cmake --install` lays down works from any prefix: the program, its data, the library."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

CONSUMER = """
#include <plansats.h>
#include <stdio.h>
int main(void) { return puts(sats_version()) < 0; }
"""


def succeed(*command, **options):
    result = subprocess.run([str(part) for part in command], capture_output=True, **options)
    if result.returncode != 0:
        sys.stdout.buffer.write(result.stdout + result.stderr)
        raise SystemExit(f"FAILED: exit {result.returncode}: {' '.join(map(str, command))}")
    return result.stdout


def installed(scratch):
    """Installs to one prefix and moves it, so that only what lies beside the program is found."""
    first, moved = scratch / "först", scratch / "en annan plats"
    succeed("cmake", "--install", plansats.BUILD, "--prefix", first)
    first.rename(moved)
    return moved


def check_program(prefix, scratch):
    """Renders with a template that only this installation has."""
    program = prefix / "bin/plansats"
    succeed(program, "--version", env=plansats.environment())
    for locale, word in (("C.UTF-8", b"The plan's"), ("sv_SE.UTF-8", b"Planens")):
        told = succeed(program, "explain", "revision", cwd=scratch, env=plansats.environment(LC_ALL=locale))
        if not told.startswith(b"revision\n" + word):
            raise SystemExit(f"FAILED: the installation explains a code so: {told}")
    plans = plansats.examples()
    if not plans:
        print("no examples yet: nothing rendered")
        return
    folder = scratch / "plan"
    shutil.copytree(plans[0].parent, folder)
    plan = folder / plans[0].name
    text = plan.read_text(encoding="utf-8")
    name = re.search(r"^mall: *[\"']?([^\s\"']+)", text, re.M)[1]
    templates = prefix / "share/plansats/templates"
    copied = 0
    for entry in sorted(templates.iterdir()):
        if entry.stem == name:
            target = templates / entry.name.replace(name, "bara-installerad", 1)
            (shutil.copytree if entry.is_dir() else shutil.copy)(entry, target)
            copied += 1
    if not copied:
        raise SystemExit(f"FAILED: the installation has no template {name}")
    plan.write_text(re.sub(r"^mall:.*$", "mall: bara-installerad", text, count=1, flags=re.M),
                    encoding="utf-8")
    output = scratch / "ut.pdf"
    succeed(program, "render", plan, "-o", output, cwd=scratch, env=plansats.environment())
    if not output.read_bytes().startswith(b"%PDF-"):
        raise SystemExit("FAILED: no PDF came out")


def check_library(prefix, scratch):
    """A program of someone else's, linked with the shared library and with the static one."""
    if not shutil.which("pkg-config"):
        print("no pkg-config: the library was not tried")
        return
    source, program = scratch / "consumer.c", scratch / "consumer"
    source.write_text(CONSUMER, encoding="utf-8")
    # Under a plain name: pkg-config escapes letters that are not ASCII.
    plain = scratch / "prefix"
    plain.symlink_to(prefix)
    configs = list(plain.glob("lib*/**/pkgconfig"))
    env = plansats.environment(PKG_CONFIG_PATH=str(configs[0]))
    compiler = os.environ.get("PLANSATS_CC", "cc")
    for extra in ([], ["--static"]):
        flags = succeed("pkg-config", "--cflags", "--libs", *extra, "plansats",
                        env=env).decode().split()
        if extra:
            flags = [str(configs[0].parent / "libplansats.a") if flag == "-lplansats" else flag
                     for flag in flags]
        succeed(compiler, "-std=c11", source, "-o", program, *flags)
        said = succeed(program, env={**env, "LD_LIBRARY_PATH": str(configs[0].parent)}).decode()
        print(f"{'static' if extra else 'shared'} library: {said.strip()}")


def main():
    if os.path.exists(plansats.BUILD / "CMakeCache.txt") and re.search(
            r"^PLANSATS_(SANITIZE|COVERAGE):[A-Z]+=(?!OFF$).+$",
            (plansats.BUILD / "CMakeCache.txt").read_text(encoding="utf-8"), re.M):
        plansats.skip("an instrumented build is not installed")
    with tempfile.TemporaryDirectory(prefix="plansats-") as folder:
        scratch = Path(folder)
        prefix = installed(scratch)
        check_program(prefix, scratch)
        check_library(prefix, scratch)


main()
