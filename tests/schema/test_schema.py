#!/usr/bin/env python3
"""What `plansats schema` gives says the same of a plan's shape as `plansats check` does.

A public validator of JSON Schema 2020-12 reads the schema, and PyYAML the plans, as an editor does: by YAML's core
schema, a tagged scalar as its text. What only the program can tell is listed under BEYOND.
"""

import copy
import json
import re
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "support"))
import plansats  # noqa: E402

try:
    import jsonschema
    import yaml
except ImportError:
    plansats.skip("jsonschema or PyYAML is not here")

SHAPE = {"wrong-type", "unknown-key", "missing", "unknown-choice", "out-of-range", "image-path"}
TEMPLATES = sorted(path.stem for path in (plansats.ROOT / "templates").glob("*.yaml"))
SERVER = "# yaml-language-server: $schema="

TEMPLATE = """\
template: allt
title: Allt
theme: standard
data:
  rad: {type: line, required: true, help: En rad, example: Text}
  text: text
  kod: id
  tal: {type: number, min: 0, max: 100}
  antal: {type: integer, min: 1}
  belopp: {type: amount, max: 50}
  dag: date
  flagga: bool
  val: {type: choice, required: true, choices: [utkast, beslutad, "2024"]}
  bild: image
  valfri: {type: choice, choices: [a, b], default: a}
  plats: {type: line, required: true, placeholder: "[Skriv plats]"}
  punkter: {type: list, of: line, min: 1, max: 3}
  krav: {type: list, of: integer, required: true}
  chef: {keys: {namn: {type: line, required: true}, år: integer}}
  enhet: {required: true, keys: {namn: line, rum: {of: {keys: {nr: {type: id, required: true}, yta: number}}}}}
  öppen: {type: map, open: true}
  tabell: table
  tillägg: blocks
  något: any
document: {title: Allt}
body: [{free: "{{tabell}}"}, {free: "{{tillägg}}"}]
checks: [{unique: punkter, code: lika}, {order: [dag, kod], code: ordning}]
"""

PLAN = {
    "mall": "./allt.yaml", "rad": "Text", "text": "Mer\n\ntext", "kod": "RF-1", "tal": 12.5, "antal": 3, "belopp": "– {*}",
    "dag": "2024-02-29", "flagga": "ja", "val": "utkast", "bild": "[Bild]", "valfri": "b",
    "plats": "Västerås", "punkter": ["ett", "två"], "krav": [1, 2], "chef": {"namn": "N", "år": 2024},
    "enhet": {"namn": "E", "rum": [{"nr": "1", "yta": 20}, {"nr": 2}]}, "öppen": {"vad": ["som", "helst"]},
    "tabell": {"rubrik": "R", "kolumner": [{"under": 2024}, {"rubrik": "B", "justering": "höger", "bredd": 20, "under": "U {*}"}],
               "rader": [["a {*}", 1], {"summa": ["S {**}", 1]}, {"grupp": "G"}], "noter": ["* x", {"märke": "**", "text": "y"}]},
    "tillägg": [{"rubrik": "R", "text": "t", "ny-sida": True, "bild": {"fil": "[Bild]", "rubrik": "B", "alternativtext": "a"},
                 "underavsnitt": [{"rubrik": "U", "tabeller": [{"kolumner": ["A"], "rader": []}]}]}],
    "något": {"a": [1]},
}

