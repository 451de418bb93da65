#!/usr/bin/env python3
"""Tables from the sheets of workbooks: `!xlsx budget.xlsx#Blad1!A3:F20`."""

import hashlib
import json
import re
import shutil
import struct
import sys
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import xlsx  # noqa: E402
from plansats import environment, main, run, tests_of  # noqa: E402

DATA = Path(__file__).resolve().parent / "data"
FIELD = re.compile(r'^ +"((?:[^"\\]|\\.)*)": (.*?) (null|".*")$')
PLAN = """mall: forvaltningsplan
organisation: Region Väst
förvaltning: {namn: Regionkontoret, kort: RK}
period: "2025"
budget:
  kolumner: {föregående: Budget 2024, belopp: Budget 2025}
  grupper:
    - poster: !xlsx %s
      summa: {namn: Intäkter}
"""
BUDGET = {"Blad1": [["Budget", None, None], [],
                    ["post", "föregående", "belopp"],
                    ["Regionersättning", 312690, 343311],
                    ["Övriga intäkter", 40891.5, 32804]]}
RANGE = "b.xlsx#Blad1!A3:C9"


def book(folder, sheets, name="b.xlsx", **options):
    return xlsx.write(folder / name, xlsx.parts(sheets, **options))


def plan(folder, reference=RANGE):
    path = folder / "plan.yaml"
    path.write_text(PLAN % reference, encoding="utf-8")
    return path


def do(*arguments, code=0, **options):
    done = run(*arguments, **options)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == code, f"exit {done.returncode}, not {code}: {arguments}\n{out}{err}"
    return out, err


def dump(folder, reference):
    """What a reference gives: [{name: (place, text)}], and what is told."""
    (folder / "p.yaml").write_text(f"mall: forvaltningsplan\nt: !xlsx {reference}\n", encoding="utf-8")
    done = run("dump", "--stage", "values", "p.yaml", cwd=folder)
    rows, said = [], done.stderr.decode()
    for line in done.stdout.decode().splitlines():
        field = FIELD.match(line)
        if line.startswith("  - "):
            rows.append({})
        elif field and rows:
            rows[-1][json.loads(f'"{field[1]}"')] = (field[2], json.loads(field[3]))
    return rows, said


def texts(folder, reference):
    rows, said = dump(folder, reference)
    assert said == "", said
    return [[text for _, text in row.values()] for row in rows]


def refused(folder, reference, *words):
    """The finding's line, which has the words."""
    rows, said = dump(folder, reference)
    lines = [line for line in said.splitlines() if all(word in line for word in words)]
    assert lines, f"none says {words}:\n{said}\n{rows}"
    return lines[0]


# ---- ranges ----

def test_a_range_becomes_rows_by_the_names_of_its_first_row(folder):
    book(folder, BUDGET)
    rows, said = dump(folder, RANGE)
    assert rows == [{"post": ("Blad1!A4", "Regionersättning"), "föregående": ("Blad1!B4", "312690"),
                     "belopp": ("Blad1!C4", "343311")},
                    {"post": ("Blad1!A5", "Övriga intäkter"), "föregående": ("Blad1!B5", "40891.5"),
                     "belopp": ("Blad1!C5", "32804")}], rows
    assert said == "", said


def test_columns_rows_and_whole_sheets_can_be_named(folder):
    book(folder, {"Blad1": xlsx.sheet([["a", "b", "c"], [1, 2, 3], [4, 5, 6]], 3, 2)})
    for reference in ("b.xlsx", "b.xlsx#Blad1", "b.xlsx#blad1", "b.xlsx#Blad1!B:D", "b.xlsx#Blad1!$B$3:$D$5",
                      "b.xlsx#!B3:D9", "b.xlsx#Blad1!B1:XFD1048576"):
        assert texts(folder, reference) == [["1", "2", "3"], ["4", "5", "6"]], reference
    assert texts(folder, "b.xlsx#Blad1!b:c") == [["1", "2"], ["4", "5"]]
    assert texts(folder, "b.xlsx#Blad1!C3:D4") == [["2", "3"]]
    refused(folder, "b.xlsx#Blad1!3:5", "Blad1!A3", "table-header")
    refused(folder, "b.xlsx#Blad1!A:D", "Blad1!A3", "table-header")


def test_sheets_have_any_names(folder):
    names = ["Budget 2024", "Åtgärder", "a'b", "x!y", "N#1", "2024"]
    book(folder, {name: [["namn"], [name]] for name in names})
    assert texts(folder, "\"b.xlsx#'Budget 2024'!A1:A2\"") == [["Budget 2024"]]
    assert texts(folder, "b.xlsx#'Budget 2024'!A1:A2") == [["Budget 2024"]]
    assert texts(folder, "b.xlsx#Budget 2024") == [["Budget 2024"]]
    assert texts(folder, "b.xlsx#åtgärder!A1:A2") == [["Åtgärder"]]
    assert texts(folder, "b.xlsx#A\u030atga\u0308rder!A1:A2") == [["Åtgärder"]]
    assert texts(folder, "b.xlsx#'a''b'!A:A") == [["a'b"]]
    assert texts(folder, "b.xlsx#'x!y'") == [["x!y"]]
    assert texts(folder, "b.xlsx#N#1!A:A") == [["N#1"]]
    assert dump(folder, "b.xlsx#'a''b'!A:A")[0][0]["namn"][0] == "'a''b'!A2"
    assert dump(folder, "b.xlsx#2024")[0][0]["namn"][0] == "'2024'!A2"


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(folder):
    book(folder, {"Blad1": [["a"], [1]], "Blad2": [["a"], [2]], "Gömt": [["a"], [3]]}, hidden=["Gömt"])
    refused(folder, "b.xlsx#Blad!A:A", "p.yaml:2:10", "no sheet 'Blad'", "xlsx-sheet")
    refused(folder, "b.xlsx", "several sheets", "xlsx-sheet")
    assert "its sheets are: Blad1, Blad2, Gömt" in dump(folder, "b.xlsx")[1]
    assert "did you mean 'Blad2'?" in dump(folder, "b.xlsx#Bladd2")[1]
    # what the rows would have been is not asked for
    said = do("check", plan(folder, "b.xlsx#Blad\n      delresultat: {belopp: 5}"), code=1)[1]
    assert "[xlsx-sheet]" in said and said.endswith("\n1 error, 0 warnings\n"), said
    assert texts(folder, "b.xlsx#Gömt") == [["3"]]
    book(folder, {"Gömt": [["a"], [3]], "Blad": [["a"], [4]]}, hidden=["Gömt"])
    assert texts(folder, "b.xlsx") == [["4"]]


