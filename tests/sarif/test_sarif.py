#!/usr/bin/env python3
"""`plansats check --format sarif` gives what SARIF's own schema accepts, and what an editor can use.

    test_sarif.py [TEST …]     all functions below that are marked @test, or those named
"""

import hashlib
import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "support"))
import plansats  # noqa: E402
import xlsx  # noqa: E402

try:
    import jsonschema
except ImportError:
    plansats.skip("jsonschema is not here")
if "uri" not in jsonschema.FormatChecker.checkers:
    plansats.skip("rfc3986-validator, which tells addresses, is not here")

TESTS = []
SCHEMA = FOLDER / "sarif-schema-2.1.0.json"
TEMPLATE = """\
template: prov
title: Prov
theme: standard
page: portrait
data: {titel: {type: line, required: true}, nr: integer, mål: {type: list, of: {type: map, keys: {namn: line}}}}
document: {title: "{{titel}}"}
body: [{paragraph: "{{titel}}"}]
checks: [{order: [titel, nr], code: egen-kontroll}, {unique: mål.namn, code: lika-mål}]
"""
PLAN = "mall: ./prov.yaml\ntitel: Plan\n"


def test(function):
    TESTS.append(function)
    return function


def validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def sarif(folder, *plans, code=0, env=None):
    """The run that check tells of the plans; valid by the schema."""
    result = plansats.run("check", "--format", "sarif", *plans, cwd=folder, env=env)
    assert result.returncode == code, (result.returncode, result.stdout, result.stderr)
    log = json.loads(result.stdout)
    problems = [f"{'/'.join(map(str, e.path))}: {e.message}" for e in validator().iter_errors(log)]
    assert not problems, problems
    run, = log["runs"]
    assert run["columnKind"] == "utf16CodeUnits", run["columnKind"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(ids) == len(set(ids)), ids
    for found in run["results"]:
        assert ids[found["ruleIndex"]] == found["ruleId"], found
    return run


def place(folder, plan=PLAN, name="plan.yaml", template=TEMPLATE):
    (folder / "prov.yaml").write_text(template, encoding="utf-8")
    (folder / name).write_text(plan, encoding="utf-8")


def region(found):
    return found["locations"][0]["physicalLocation"]["region"]


def uri(found):
    return found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def utf16(line):
    return line.encode("utf-16-le")


def cut(line, part):
    """What a region of one line holds, by SARIF's columns."""
    units = utf16(line)
    return units[2 * (part["startColumn"] - 1):2 * (part["endColumn"] - 1)].decode("utf-16-le")


@test
def the_schema_is_as_it_was_published(folder):
    wanted = re.search(r"`([0-9a-f]{64})`", (FOLDER / "README.md").read_text(encoding="utf-8"))[1]
    assert hashlib.sha256(SCHEMA.read_bytes()).hexdigest() == wanted


@test
def a_good_plan_has_a_run_without_results(folder):
    place(folder)
    run = sarif(folder, "plan.yaml")
    assert run["results"] == [] and run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


@test
def columns_count_utf16_and_regions_hold_the_word(folder):
    place(folder, 'mall: ./prov.yaml\ntitel: Plan\nmål: [{namn: "🙂å\u0301🙂", nman: "x"}]\n')
    found, = sarif(folder, "plan.yaml", code=1)["results"]
    line = (folder / "plan.yaml").read_text(encoding="utf-8").split("\n")[2]
    assert region(found)["startLine"] == 3 and cut(line, region(found)) == "nman", found
    assert region(found)["startColumn"] == len(utf16(line[:line.index("nman")])) // 2 + 1


@test
def a_fix_mends_the_plan(folder):
    place(folder, "mall: ./prov.yaml\ntitle: Plan\nmål: [{nman: 🙂}]\n")
    results = sarif(folder, "plan.yaml", code=1)["results"]
    lines = (folder / "plan.yaml").read_text(encoding="utf-8").split("\n")
    fixed = 0
    for found in results:
        for fix in found.get("fixes", []):
            change, = fix["artifactChanges"]
            assert change["artifactLocation"]["uri"] == "plan.yaml"
            assert fix["description"]["text"] in found["message"]["text"]
            for replacement in change["replacements"]:
                part = replacement["deletedRegion"]
                line = lines[part["startLine"] - 1]
                word = cut(line, part)
                lines[part["startLine"] - 1] = line.replace(word, replacement["insertedContent"]["text"])
                fixed += 1
    assert fixed == 2, results
    place(folder, "\n".join(lines))
    assert sarif(folder, "plan.yaml")["results"] == []


@test
def rules_say_what_they_mean_and_where_more_is_told(folder):
    place(folder, PLAN + "nr: x\nmål: [{namn: A}, {namn: A}]\n")
    for swedish in (False, True):
        env = plansats.environment(LC_ALL="sv_SE.UTF-8") if swedish else None
        driver = sarif(folder, "plan.yaml", code=1, env=env)["tool"]["driver"]
        assert driver["name"] == "plansats" and driver["language"] == ("sv" if swedish else "en")
        rules = {rule["id"]: rule for rule in driver["rules"]}
        assert set(rules) == {"wrong-type", "lika-mål"}, rules
        assert ("type" in rules["wrong-type"]["shortDescription"]["text"]) != swedish
        assert "helpUri" not in rules["lika-mål"]
        address = urlsplit(rules["wrong-type"]["helpUri"])
        assert address.scheme and address.fragment == "wrong-type", address
        if address.scheme == "file":
            page = Path(unquote(address.path))
            assert page.name == ("checks.sv.md" if swedish else "checks.md") and page.exists(), page


@test
def files_are_named_as_they_were_given_and_encoded(folder):
    below = folder / "planer å: 100%"
    below.mkdir()
    place(below, PLAN + "okänd: 1\n", name="min plan.yaml")
    for given in ("planer å: 100%/min plan.yaml", str(below / "min plan.yaml")):
        found, = sarif(folder, given, code=1)["results"]
        address = uri(found)
        assert re.fullmatch(r"[!-~]+", address) and " " not in address, address
        parts = urlsplit(address)
        assert unquote(parts.path) == given and parts.scheme == ("file" if given[0] == "/" else ""), address


@test
def what_a_pdf_carries_is_named_by_the_pdf_in_every_form(folder):
    place(folder, "mall: ./prov.yaml\ntitel: Plan\nmål: !csv mål.csv\n",
          template=TEMPLATE.replace("code: lika-mål", "code: lika-mål, severity: warning"))
    (folder / "mål.csv").write_text("namn\nA\nA\n", encoding="utf-8")
    (folder / "ut").mkdir()
    pdf = "ut/gammal å.pdf"
    assert plansats.run("render", "plan.yaml", "-o", pdf, cwd=folder).returncode == 0
    named = f"{pdf}: mål.csv"
    found, = sarif(folder, pdf)["results"]
    assert unquote(uri(found)) == named and re.fullmatch(r"[!-~]+", uri(found)) and ":" not in uri(found), found
    for command in (["check", pdf], ["render", pdf, "-o", "ny.pdf"]):
        told = plansats.run(*command, cwd=folder).stderr.decode()
        assert told.startswith(f"{named}:3:1: warning: "), told
    report = json.loads(plansats.run("check", "--format", "json", pdf, cwd=folder).stdout)
    assert "/plansats-" not in json.dumps(report) and named in json.dumps(report, ensure_ascii=False), report


@test
def several_plans_are_one_run_and_tell_a_template_s_mistake_once(folder):
    place(folder, template=TEMPLATE.replace("page: portrait", "page: portrait\npgae: 1"))
    place(folder, PLAN, name="två.yaml", template=TEMPLATE.replace("page: portrait", "page: portrait\npgae: 1"))
    found, = sarif(folder, "plan.yaml", "två.yaml", code=1)["results"]
    assert found["ruleId"] == "unknown-word" and uri(found).endswith("prov.yaml"), found
    place(folder, PLAN + "okänd: 1\n")
    place(folder, PLAN + "okänd: 1\n", name="två.yaml")
    results = sarif(folder, "plan.yaml", "två.yaml", code=1)["results"]
    assert [uri(one) for one in results] == ["plan.yaml", "tv%C3%A5.yaml"], results


@test
def what_the_system_cannot_do_is_a_failed_run(folder):
    place(folder, PLAN + "okänd: 1\n")
    run = sarif(folder, "plan.yaml", "finns-inte.yaml", code=3)
    assert len(run["results"]) == 1
    invocation, = run["invocations"]
    assert invocation["executionSuccessful"] is False
    note, = invocation["toolExecutionNotifications"]
    assert note["level"] == "error" and "finns-inte.yaml" in note["message"]["text"]


@test
def what_is_left_out_is_told(folder):
    place(folder, PLAN + "".join(f"okänd{i}: 1\n" for i in range(1003)))
    run = sarif(folder, "plan.yaml", code=1)
    assert len(run["results"]) == 1000
    note, = run["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "note" and "3 " in note["message"]["text"], note


@test
def braces_are_no_places_for_arguments(folder):
    place(folder, PLAN + 'okänd{0}: 1\n"{{titel}}": 2\n')
    for found in sarif(folder, "plan.yaml", code=1)["results"]:
        text = found["message"]["text"]
        assert "{" in text and "{" not in text.replace("{{", "") and "}" not in text.replace("}}", ""), text


@test
def a_cell_is_a_place_in_its_workbook(folder):
    place(folder, PLAN + "mål: !xlsx tal.xlsx\n")
    (folder / "tal.xlsx").write_bytes(xlsx.column_of(["namn", "Ett", "#N/A"]))
    found, = sarif(folder, "plan.yaml", code=1)["results"]
    where, = found["locations"]
    assert uri(found).endswith("tal.xlsx") and "region" not in where["physicalLocation"], found
    assert where["logicalLocations"] == [{"fullyQualifiedName": "Blad1!A3"}], where


@test
def every_golden_case_says_the_same_as_json(folder):
    cases = sorted((FOLDER.parent / "golden/diagnostics").glob("*/plan.yaml"))
    assert len(cases) > 40
    for plan in cases:
        result = plansats.run("check", "--format", "json", "plan.yaml", cwd=plan.parent)
        wanted = json.loads(result.stdout)["findings"]
        results = sarif(plan.parent, "plan.yaml", code=result.returncode)["results"]
        assert [(one["code"], one["severity"]) for one in wanted] == \
            [(one["ruleId"], one["level"]) for one in results], plan
        for one, other in zip(wanted, results):
            if one.get("line", 0) > 0:
                assert region(other)["startLine"] == one["line"], plan
                if one["column"] > 0:
                    assert region(other)["startColumn"] >= one["column"], plan
                    assert region(other)["endColumn"] >= region(other)["startColumn"], plan


plansats.main(TESTS)