# Name → what is changed in PLAN (path: value; ... is: taken away). Both refuse.
BROKEN = {
    "a number where a line of two is": {"rad": "ett\ntvå"}, "an obligatory line is missing": {"rad": ...},
    "an obligatory line is empty": {"rad": ""}, "an obligatory line is blank": {"rad": "  "},
    "an obligatory line is null": {"rad": None}, "a list for a line": {"rad": ["a"]}, "a map for a line": {"rad": {"a": 1}},
    "a list for a text": {"text": ["a"]}, "a map for an id": {"kod": {"a": 1}}, "words for a number": {"tal": "många"},
    "a number with a unit": {"tal": "12 kr"}, "a number too great": {"tal": 101}, "a number too small": {"tal": -0.5},
    "a number in groups of two": {"tal": "12 50"}, "half of a whole number": {"antal": 2.5}, "half, as text": {"antal": "2,5"},
    "zero where one is the least": {"antal": 0}, "an amount too great": {"belopp": 51},
    "a date with words": {"dag": "31 december 2024"}, "a date with slashes": {"dag": "2024/12/31"},
    "a month thirteen": {"dag": "2024-13-01"}, "a year for a date": {"dag": 2024}, "yes in English": {"flagga": "yes"},
    "a number for a truth": {"flagga": 1}, "an unknown choice": {"val": "klar"}, "a choice in capitals": {"val": "UTKAST"},
    "an obligatory choice is empty": {"val": ""}, "an unknown choice with a default": {"valfri": "c"},
    "a picture of another kind": {"bild": "karta.tiff"}, "a picture outside": {"bild": "../karta.png"},
    "a picture on the web": {"bild": "https://x/y.png"}, "an empty list where one is the least": {"punkter": []},
    "more items than there may be": {"punkter": ["a", "b", "c", "d"]}, "a text for a list": {"punkter": "ett"},
    "an obligatory list is empty": {"krav": []}, "an obligatory list is missing": {"krav": ...},
    "an item of another type": {"krav.1": "två"}, "a list in a list": {"krav.1": [1]},
    "an unknown key": {"okänd": 1}, "an unknown key below": {"chef.nman": "N"}, "an unknown key in an item": {"enhet.rum.0.färg": "röd"},
    "an obligatory key below is missing": {"chef.namn": ...}, "an obligatory key of an item": {"enhet.rum.1.nr": ...},
    "a text for a map": {"chef": "N"}, "an obligatory map is empty": {"enhet": {}}, "a number as text, below": {"enhet.rum.0.yta": "stor"},
    "a table without columns": {"tabell.kolumner": ...}, "a table with no columns": {"tabell.kolumner": []},
    "a word that tables lack": {"tabell.titel": "R"}, "an unknown alignment": {"tabell.kolumner.1.justering": "center"},
    "a list over a head": {"tabell.kolumner.1.under": ["a"]}, "two lines over a head": {"tabell.kolumner.1.under": "a\nb"},
    "a note without text": {"tabell.noter.1.text": ...}, "an unknown form of row": {"tabell.rader.2": {"gruppen": "G"}},
    "a text for sections": {"tillägg": "text"}, "a map for sections": {"tillägg": {"rubrik": "R"}},
    "a word that sections lack": {"tillägg.0.titel": "R"}, "a word that a section below lacks": {"tillägg.0.underavsnitt.0.titel": "R"},
    "a picture without a file": {"tillägg.0.bild.fil": ...}, "a picture of another kind": {"tillägg.0.bild.fil": "k.tiff"},
    "a wrong table far below": {"tillägg.0.underavsnitt.0.tabeller.0.kolumner": "A"},
}

# Both accept.
GOOD = {
    "as it is": {}, "placeholders": {key: "[Skriv]" for key in
                                     ("rad", "text", "kod", "tal", "antal", "belopp", "dag", "flagga", "val", "bild", "valfri")},
    "nothing": {key: None for key in ("text", "kod", "tal", "antal", "belopp", "dag", "flagga", "bild", "valfri", "plats",
                                      "punkter", "chef", "öppen", "tabell", "tillägg", "något")},
    "left out": {key: ... for key in ("text", "kod", "tal", "antal", "belopp", "dag", "flagga", "bild", "valfri", "plats",
                                      "punkter", "chef", "öppen", "tabell", "tillägg", "något")},
    "numbers as texts": {"tal": "12,5", "antal": "1 250", "krav": ["1 250 {*}", "−3", 2]}, "a bare choice": {"val": 2024},
    "a true truth": {"flagga": True}, "a picture": {"bild": "[karta]"}, "values of other kinds as text": {"rad": 12, "text": True},
    "placeholders of sections": {"tillägg": "[Skriv avsnitt]"}, "whole numbers as text": {"antal": "3,0"},
}

