#!/usr/bin/env python3
"""The repository is whole by itself: no paths of one machine, UTF-8, tidy line ends."""

import re

from common import finish, relative, repository_files

BINARY = {".ttf", ".otf", ".icc", ".png", ".jpg", ".jpeg", ".pdf", ".dic", ".xlsx"}
FOREIGN = {".txt"}  # licences of others, as they came
# Split, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.$}~-])/(?:" + "|".join(("wor" "k", "roo" "t", "far" "m")) + r")/")
OUTSIDE = re.compile(r"\.\./" r"shared\b")


def check(path):
    name = relative(path)
    parts = path.suffix in BINARY or "corpus" in path.parts or "golden" in path.parts
    if parts:
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        yield f"{name}:1:1: error: not UTF-8"
        return
    for number, line in enumerate(text.split("\n"), 1):
        for pattern in (MACHINE_PATH, OUTSIDE):
            if pattern.search(line):
                yield f"{name}:{number}:1: error: names a place outside the repository"
        if path.suffix in FOREIGN or path.name == "LICENSE":
            continue
        if line.endswith((" ", "\t", "\r")):
            yield f"{name}:{number}:{len(line)}: error: white space at the end of the line"
        if "\t" in line:
            yield f"{name}:{number}:{line.index(chr(9)) + 1}: error: tab"
    if text and not text.endswith("\n") and path.suffix not in FOREIGN:
        yield f"{name}: error: no newline at the end"


files = repository_files()
finish([finding for path in files for finding in check(path)], len(files))