def test_ranges_that_cannot_be_are_told_where_they_stand(folder):
    book(folder, BUDGET)
    for reference, words in (("A3:B", "no range"), ("A3-B4", "no range"), ("A3:F20:G9", "no range"),
                             ("", "no range"), ("B", "no range"), ("7", "no range"), ("F3:A20", "ends before"),
                             ("A20:F3", "ends before"), ("F:A", "ends before"), ("A0:B3", "outside"),
                             ("A1:XFE5", "outside"), ("A1:B1048577", "outside"),
                             ("A1:ZZZZZZZZZZ99999999999999999999", "outside")):
        refused(folder, f"b.xlsx#Blad1!{reference}", "p.yaml:2:10", words, "xlsx-range")
    refused(folder, "\"b.xlsx#'Blad1!A3:B4\"", "names no sheet", "xlsx-range")
    refused(folder, "b.xlsx#Blad1!A40:B50", "Blad1!A40", "[empty]")


# ---- names and tables ----

TWO = {"Blad1": [["a", "b"], [1, 2], [3, 4], [5, 6]], "Blad 2": [["a", "b"], [7, 8], [9, 10]]}


def test_a_name_of_the_workbook_is_its_range(folder):
    book(folder, TWO, names={"Tal": "Blad1!$A$1:$B$3", "Andra_året": "'Blad 2'!$A$1:$B$2", "Budget2025": "Blad1!$A:$A",
                             "Rader": " Blad1!$1:$2 ", "Blad1": "'Blad 2'!$A$1:$A$2"})
    assert texts(folder, "b.xlsx#Tal") == [["1", "2"], ["3", "4"]]
    assert texts(folder, "b.xlsx#tal") == [["1", "2"], ["3", "4"]]
    assert texts(folder, "b.xlsx#Andra_året") == [["7", "8"]]
    assert dump(folder, "b.xlsx#Andra_året")[0][0]["a"][0] == "'Blad 2'!A2"
    # as some systems write a letter and its mark
    assert texts(folder, "b.xlsx#Andra_a\u030aret") == [["7", "8"]]
    # as a formula on a sheet has it
    assert texts(folder, "b.xlsx#Blad1!Andra_ÅRET") == [["7", "8"]]
    # it looks like a cell that no sheet has
    for reference in ("Budget2025", "Blad1!Budget2025"):
        assert texts(folder, f"b.xlsx#{reference}") == [["1"], ["3"], ["5"]], reference
    assert texts(folder, "b.xlsx#Rader") == [["1", "2"]]
    # a sheet comes first
    assert texts(folder, "b.xlsx#Blad1") == [["1", "2"], ["3", "4"], ["5", "6"]]
    assert texts(folder, "b.xlsx#Blad1!Blad1") == [["7"]]


def test_a_sheets_own_name_comes_before_the_workbooks(folder):
    book(folder, TWO, names={"Tal": "Blad1!$A$1:$B$2", ("Tal", 1): "'Blad 2'!$A$1:$A$3", ("Enda", 1): "Blad1!$B$1:$B$2"})
    assert texts(folder, "b.xlsx#Tal") == [["1", "2"]]
    assert texts(folder, "b.xlsx#Blad1!Tal") == [["1", "2"]]
    assert texts(folder, "b.xlsx#'Blad 2'!Tal") == [["7"], ["9"]]
    # the only one of that name needs no sheet, but is no other sheet's
    assert texts(folder, "b.xlsx#Enda") == [["2"]]
    refused(folder, "b.xlsx#Blad1!Enda", "'Enda' is no range of cells", "xlsx-range")
    book(folder, TWO, names={("Tal", 0): "Blad1!$A$1:$B$2", ("Tal", 1): "'Blad 2'!$A$1:$A$3"})
    refused(folder, "b.xlsx#Tal", "p.yaml:2:10", "no sheet 'Tal'", "xlsx-sheet")
    assert "its names are: Blad1!Tal, Blad 2!Tal" in dump(folder, "b.xlsx#Tal")[1], dump(folder, "b.xlsx#Tal")


def test_a_name_that_is_not_there_is_told_with_those_that_are(folder):
    book(folder, TWO, names={"Intäkter": "Blad1!$A$1:$B$2", "_xlnm.Print_Area": "Blad1!$A$1", ("_xlnm.Print_Titles", 9): "x"},
         tables={"Blad 2": 'name="T" displayName="Kostnader" ref="A1:B3"'})
    refused(folder, "b.xlsx#Intakter", "p.yaml:2:10", "there is no sheet 'Intakter', nor a table or name", "xlsx-sheet")
    said = dump(folder, "b.xlsx#Intakter")[1]
    assert "did you mean 'Intäkter'?" in said, said
    said = dump(folder, "b.xlsx#Resultat")[1]
    assert "its sheets are: Blad1, Blad 2; its names are: Intäkter, Kostnader" in said, said
    said = dump(folder, "b.xlsx#Blad1!Resultat")[1]
    assert "A3:F20, A:F or 3:20; its names are: Intäkter, Kostnader" in said, said
    refused(folder, "b.xlsx#Blad1!Kostnad", "'Kostnad' is no range of cells", "xlsx-range")
    assert "did you mean 'Kostnader'?" in dump(folder, "b.xlsx#Blad1!Kostnad")[1]


