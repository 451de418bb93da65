#!/usr/bin/env python3
"""A file can be read in one sitting."""

from common import ROOT, finish, relative, sources

LIMITS = {".c": (700, 900), ".h": (250, 400)}


def main():
    findings = []
    files = sources("*/*.c", "*/*.h", "*.h")
    files += sorted((ROOT / "tests").rglob("*.c"))
    for path in files:
        with path.open(encoding="utf-8") as text:
            lines = sum(1 for _ in text)
        warn, fail = LIMITS[path.suffix]
        if lines > fail:
            findings.append(f"{relative(path)}:{lines}:1: error: {lines} lines, at most {fail}")
        elif lines > warn:
            print(f"{relative(path)}:{lines}:1: warning: {lines} lines, better below {warn}")
    finish(findings, len(files))


main()
