#!/usr/bin/env python3
"""Each header compiles alone, is guarded, and its first line says what it is for."""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from common import ROOT, finish, relative, sources

HEADERS = sources("*/*.h") + sources("plansats.h")
COMPILER = os.environ.get("PLANSATS_CC", "cc")


def packages():
    """What CMakeLists.txt builds on."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    lists = re.findall(r"set\(PLANSATS_(?:REQUIRES|OPENS) ([^)]*)\)", text)
    return " ".join(lists).split()


def dependency_flags():
    flags = subprocess.run(["pkg-config", "--cflags", *packages()], check=True,
                           capture_output=True, text=True).stdout.split()
    return ["-isystem" + flag[2:] if flag.startswith("-I") else flag for flag in flags]


def guard_of(header):
    parts = header.relative_to(ROOT / "src").with_suffix("").as_posix()
    if parts == "plansats":
        return "PLANSATS_H"
    return "SATS_" + parts.replace("/", "_").replace("-", "_").upper() + "_H"


def check(header, flags):
    text = header.read_text(encoding="utf-8")
    findings, guard = [], guard_of(header)
    if f"#ifndef {guard}\n#define {guard}\n" not in text:
        findings.append(f"{relative(header)}:1:1: error: the guard should be {guard}")
    if not text.startswith("/* "):
        findings.append(f"{relative(header)}:1:1: error: the first line should say what it is for")
    # Twice, so that the guard works too.
    name = header.relative_to(ROOT / "src").as_posix()
    result = subprocess.run(
        [COMPILER, "-std=c11", "-D_DEFAULT_SOURCE", "-D_POSIX_C_SOURCE=200809L", "-Wall",
         "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", str(ROOT / "src"),
         "-I", os.path.join(os.environ.get("PLANSATS_BUILD", str(ROOT / "build/dev")),
                            "generated"), *flags, "-x", "c", "-"],
        input=f'#include "{name}"\n#include "{name}"\ntypedef int sats_not_empty;\n',
        capture_output=True, text=True)
    if result.returncode != 0:
        findings.append(f"{relative(header)}:1:1: error: does not compile alone\n{result.stderr}")
    return findings


def main():
    flags = dependency_flags()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda header: check(header, flags), HEADERS))
    finish([finding for result in results for finding in result], len(HEADERS))


main()