def test_a_name_that_is_no_plain_range_is_told_with_what_it_is(folder):
    formulas = ["#REF!", "Blad1!#REF!", "Blad3!$A$1:$B$2", "OFFSET(Blad1!$A$1,0,0,3,2)", "Blad1!$A$1:$B$2,Blad1!$A$4:$B$4",
                "[1]Blad1!$A$1:$B$2", "Blad1:Blad3!$A$1", "25", '"text"', "Annat", "$A$1:$B$2", "", "Blad1!$A$0:$B$2",
                "'Blad1!$A$1", "Blad1!" + "A" * 1000, "&<%s'\"", "Blad1!$B$2:$A$1"]
    book(folder, TWO, names={f"N_{number}": formula for number, formula in enumerate(formulas)})
    for number, formula in enumerate(formulas):
        line = refused(folder, f"b.xlsx#N_{number}", "p.yaml:2:10", f"'N_{number}' stands for", "no range", "xlsx-range")
        assert formula[:50] in line and len(line) < 300, line


def test_a_table_has_its_head_and_its_rows_but_no_totals(folder):
    ref = 'name="Tabell1" displayName="Kostnader" ref="A1:B4"'
    for more, rows in (("", [["1", "2"], ["3", "4"], ["5", "6"]]), (' totalsRowCount="1"', [["1", "2"], ["3", "4"]]),
                       (' totalsRowCount="0" headerRowCount="1"', [["1", "2"], ["3", "4"], ["5", "6"]])):
        book(folder, TWO, tables={"Blad1": ref + more})
        for reference in ("Kostnader", "kostnader", "'Blad 2'!Kostnader"):
            assert texts(folder, f"b.xlsx#{reference}") == rows, (reference, more)
    book(folder, TWO, tables={"Blad1": f'{ref} headerRowCount="0"'})
    refused(folder, "b.xlsx#Kostnader", "p.yaml:2:10", "has no row of names", "xlsx-range")
    for bad in ('ref="A1:B2" totalsRowCount="9"', 'ref="A1:"', 'ref="Blad1!A1:B2"', 'ref=""'):
        book(folder, TWO, tables={"Blad1": f'displayName="Kostnader" {bad}'})
        refused(folder, "b.xlsx#Kostnader", "which is no range", "xlsx-range")


def test_damaged_tables_matter_only_to_plans_that_name_one(folder):
    content = xlsx.parts(TWO, names={"Tal": "Blad1!$A$1:$B$2"}, tables={"Blad1": 'displayName="T" ref="A1:B2"'})
    for part in ("xl/tables/table1.xml", "xl/worksheets/_rels/sheet1.xml.rels"):
        xlsx.write(folder / "b.xlsx", {**content, part: "<table"})
        assert texts(folder, "b.xlsx#Tal") == [["1", "2"]]
        refused(folder, "b.xlsx#T", "the file is damaged", "xlsx-file")
        assert "no sheet" not in dump(folder, "b.xlsx#T")[1]
        xlsx.write(folder / "b.xlsx", {name: text for name, text in content.items() if name != part})
        refused(folder, "b.xlsx#T", "no sheet 'T'", "xlsx-sheet")


def test_names_and_tables_without_number_are_refused_in_a_short_time(folder):
    many = {f"N{number}_": "Blad1!$A$1:$B$2" for number in range(60000)}
    book(folder, TWO, names=many)
    assert texts(folder, "b.xlsx#N9_") == [["1", "2"]]
    refused(folder, "b.xlsx#N59999_", "no sheet 'N59999_'", "xlsx-sheet")
    content = xlsx.parts({f"B{number}": [["a"], [1]] for number in range(100)})
    table = f'{xlsx.HEAD}<table xmlns="{xlsx.MAIN}" displayName="T" ref="A1:A2"/>'
    relations = xlsx.relations_part([(f"r{number}", "table", "../tables/t.xml") for number in range(4000)])
    content.update({f"xl/worksheets/_rels/sheet{number + 1}.xml.rels": relations for number in range(100)})
    began = time.monotonic()
    xlsx.write(folder / "b.xlsx", {**content, "xl/tables/t.xml": table})
    assert dump(folder, "b.xlsx#U")[1] != ""
    assert time.monotonic() - began < 20


# ---- free tables ----

FREE = """mall: ./fri.yaml
tabell:
  rubrik: Hyror
  kolumner: %s
  rader: !%s
"""
FREE_TEMPLATE = """template: fri
title: Fri
theme: standard
page: portrait
data: {tabell: table}
document: {title: Fri}
body: [{free: "{{tabell}}"}]
"""


def free_table(folder, reference, columns="[Lokal, Hyra]", code=0):
    """The document, and what is told of it."""
    (folder / "fri.yaml").write_text(FREE_TEMPLATE, encoding="utf-8")
    (folder / "p.yaml").write_text(FREE % (columns, reference), encoding="utf-8")
    _, said = do("check", "-q", "p.yaml", cwd=folder, code=code)
    return run("dump", "--stage=tags", "p.yaml", cwd=folder).stdout.decode(), said


def test_a_free_table_takes_rows_from_a_file_in_its_order(folder):
    rows = [["Hus", "Hyra, kr", "Yta"], ["Stora huset", 1250, 80], ["Annexet", None, 12]]
    book(folder, {"Blad1": rows})
    (folder / "h.csv").write_text("Hus;Hyra, kr;Yta\nStora huset;1250;80\nAnnexet;;12\n", encoding="utf-8")
    written = "[[Stora huset, 1250, 80], [Annexet, '', 12]]"
    columns = "[Lokal, Hyra, {rubrik: Yta, justering: höger}]"
    (folder / "fri.yaml").write_text(FREE_TEMPLATE, encoding="utf-8")
    (folder / "p.yaml").write_text((FREE % (columns, "")).replace("!", written), encoding="utf-8")
    wanted = run("dump", "--stage=tags", "p.yaml", cwd=folder).stdout.decode()
    assert "Annexet" in wanted and "1\u00a0250" in wanted, wanted
    for reference in ("xlsx b.xlsx", "csv h.csv"):
        assert free_table(folder, reference, columns) == (wanted, ""), reference


