#!/usr/bin/env python3
"""Every code that a finding can have stands in base/codes.c, and with the same words in docs/checks.md and docs/checks.sv.md;
those of our templates' checks stand in a table of both pages, with how grave they are."""

import re

from common import ROOT, SRC, finish, relative, sources

TABLE = SRC / "base/codes.c"
PAGES = {"english": ROOT / "docs/checks.md", "swedish": ROOT / "docs/checks.sv.md"}
CALL = re.compile(r"\b(?:sats_report_add|sats_spec_unknown|report_words)\s*\(")
# Where a code comes from elsewhere: a template's check; those who pass on what they are given.
PASSED_ON = {"base/report.c", "base/report.h", "check/run.c", "template/spec.c", "template/spec.h",
             "data/yaml-syntax.c"}
ENTRY = re.compile(r'\{"(?P<code>[a-z0-9-]+)",\s*(?P<yields>TRUE|FALSE),\s*(?P<english>(?:"[^"]*"\s*)+),'
                   r'\s*(?P<swedish>(?:"[^"]*"\s*)+)\}')
GRADES = {"error": "error", "warning": "warning", "fel": "error", "varning": "warning"}
CODE = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"')


def arguments(text, start):
    """The arguments of a call, from just after its bracket."""
    depth, quoted, parts, at = 1, False, [""], start
    while depth > 0:
        c = text[at]
        if quoted and c == "\\":
            parts[-1] += text[at:at + 2]
            at += 2
            continue
        quoted ^= c == '"'
        if not quoted:
            depth += (c in "([{") - (c in ")]}")
        if c == "," and depth == 1 and not quoted:
            parts.append("")
        elif depth > 0:
            parts[-1] += c
        at += 1
    return [part.strip() for part in parts]


def used(findings, mild):
    """Code → a place that uses it; into `mild` those that are only warnings and notes."""
    codes, errors = {}, set()
    for path in sources("*/*.c", "*/*.h"):
        text = path.read_text(encoding="utf-8")
        for call in CALL.finditer(text):
            at = f"{relative(path)}:{text.count(chr(10), 0, call.start()) + 1}:1"
            given = arguments(text, call.end())
            if len(given) < 3:  # named in a comment
                continue
            code = CODE.fullmatch(given[2])
            if code:
                codes.setdefault(code[1], at)
                if given[1] not in ("SATS_WARNING", "SATS_NOTE"):
                    errors.add(code[1])
            elif path.relative_to(SRC).as_posix() not in PASSED_ON:
                findings.append(f"{at}: error: the code is no string")
    # The problems of YAML carry their code in a table; text that is left out has no finding of its own.
    for name, pattern in (("data/yaml-syntax.c", r'(?:TRUE|FALSE),\n     "([a-z-]+)",$'), ("base/report-print.c", r"\[([a-z]+)\]\\n")):
        for code in re.findall(pattern, (SRC / name).read_text(encoding="utf-8"), re.M):
            codes.setdefault(code, f"src/{name}:1:1")
            errors.add(code)
    mild.update(codes.keys() - errors)
    return codes


def declared():
    """Code of a check in our templates → the severities that it has."""
    codes = {}
    for path in sorted((ROOT / "templates").glob("**/*.yaml")):
        _, _, checks = path.read_text(encoding="utf-8").partition("\nchecks:\n")
        for check in re.findall(r"^  - (\{.*(?:\n     .*)*)", checks, re.M):
            code, severity = (re.search(pattern, check) for pattern in (r"\bcode: ([\w-]+)", r"\bseverity: (\w+)"))
            codes.setdefault(code[1] if code else check, set()).add(severity[1] if severity else "error")
    return codes


def check_table(page, findings):
    """The page's table of the templates' codes says each of them, and nothing else."""
    rows = re.findall(r"^\| (`.*?) \| ([a-z, ]+) \| ", page.read_text(encoding="utf-8"), re.M)
    told = {code: {GRADES.get(grade, grade) for grade in grades.split(", ")}
            for names, grades in rows for code in re.findall(r"`([^`]+)`", names)}
    codes = declared()
    for code in sorted(codes.keys() | told.keys()):
        if codes.get(code) != told.get(code):
            findings.append(f"{relative(page)}:1:1: error: the templates' check '{code}' is {codes.get(code)}, "
                            f"the table says {told.get(code)}")


def main():
    findings = []
    text = TABLE.read_text(encoding="utf-8")
    table = {found["code"]: found for found in ENTRY.finditer(text)}
    yields = {code for code, found in table.items() if found["yields"] == "TRUE"}
    mild = set()
    codes = used(findings, mild)
    for code in sorted((mild & table.keys()) - yields):
        findings.append(f"{relative(TABLE)}:1:1: error: '{code}' is no error, so that templates may lower it: TRUE")
    for code, place in sorted(codes.items()):
        if code not in table:
            findings.append(f"{place}: error: '{code}' does not stand in {relative(TABLE)}")
    for code in sorted(table.keys() - codes.keys()):
        findings.append(f"{relative(TABLE)}:1:1: error: nothing has the code '{code}'")
    for language, page in PAGES.items():
        check_table(page, findings)
        words = {code: "".join(re.findall(r'"([^"]*)"', found[language])) for code, found in table.items()}
        sections = dict(re.findall(r"^### (.+)\n(.*)\n", page.read_text(encoding="utf-8"), re.M))
        for code in sorted(words.keys() | sections.keys()):
            if sections.get(code) != words.get(code, "") + ".":
                findings.append(f"{relative(page)}:1:1: error: the section '{code}' should begin with "
                                f"'{words.get(code)}.', not '{sections.get(code)}'")
    if list(table) != sorted(table):
        findings.append(f"{relative(TABLE)}:1:1: error: the codes are not sorted")
    finish(findings, len(codes))


main()
