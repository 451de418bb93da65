#!/usr/bin/env python3
"""Files that come from others are as they came: fonts, patterns, the colour profile."""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from common import ROOT, finish

FONTS = ROOT / "fonts"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_fonts():
    sums = dict(reversed(line.split("  ", 1)) for line in
                (FONTS / "SHA256SUMS").read_text(encoding="ascii").splitlines())
    there = {path.name for path in FONTS.iterdir() if path.suffix in (".ttf", ".otf")}
    for name in sorted(there | sums.keys()):
        if name not in there:
            yield f"fonts/SHA256SUMS:1:1: error: {name} is listed but not there"
        elif name not in sums:
            yield f"fonts/{name}: error: not in SHA256SUMS"
        elif digest(FONTS / name) != sums[name]:
            yield f"fonts/{name}: error: its hash is not that of SHA256SUMS"


def check_patterns():
    folder = ROOT / "templates/hyphenation"
    wanted = re.search(r"`([0-9a-f]{64})`", (folder / "README.md").read_text(encoding="utf-8"))[1]
    if digest(folder / "hyph_sv_SE.dic") != wanted:
        yield "templates/hyphenation/hyph_sv_SE.dic: error: its hash is not that of README.md"


def check_profile():
    folder = ROOT / "templates/icc"
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "srgb.icc"
        subprocess.run([sys.executable, "-B", str(folder / "make_srgb.py"), str(made)], check=True)
        if made.read_bytes() != (folder / "srgb.icc").read_bytes():
            yield "templates/icc/srgb.icc: error: make_srgb.py makes other bytes"


finish([*check_fonts(), *check_patterns(), *check_profile()], 3)
