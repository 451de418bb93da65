"""Reads content/*.txt: what the förvaltningar do, in words, with room for chance.

    key: value                  facts, before the first section
    [kind more | more]          begins a section; its paragraphs follow
    * a | b | c                 a row of the section
    > Rubrik: text // del       an action of an assignment, with its parts

In all texts <12..18> becomes a number between the two (with the decimals written there), and
<ett|två> one of the words."""

import re
from pathlib import Path

CONTENT = Path(__file__).resolve().parent / "content"
NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


class Section:
    def __init__(self, kind, words):
        self.kind, self.words = kind, words
        self.lines, self.rows, self.actions = [], [], []

    @property
    def text(self):
        return "\n".join(self.lines).strip()


class Content:
    """One file: facts by key, sections in order."""

    def __init__(self, facts, sections):
        self.facts, self.sections = facts, sections

    def __getitem__(self, key):
        return self.facts[key]

    def get(self, key, otherwise=None):
        return self.facts.get(key, otherwise)

    def all(self, kind):
        return [section for section in self.sections if section.kind == kind]

    def rows(self, kind):
        return [row for section in self.all(kind) for row in section.rows]

    def text(self, kind):
        return "\n\n".join(section.text for section in self.all(kind))


def thousands(number):
    """12345 as 12 345, with the space that does not break."""
    return f"{number:,}".replace(",", "\u00a0")


def fill(text, chance):
    """The text with its numbers and choices made."""
    def one(match):
        inside = match[1]
        found = re.fullmatch(r"(\d+)(?:\.(\d+))?\.\.(\d+)(?:\.(\d+))?", inside)
        if not found:
            return chance.choose(inside.split("|"))
        if found[2]:
            places = 10 ** len(found[2])
            number = chance.between(int(found[1] + found[2]), int(found[3] + found[4]))
            return f"{number // places},{number % places:0{len(found[2])}}"
        least, most = int(found[1]), int(found[3])
        step = 100 if most >= 10_000 else 10 if most >= 1_000 else 1
        return thousands(chance.between(least // step, most // step) * step)
    return re.sub(r"<([^<>]+)>", one, text)


def value(text):
    """A cell as it goes into YAML: a number when it is one."""
    plain = text.replace("\u00a0", "").replace(",", ".")
    if not NUMBER.match(plain):
        return text
    return float(plain) if "." in plain else int(plain)


def read(name, chance):
    """The content of one file, filled in."""
    facts, sections = {}, []
    for line in fill((CONTENT / f"{name}.txt").read_text(encoding="utf-8"), chance).split("\n"):
        begins = re.fullmatch(r"\[(\S+)(?: (.*))?\]", line)
        if begins:
            words = [word.strip() for word in (begins[2] or "").split("|")]
            sections.append(Section(begins[1], words))
        elif not sections:
            if line and not line.startswith("#"):
                key, _, rest = line.partition(": ")
                facts[key] = rest
        elif line.startswith("* "):
            sections[-1].rows.append([cell.strip() for cell in line[2:].split(" | ")])
        elif line.startswith("> "):
            sections[-1].actions.append(line[2:])
        else:
            sections[-1].lines.append(line)
    return Content(facts, sections)
