#!/usr/bin/env python3
"""Who may include what: the pipeline goes one way (layers.toml)."""

import fnmatch
import re
import tomllib
from pathlib import Path

from common import ROOT, SRC, finish, relative, sources

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
C_STANDARD = {f"{name}.h" for name in (
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal "
    "stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath "
    "threads time uchar wchar wctype").split()}
TABLE = tomllib.loads(Path(__file__).with_name("layers.toml").read_text(encoding="utf-8"))


def allowed_outside(folder, header):
    """Whether a folder may include a header that is not ours; None if no rule names it."""
    verdict = None
    for section in ("third_party", "system"):
        for pattern, folders in TABLE[section].items():
            if fnmatch.fnmatchcase(header, pattern):
                verdict = bool(verdict) or "*" in folders or folder in folders
    return verdict


def check_own(folder, header):
    first = header.split("/")[0]
    if "/" not in header and not (SRC / header).exists() and header not in ("version.h", "source-hash.h"):
        return f'"{header}" is not found from src/: write the folder too'
    if header == "banned.h":
        return "the build includes banned.h by itself"
    if first == folder or first in TABLE["folders"][folder] or header in TABLE["folders"][folder]:
        return None
    return f'{folder} may not see "{header}" (tests/rules/layers.toml)'


def check_outside(folder, header):
    if header in C_STANDARD:
        return None
    verdict = allowed_outside(folder, header)
    if verdict is None:
        return f"<{header}> is in no rule: say in tests/rules/layers.toml who may include it"
    return None if verdict else f"{folder} may not see <{header}> (tests/rules/layers.toml)"


def order_is_one_way():
    """The table itself must have no circle."""
    state, findings = {}, []

    def visit(folder, trail):
        if state.get(folder) == "done":
            return
        if folder in trail:
            findings.append("tests/rules/layers.toml: circle: " + " -> ".join([*trail, folder]))
            return
        for entry in TABLE["folders"].get(folder, []):
            if "/" not in entry and entry in TABLE["folders"]:
                visit(entry, [*trail, folder])
        state[folder] = "done"

    for folder in TABLE["folders"]:
        visit(folder, [])
    return findings


def main():
    findings, files = order_is_one_way(), sources("*/*.c", "*/*.h")
    for path in files:
        folder = path.parent.name
        if folder not in TABLE["folders"]:
            findings.append(f"{relative(path)}:1:1: error: src/{folder} is not in layers.toml")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            kind, header = match.groups()
            problem = (check_own if kind == '"' else check_outside)(folder, header)
            if problem:
                findings.append(f"{relative(path)}:{number}:1: error: {problem}")
    public = ROOT / "src/plansats.h"
    if public.exists():
        for number, line in enumerate(public.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if match and (match[1] == '"' or match[2] not in C_STANDARD):
                findings.append(f"src/plansats.h:{number}:1: error: the public header needs only "
                                f"the C standard, not {match[2]}")
    finish(findings, len(files))


main()
