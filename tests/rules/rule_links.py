#!/usr/bin/env python3
"""Links between our documents lead somewhere: to a file that is there, and a heading in it."""

import re

from common import finish, relative, repository_files

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def blanked(text, pattern):
    """Without what matches, lines and columns kept."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def anchor(heading):
    """What a heading is called in a link, as GitHub has it."""
    words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", re.sub(r"[`*]", "", heading.strip()))
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


pages = {path: path.read_text(encoding="utf-8") for path in repository_files() if path.suffix == ".md"}
anchors = {path.resolve(): {anchor(found[1]) for found in HEADING.finditer(blanked(text, FENCE))}
           for path, text in pages.items()}
findings, checked = [], 0
for path, text in pages.items():
    text = blanked(blanked(text, FENCE), CODE)
    for link in LINK.finditer(text):
        if re.match(r"[a-z]+:", link[1]):
            continue
        checked += 1
        name, _, part = link[1].partition("#")
        target = (path.parent / name).resolve() if name else path.resolve()
        missing = not target.exists()
        if missing or (part and part not in anchors.get(target, {part})):
            line = text.count("\n", 0, link.start()) + 1
            what = "is not there" if missing else "has no such heading"
            findings.append(f"{relative(path)}:{line}:1: error: the link to '{link[1]}' {what}")
finish(findings, checked)