def test_a_free_table_tells_of_a_row_that_is_too_wide_in_the_file(folder):
    book(folder, {"Blad1": [["Hus", "Hyra", "Yta"], ["Stora huset", 1250, 80]]})
    _, said = free_table(folder, "xlsx b.xlsx", code=1)
    assert said.startswith("./b.xlsx: Blad1!A2: error: a row of 3 cells in a table of 2 columns"), said
    assert said.count("error:") == 1, said
    _, said = free_table(folder, "csv saknas.csv", code=1)
    assert said.startswith("p.yaml:5:15: error: cannot read") and said.count("error:") == 1, said


# ---- what cells give ----

def test_numbers_have_the_decimals_that_the_cell_shows(folder):
    codes = ["0", "0.00", "#,##0", "#,##0.0;[Red]-#,##0.0", "0.0%", "0.0,", '0.0" tkr"', "0.##",
             '_-* #,##0\\ "kr"_-;\\-* #,##0\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-', "@", "0.00E+00", "# ?/?", 4, 10]
    cases = [(0, "0.30000000000000004", "0.3"), (0, "1234.5", "1234.5"), (0, "0.33333333333333331", "0.333333333"),
             (0, "1234567.891", "1234567.891"), (0, "1E-3", "0.001"), (0, "1.5E+3", "1500"), (0, "-7", "-7"),
             (0, "4.4408920985006262E-16", "0"), (0, "123456789012345680", "123456789012346000"),
             (0, "2.0", "2"), (0, "99999999999.99", "100000000000"),
             (1, "2.5", "3"), (1, "-2.5", "-3"), (1, "-0.4", "0"), (2, "2", "2.00"), (2, "1.005", "1.01"),
             (2, "999.999", "1000.00"), (3, "1234.5", "1235"), (4, "-1234.56", "-1234.6"), (5, "0.125", "12.5"),
             (5, "0.30000000000000004", "30.0"), (6, "1234567", "1234.6"), (7, "0.05", "0.1"), (8, "0.5", "0.5"),
             (8, "0.456", "0.46"), (8, "3", "3"), (9, "1234.4", "1234"), (9, "-1234.4", "-1234"), (9, "0", "0"),
             (10, "1.25", "1.25"), (11, "12345", "12345"), (12, "0.5", "0.5"), (13, "1234.5", "1234.50"),
             (14, "0.12345", "12.35")]
    rows = [["a"]] + [[("n", f"<v>{number}</v>")] for _, number, _ in cases]
    where = {f"A{i}": style for i, (style, _, _) in enumerate(cases, 2)}
    book(folder, {"Blad1": xlsx.sheet(rows, styles=where)}, codes=codes)
    for got, (style, number, wanted) in zip(texts(folder, "b.xlsx"), cases, strict=True):
        assert got == [wanted], f"{number} as {codes[style - 1] if style else 'General'}: {got}, not {wanted}"


def test_what_is_no_number_is_told(folder):
    for number in ("1e400", "12,5", "NaN", "1.2.3", "0x10", "1234567890123456789", "1e", "--1", "."):
        book(folder, {"Blad1": [["a"], [("n", f"<v>{number}</v>")]]})
        refused(folder, "b.xlsx", "./b.xlsx: Blad1!A2: error", "no number", number, "xlsx-cell")


def test_dates_are_told_by_the_format(folder):
    codes = ["yyyy-mm-dd", 14, "d mmmm yyyy", "[$-41D]mmm\\-yy;@", "yyyy-mm-dd hh:mm", "h:mm", "[h]:mm", "mm:ss",
             '"dag" 0', "mmm"]
    cases = [(1, "45657", "2024-12-31"), (2, "45657", "2024-12-31"), (3, "45657.75", "2024-12-31"),
             (4, "45627", "2024-12-01"), (5, "45657", "2024-12-31"), (5, "45657.572916666664", "2024-12-31 13:45"),
             (5, "45657.999999999", "2025-01-01"), (6, "0.57291666666666663", "13:45"), (7, "1.5", "36:00"),
             (8, "0.0001", "00:00:09"), (9, "45657", "45657"), (10, "61", "1900-03-01"), (1, "59", "1900-02-28"),
             (1, "1", "1900-01-01"), (1, "2958465", "9999-12-31"), (1, "45657.0", "2024-12-31")]
    rows = [["a"]] + [[("n", f"<v>{number}</v>")] for _, number, _ in cases]
    where = {f"A{i}": style for i, (style, _, _) in enumerate(cases, 2)}
    book(folder, {"Blad1": xlsx.sheet(rows, styles=where)}, codes=codes)
    for got, (style, number, wanted) in zip(texts(folder, "b.xlsx"), cases, strict=True):
        assert got == [wanted], f"{number} as {codes[style - 1]}: {got}, not {wanted}"
    for number in ("60", "0", "-1", "2958466", "1e9", "x"):
        book(folder, {"Blad1": xlsx.sheet([["a"], [("n", f"<v>{number}</v>")]], styles={"A2": 1})}, codes=codes)
        refused(folder, "b.xlsx", "Blad1!A2", "no day", number, "xlsx-cell")


def test_dates_may_count_from_1904(folder):
    book(folder, {"Blad1": xlsx.sheet([["a"], [44195], [0]], styles={"A2": 1, "A3": 1})}, codes=[14], date1904=True)
    assert texts(folder, "b.xlsx") == [["2024-12-31"], ["1904-01-01"]]


def test_dates_may_be_written_out(folder):
    book(folder, {"Blad1": [["a"], [("d", "<v>2024-12-31</v>")], [("d", "<v>2024-12-31T00:00:00</v>")],
                            [("d", "<v>2024-12-31T13:45:00Z</v>")]]})
    assert texts(folder, "b.xlsx") == [["2024-12-31"], ["2024-12-31"], ["2024-12-31 13:45"]]
    for wrong in ("2024-02-30", "2024-12-31T99:99", "2024-12-31T24:00:00", "2024-12-31Tabcdå", "2024-12-31T12",
                  "2024-12-31T00:00:00 x", "2024-12-3å"):
        book(folder, {"Blad1": [["a"], [("d", f"<v>{wrong}</v>")]]})
        refused(folder, "b.xlsx", "Blad1!A2", "no day", wrong, "xlsx-cell")


