"""What the rules share: the repository's files, and how findings are told."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(os.environ.get("PLANSATS_SOURCE", Path(__file__).resolve().parents[2]))
SRC = ROOT / "src"


def relative(path):
    return path.relative_to(ROOT).as_posix()


def sources(*patterns):
    """Files under src/ that match, in a fixed order."""
    return sorted(path for pattern in patterns for path in SRC.glob(pattern) if path.is_file())


def repository_files():
    """Every file of ours: what git knows or would take in; without git, all but build and out."""
    try:
        listing = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others",
             "--exclude-standard"],
            check=True, capture_output=True).stdout.decode("utf-8", "surrogateescape")
        paths = [ROOT / name for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*")
                 if path.relative_to(ROOT).parts[0] not in ("build", "out", ".git")]
    return sorted({path for path in paths if path.is_file()})


def finish(findings, checked):
    """Prints findings as compilers do and ends the process."""
    for finding in findings:
        print(finding)
    print(f"{checked} checked, {len(findings)} findings")
    sys.exit(1 if findings else 0)
