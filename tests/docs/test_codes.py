#!/usr/bin/env python3
"""docs/checks.md and docs/checks.sv.md: each code's example gives that code and no other, in the page's
language; both pages have the same codes and examples; `plansats explain` tells what they say.

    test_codes.py [CODE …]

What the blocks of the page mean is told at the top of the page. A block is run by what its info string
says: what it is (yaml plan, yaml template, yaml theme, yaml section, csv, xlsx, svg NAME), then how.
"""

import json
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402
import xlsx  # noqa: E402

PAGES = {"docs/checks.md": "C.UTF-8", "docs/checks.sv.md": "sv_SE.UTF-8"}  # the locale that reads it
WITHOUT_EXAMPLE = {"theme-names", "theme-table"}  # tests/unit/template/test_theme.c
BLOCK = re.compile(r"^```(.+)\n((?:.*\n)*?)```$", re.M)
LINK = re.compile(r"(`[^`]*`)|\[([^]]*)\]\([^)]*\)")  # but not in code


def sections(page):
    """Code, text of each section."""
    for part in re.split(r"^(?=###? )", page, flags=re.M):
        if part.startswith("### "):
            heading, text = part.split("\n", 1)
            yield heading.removeprefix("### "), text


def unescape(text):
    """Bytes for an example marked `escaped`."""
    text = re.sub(r"\\<(\d+):(.*?)>", lambda m: m[2] * int(m[1]), text)
    out = text.replace("\\t", "\t").encode()
    return re.sub(rb"\\x([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), out)


def keys(text):
    """A YAML text's top-level entries: key → its lines."""
    entries = {}
    for line in text.splitlines(keepends=True):
        found = re.match(r"([\w-]+):", line)
        name = found[1] if found else next(reversed(entries), "")
        entries[name] = entries.get(name, "") + line
    return entries


def place(folder, base, blocks):
    """Writes what the example is made of; gives how it is to be run."""
    files, how = {"plan.yaml": "mall: ./mall.yaml\n", "mall.yaml": base}, set()
    for info, text in blocks:
        words = info.split()
        kind, rest = (words[1], words[2:]) if words[0] == "yaml" else (words[0], words[1:])
        how |= set(rest)
        if kind == "plan":
            files["plan.yaml"] = text if "as-is" in rest else "mall: ./mall.yaml\n" + text
        elif kind == "template":
            files["mall.yaml"] = text if "as-is" in rest else "".join({**keys(base), **keys(text)}.values())
        elif kind == "theme":
            files["themes/egen.yaml"] = "".join(
                {**keys("theme: egen\nextends: standard\n"), **keys(text)}.values())
            files["mall.yaml"] = base.replace("theme: standard", "theme: egen")
        elif kind == "section":
            files["sections/avsnitt.yaml"] = text
        elif kind == "xlsx":
            files["tal.xlsx"] = text.encode() if "broken" in rest else xlsx.column_of(text.splitlines())
        else:
            files[rest[0] if kind == "svg" else "tal.csv"] = text
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else
                                    unescape(text) if "escaped" in how else text.encode())
    return how


def findings_of(folder, how, env):
    """Code and message of each finding that the program tells of the example."""
    if "revise" in how:
        result = plansats.run("revise", "plan.yaml", "--note", "Nytt", cwd=folder, env=env)
        found = re.findall(r": \w+: (.*) \[([\w-]+)\]$", result.stderr.decode(), re.M)
        return [(code, message) for message, code in found], result
    final = ["--final"] if "final" in how else []
    result = plansats.run("check", "--format", "json", "plan.yaml", *final, cwd=folder, env=env)
    report = json.loads(result.stdout)
    omitted = [("omitted", "")] * (report["omitted"] > 0)
    return [(one["code"], one["message"]) for one in report["findings"]] + omitted, result


def try_example(base, code, text, env, messages):
    """What is wrong with the code's example; nothing, when it gives the code alone, in words that `messages`, those of
    the other language, lack. Adds its own to them."""
    with tempfile.TemporaryDirectory(prefix="plansats-") as folder:
        how = place(Path(folder), base, BLOCK.findall(text))
        found, result = findings_of(Path(folder), how, env)
    wanted = {code} | ({"wrong-type"} if code == "omitted" else set())
    if {one for one, _ in found} != wanted:
        yield (f"the example gives {sorted({one for one, _ in found})}\n"
               + (result.stdout + result.stderr).decode("utf-8", "replace")[:1500])
    own = {message for _, message in found if message}
    if own & messages:
        yield f"the message has one language only: {own & messages}"
    messages |= own


def try_explain(code, text, env):
    """What is wrong with what `plansats explain` prints of the section: the words of its prose, and no marks."""
    told = plansats.run("explain", code, env=env).stdout.decode()
    prose = LINK.sub(lambda link: link[1] or link[2], BLOCK.split(text)[0])
    prose = "'".join(part.replace("**", "") if n % 2 == 0 else part for n, part in enumerate(prose.split("`")))
    if told.split()[:len(prose.split()) + 1] != [code, *prose.split()]:
        yield f"'plansats explain' tells something else:\n{told}"
    if "```" in told or max(map(len, told.split("    ")[0].splitlines())) > 80:
        yield f"'plansats explain' is no plain text of at most 80 columns:\n{told}"


def examples(page):
    """What no language is in: the base, then the codes with their examples, in order."""
    return BLOCK.findall(page.split("\n## ")[0]), [(code, BLOCK.findall(text)) for code, text in sections(page)]


def shape(text):
    """What a translation keeps of a section's prose: how many paragraphs, words in backquotes and links."""
    prose = BLOCK.split(text)[0].strip()
    return [len(re.findall(pattern, prose)) for pattern in (r"\n\n", r"`[^`]*`", r"\]\(")]


def compare(english, swedish):
    """Where the two pages part."""
    first, second = examples(english), examples(swedish)
    if first[0] != second[0]:
        yield "the examples' template differs"
    codes = [[code for code, _ in page[1]] for page in (first, second)]
    if codes[0] != codes[1]:
        yield f"the codes differ: {sorted({*codes[0]} ^ {*codes[1]}) or 'in their order'}"
    for (code, here), (other, there) in zip(first[1], second[1]):
        if code == other and here != there:
            yield f"{code}: the examples differ"
    translated = dict(sections(swedish))
    for code, text in sections(english):
        if shape(text) != shape(translated.get(code, text)):
            yield (f"{code}: one of them says more: {shape(text)} and {shape(translated[code])} breaks between paragraphs, "
                   "words in backquotes, links")


def main():
    pages = {name: (plansats.ROOT / name).read_text(encoding="utf-8") for name in PAGES}
    failures = [f"{', '.join(PAGES)}: {one}" for one in compare(*pages.values())]
    tried, messages = 0, {}
    for name, page in pages.items():
        env = plansats.environment(LC_ALL=PAGES[name])
        base, = (text for info, text in BLOCK.findall(page) if info == "yaml base")
        for code, text in sections(page):
            if len(sys.argv) > 1 and code not in sys.argv[1:]:
                continue
            tried += 1
            wrong = [*try_explain(code, text, env)]
            if code not in WITHOUT_EXAMPLE:
                wrong += try_example(base, code, text, env, messages.setdefault(code, set()))
            failures += [f"{name}: {code}: {one}" for one in wrong]
    print("\n".join(failures))
    print(f"{tried} sections, {len(failures)} failures")
    return 1 if failures or tried == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
