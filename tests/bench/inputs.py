"""Plans to measure with, made from the examples and the templates as they are now."""

import random
import re
import subprocess
import sys

SECTIONS = ("grunduppdrag", "planering", "mål-och-uppdrag", "genomförande", "ekonomi",
            "intern-kontroll", "indikatorer", "intern-referens", "underskrifter")
SEED = 2020
PLANS_OF_A_REGION = 12

ONE_LINE_TEMPLATE = """\
template: rad
title: En rad
theme: standard
language: sv-SE
page: portrait
data: {text: {type: line, required: true}}
document: {title: "{{text}}"}
body:
  - paragraph: "{{text}}"
"""

TABLE_TEMPLATE = """\
template: tabell
title: Tabell
theme: standard
language: sv-SE
page: portrait
data:
  rader:
    type: list
    of:
      type: map
      keys: {nr: integer, post: line, enhet: line, art: line, utfall: amount, budget: amount,
             plan: amount, andel: number}
document: {title: Tabell, head: {left: Tabell, right: "Sida {{@sida}} ({{@sidor}})"}}
body:
  - table:
      caption: Poster per enhet
      style: dense
      columns:
        - {header: Nr, width: 14, key: true}
        - {header: Post, width: 1fr}
        - {header: Enhet, width: content}
        - {header: Art, width: 18}
        - {header: Utfall, width: 20, align: decimal}
        - {header: Budget, width: 20, align: decimal}
        - {header: Plan, width: 20, align: decimal}
        - {header: Andel, width: content, align: decimal}
      rows:
        - each: rad in rader
          cells: ["{{rad.nr}}", "{{rad.post}}", "{{rad.enhet}}", "{{rad.art}}",
                  "{{rad.utfall | tal}}", "{{rad.budget | tal}}", "{{rad.plan | tal}}",
                  "{{rad.andel | procent:1}}"]
"""


class Words:
    """Swedish words in no sensible order, always the same ones; a tenth are new compounds."""

    def __init__(self, text):
        self.words = sorted(set(re.findall(r"[a-zåäö]{3,}", text.lower())))
        self.random = random.Random(SEED)

    def word(self):
        if self.random.random() < 0.1:
            return "".join(self.random.choices(self.words, k=2))
        return self.random.choice(self.words)

    def some(self, least, most):
        return " ".join(self.word() for _ in range(self.random.randint(least, most)))

    def sentence(self, least=6, most=18):
        return self.some(least, most).capitalize() + "."

    def text(self, sentences):
        return " ".join(self.sentence() for _ in range(sentences))

    def number(self, most=99999):
        return self.random.randint(-most, most)


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def one_line(folder):
    _write(folder / "rad.yaml", ONE_LINE_TEMPLATE)
    return _write(folder / "en-rad.yaml", "mall: rad\ntext: En rad som sätts på en sida.\n")


def _repeatable_template(folder, source):
    """The template `forvaltningsplan` without ids, so that a section may come many times."""
    document = (source / "templates/forvaltningsplan.yaml").read_text(encoding="utf-8")
    document = re.sub(r"^template: .*$", "template: upprepad", document, flags=re.M)
    document = re.sub(r"^  - \{unique: ordning.*\n", "", document, flags=re.M)
    _write(folder / "upprepad.yaml", document)
    for path in (source / "templates/sections").glob("*.yaml"):
        data, body = re.split(r"(?m)^(?=body:)", path.read_text(encoding="utf-8"), maxsplit=1)
        body = re.sub(r"(?m)^ +id: \S+\n", "", body)
        _write(folder / "sections" / path.name, data + body)


def repeated(folder, source, times):
    """The plan of examples/fds-2020 with all its sections several times over (8 pages a time)."""
    _repeatable_template(folder, source)
    plan = (source / "examples/fds-2020/plan.yaml").read_text(encoding="utf-8")
    plan = re.sub(r"(?m)^mall: .*$", "mall: upprepad", plan)
    plan, found = re.subn(r"(?ms)^ordning: \[.*?\]\n",
                          f"ordning: [{', '.join(SECTIONS * times)}]\n", plan)
    if found != 1:
        plan += f"ordning: [{', '.join(SECTIONS * times)}]\n"
    return _write(folder / f"upprepad-{times}.yaml", plan)