def test_texts_are_shared_rich_or_within_the_cell(folder):
    strings = ["post", "Löner", "<r><t>Hy</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">ror </t></r>"
               "<rPh sb=\"0\" eb=\"2\"><t>läs</t></rPh>", "a_x000D_\nb_x000D__x000A_c _x005F_x000A_", "  x  ", ""]
    rows = [[("s", "<v>0</v>"), "text"], [("s", "<v>1</v>"), "å & <b>"], [("s", "<v>2</v>"), " inne "],
            [("s", "<v>3</v>"), ("inlineStr", "<is><r><t>ett</t></r><rPh><t>x</t></rPh><r><t> två</t></r></is>")],
            [("s", "<v>4</v>"), ("str", "<f>A1</f><v>formel</v>")], [("s", "<v>5</v>"), ("str", '<f>""</f><v></v>')],
            [("s", "<v>5</v>"), "12,5"]]
    book(folder, {"Blad1": rows}, strings=strings)
    assert texts(folder, "b.xlsx") == [["Löner", "å & <b>"], ["Hyror", "inne"], ["a\nb\nc _x000A_", "ett två"],
                                       ["x", "formel"], [None, "12,5"]]


def test_a_shared_text_that_is_not_there_is_told(folder):
    for number in ("3", "-1", "x", "99999999999999999999", ""):
        book(folder, {"Blad1": [["a"], [("s", f"<v>{number}</v>")]]}, strings=["a", "b", "c"])
        refused(folder, "b.xlsx", "Blad1!A2", "xlsx-cell")
    book(folder, {"Blad1": [["a"], [("s", "<v>0</v>")]]})
    refused(folder, "b.xlsx", "Blad1!A2", "xlsx-cell")


def test_control_characters_are_told(folder):
    book(folder, {"Blad1": [["a"], ["x_x0007_y"]]})
    refused(folder, "b.xlsx", "Blad1!A2", "U+0007", "control-character")


def test_formulas_give_the_value_that_was_saved(folder):
    book(folder, {"Blad1": [["a", "b"], [("n", "<f>1+1</f><v>2</v>"), ("b", "<f>TRUE()</f><v>1</v>")],
                            [("n", '<f t="shared" si="0"/><v>3</v>'), False]]})
    assert texts(folder, "b.xlsx") == [["2", "ja"], ["3", "nej"]]


def test_what_a_cell_holds_is_told_in_whole_characters(folder):
    book(folder, {"Blad1": [["a"], [("e", f"<v>{'x' * 39}åäö</v>")]]})
    refused(folder, "b.xlsx", "Blad1!A2", f": {'x' * 39} [xlsx-cell]")


def test_a_formula_without_value_and_an_error_name_their_cell(folder):
    book(folder, {"Blad 1": [["a", "b"], [("n", "<f>1+1</f>"), 1], [1, ("e", "<v>#REF!</v>")],
                             [("n", "<f>1+1</f><v></v>"), ("e", "<f>1/0</f><v>#DIV/0!</v>")],
                             [("z", "<v>1</v>"), ("str", "<f>A1</f>")]]})
    for place, word in (("A2", "no value"), ("B3", "#REF!"), ("A4", "no value"), ("B4", "#DIV/0!"), ("A5", "no kind"),
                        ("B5", "no value")):
        refused(folder, "b.xlsx", f"./b.xlsx: 'Blad 1'!{place}: error: ", word, "xlsx-cell")
    assert texts(folder, "b.xlsx#Blad 1!A1:B1") == []  # what stands outside is nobody's business
    done = run("dump", "--stage", "values", "p.yaml", cwd=folder, env=environment(LC_ALL="sv_SE.UTF-8"))
    assert done.returncode in (0, 1)


def test_blank_cells_rows_and_columns_are_as_in_csv(folder):
    rows = [["a", "b", None, None], [], [1, None, None, None], [None, "", None, ("n", "")], [None, 2]]
    book(folder, {"Blad1": xlsx.sheet(rows, 2, 3)})
    found, said = dump(folder, "b.xlsx")
    assert found == [{"a": ("Blad1!C4", "1"), "b": ("Blad1!D4", None)},
                     {"a": ("Blad1!C6", None), "b": ("Blad1!D6", "2")}], found
    assert said == "", said
    book(folder, {"Blad1": [["a", None, "b", "a"], [1, 2, 3, 4, 5]]})
    refused(folder, "b.xlsx", "Blad1!B1", "table-header")
    refused(folder, "b.xlsx", "Blad1!D1", "duplicate-key")
    refused(folder, "b.xlsx", "Blad1!E2", "table-width")
    book(folder, {"Blad1": []})
    refused(folder, "b.xlsx", "Blad1!", "[empty]")


def test_merged_cells_hold_their_value_in_the_first(folder):
    after = '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B2:C3"/></mergeCells>'
    book(folder, {"Blad1": xlsx.sheet([["a", "b", "c"], [1, 2, 9], [9, 9, ("e", "<v>#REF!</v>")], [4, 5, 6]],
                                      after=after)})
    assert texts(folder, "b.xlsx") == [["1", "2", None], ["4", "5", "6"]]


def test_hidden_rows_and_columns_are_read(folder):
    part = xlsx.sheet([["a", "b"], [1, 2]]).replace('<row r="2">', '<row r="2" hidden="1">')
    part = part.replace("<sheetData>", '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>')
    book(folder, {"Blad1": part})
    assert texts(folder, "b.xlsx") == [["1", "2"]]


