#!/usr/bin/env python3
"""Every example is PDF/A-3a and PDF/UA-1, for judges that are not ours.

    run.py render      renders every example to <build>/conform/
    run.py 3a | ua1    veraPDF over what was rendered, in one go for each flavour
    run.py qpdf        qpdf --check
    run.py signed      signs the first empty signature field of each, and asks veraPDF again
"""

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

OUTPUT = plansats.BUILD / "conform"


def rendered():
    files = sorted(OUTPUT.glob("*.pdf"))
    if not files:
        plansats.skip("nothing was rendered")
    return files


def render():
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir(parents=True)
    plans = plansats.examples()
    if not plans:
        plansats.skip("no examples yet")
    failed = False
    for plan in plans:
        target = OUTPUT / f"{plansats.name_of(plan)}.pdf"
        result = plansats.run("render", plan, "-o", target)
        sys.stdout.buffer.write(result.stdout + result.stderr)
        if result.returncode != 0 or not target.exists():
            print(f"FAILED: {plan.relative_to(plansats.ROOT)}: exit {result.returncode}")
            failed = True
    return failed


def verapdf(flavour, files):
    """Prints what veraPDF holds against the files; True if anything."""
    home = plansats.TOOLS / "verapdf"
    if not home.is_dir() or not shutil.which("java"):
        plansats.skip("veraPDF is not here; ./dev test fetches it")
    result = subprocess.run(
        ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{home}/*",
         "org.verapdf.apps.GreenfieldCliWrapper", "-f", flavour, "--format", "xml",
         *map(str, files)], capture_output=True)
    try:
        jobs = ElementTree.fromstring(result.stdout).findall("jobs/job")
    except ElementTree.ParseError:
        sys.stdout.buffer.write(result.stdout + result.stderr)
        print(f"FAILED: veraPDF ended with {result.returncode} and no report")
        return True
    failed = len(jobs) != len(files)
    if failed:
        print(f"FAILED: {len(files)} files, but {len(jobs)} judged")
    for job in jobs:
        name = Path(job.findtext("item/name")).name
        report = job.find("validationReport")
        if report is None:
            print(f"FAILED: {name}: {ElementTree.tostring(job, encoding='unicode')}")
            failed = True
            continue
        details = report.find("details")
        print(f"{name}: {report.get('profileName')}: {report.get('statement')} "
              f"({details.get('passedChecks')} checks passed, "
              f"{details.get('failedChecks')} failed)")
        if report.get("isCompliant") == "true":
            continue
        failed = True
        for rule in details.findall("rule"):
            print(f"  {rule.get('specification')} {rule.get('clause')}-{rule.get('testNumber')}, "
                  f"{rule.get('failedChecks')} times: {rule.findtext('description')}")
            for check in rule.findall("check")[:3]:
                print(f"      {check.findtext('context')}: {check.findtext('errorMessage')}")
    return failed


def qpdf():
    if not shutil.which("qpdf"):
        plansats.skip("qpdf is not here")
    failed = False
    for path in rendered():
        result = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
        print(f"{path.name}: {'good' if result.returncode == 0 else result.stdout + result.stderr}")
        failed |= result.returncode != 0
    return failed


def signed():
    try:
        import sign
    except ImportError as problem:
        plansats.skip(f"pyHanko is not here ({problem}); ./dev test installs it")
    sources, folder = rendered(), OUTPUT / "signed"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    files = [folder / path.name for path in sources if sign.sign(path, folder / path.name)]
    if not files:
        plansats.skip("no example has a signature field")
    return any([verapdf("3a", files), verapdf("ua1", files)])


def main():
    commands = {"render": render, "qpdf": qpdf, "signed": signed,
                "3a": lambda: verapdf("3a", rendered()),
                "ua1": lambda: verapdf("ua1", rendered())}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(1 if commands[sys.argv[1]]() else 0)


main()
