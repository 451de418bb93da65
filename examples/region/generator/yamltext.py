"""Writes plans as a person would: short maps on one line, texts as blocks, a rule before each part."""

import re

WIDTH = 100
FLOW = 112      # a map or list on one line may be so wide
SPECIAL = set("-?:,[]{}#&*!|>'\"%@`")
WORDS = re.compile(r"(?i)^(ja|nej|true|false|yes|no|on|off|null|~|\d[\d ._:,-]*|[-+.]?\d.*)$")


class Text(str):
    """Markdown with paragraphs: written as a block."""


class Raw(str):
    """Written as it is, such as a date or a tag."""


class Plain(str):
    """Quoted although it looks like a number."""


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scalar(thing, flow=False):
    if thing is True or thing is False:
        return "ja" if thing else "nej"
    if thing is None:
        return ""
    if isinstance(thing, Raw) or not isinstance(thing, str):
        return str(thing)
    unsafe = (not thing or thing[0] in SPECIAL or thing != thing.strip() or ": " in thing
              or " #" in thing or thing.endswith(":") or WORDS.match(thing)
              or (flow and any(sign in thing for sign in ",[]{}")))
    return quoted(thing) if unsafe else str(thing)


def on_one_line(thing):
    """A map or list in flow style; None when something in it wants a block."""
    if isinstance(thing, dict):
        parts = [(key, on_one_line(part)) for key, part in thing.items()]
        if any(part is None for _, part in parts):
            return None
        return "{" + ", ".join(f"{key}: {part}" for key, part in parts) + "}"
    if isinstance(thing, list):
        parts = [on_one_line(part) for part in thing]
        return None if any(part is None for part in parts) else "[" + ", ".join(parts) + "]"
    return None if isinstance(thing, Text) else scalar(thing, flow=True)


def wrapped(text, width, hang=""):
    """Words in lines of so many characters."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = hang + word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def markdown(text, indent):
    """The lines of a block: paragraphs and list items broken to the width."""
    out = []
    for line in text.strip().split("\n"):
        item = re.match(r"( *(?:- |\d+\. |[a-z]\) ))", line)
        if line.startswith(("|", "#")) or not line:
            out.append(line)
        else:
            hang = " " * len(item[1]) if item else ""
            out += wrapped(line, WIDTH - indent, hang)
    return [" " * indent + line if line else "" for line in out]


def entry(head, thing, indent, out):
    """Writes `head` (a key with its colon, or a hyphen) and what belongs to it."""
    if isinstance(thing, Text):
        out.append(f"{head} |")
        out += markdown(thing, indent)
        return
    if isinstance(thing, (dict, list)):
        line = on_one_line(thing)
        top = isinstance(thing, list) and thing and isinstance(thing[0], (dict, list))
        if line is not None and not top and len(head) + 1 + len(line) <= FLOW:
            out.append(f"{head} {line}")
        elif head.endswith("-"):
            # the first key stands beside the hyphen
            inner = []
            block(thing, indent, inner)
            inner[0] = f"{head} {inner[0][indent:]}"
            out += inner
        else:
            out.append(head)
            block(thing, indent, out)
        return
    line = f"{head} {scalar(thing)}".rstrip()
    if len(line) <= FLOW:
        out.append(line)
        return
    pad = len(line) - len(line.lstrip())
    out += [" " * pad + part for part in wrapped(line.strip(), WIDTH - pad, "  ")]


def block(thing, indent, out):
    pad = " " * indent
    if isinstance(thing, dict):
        for key, part in thing.items():
            if isinstance(part, Text) and not part:
                continue        # nothing was said
            entry(f"{pad}{key}:", part, indent + 2, out)
    else:
        for part in thing:
            entry(f"{pad}-", part, indent + 2, out)


def document(comment, parts):
    """A whole file: `parts` are (title or None, map of top-level keys)."""
    out = comment.rstrip("\n").split("\n")
    for title, keys in parts:
        out.append("")
        if title:
            out += [f"# ---- {title} {'-' * (94 - len(title))}", ""]
        block(keys, 0, out)
    return "\n".join(out) + "\n"