def test_cells_need_not_say_where_they_stand(folder):
    part = re.sub(r' r="\w+"', "", xlsx.sheet([["a", "b"], [1, 2]]))
    book(folder, {"Blad1": part})
    rows, _ = dump(folder, "b.xlsx")
    assert rows == [{"a": ("Blad1!A2", "1"), "b": ("Blad1!B2", "2")}], rows


def test_strict_workbooks_and_prefixes_are_read(folder):
    content = xlsx.parts({"Blad1": xlsx.sheet([["a"], [1]], namespace=xlsx.STRICT)})
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(xlsx.MAIN, xlsx.STRICT)
    xlsx.write(folder / "b.xlsx", content)
    assert texts(folder, "b.xlsx") == [["1"]]
    part = f'<x:worksheet xmlns:x="{xlsx.MAIN}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row><x:row><x:c>' \
           "<x:v>8</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    xlsx.write(folder / "b.xlsx", xlsx.parts({"Blad1": part}), zipfile.ZIP_STORED)
    assert texts(folder, "b.xlsx") == [["8"]]


def test_a_workbook_that_libreoffice_saved_is_read(folder):
    shutil.copy(DATA / "libreoffice.xlsx", folder / "b.xlsx")
    assert texts(folder, "b.xlsx#'Budget 2025'!A2:D20") == [
        ["Regionersättning", "301.3", "312.7", "343.3"], ["Övriga intäkter", "38.4", "40.9", "0.3"],
        ["Avgifter och hyror", "0.3", "2.0", "613.9"], ["Bidrag", None, "0.0", "34.3"]]
    assert texts(folder, "b.xlsx#Datum") == [["2025-03-01", "12.5", "ja", "13:45"]]


# ---- what a plan does with it ----

def test_what_a_check_finds_later_names_the_cell(folder):
    rows = [["post", "belopp"], ["Löner", 10], ["Hyror", "tolv"]]
    book(folder, {"Blad1": rows, "Å": [["risk", "S", "K", "värde"], ["R", 3, 4, 13], ["Q", "x", 1, 1]]})
    path = plan(folder, "b.xlsx#Blad1")
    path.write_text(path.read_text(encoding="utf-8").replace("grupper:", "groper:") +
                    "intern-kontroll: {risker: !xlsx b.xlsx#Å}\n", encoding="utf-8")
    _, err = do("check", "plan.yaml", code=1, cwd=folder)
    assert "./b.xlsx: Å!D2: error: " in err and "./b.xlsx: Å!B3: error: " in err, err
    out, _ = do("check", "--format", "json", "plan.yaml", code=1, cwd=folder)
    findings = json.loads(out)["findings"]
    cells = {finding.get("cell"): finding for finding in findings}
    assert cells["Å!D2"]["line"] == 2 and cells["Å!D2"]["column"] == 4, cells
    batch = run("batch", "-o", "ut", "plan.yaml", cwd=folder)
    assert "./b.xlsx: Å!D2: error" in batch.stderr.decode() or "b.xlsx: Å!D2: error" in batch.stderr.decode(), \
        batch.stderr.decode()


def test_a_column_that_is_unknown_is_told_once_at_its_name(folder):
    book(folder, {"Blad1": [["post", "belop"], ["Löner", 1], ["Hyror", 2], ["Övrigt", 3]]})
    plan(folder, "b.xlsx")
    _, err = do("check", "plan.yaml", code=1, cwd=folder)
    assert err.count("unknown-key") == 1 and "./b.xlsx: Blad1!B1: error: unknown key 'belop'" in err, err
    (folder / "b.csv").write_text("post;belop\nLöner;1\nHyror;2\n", encoding="utf-8")
    (folder / "plan.yaml").write_text((PLAN % "x").replace("!xlsx x", "!csv b.csv"), encoding="utf-8")
    _, err = do("check", "plan.yaml", code=1, cwd=folder)
    assert err.count("unknown-key") == 1 and "./b.csv:1:6: error: unknown key 'belop'" in err, err


def test_the_workbook_goes_with_the_pdf_and_gives_it_again(folder):
    book(folder, BUDGET)
    path = plan(folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "    - poster: !xlsx b.xlsx#Blad1!A3:B9\n", encoding="utf-8")
    do("render", "plan.yaml", "-o", "ett.pdf", cwd=folder)
    do("extract", "ett.pdf", "-o", "ute", cwd=folder)
    assert (folder / "ute/b.xlsx").read_bytes() == (folder / "b.xlsx").read_bytes()
    assert sorted(path.name for path in (folder / "ute").iterdir()) == ["b.xlsx", "plan.yaml", "templates"]
    do("render", "ett.pdf", "-o", "två.pdf", cwd=folder)
    do("render", "ute/plan.yaml", "-o", "tre.pdf", cwd=folder)
    sums = {hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("ett.pdf", "två.pdf", "tre.pdf")}
    assert len(sums) == 1


def test_a_pdf_is_up_to_date_until_the_workbook_changes(folder):
    book(folder, BUDGET)
    plan(folder)
    do("render", "plan.yaml", "-o", "plan.pdf", cwd=folder)
    before = (folder / "plan.pdf").stat().st_mtime_ns
    do("render", "plan.yaml", "-o", "plan.pdf", cwd=folder)
    assert (folder / "plan.pdf").stat().st_mtime_ns == before
    do("batch", "-o", "ut", "plan.yaml", cwd=folder)
    made = next((folder / "ut").glob("*.pdf"))
    before_batch = made.stat().st_mtime_ns
    do("batch", "-o", "ut", "plan.yaml", cwd=folder)
    assert made.stat().st_mtime_ns == before_batch
    book(folder, {"Blad1": [*BUDGET["Blad1"][:4], ["Övriga intäkter", 40891.5, 32805]]})
    do("render", "plan.yaml", "-o", "plan.pdf", cwd=folder)
    assert (folder / "plan.pdf").stat().st_mtime_ns != before
    do("batch", "-o", "ut", "plan.yaml", cwd=folder)
    assert made.stat().st_mtime_ns != before_batch


