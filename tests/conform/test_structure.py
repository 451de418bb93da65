#!/usr/bin/env python3
"""The structure tree in the real PDF says what `dump --stage=tags` says, for every example.

veraPDF knows the rules of a structure tree, but not what the document is about. Here the tree is
read back as a screen reader would: roles, attributes, and the text of each element from its marked
content, through the fonts' ToUnicode maps. All of a page must be marked, as content or artifact, and
the parent tree must lead back from each piece of content to its element.
"""

import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

try:
    import pikepdf
except ImportError as problem:
    plansats.skip(f"pikepdf is not here ({problem}); ./dev test installs it")

LINE = re.compile(r'^( *)(\w+)((?: (?:Scope|ColSpan|RowSpan|ID|Headers)=\S+)*)'
                  r'(?: Alt="(.*?)")?(?: "(.*)")?$')
INLINE = {"Link", "Reference", "Span", "Em", "Strong"}
UNREAD = INLINE | {"Form", "Figure"}  # a picture's words are read from its Alt
PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "EI"}


# ---- what the engine says ----

def expected(plan):
    """The elements in order: (depth, role, attributes, alt, text)."""
    result = plansats.run("dump", "--stage=tags", plan)
    assert result.returncode == 0, result.stderr.decode()
    rows = []
    for line in result.stdout.decode("utf-8").splitlines():
        match = LINE.match(line)
        assert match, f"cannot read: {line}"
        attributes = dict(part.split("=", 1) for part in match[3].split())
        rows.append((len(match[1]) // 2, match[2], attributes, match[4], match[5]))
    return rows


# ---- text of marked content ----

def read_cmap(stream):
    """Codes to text, from a ToUnicode CMap of two-byte codes."""
    text, codes = stream.read_bytes().decode("latin-1"), {}

    def unicode(digits):
        return bytes.fromhex(digits).decode("utf-16-be", "replace")

    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            codes[int(code, 16)] = unicode(to)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(to), "big")
            for code in range(int(first, 16), int(last, 16) + 1):
                codes[code] = (start + code - int(first, 16)).to_bytes(len(to) // 2, "big").decode("utf-16-be")
    return codes


class Page:
    """Texts by MCID, and what is painted outside of all marks."""

    def __init__(self, page, cmaps):
        self.texts, self.unmarked = {}, []
        self.cmaps, self.fonts, self.codes = cmaps, page.Resources.get("/Font", {}), {}
        self.stack = []  # (MCID or None, is it marked, its ActualText)
        self.properties = page.Resources.get("/Properties", {})
        for instruction in pikepdf.parse_content_stream(page):
            self.execute(instruction.operands, str(instruction.operator))

    def execute(self, operands, operator):
        if operator in ("BDC", "BMC"):
            self.begin(operands)
        elif operator == "EMC":
            self.stack.pop()
        elif operator == "Tf":
            font = self.fonts[str(operands[0])]
            if font.objgen not in self.cmaps:
                self.cmaps[font.objgen] = read_cmap(font.ToUnicode)
            self.codes = self.cmaps[font.objgen]
        if operator in PAINTING and not any(marked for _, marked, _ in self.stack):
            self.unmarked.append(operator)
        if operator in ("Tj", "'", '"'):
            self.show(operands[-1])
        elif operator == "TJ":
            for part in operands[0]:
                if isinstance(part, pikepdf.String):
                    self.show(part)

    def begin(self, operands):
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, pikepdf.Name):
            properties = self.properties[str(properties)]
        mcid = properties.get("/MCID")
        actual = properties.get("/ActualText")
        marked = mcid is not None or str(operands[0]) == "/Artifact"
        inside = any(text is not None for _, _, text in self.stack)
        self.stack.append((None if mcid is None else int(mcid), marked, None if actual is None else str(actual)))
        if mcid is not None:
            self.texts.setdefault(int(mcid), "")
        if actual is not None and not inside:
            self.add(str(actual))

    def show(self, string):
        if any(text is not None for _, _, text in self.stack):
            return
        raw = bytes(string)
        for i in range(0, len(raw) - 1, 2):
            self.add(self.codes.get(raw[i] << 8 | raw[i + 1], "\ufffd"))

    def add(self, text):
        for mcid, _, _ in reversed(self.stack):
            if mcid is not None:
                self.texts[mcid] += text
                return


# ---- what the PDF says ----

class Tree:
    def __init__(self, path):
        self.pdf = pikepdf.open(path)
        cmaps = {}
        self.pages = [Page(page, cmaps) for page in self.pdf.pages]
        self.number = {page.objgen: index for index, page in enumerate(self.pdf.pages)}
        self.owner, self.rows, self.ids = {}, [], set()
        root = self.pdf.Root.StructTreeRoot
        self.roles = root.get("/RoleMap", {})
        for kid in self.kids(root):
            self.walk(kid, 0)

    @staticmethod
    def kids(element):
        kids = element.get("/K")
        return list(kids) if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]

    def content(self, element, kid):
        """(page, MCID) of a kid that is marked content."""
        page = element.get("/Pg")
        if isinstance(kid, pikepdf.Dictionary):
            page = kid.get("/Pg", page)
            kid = kid.MCID
        return self.number[page.objgen], int(kid)

    def is_element(self, kid):
        return isinstance(kid, pikepdf.Dictionary) and "/S" in kid

    def is_object(self, kid):
        return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"

    def own_text(self, element):
        """Text of an element and of the inline ones in it."""
        text = ""
        for kid in self.kids(element):
            if self.is_element(kid):
                text += self.own_text(kid) if str(kid.S)[1:] in INLINE else ""
            elif not self.is_object(kid):
                page, mcid = self.content(element, kid)
                text += self.pages[page].texts[mcid]
        return text

    def attributes(self, element):
        found = {}
        for name, key in (("Scope", "/Scope"), ("ColSpan", "/ColSpan"), ("RowSpan", "/RowSpan"), ("Headers", "/Headers")):
            parts = element.get("/A", [])
            for part in parts if isinstance(parts, pikepdf.Array) else [parts]:
                if key in part:
                    value = part[key]
                    found[name] = (",".join(str(one) for one in value) if key == "/Headers"
                                   else str(value).lstrip("/"))
        if "/ID" in element:
            found["ID"] = str(element.ID)
            assert found["ID"] not in self.ids, f"two elements have the ID {found['ID']}"
            self.ids.add(found["ID"])
        return found

    def walk(self, element, depth):
        role = str(element.S)[1:]
        alt = str(element.Alt) if "/Alt" in element else None
        self.rows.append((depth, role, self.attributes(element), alt, self.own_text(element)))
        for kid in self.kids(element):
            if self.is_element(kid):
                self.walk(kid, depth + 1)
            elif not self.is_object(kid):
                place = self.content(element, kid)
                assert place not in self.owner, f"content {place} belongs to two elements"
                self.owner[place] = element.objgen


