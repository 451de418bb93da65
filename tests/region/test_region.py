#!/usr/bin/env python3
"""examples/region: the generator gives the files that stand there, and all plans are right, as one
batch, the way docs/batch.md shows it. Other seeds are right, too: they are the load of tests/bench."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

FOLDER = plansats.ROOT / "examples/region"
PLANS = 12


def generate(folder, *arguments, **environment):
    subprocess.run([sys.executable, "-B", "-W", "error", FOLDER / "generate.py", "-o", folder, *arguments],
                   check=True, env=plansats.environment(**environment))
    return folder


def files(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in Path(folder).iterdir()
            if path.suffix in (".yaml", ".csv")}


def batch(folder, plans):
    """A batch of the plans; its manifest and standard output."""
    done = plansats.run("batch", "-o", folder, plans)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return json.loads((folder / "plansats-batch.json").read_text(encoding="utf-8")), done.stdout.decode()


def check_right(manifest):
    for record in manifest["plans"]:
        assert (record["status"], record["errors"], record["warnings"]) == ("done", 0, 0), record


def test_the_generator_gives_the_files_that_stand_there(folder):
    made = files(generate(folder, PYTHONHASHSEED="1"))
    there = files(FOLDER)
    assert made.keys() == there.keys(), made.keys() ^ there.keys()
    for name, text in there.items():
        assert made[name] == text, f"{name} is not what generate.py makes: run it, and commit what it makes"


def test_the_batch_of_the_documentation_makes_all_twelve(folder):
    manifest, out = batch(folder, FOLDER)
    assert out.startswith(f"{PLANS} made, 0 unchanged, 0 failed, 0 left"), out
    assert len(manifest["plans"]) == PLANS
    check_right(manifest)
    for record in manifest["plans"]:
        assert 7 <= record["pages"] <= 40, (record["plan"], record["pages"])
    _, out = batch(folder, FOLDER)
    assert out.startswith(f"0 made, {PLANS} unchanged"), out
    for path in ("docs/batch.md", "examples/region/README.md"):
        assert "plansats batch -o out/region examples/region" in (
            plansats.ROOT / path).read_text(encoding="utf-8"), path


def test_a_frame_is_the_same_wherever_it_stands():
    """Figures are read out of the YAML text here, not out of the generator's own."""
    plans = files(FOLDER)
    frames = plans["rk.yaml"][plans["rk.yaml"].index("Ram per förvaltning"):]
    table = dict(re.findall(r"- \[(\D+), [\d.]+, ([\d.]+), [\d.]+, [\d.]+\]", frames))
    total = re.search(r"summa: \[Summa, [\d.]+, ([\d.]+), [\d.]+, [\d.]+\]", frames)[1]
    assert len(table) == PLANS
    assert sum(round(float(frame) * 10) for frame in table.values()) == round(float(total) * 10)
    seen = 0
    for name, text in plans.items():
        if "mall: forvaltningsplan" not in text:
            continue
        seen += 1
        title = re.search(r"^förvaltning: \{namn: ([^,}]+)", text, re.M)[1]
        frame = table[title]
        assert f"  - {{värde: {frame}, enhet: mnkr" in text, name
        shares = re.search(r"  fördelning:.*?    summa: \{namn: .*?, belopp: ([\d.]+)\}", text, re.S)
        units = re.findall(r"- \{enhet: .*?, belopp: ([\d.]+)\}", shares[0])
        assert shares[1] == frame, (name, shares[1], frame)
        assert sum(round(float(unit) * 10) for unit in units) == round(float(frame) * 10), name
        income = re.search(r"post: Regionersättning\b.*?\bbelopp: (\d+)", text, re.S)
        assert int(income[1]) == round(float(frame) * 10) * 100, name
        staff = [re.search(rf"id: {which}\n.*?summa: \[Summa, (.*?)\]", text, re.S)[1]
                 for which in ("yrkesgrupper", "enheter")]
        assert staff[0] == staff[1], name
        goals = re.search(r"^mål-och-uppdrag:\n(?: .*\n|\n)+", text, re.M)[0]
        assigned = set(re.findall(r"^ +- \{?id: ([\w-]+)", goals, re.M))
        assert assigned == set(re.findall(r"^ +- uppdrag: ([\w-]+)", text, re.M)), name
    assert seen == 9


def test_other_seeds_and_second_editions_are_right(folder):
    for name, *arguments in (("frö-2", "--seed", "2"), ("frö-71", "--seed", "71"),
                             ("reviderad", "--revised")):
        generate(folder / name, *arguments)
        manifest, _ = batch(folder / f"ut-{name}", folder / name)
        assert len(manifest["plans"]) == PLANS
        check_right(manifest)
    assert files(folder / "frö-2") != files(folder / "frö-71")
    assert "utgåva: \"2\"" in files(folder / "reviderad")["kul.yaml"]


for name, test in list(globals().items()):
    if name.startswith("test_"):
        with tempfile.TemporaryDirectory() as temporary:
            test(*([Path(temporary)] if test.__code__.co_argcount else []))
        print(f"ok: {name}")
