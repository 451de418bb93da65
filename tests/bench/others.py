"""What the programs that plansats is compared with read: the same text, out of plansats' dumps."""

import re

QUOTED = re.compile(r'(?:^| )"((?:[^"\\]|\\.)*)"$')
ESCAPE = re.compile(r"\\(?:[uU]([0-9A-Fa-f]{4})|(.))")
LINE_SEPARATOR = "\u2028"


def _unescape(text):
    def one(match):
        if match[1]:
            return chr(int(match[1], 16))
        return {"n": "\n", "t": " "}.get(match[2], match[2])
    return ESCAPE.sub(one, text)


# --- The floor -------------------------------------------------------------------------------------

TEXT = re.compile(r'^ *(text|\+) (-?[\d.]+) (-?[\d.]+) "((?:[^"\\]|\\.)*)" \S+ ([\d.]+) ')


class _Page:
    """A page's paragraphs: what stands in one node (a paragraph, a cell) is one, lines and all."""

    def __init__(self):
        self.paragraphs = []
        self.open = {}

    def add(self, node, follows, x, y, text, size):
        last = self.open.get(node)
        if last is not None and follows and last["y"] == y:
            last["text"] += text
        elif last is not None and last["y"] != y and last["size"] == size:
            last["text"] += LINE_SEPARATOR + text
            last["y"] = y
        else:
            last = {"x": x, "first": y, "y": y, "size": size, "text": text}
            self.paragraphs.append(last)
            if node is not None:
                self.open[node] = last

    def lines(self):
        for paragraph in self.paragraphs:
            x = max(0.0, float(paragraph["x"]))
            yield (f"{x:.2f} {paragraph['first']} 0 {paragraph['size']}\t"
                   f"{paragraph['text'].replace(chr(10), ' ')}\n")


def floor_input(dump):
    """The pages of `dump --stage=text` as tests/bench/floor reads them; also how many they are.

    Lines are broken where plansats breaks them, so that the floor need not."""
    pages = []
    node = None
    for line in dump.splitlines():
        if line.startswith("page "):
            pages.append(_Page())
            continue
        begins = re.match(r" *(?:content \S+ (#\d+)|artifact (header|footer))", line)
        if begins:
            node = begins[1] or begins[2]
        elif line.lstrip().startswith("artifact"):
            node = None
        match = TEXT.match(line)
        if match:
            text = _unescape(match[4].replace("\\~", "\0").replace("~", "\u00a0")
                             .replace("\0", "~"))
            pages[-1].add(node, match[1] == "+", match[2], match[3], text, match[5])
    return "\f\n".join("".join(page.lines()) for page in pages), len(pages)


# --- Typst -----------------------------------------------------------------------------------------

PREAMBLE = """\
#set document(title: "Plan")
#set page(paper: "a4", margin: (left: 20mm, right: 20mm, top: 30mm, bottom: 24mm),
  header: context [#set text(8pt); Plan #h(1fr) Sida #counter(page).display() (#counter(page).final().first())],
  footer: [#set text(7.5pt); Dok.nr – #h(1fr) Kontrollera aktuell version mot original])
#set text(font: "Source Sans 3", size: 10.5pt, lang: "sv")
#show heading.where(level: 1): set text(18pt)
#show heading.where(level: 2): set text(13pt)
#show heading.where(level: 3): set text(10.5pt)
#set outline.entry(fill: none)
#set table(stroke: (x: none, y: 0.4pt), inset: (x: 3pt, y: 3.5pt))
#show table: set text(9pt, hyphenate: true)
#let p(body) = pad(left: 14.5mm, right: 29mm, par(body))
#let c = table.cell
#let head = table.header
"""


class Node:
    def __init__(self, depth, role, attributes, text):
        self.depth, self.role, self.attributes, self.text = depth, role, attributes, text
        self.children = []

    def number(self, name):
        found = re.search(rf"\b{name}=(\d+)", self.attributes)
        return int(found[1]) if found else 1


def tree(dump):
    """The tree of `dump --stage=tags`."""
    root = Node(-1, "", "", "")
    path = [root]
    for line in dump.splitlines():
        bare = line.lstrip(" ")
        depth = len(line) - len(bare)
        role, _, rest = bare.partition(" ")
        quoted = QUOTED.search(rest)
        attributes = rest[:quoted.start()] if quoted else rest
        node = Node(depth, role, attributes, _unescape(quoted[1]) if quoted else "")
        while path[-1].depth >= depth:
            path.pop()
        path[-1].children.append(node)
        path.append(node)
    return root


def _string(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _plain(node):
    return " ".join(filter(None, [node.text, *map(_plain, node.children)]))


def _inside(node):
    """A cell's or list item's content as one Typst argument."""
    blocks = [child for child in node.children if child.role in ("P", "L", "Div", "Note", "Span")]
    if not blocks:
        return _string(node.text)
    parts = []
    for block in blocks:
        parts.append(_list(block) if block.role == "L" else f"par({_string(_plain(block))})")
    return "{" + "; ".join(parts) + "}"


def _list(node):
    items = []
    for item in node.children:
        for body in (child for child in item.children if child.role == "LBody"):
            items.append(_inside(body))
    return f"list({', '.join(items)})"


def _rows(table, role):
    return [row for part in table.children if part.role == role for row in part.children]


def _row(row):
    cells = []
    for cell in row.children:
        across, down = cell.number("ColSpan"), cell.number("RowSpan")
        arguments = f"colspan: {across}, " if across > 1 else ""
        arguments += f"rowspan: {down}, " if down > 1 else ""
        if re.fullmatch(r"[−–+]?[\d \u00a0\u202f]+(,\d+)?( %)?", cell.text):
            arguments += "align: right, "
        inside = _inside(cell)
        cells.append(f"c({arguments}{inside})" if arguments else inside)
    return ", ".join(cells) + ","


def _widths(rows, columns):
    """Shares of the width after how much text stands in a column."""
    most = [6] * columns
    for row in rows[:200]:
        if len(row.children) == columns:
            for i, cell in enumerate(row.children):
                most[i] = max(most[i], min(40, len(_plain(cell))))
    return ", ".join(f"{share}fr" for share in most)


def _table(node):
    for caption in (child for child in node.children if child.role == "Caption"):
        yield f"#par({_string(caption.text)})"
    head, rest = _rows(node, "THead"), _rows(node, "TBody") + _rows(node, "TFoot")
    columns = max(sum(cell.number("ColSpan") for cell in row.children) for row in head + rest)
    yield f"#table(columns: ({_widths(head + rest, columns)},),"
    if head:
        yield "head(repeat: true, " + " ".join(map(_row, head)) + "),"
    yield from map(_row, rest)
    yield ")"


def _blocks(node):
    for child in node.children:
        if child.role[0] == "H" and child.role[1:].isdigit():
            yield f"#heading(level: {child.role[1:]}, {_string(child.text)})"
        elif child.role == "TOC":
            yield "#outline(title: none, depth: 2)"
        elif child.role == "Table":
            yield from _table(child)
        elif child.role == "L":
            yield f"#pad(left: 14.5mm, right: 29mm, {_list(child)})"
        elif child.role in ("P", "Note", "Caption"):
            yield f"#p({_string(_plain(child))})"
        else:
            yield from _blocks(child)


def typst_source(dump):
    """The document of `dump --stage=tags` as a Typst file with the same text, tables and lists."""
    return PREAMBLE + "\n".join(_blocks(tree(dump))) + "\n"


TYPST_SCRIPT = """\
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
"""
