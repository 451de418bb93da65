#!/usr/bin/env python3
"""Every key of every template has a line of help: no empty cell in the pages of docs/reference."""

import re

from common import ROOT, finish, relative

KEY_ROW = re.compile(r"^\| `(?P<key>[^`]+)` \| [^|]* \| [^|]* \| (?P<help>(?:\\.|[^|\\])*)\|")

findings = []
checked = 0
for page in sorted((ROOT / "docs" / "reference").glob("*.md")):
    for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
        row = KEY_ROW.match(line)
        if row is None:
            continue
        checked += 1
        if len(row["help"].split()) == 0:
            findings.append(f"{relative(page)}:{number}:1: error: no help for '{row['key']}'")
if checked == 0:
    findings.append("docs/reference: no keys found")
finish(findings, checked)
