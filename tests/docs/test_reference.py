#!/usr/bin/env python3
"""The pages in docs/reference are what the program says of its templates; `./dev reference` renews."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(os.environ["PLANSATS_SOURCE"])
PAGES = ROOT / "docs" / "reference"


def reference(template):
    environment = {**os.environ, "LC_ALL": "C"}
    made = subprocess.run([os.environ["PLANSATS"], "reference", template], env=environment,
                          cwd=PAGES, check=True, capture_output=True, timeout=60)
    return made.stdout


def main():
    templates = sorted(path.stem for path in (ROOT / "templates").glob("*.yaml"))
    pages = sorted(path.stem for path in PAGES.glob("*.md") if path.stem != "README")
    failures = [f"docs/reference/{name}.md: no such template" for name in pages
                if name not in templates]
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    for name in templates:
        page = PAGES / f"{name}.md"
        if not page.exists() or page.read_bytes() != reference(name):
            failures.append(f"docs/reference/{name}.md is not current: ./dev reference renews it")
        if f"({name}.md)" not in index:
            failures.append(f"docs/reference/README.md does not link to {name}.md")
    print("\n".join(failures))
    return 1 if failures or not templates else 0


if __name__ == "__main__":
    sys.exit(main())