def test_diff_and_revise_work_with_it(folder):
    book(folder, BUDGET)
    book(folder, {"Blad1": [*BUDGET["Blad1"][:4], ["Övriga intäkter", 40891.5, 99]]}, name="c.xlsx")
    old = plan(folder)
    (folder / "ny.yaml").write_text(PLAN % RANGE.replace("b.", "c."), encoding="utf-8")
    out, _ = do("diff", "plan.yaml", "ny.yaml", cwd=folder)
    assert "32804 → 99  (./c.xlsx: Blad1!C5)" in out, out
    out, _ = do("diff", "plan.yaml", "ny.yaml", "--format", "json", cwd=folder)
    assert json.loads(out)["changes"][0]["new_place"]["cell"] == "Blad1!C5", out
    old.write_text(old.read_text(encoding="utf-8") + 'utgåva: "1"\ndokumenthistorik:\n  utgåvor:\n'
                   "    - {utgåva: \"1\", ändring: Ny.}\n", encoding="utf-8")
    do("revise", "plan.yaml", "--note", "Ny budget.", cwd=folder)
    assert "!xlsx b.xlsx#Blad1!A3:C9" in old.read_text(encoding="utf-8")


def test_only_a_plan_with_a_sheet_loads_the_libraries(folder):
    book(folder, BUDGET)
    with_sheet = plan(folder)
    plain = folder / "plain.yaml"
    plain.write_text((PLAN % "x").replace("!xlsx x", "[]"), encoding="utf-8")
    loaded = {}
    for path in (with_sheet, plain):
        done = run("check", path, env=environment(LD_DEBUG="files", LD_DEBUG_OUTPUT=str(folder / path.stem)))
        assert done.returncode == 0, done.stderr
        loaded[path] = b"".join(log.read_bytes() for log in folder.glob(f"{path.stem}.*") if log.suffix[1:].isdigit())
    assert b"libzip.so" in loaded[with_sheet] and b"libzip.so" not in loaded[plain]


# ---- what is no workbook, or a hostile one ----

def test_other_files_are_named_for_what_they_are(folder):
    ole = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000)
    cases = {"a.xls": (ole, "old workbook"), "l.xlsx": (ole + "EncryptedPackage".encode("utf-16le"), "password"),
             "t.xlsx": (b"post;belopp\n", "no Excel workbook"), "e.xlsx": (b"", "no Excel workbook"),
             "p.xlsx": (b"PK\3\4" + bytes(50), "damaged"), "k.xlsx": (b"PK", "damaged")}
    for name, (content, words) in cases.items():
        (folder / name).write_bytes(content)
        refused(folder, name, f"./{name}: error", words, "xlsx-file")
    xlsx.write(folder / "o.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})
    refused(folder, "o.ods", "OpenDocument", "xlsx-file")
    xlsx.write(folder / "z.xlsx", {"läs.txt": "hej"})
    refused(folder, "z.xlsx", "no Excel workbook", "xlsx-file")
    binary = xlsx.parts(BUDGET)
    binary["_rels/.rels"] = binary["_rels/.rels"].replace("workbook.xml", "workbook.bin")
    xlsx.write(folder / "b.xlsb", binary)
    refused(folder, "b.xlsb", "no Excel workbook", "xlsx-file")


def test_files_outside_the_folder_are_refused(folder):
    inside = folder / "inne"
    inside.mkdir()
    book(folder, BUDGET)
    for name in ("../b.xlsx", str(folder / "b.xlsx"), "#Blad1", "a/../../b.xlsx#Blad1!A3:C9"):
        refused(inside, f'"{name}"', "!xlsx takes a file in the plan's folder", "include")
    refused(inside, "finns-inte.xlsx", "cannot read 'finns-inte.xlsx'", "include")
    (inside / "länk.xlsx").symlink_to(folder / "b.xlsx")
    refused(inside, "länk.xlsx", "cannot read 'länk.xlsx'", "include")


def test_missing_parts_are_told(folder):
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"):
        content = xlsx.parts(BUDGET)
        del content[part]
        xlsx.write(folder / "b.xlsx", content)
        refused(folder, RANGE, "error", "xlsx-" if "workbook.xml.rels" in part else "xlsx-file")
    content = xlsx.parts(BUDGET, strings=["a"], codes=["0"])
    del content["xl/sharedStrings.xml"], content["xl/styles.xml"]
    xlsx.write(folder / "b.xlsx", content)
    assert len(texts(folder, RANGE)) == 2


def test_document_types_and_broken_xml_are_refused(folder):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels", "xl/sharedStrings.xml"):
        for mark in (laughs, outside):
            content = xlsx.parts(BUDGET, strings=["a"])
            content[part] = content[part].replace(xlsx.HEAD, xlsx.HEAD + mark)
            xlsx.write(folder / "b.xlsx", content)
            refused(folder, RANGE, "./b.xlsx: error", part, "document type", "xlsx-file")
        content = xlsx.parts(BUDGET, strings=["a"])
        content[part] = content[part][:-20]
        xlsx.write(folder / "b.xlsx", content)
        refused(folder, RANGE, "./b.xlsx: error", part, "XML cannot be read", "xlsx-file")


def test_rows_and_cells_out_of_order_are_refused(folder):
    for old, new in (('<row r="4">', '<row r="3">'), ('<row r="5">', '<row r="1">'), ('<row r="5">', '<row r="9999999">'),
                     ('r="B4"', 'r="A4"'), ('r="B4"', 'r="B5"'), ('r="B4"', 'r="ZZZZ4"'), ('r="B4"', 'r=""')):
        content = xlsx.parts(BUDGET)
        part = "xl/worksheets/sheet1.xml"
        assert old in content[part]
        content[part] = content[part].replace(old, new)
        xlsx.write(folder / "b.xlsx", content)
        refused(folder, RANGE, "Blad1", "out of order", "xlsx-file")


def patch_entries(path, change):
    """Changes the zip's central directory and local heads: change(head, is_central) -> head."""
    data = bytearray(path.read_bytes())
    for mark, central in ((b"PK\1\2", True), (b"PK\3\4", False)):
        at = data.find(mark)
        while at >= 0:
            change(data, at, central)
            at = data.find(mark, at + 4)
    path.write_bytes(data)


def test_locked_and_damaged_entries_are_refused(folder):
    def lock(data, at, central):
        data[at + (8 if central else 6)] |= 1

    def corrupt(data, at, central):
        struct.pack_into("<I", data, at + (16 if central else 14), 12345)

    def method(data, at, central):
        struct.pack_into("<H", data, at + (10 if central else 8), 98)

    for change, words in ((lock, "password"), (corrupt, "unpacked"), (method, "unpacked")):
        patch_entries(book(folder, BUDGET), change)
        refused(folder, RANGE, "./b.xlsx: error", words, "xlsx-file")
    whole = book(folder, BUDGET).read_bytes()
    for length in range(0, len(whole), 97):
        (folder / "b.xlsx").write_bytes(whole[:length])
        refused(folder, RANGE, "./b.xlsx: error", "xlsx-file")


def lie(data, at, central):
    """A hundred bytes, it says."""
    struct.pack_into("<I", data, at + (24 if central else 22), 100)


def test_a_bomb_is_refused_before_it_goes_off(folder):
    start = time.monotonic()
    path = book(folder, {"Blad1": xlsx.sheet([["a"]], after=" " * (200 << 20))})
    assert path.stat().st_size < 1 << 20
    refused(folder, "b.xlsx", "./b.xlsx: error", "unpacks to too much", "[limit]")
    patch_entries(path, lie)
    refused(folder, "b.xlsx", "./b.xlsx: error", "unpacks to too much", "[limit]")
    assert time.monotonic() - start < 60


def test_a_million_cells_take_a_short_time(folder):
    start = time.monotonic()
    rows = "".join(f'<row r="{i}">' + "".join(f'<c r="{c}{i}"><v>{i}</v></c>' for c in "ABCDE") + "</row>"
                   for i in range(2, 200002))
    head = "".join(f'<c r="{c}1" t="str"><v>{c}</v></c>' for c in "ABCDE")
    part = f'<worksheet xmlns="{xlsx.MAIN}"><sheetData><row r="1">{head}</row>{rows}</sheetData></worksheet>'
    book(folder, {"Blad1": part})
    (folder / "p.yaml").write_text("mall: forvaltningsplan\nt: !xlsx b.xlsx#Blad1!A1:B5\nu: !xlsx b.xlsx\n", encoding="utf-8")
    started = time.monotonic()
    done = run("dump", "--stage", "values", "p.yaml", cwd=folder)
    assert b"Blad1!E200001" in done.stdout and time.monotonic() - started < 60, time.monotonic() - start


def test_more_cells_or_wider_rows_than_the_limits_are_refused(folder):
    wide = "".join(f'<c r="{xlsx.column(i)}1" t="str"><v>{i}</v></c>' for i in range(1, 16385))
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in range(2, 400))
    part = f'<worksheet xmlns="{xlsx.MAIN}"><sheetData><row r="1">{wide}</row>{rows}</sheetData></worksheet>'
    book(folder, {"Blad1": part})
    refused(folder, "b.xlsx", "Blad1!A", "too many values", "[limit]")
    many = "".join("<row>" + "<c><v>1</v></c>" * 10000 + "</row>" for _ in range(201))
    part = f'<worksheet xmlns="{xlsx.MAIN}"><sheetData>{many}</sheetData></worksheet>'
    xlsx.write(folder / "b.xlsx", xlsx.parts({"Blad1": part}), zipfile.ZIP_STORED)
    refused(folder, "b.xlsx", "./b.xlsx: Blad1!", "too many cells", "[limit]")