def long_plan(folder, source, times):
    """One plan with much data, no two rows alike: what a whole region might put in one file."""
    plan = (source / "examples/fds-2020/plan.yaml").read_text(encoding="utf-8")
    words = Words(plan)
    out = ["mall: forvaltningsplan", "organisation: Region Västmanland", 'period: "2020"',
           "förvaltning: {namn: Alla förvaltningar}", "status: beslutad",
           'dokumentnummer: "1"', "gäller-från: 2020-01-01", 'diarienummer: "1"',
           "utfärdad-av: Regionen", "godkänd-av: Regionen", "planering:", "  text: |"]
    for _ in range(12 * times):
        out += [f"    {words.text(5)}", ""]
    out += ["mål-och-uppdrag:", "  målområden:"]
    for area in range(times):
        out += [f"    - nr: {area + 1}", f"      namn: {words.some(3, 6)}", "      mål:"]
        out += [f"        - {{fullmäktige: {words.sentence()}, styrelse: {words.sentence()}}}"
                for _ in range(5)]
        out += ["      uppdrag:"]
        out += [f'        - {{id: "{area * 10 + i}", fullmäktige: {words.text(3)}}}'
                for i in range(10)]
    out += ["genomförande:", "  grupper:"]
    for area in range(times):
        out += [f"    - namn: {words.some(3, 6)}", "      åtgärder:"]
        out += [f'        - {{uppdrag: "{area * 10 + i}", åtgärd: {words.text(2)}, '
                f'tidplan: "2020", ansvarig: {words.some(1, 3)}}}' for i in range(10)]
    out += ["budget:", "  kolumner: {utfall: Utfall, föregående: Budget, belopp: Plan}",
            "  grupper:"]
    for _ in range(times):
        out += [f"    - namn: {words.some(2, 3)}", "      poster:"]
        out += [f"        - {{post: {words.some(2, 5)}, utfall: {words.number()}, "
                f"föregående: {words.number()}, belopp: {words.number()}.{area % 10}}}"
                for _ in range(30)]
        out += ["      summa: {namn: Summa}"]
    out += ["intern-kontroll:", "  kontrollområden:"]
    out += [f"    - {{område: {words.some(1, 3)}, mål: {words.sentence()}, "
            f"moment: {words.text(2)}, bedömning: Kännbar/möjlig}}" for _ in range(15 * times)]
    return _write(folder / f"lang-{times}.yaml", "\n".join(out) + "\n")


def table(folder, source, rows):
    """A table of so many rows of eight cells, words and numbers."""
    _write(folder / "tabell.yaml", TABLE_TEMPLATE)
    words = Words((source / "examples/fds-2020/plan.yaml").read_text(encoding="utf-8"))
    pick = words.random
    kinds = [words.word()[:9] for _ in range(40)]
    lines = ["mall: tabell", "rader:"]
    lines += [f"  - {{nr: {i + 1}, post: {words.some(2, 4)}, enhet: {pick.choice(kinds)}, "
              f"art: {pick.choice(kinds)}, utfall: {words.number(999999)}, "
              f"budget: {words.number()}, plan: {words.number(9999)}.{pick.randint(0, 9)}, "
              f"andel: {pick.randint(0, 99)}.{pick.randint(0, 9)}}}" for i in range(rows)]
    return _write(folder / f"tabell-{rows}.yaml", "\n".join(lines) + "\n")


def _generate(folder, source, *arguments):
    """What the generator of examples/region makes, in a folder."""
    subprocess.run([sys.executable, "-B", source / "examples/region/generate.py", "-o", folder,
                    *arguments], check=True)
    return folder


def many_plans(folder, source, count):
    """A folder of plans for batches: regions of as many seeds as it takes, all names different.
    Gives the folder and one of its plans."""
    for seed in range(1, -(-count // PLANS_OF_A_REGION) + 1):
        region = _generate(folder / f"region-{seed:02}", source, "--seed", str(seed))
        for path in region.glob("*.yaml"):
            if re.search(r"^mall:", path.read_text(encoding="utf-8"), re.M):
                path.rename(path.with_stem(f"{path.stem}-{seed:02}"))
    plans = sorted(folder.glob("*/*-*.yaml"))
    for path in plans[count:]:
        path.unlink()
    return folder, plans[0]


def editions(folder, source):
    """A long plan and its second edition: another frame, and so other figures in most tables, one
    more assignment with its actions and a risk more."""
    return (_generate(folder / "1", source, "hsf") / "hsf.yaml",
            _generate(folder / "2", source, "--revised", "hsf") / "hsf.yaml")


def change(plan):
    """Changes a word of a plan's text."""
    text, found = re.subn(r"(?m)^(ingress: \|\n  \S+)", r"\1 numera", plan.read_text(encoding="utf-8"))
    assert found == 1, plan
    plan.write_text(text, encoding="utf-8")
