#!/usr/bin/env python3
"""The shared library shows exactly what plansats.h declares."""

import os
import re
import subprocess
import sys
from pathlib import Path

from common import ROOT, finish

LIBRARY = Path(os.environ.get("PLANSATS_BUILD", ROOT / "build/dev")) / "libplansats.so"
HEADER = ROOT / "src/plansats.h"

if not LIBRARY.exists() or not HEADER.exists():
    print("no shared library yet")
    sys.exit(77)

listing = subprocess.run(["nm", "-D", "--defined-only", str(LIBRARY)], check=True,
                         capture_output=True, text=True).stdout
# The sanitizers and the coverage counters bring symbols of their own.
shown = {line.split()[-1] for line in listing.splitlines()}
shown = {name for name in shown if not name.startswith(("__", "_init", "_fini", "mangle_path"))}
text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(encoding="utf-8"), flags=re.S)
declared = set(re.findall(r"\bSATS_API\b[^;]*?\b(sats_\w+)\s*\(", text))
findings = [f"src/plansats.h: error: {name} is declared, but the library does not show it"
            for name in sorted(declared - shown)]
findings += [f"libplansats.so: error: shows {name}, which plansats.h does not declare"
             for name in sorted(shown - declared)]
finish(findings, len(declared))
