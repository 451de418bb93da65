#!/usr/bin/env python3
"""The container is built from the packages that ./dev builds from, no fewer and no more."""

import re

from common import ROOT, finish

CONTAINER = "docs/deploy/Containerfile"


def array(name):
    """A bash array of ./dev."""
    text = (ROOT / "dev").read_text(encoding="utf-8")
    return set(re.search(rf"(?ms)^{name}=\((.*?)\)", text).group(1).split())


def installed():
    """The packages of each image, in order."""
    text = (ROOT / CONTAINER).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"apt-get install -y --no-install-recommends ([^&\n]*)", text)
    return [set(line.split()) for line in lines]


images = installed()
findings = []
if len(images) != 2:
    findings.append(f"{CONTAINER}: error: two images install packages, found {len(images)}")
else:
    wanted = array("build_packages")
    findings += [f"{CONTAINER}: error: '{name}' is missing, ./dev builds with it"
                 for name in sorted(wanted - images[0])]
    findings += [f"{CONTAINER}: error: '{name}' is not needed, ./dev builds without it"
                 for name in sorted(images[0] - wanted)]
finish(findings, len(images))
