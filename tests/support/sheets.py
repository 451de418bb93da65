"""A workbook for tests that need just one."""

import io
import zipfile


def workbook(text):
    """A workbook whose one sheet, Blad1, has in its first column the lines; those with # are errors."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packaged = "http://schemas.openxmlformats.org/package/2006"
    cells = "".join(f'<row r="{i}"><c r="A{i}" t="{"e" if line[0] == "#" else "str"}"><v>{line}</v></c></row>'
                    for i, line in enumerate(text.splitlines(), 1))
    parts = {
        "[Content_Types].xml": f'''<Types xmlns="{packaged}/content-types"><Default Extension="xml"
            ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>''',
        "_rels/.rels": f'''<Relationships xmlns="{packaged}/relationships"><Relationship Id="r1"
            Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>''',
        "xl/workbook.xml": f'''<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>
            <sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>''',
        "xl/_rels/workbook.xml.rels": f'''<Relationships xmlns="{packaged}/relationships"><Relationship Id="r1"
            Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>''',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()
