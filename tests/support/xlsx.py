"""Writes workbooks for tests: plain ones, and such as no program would write."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def column(number):
    """The letters of a column, from 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell(reference, value, style=None):
    """A cell of a value; one that is a text beginning with "<" is the cell's own inside, and t=…"""
    style = "" if style is None else f' s="{style}"'
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"{style}><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"{style}><v>{value!r}</v></c>'
    if isinstance(value, tuple):  # type, inside
        return f'<c r="{reference}" t="{value[0]}"{style}>{value[1]}</c>'
    return (f'<c r="{reference}" t="inlineStr"{style}><is><t xml:space="preserve">{escape(value)}'
            "</t></is></c>")


def sheet(rows, first_row=1, first_column=1, after="", namespace=MAIN, styles=None):
    """A sheet's part: rows of values, None for no cell. `styles`: by reference."""
    lines = []
    for number, row in enumerate(rows, first_row):
        cells = []
        for index, value in enumerate(row, first_column):
            reference = f"{column(index)}{number}"
            if value is not None:
                cells.append(cell(reference, value, (styles or {}).get(reference)))
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return (f'{HEAD}<worksheet xmlns="{namespace}"><sheetData>{"".join(lines)}</sheetData>{after}'
            "</worksheet>")


def styles_part(codes):
    """Number formats: style 0 is General, then one for each code (a number is a built-in format)."""
    own = [(164 + i, code) for i, code in enumerate(codes) if isinstance(code, str)]
    ids = [164 + i if isinstance(code, str) else code for i, code in enumerate(codes)]
    formats = "".join(f'<numFmt numFmtId="{i}" formatCode={quoteattr(code)}/>' for i, code in own)
    cells = "".join(f'<xf numFmtId="{i}" applyNumberFormat="1"/>' for i in [0, *ids])
    return (f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
            f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>')


def strings_part(items):
    """Shared texts; one that begins with "<" is the item's own XML."""
    inside = "".join(f"<si>{item}</si>" if item.startswith("<") else f"<si><t>{escape(item)}</t></si>"
                     for item in items)
    return f'{HEAD}<sst xmlns="{MAIN}">{inside}</sst>'


def parts(sheets, strings=None, codes=None, date1904=False, hidden=(), names=(), tables=()):
    """The parts of a workbook, by name. `sheets`: rows, or a whole part, by the sheet's name. `names`:
    formulas, by the name, or (name, number of the sheet, from 0) for a sheet's own; `tables`: the attributes of the
    table's element, by its sheet's name."""
    relations, entries, result = [], [], {}
    for number, (name, rows) in enumerate(sheets.items(), 1):
        result[f"xl/worksheets/sheet{number}.xml"] = rows if isinstance(rows, str) else sheet(rows)
        state = ' state="hidden"' if name in hidden else ""
        entries.append(f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        relations.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    if strings is not None:
        result["xl/sharedStrings.xml"] = strings_part(strings)
        relations.append(("rIdT", "sharedStrings", "/xl/sharedStrings.xml"))
    if codes is not None:
        result["xl/styles.xml"] = styles_part(codes)
        relations.append(("rIdS", "styles", "../xl/styles.xml"))
    for number, (name, own) in enumerate(dict(tables).items(), 1):
        path = f"xl/worksheets/_rels/sheet{list(sheets).index(name) + 1}.xml.rels"
        result[f"xl/tables/table{number}.xml"] = f'{HEAD}<table xmlns="{MAIN}" id="{number}" {own}/>'
        result[path] = relations_part([("rId1", "table", f"../tables/table{number}.xml")])
    defined = "".join(defined_name(name, formula) for name, formula in dict(names).items())
    properties = '<workbookPr date1904="1"/>' if date1904 else ""
    result["xl/workbook.xml"] = (f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
                                 f'<sheets>{"".join(entries)}</sheets><definedNames>{defined}</definedNames>'
                                 "</workbook>")
    result["xl/_rels/workbook.xml.rels"] = relations_part(relations)
    result["_rels/.rels"] = relations_part([("rId1", "officeDocument", "xl/workbook.xml")])
    return result


def defined_name(name, formula):
    """A name of the workbook's, or (name, number of its sheet)."""
    name, own = (name, "") if isinstance(name, str) else (name[0], f' localSheetId="{name[1]}"')
    return f"<definedName name={quoteattr(name)}{own}>{escape(formula)}</definedName>"


def relations_part(relations):
    inside = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                     for i, kind, target in relations)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def write(path, content, packed=zipfile.ZIP_DEFLATED):
    """Writes parts as a zip: the same bytes every time. Gives the path."""
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, text in content.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = packed
            archive.writestr(entry, text)
    return path


def column_of(lines):
    """The bytes of a workbook whose one sheet, Blad1, has the lines in its first column; "#…" is an error."""
    rows = [[("e" if line.startswith("#") else "str", f"<v>{escape(line)}</v>")] for line in lines]
    return write(io.BytesIO(), parts({"Blad1": rows})).getvalue()