def number_tree(node):
    """Key to value."""
    found = {}
    if "/Nums" in node:
        numbers = list(node.Nums)
        found.update((int(key), value) for key, value in zip(numbers[::2], numbers[1::2]))
    for kid in node.get("/Kids", []):
        found.update(number_tree(kid))
    return found


def check_pages(tree):
    """Everything is marked, and leads back to its element."""
    parents = number_tree(tree.pdf.Root.StructTreeRoot.ParentTree)
    for index, page in enumerate(tree.pages):
        if page.unmarked:
            yield f"page {index + 1}: {len(page.unmarked)} operators outside of all marks: {page.unmarked[0]}"
        orphans = [mcid for mcid in page.texts if (index, mcid) not in tree.owner]
        if orphans:
            yield f"page {index + 1}: content {orphans[0]} belongs to no element: {page.texts[orphans[0]]}"
        listed = parents[int(tree.pdf.pages[index].StructParents)]
        for mcid in page.texts:
            if (index, mcid) in tree.owner and listed[mcid].objgen != tree.owner[index, mcid]:
                yield f"page {index + 1}: the parent tree gives content {mcid} to another element"
    for annotation in (one for page in tree.pdf.pages for one in page.get("/Annots", [])):
        kids = Tree.kids(parents[int(annotation.StructParent)])
        if not any(tree.is_object(kid) and kid.Obj.objgen == annotation.objgen for kid in kids):
            yield f"an annotation ({annotation.Subtype}) is not in the element that the parent tree names"


# ---- comparing ----

def closed_up(text):
    return re.sub(r"[\s\u00a0\u00ad\u202f|]+", "", text or "")


def plain(attributes):
    """IDs as in the dump: the PDF's begin with the table's own number."""
    return {key: re.sub(r"\bt\d+-", "", value) for key, value in attributes.items()}


def same_text(role, wanted, got):
    """Page numbers are known only to the PDF."""
    wanted, got = closed_up(wanted), closed_up(got)
    return wanted == got or (re.sub(r"\d", "", wanted) == re.sub(r"\d", "", got) and len(wanted) < len(got))


def compare(wanted, got):
    # A reference is a link in the PDF (in turned text a span), with an element of its own below it.
    got = [row for before, row in zip([None, *got], got)
           if not (before and row[1] in ("Link", "Span") and before[1] == "Reference" and row[0] == before[0] + 1)]
    for number, (want, have) in enumerate(zip(wanted, got)):
        where = f"element {number + 1}, {want[1]} \"{(want[4] or '')[:50]}\""
        if want[:2] != have[:2]:
            yield f"{where}: the PDF has {have[1]} at depth {have[0]} (wanted {want[0]}): \"{have[4][:50]}\""
            return
        attributes = plain(have[2])
        if want[1] == "Note" and not attributes.pop("ID", None):
            yield f"{where}: the PDF gives it no ID"
        if want[2] != attributes:
            yield f"{where}: {want[2]}, the PDF has {attributes}"
        if want[1] in ("Figure", "Form") and want[3] != have[3]:
            yield f"{where}: Alt {want[3]!r}, the PDF has {have[3]!r}"
        if want[1] not in UNREAD and not same_text(want[1], want[4], have[4]):
            yield f"{where}: the PDF reads \"{have[4][:200]}\""
    if len(wanted) != len(got):
        yield f"{len(wanted)} elements, the PDF has {len(got)}"


def check(plan, folder):
    target = Path(folder) / f"{plansats.name_of(plan)}.pdf"
    result = plansats.run("render", plan, "-o", target)
    assert result.returncode == 0, result.stderr.decode()
    tree = Tree(target)
    yield from compare(expected(plan), tree.rows)
    yield from check_pages(tree)
    for _, _, attributes, _, _ in tree.rows:
        for header in filter(None, attributes.get("Headers", "").split(",")):
            if header not in tree.ids:
                yield f"Headers names {header}, which no element has"


def main():
    plans = [Path(argument).resolve() for argument in sys.argv[1:]]
    plans = plans or plansats.examples() + [plan for topic in ("pages", "tables", "tags")
                                            for plan in sorted(plansats.ROOT.glob(f"tests/golden/{topic}/*/plan.yaml"))]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for plan in plans:
            findings = list(check(plan, folder))
            print(f"{'FAILED' if findings else 'ok'} {plan.parent.name}")
            for finding in findings[:12]:
                print(f"    {finding}")
            failed += bool(findings)
    print(f"{len(plans)} plans, {failed} failed")
    sys.exit(1 if failed else 0)


main()