def test_xml_of_monstrous_shape_is_refused(folder):
    attributes = " ".join(f'b{i}=""' for i in range(200000))
    for shape in ("<a>" * 200 + "</a>" * 200, f"<a {attributes}/>", f"<!--{'x' * (2 << 20)}-->"):
        content = xlsx.parts(BUDGET)
        content["xl/workbook.xml"] = content["xl/workbook.xml"].replace("<sheets>", shape + "<sheets>")
        xlsx.write(folder / "b.xlsx", content, zipfile.ZIP_STORED)
        refused(folder, RANGE, "./b.xlsx: error", "xl/workbook.xml", "XML cannot be read", "xlsx-file")


def test_an_alias_is_the_same_table(folder):
    book(folder, BUDGET)
    (folder / "p.yaml").write_text(f"mall: forvaltningsplan\na: &t !xlsx {RANGE}\nb: *t\nc: [*t, *t]\n",
                                   encoding="utf-8")
    out, err = do("dump", "--stage", "values", "p.yaml", cwd=folder)
    assert out.count('"post": Blad1!A4 "Regionersättning"') == 4 and err == "", out + err
    rows = "".join(f"<row><c><v>{i}</v></c></row>" for i in range(300000))
    book(folder, {"Blad1": f'<worksheet xmlns="{xlsx.MAIN}"><sheetData>{rows}</sheetData></worksheet>'})
    (folder / "p.yaml").write_text("mall: forvaltningsplan\na: &t !xlsx b.xlsx\nb: [" + "*t, " * 5000 + "*t]\n",
                                   encoding="utf-8")
    assert b"too many values in tables" in run("check", "p.yaml", cwd=folder).stderr


def test_merged_cells_upon_merged_cells_end(folder):
    many = "".join("<row>" + "<c><v>1</v></c>" * 1000 + "</row>" for _ in range(100))
    merged = '<mergeCell ref="A1:A1048576"/>' * 20000
    book(folder, {"Blad1": f'<worksheet xmlns="{xlsx.MAIN}"><sheetData>{many}</sheetData>'
                           f"<mergeCells>{merged}</mergeCells></worksheet>"})
    refused(folder, "b.xlsx", "too many merged cells", "[limit]")


main(tests_of(sys.modules[__name__]))