# The schema accepts what only the program refuses: a day that the month lacks, bounds of a number in words, what
# the template's own checks tell, cells against columns, a picture that is not there, a theme's names.
BEYOND = {
    "a thirtieth of February": {"dag": "2024-02-30"}, "a text of digits out of range": {"tal": "101"},
    "the template's own check": {"punkter": ["ett", "ett"]}, "an order": {"dag": "2024-02-29", "kod": "2023-01-01"},
    "a row too wide": {"tabell.rader.0": ["a", "b", "c"]}, "a style of the theme": {"tabell.stil": "okänd"},
    "a file that no tag reads": {"krav": "tal.csv"}, "nor of a table's rows": {"tabell.rader": "tal.csv"},
}


class Editor(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2's core schema: no dates, no yes and no, no octal numbers by a zero."""


Editor.yaml_implicit_resolvers = {}
for name, pattern, first in (("bool", "true|True|TRUE|false|False|FALSE", "tTfF"), ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
                             ("int", "[-+]?[0-9]+", "-+0123456789"),
                             ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789")):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"(?:{pattern})$"), list(first))
Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
for tag in ("!csv", "!xlsx"):
    Editor.add_constructor(tag, lambda loader, node: loader.construct_scalar(node))


def read(path):
    return yaml.load(path.read_text(encoding="utf-8"), Editor)


def schema_of(template, folder):
    result = plansats.run("schema", template, cwd=folder)
    assert result.returncode == 0, result.stderr.decode()
    schema = json.loads(result.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def dump(value):
    """As flow YAML; ja and nej bare, since quoted they are texts."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {dump(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(dump, value)) + "]"
    return value if value in ("ja", "nej") else json.dumps(value, ensure_ascii=False)


def write(path, plan):
    path.write_text("".join(f"{key}: {dump(value)}\n" for key, value in plan.items()), encoding="utf-8")


def check(folder, names):
    """The codes of the errors that check tells of each of the plans."""
    result = plansats.run("check", "--format", "json", *names, cwd=folder, timeout=600)
    text, at, found = result.stdout.decode(), 0, []
    while at < len(text.rstrip()):
        report, at = json.JSONDecoder().raw_decode(text, at)
        at = re.compile(r"\s*").match(text, at).end()
        found.append({one["code"] for one in report["findings"] if one["severity"] == "error"})
    assert len(found) == len(names), (len(found), result.stderr.decode()[:2000])
    return found


def changed(plan, changes):
    plan = copy.deepcopy(plan)
    for path, value in changes.items():
        *above, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        at = plan
        for step in above:
            at = at[step]
        if value is ...:
            del at[last]
        else:
            at[last] = value
    return plan


def compare(folder, schema, plans):
    """Plan → (what the schema says, the codes that check tells)."""
    for number, plan in enumerate(plans):
        write(folder / f"{number}.yaml", plan)
    codes = check(folder, [f"{number}.yaml" for number in range(len(plans))])
    return [(next(iter(schema.iter_errors(read(folder / f"{number}.yaml"))), None), found)
            for number, found in enumerate(codes)]


def test_named(folder):
    (folder / "allt.yaml").write_text(TEMPLATE, encoding="utf-8")
    schema = schema_of("./allt.yaml", folder)
    assert len(BROKEN) >= 25
    for cases, accepts, passes in ((BROKEN, False, False), (GOOD, True, True), (BEYOND, True, False)):
        said = compare(folder, schema, [changed(PLAN, changes) for changes in cases.values()])
        for name, (error, codes) in zip(cases, said):
            codes = codes - {"image"} if passes else codes
            if (error is None) != accepts:
                yield f"{name}: the schema {'refuses: ' + error.message if error else 'accepts it'}"
            if (not codes) != passes:
                yield f"{name}: check tells {sorted(codes)}"
            if not accepts and not codes & SHAPE:
                yield f"{name}: check tells {sorted(codes)}, which are no codes of a plan's shape"


VALUES = [None, "", "  ", "text", "två\nrader", 12, -1, 2.5, True, [], ["a"], [{}], {}, {"okänd": 1}, "2024-12-31", "[Skriv]",
          "[a] b", "25,50", ...]


def mutations(plan, path=()):
    """Each value of the plan (but for `mall`) with each of VALUES in its place, and a key that is not there."""
    at = plan
    for step in path:
        at = at[step]
    if isinstance(at, dict):
        yield changed(plan, {".".join(map(str, (*path, "okänd"))): 1})
    for step in at if isinstance(at, dict) else range(len(at)) if isinstance(at, list) else ():
        if path or step != "mall":
            for value in VALUES:
                yield changed(plan, {".".join(map(str, (*path, step))): value})
            yield from mutations(plan, (*path, step))


def disagreements(folder, schema, plans):
    for plan, (error, codes) in zip(plans, compare(folder, schema, plans)):
        if (error is None) != (not codes & SHAPE):
            yield (f"the schema {'refuses: ' + '/'.join(map(str, error.path)) + ': ' + error.message[:200] if error else 'accepts'}, "
                   f"check tells {sorted(codes & SHAPE)}:\n    {dump(plan)[:1500]}")


def test_included(folder):
    """What the plan's own maps lack may stand in the file that it includes; then check finds what lacks in both."""
    (folder / "allt.yaml").write_text(TEMPLATE, encoding="utf-8")
    write(folder / "mer.yaml", {"rad": "Text", "chef": {"namn": "N"}, "enhet": {"namn": "E"}})
    less = changed(PLAN, {"rad": ..., "chef.namn": ..., "enhet": {}})
    schema = schema_of("./allt.yaml", folder)
    (error, codes), = compare(folder, schema, [less])
    if error is None or "missing" not in codes:
        yield f"a plan that lacks its keys: {error}, {codes}"
    (error, codes), = compare(folder, schema, [{**less, "inkludera": "mer.yaml"}])
    if error is not None or codes:
        yield f"a plan whose keys are included: {error and error.message}, {codes}"


def test_mutations(folder):
    (folder / "allt.yaml").write_text(TEMPLATE, encoding="utf-8")
    plans = list(mutations(PLAN))
    assert len(plans) > 800, len(plans)
    yield from disagreements(folder, schema_of("./allt.yaml", folder), plans)


def test_mutations_of_scaffolds(folder):
    for template in TEMPLATES:
        scaffold = yaml.load(plansats.run("new", template, cwd=folder).stdout.decode(), Editor)
        plans = list(mutations(scaffold))
        yield from disagreements(folder, schema_of(template, folder), plans[::len(plans) // 15])


def test_scaffolds(folder):
    for template in TEMPLATES:
        text = plansats.run("new", template, cwd=folder).stdout.decode()
        (folder / "plan.yaml").write_text(text, encoding="utf-8")
        if not text.startswith(f"{SERVER}{template}.schema.json\n"):
            yield f"{template}: the scaffold does not begin with {SERVER}…"
        command = text.split("\n")[1].partition("plansats ")[2].rstrip(")").split()
        if plansats.run(*command, cwd=folder).returncode != 0 or not (folder / f"{template}.schema.json").is_file():
            yield f"{template}: the scaffold does not say how its schema is made: {command}"
        for error in schema_of(template, folder).iter_errors(read(folder / "plan.yaml")):
            yield f"{template}: the scaffold: {'/'.join(map(str, error.path))}: {error.message[:200]}"
        result = plansats.run("render", "plan.yaml", "-o", "ut.pdf", cwd=folder)
        if result.returncode != 0:
            yield f"{template}: the scaffold is not rendered:\n{result.stderr.decode()}"
        elif result.stderr:
            yield f"{template}: the scaffold has findings:\n{result.stderr.decode()}"


def test_examples(folder):
    plans = plansats.examples()
    assert plans, "no examples"
    for plan in plans:
        document = read(plan)
        for error in schema_of(document["mall"], plan.parent).iter_errors(document):
            yield f"{plan}: {'/'.join(map(str, error.path))}: {error.message[:200]}"
    for path in sorted(plansats.ROOT.glob("examples/*/*.yaml")):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        if path in plans and not (first.startswith(SERVER) and first.endswith(f"/{read(path)['mall']}.schema.json")):
            yield f"{path}: does not begin with {SERVER}…"


def main():
    failed = 0
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    for one in tests:
        with tempfile.TemporaryDirectory(prefix="plansats-") as folder:
            findings = list(one(Path(folder)))
        print("\n".join(findings[:20]))
        print(f"{one.__name__}: {len(findings)} findings", flush=True)
        failed += len(findings)
    sys.exit(1 if failed else 0)


main()
