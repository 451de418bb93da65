"""What a hostile or unlucky user could hand to plansats. Each case writes a plan (and what belongs
to it) into a folder of its own and tells what must become of it.

    @case(exit=0, finding="…")      the exit code, and a code among the findings
    def what_it_is(folder): …       returns the words that must be found again in the PDF, or among
                                    the findings when the exit code is 1; or None

Without `exit` either of 0 and 1 will do. Words are compared without spaces and hyphens, as lines
may be broken within them.
"""

import json
import os
import struct
import zlib

CASES = []

TEMPLATE = """\
template: prov
title: Prov
theme: {theme}
language: sv-SE
page: portrait
data: {data}
document: {{title: Prov}}
body:
{body}
"""

TEXT = "  - text: '{{text}}'"
NUMBERS = "[en, två, tre, fyra, fem, sex, sju, åtta, nio, tio, elva, tolv]"


def case(exit=None, finding=None, seconds=120):
    def add(function):
        CASES.append((function.__name__, function, exit, finding, seconds))
        return function
    return add


def write(folder, body=TEXT, data="{text: text}", plan=None, theme="standard", **values):
    """A template with that body, and a plan: text as it is, or values, each on a line of its own."""
    (folder / "prov.yaml").write_text(TEMPLATE.format(body=body, data=data, theme=theme),
                                      encoding="utf-8")
    if plan is None:
        plan = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
                       for key, value in values.items())
    (folder / "plan.yaml").write_text("mall: ./prov.yaml\n" + plan, encoding="utf-8")


def write_rows(folder, rows, body, keys, **values):
    """Like write, with a list `rader` of many rows, one a line."""
    data = "{text: text, rader: {of: {keys: %s}}}" % keys
    lines = "".join(f"  - {json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    plan = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
                   for key, value in values.items())
    write(folder, body, data, plan + ("rader:\n" + lines if rows else "rader: []\n"))


def words(prefix, count):
    return [f"{prefix}{number}" for number in range(count)]


def png(width, height, rows=True):
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content +
                struct.pack(">I", zlib.crc32(kind + content)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = (b"\0" + b"\x0e\x4a\x63" * width) * height if rows else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) +
            chunk(b"IDAT", zlib.compress(pixels, 1)) + chunk(b"IEND", b""))


# ---- YAML ----

@case(exit=1, finding="limit")
def lists_nested_100000_deep(folder):
    write(folder, plan="text: " + "[" * 100000 + "]" * 100000 + "\n")


@case(exit=1, finding="limit")
def maps_nested_10000_deep_by_indentation(folder):
    write(folder, plan="".join(" " * depth + "a:\n" for depth in range(10000)))


@case(exit=1, finding="limit")
def aliases_that_grow_a_billionfold(folder):
    names = "abcdefghijklmnop"
    plan = "a: &a [lol, lol, lol, lol]\n"
    for before, name in zip(names, names[1:]):
        plan += f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    write(folder, plan=plan + f"text: *{names[-1]}\n")


@case(exit=1)
def an_alias_within_itself(folder):
    write(folder, plan="text: &a [*a, *a]\n")


@case(exit=1, finding="unknown-key")
def thirty_thousand_unknown_keys(folder):
    write(folder, plan="".join(f"okänd{number}: x\n" for number in range(30000)))


@case(exit=1, finding="duplicate-key")
def one_key_thirty_thousand_times(folder):
    write(folder, plan="text: en\n" * 30000)


@case(exit=1)
def a_syntax_error_on_every_line(folder):
    write(folder, plan="text: [\n" * 5000)


@case(exit=1)
def nothing_but_tabs(folder):
    write(folder, plan="\t\n" * 20000 + "\ttext: x\n" * 1000)


@case(exit=1)
def bytes_of_every_kind(folder):
    write(folder)
    (folder / "plan.yaml").write_bytes(b"mall: ./prov.yaml\ntext: " + bytes(range(256)) * 200)


@case(exit=1)
def a_plan_of_nothing(folder):
    (folder / "plan.yaml").write_bytes(b"")


@case(exit=1)
def a_plan_of_zeros(folder):
    (folder / "plan.yaml").write_bytes(bytes(100000))


@case(exit=1)
def a_plan_of_one_anchor(folder):
    (folder / "plan.yaml").write_bytes(b"&a")


# ---- empty ----

@case(exit=0)
def every_value_empty(folder):
    body = """\
  - text: "{{text}}"
  - section: {title: "{{rubrik}}", body: [{text: "{{text}}"}]}
  - list: [{each: p in lista, text: "{{p}}"}]
  - table: {columns: [A, B], rows: [{each: p in lista, cells: ["{{p}}", "{{tal}}"]}]}
  - figure: {kind: image, image: "{{bild}}", alt: "{{rubrik}}"}
  - fields: {left: "{{rubrik}}", fields: [{label: "", value: "{{dag}}"}]}
  - tiles: {tiles: [{each: p in lista, value: "{{p}}"}]}
  - free: "{{fritt}}"
  - contents: {}
"""
    data = "{text: text, rubrik: line, lista: {of: line}, tal: number, bild: image, dag: date, fritt: blocks}"
    write(folder, body, data, text="", rubrik="", lista=[], tal=None, bild=None, dag=None, fritt=[])


@case(exit=0)
def a_body_of_nothing(folder):
    write(folder, "  []", "{}")


@case(exit=0)
def nothing_but_space(folder):
    write(folder, "  - space: 2000\n  - space: fill\n  - break: page\n  - break: page\n  - space: 1", "{}")


@case(exit=0)
def a_table_of_no_rows(folder):
    write_rows(folder, [], """\
  - text: Före.
  - table: {caption: Tom, columns: [A, B], rows: [{each: r in rader, cells: ["{{r.a}}", x]}]}
  - table: {caption: Sagd, empty: Inga rader, columns: [A, B], rows: [{each: r in rader, cells: ["{{r.a}}", x]}]}
  - table: {columns: [A, B], rows: [{each: r in rader, group: "{{r.a}}", rows: []}]}
""", "{a: line}")
    return ["Före", "Inga rader"]


# ---- long and many ----

@case(exit=0)
def a_word_of_60000_letters(folder):
    word = "".join(chr(97 + number * 7 % 26) for number in range(60000))
    write(folder, text=f"Före {word} efter")
    return [word, "efter"]


@case(exit=0)
def a_word_of_60000_letters_in_a_narrow_cell(folder):
    word = "".join(chr(97 + number * 11 % 26) for number in range(60000))
    write(folder, "  - table: {no-head: true, columns: [{header: A, width: 30}, B], rows: [['{{text}}', '']]}", text=word)
    return [word]


@case(exit=0)
def a_paragraph_of_40000_words(folder):
    text = words("ord", 40000)
    write(folder, text=" ".join(text))
    return text


@case(exit=0)
def four_thousand_words_that_may_not_part(folder):
    text = words("ord", 4000)
    write(folder, text=" ".join(text))
    return text


@case(exit=0, seconds=240)
def a_table_of_20000_rows(folder):
    rows = [{"a": f"rad{number}", "b": number} for number in range(20000)]
    write_rows(folder, rows, """\
  - table:
      caption: Lång
      columns: [{header: A, key: true}, {header: B, align: decimal}, {header: C, width: 1fr}]
      rows:
        - {each: r in rader, cells: ["{{r.a}}", "{{r.b | decimal:1}}", Text]}
        - {total: [Summa, "{{rader.b | summa}}"]}
""", "{a: line, b: number}")
    return [row["a"] for row in rows] + ["199 990 000"]


@case(exit=0)
def a_cell_taller_than_a_page(folder):
    text = words("stycke", 300)
    write(folder, "  - table: {columns: [A, B, C], rows: [[före, '{{text}}', bredvid], [efter, '', '']]}",
          text="\n\n".join(text))
    return text + ["före", "bredvid", "efter"]


@case(exit=0)
def every_cell_of_a_row_taller_than_a_page(folder):
    text = words("ord", 3000)
    write(folder, "  - table: {columns: [A, B], rows: [['{{text}}', '{{text}}', ], ['{{text}}', '']]}",
          text=" ".join(text))
    return text


@case(exit=0)
def a_row_span_over_30_pages(folder):
    rows = [{"a": f"rad{number}"} for number in range(1500)]
    write_rows(folder, rows, """\
  - table:
      columns: [A, {header: B, width: 1fr}]
      rows:
        - span: [{text: Spännande, head: true}]
          rows:
            - {each: r in rader, cells: ["{{r.a}}"]}
        - [efter, sist]
""", "{a: line}")
    return [row["a"] for row in rows] + ["Spännande", "efter", "sist"]


@case(exit=0)
def a_row_span_with_a_label_taller_than_its_rows(folder):
    text = words("etikett", 900)
    write(folder, """\
  - table:
      columns: [{header: A, width: 30}, B]
      rows:
        - {span: ["{{text}}"], rows: [[rad1], [rad2]]}
        - [efter, sist]
""", text=" ".join(text))
    return text + ["rad1", "rad2", "efter", "sist"]


@case(exit=0)
def parts_over_ten_pages(folder):
    rows = [{"a": f"del{number}"} for number in range(500)]
    write_rows(folder, rows, """\
  - table:
      columns: [A, B, C]
      rows:
        - span: [Uppdrag]
          rows: [{parts: [{each: r in rader, cells: ["{{r.a}}", x]}]}]
""", "{a: line}")
    return [row["a"] for row in rows]


@case()
def a_table_of_500_columns(folder):
    write_rows(folder, [{"a": f"k{number}"} for number in range(499)], """\
  - table:
      columns: [{header: Nyckel, key: true}, {each: r in rader, header: "{{r.a}}"}]
      rows: [[rad, {each: r in rader, text: "{{r.a}}"}]]
""", "{a: line}")
    return words("k", 499)


@case()
def columns_narrower_than_a_letter(folder):
    write(folder, """\
  - table: {columns: [{header: MMM, width: 0.5}, {header: B, width: 1fr}], rows: [["{{text}}", bredvid]]}
  - table: {columns: [{header: MMM, width: 0}, B], rows: [["{{text}}", bredvid]]}
""", text="Möjligheternas")
    return ["bredvid", "bredvid", "MMM"]


@case(exit=0)
def forty_columns_beside_each_other(folder):
    columns = ", ".join(f"[{{text: kolumn{number}}}]" for number in range(40))
    write(folder, f"  - columns: {{columns: [{columns}]}}\n  - text: efter")
    return ["efter"]


@case(exit=0)
def a_footnote_taller_than_a_page(folder):
    text = words("not", 2500)
    write(folder, text=f"Före^[{' '.join(text)}] efter.")
    return text + ["Före", "efter"]


@case(exit=0)
def footnotes_that_fill_the_page_between_them(folder):
    text = [f"Ord{number}^[" + " ".join([f"fot{number}"] * 60) + "]" for number in range(60)]
    write(folder, text=" ".join(text))
    return [f"fot{number}" for number in range(60)]


@case(exit=0)
def two_thousand_footnotes(folder):
    write(folder, text=" ".join(f"a^[not{number}]" for number in range(2000)))
    return words("not", 2000)


@case(exit=0)
def two_thousand_footnotes_from_cells(folder):
    rows = [{"a": f"a^[cellnot{number}]"} for number in range(2000)]
    write_rows(folder, rows, """\
  - table: {columns: [A, "B^[huvudnot]"], rows: [{each: r in rader, cells: ["{{r.a}}", x]}]}
""", "{a: line}")
    return words("cellnot", 2000) + ["huvudnot"]


@case(exit=0)
def a_thousand_table_notes(folder):
    rows = [{"a": f"tabellnot{number}"} for number in range(1000)]
    write_rows(folder, rows, """\
  - table:
      columns: [A]
      rows: [[x]]
      notes: [{each: r in rader, text: "{{r.a}}"}]
""", "{a: line}")
    return words("tabellnot", 1000)


@case(exit=0)
def three_thousand_sections_and_their_contents(folder):
    rows = [{"a": f"avsnitt{number}"} for number in range(3000)]
    write_rows(folder, rows, """\
  - contents: {title: Innehåll}
  - section: {title: Topp, body: [{each: r in rader, section: {title: "{{r.a}}", body: []}}]}
""", "{a: line}")
    return words("avsnitt", 3000)


@case(exit=0)
def two_thousand_total_rows(folder):
    rows = [{"a": f"summa{number}"} for number in range(2000)]
    write_rows(folder, rows, """\
  - table: {columns: [A, B], rows: [{each: r in rader, total: ["{{r.a}}", 1]}]}
""", "{a: line}")
    return words("summa", 2000)


@case(exit=0)
def two_thousand_group_rows_with_nothing_below(folder):
    rows = [{"a": f"grupp{number}"} for number in range(2000)]
    write_rows(folder, rows, """\
  - table: {columns: [A, B], rows: [{each: r in rader, group: "{{r.a}}", rows: []}]}
""", "{a: line}")
    return words("grupp", 2000)


@case(exit=0)
def two_thousand_rows_kept_together(folder):
    rows = [{"a": f"rad{number}"} for number in range(2000)]
    write_rows(folder, rows, """\
  - table: {columns: [A, B], rows: [{each: r in rader, keep: true, cells: ["{{r.a}}", 1]}]}
""", "{a: line}")
    return words("rad", 2000)


@case(exit=0)
def a_kept_group_taller_than_a_page(folder):
    rows = [{"a": f"stycke{number}"} for number in range(300)]
    write_rows(folder, rows, """\
  - {keep: true, group: [{each: r in rader, paragraph: "{{r.a}}"}]}
""", "{a: line}")
    return words("stycke", 300)


@case(exit=0)
def two_thousand_headings_in_a_row(folder):
    rows = [{"a": f"rubrik{number}"} for number in range(2000)]
    write_rows(folder, rows, "  - {each: r in rader, heading: '{{r.a}}'}\n", "{a: line}")
    return words("rubrik", 2000)


@case(exit=0)
def a_heading_taller_than_a_page(folder):
    text = words("rubrik", 1200)
    write(folder, "  - section: {title: '{{text}}', body: [{text: Brödtext}]}", data="{text: line}",
          text=" ".join(text))
    return text + ["Brödtext"]


@case(exit=0)
def a_table_head_taller_than_a_page(folder):
    text = words("huvud", 1500)
    write_rows(folder, [{"a": f"rad{number}"} for number in range(60)], """\
  - table: {caption: Tabell, columns: ["{{text}}", B], rows: [{each: r in rader, cells: ["{{r.a}}", x]}]}
""", "{a: line}", text=" ".join(text))
    return text + words("rad", 60)


@case(exit=0)
def a_caption_taller_than_a_page(folder):
    text = words("bildtext", 1500)
    write(folder, """\
  - table: {caption: "{{text}}", columns: [A, B], rows: [[rad1, x], [rad2, x]]}
""", data="{text: line}", text=" ".join(text))
    return text + ["rad1", "rad2"]


@case(exit=0)
def a_turned_head_longer_than_a_page(folder):
    text = words("vriden", 200)
    write(folder, """\
  - table: {columns: [{header: "{{text}}", turned: true}, B], rows: [["{{text}}", x]]}
""", data="{text: line}", text=" ".join(text))
    return text


@case()
def signatures_with_endless_names(folder):
    text = words("namn", 700)
    write(folder, """\
  - signatures:
      parties: [{name: "{{text}}", person: "{{text}}", role: "{{text}}", place: "{{text}}"}]
""", data="{text: line}", text=" ".join(text))
    return text


@case()
def fields_and_tiles_with_endless_values(folder):
    text = words("värde", 1500)
    write(folder, """\
  - fields: {left: "{{text}}", right: "{{text}}", fields: [{label: "{{text}}", value: "{{text}}"}]}
  - tiles: {title: "{{text}}", tiles: [{value: "{{text}}", unit: "{{text}}", text: "{{text}}"}]}
""", data="{text: line}", text=" ".join(text))
    return text


@case()
def running_lines_longer_than_the_page_is_wide(folder):
    write(folder, """\
  - text: Brödtext
""", data="{text: line}", text="huvud " * 400)
    path = folder / "prov.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(
        "{title: Prov}", "{title: Prov, head: {left: '{{text}}', right: '{{text}}'}, foot: {left: '{{text}}'}}"),
        encoding="utf-8")
    return ["Brödtext"]


# ---- deep ----

@case(exit=1)
def sections_nested_too_deep(folder):
    body = "[{text: Botten}]"
    for depth in range(9, 0, -1):
        body = f"[{{section: {{title: Nivå{depth}, body: {body}}}}}]"
    write(folder, "  " + body)


@case()
def free_sections_nested_too_deep(folder):
    section = {"rubrik": "Botten", "text": "Djupast"}
    for depth in range(15, 0, -1):
        section = {"rubrik": f"Nivå{depth}", "underavsnitt": [section]}
    write(folder, "  - free: '{{text}}'", "{text: blocks}", text=[section])


@case()
def markdown_lists_nested_60_deep(folder):
    write(folder, text="\n".join(" " * (2 * depth) + f"- punkt{depth}" for depth in range(60)))


@case()
def markdown_quotes_nested_10000_deep(folder):
    write(folder, text=">" * 10000 + " text")


@case()
def markdown_emphasis_opened_30000_times(folder):
    write(folder, text="*a **b " * 15000)


@case()
def markdown_brackets_opened_50000_times(folder):
    write(folder, text="[" * 50000 + "^[" * 5000 + "{" * 5000)


@case()
def markdown_footnotes_within_footnotes(folder):
    write(folder, text="x" + "^[y" * 200 + "]" * 200)


@case()
def markdown_table_of_3000_columns(folder):
    write(folder, text="|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\n|" + "b|" * 3000)


@case()
def tables_within_cells_20_deep(folder):
    body = "[{text: Botten}]"
    for _ in range(20):
        body = f"[{{table: {{columns: [A], rows: [[{{body: {body}}}]]}}}}]"
    write(folder, "  " + body)


@case(exit=1, finding="include-cycle")
def sections_that_include_each_other(folder):
    write(folder, "  - include: ett", "{}")
    (folder / "sections").mkdir()
    for name, other in (("ett", "två"), ("två", "ett")):
        (folder / "sections" / f"{name}.yaml").write_text(
            f"section: {name}\ndata: {{}}\nbody: [{{include: {other}}}]\n", encoding="utf-8")


@case(exit=1, finding="extends-cycle")
def templates_that_extend_each_other(folder):
    write(folder)
    (folder / "prov.yaml").write_text("template: prov\nextends: annan\n", encoding="utf-8")
    (folder / "annan.yaml").write_text("template: annan\nextends: ./prov.yaml\n", encoding="utf-8")


@case(exit=1)
def themes_that_extend_each_other(folder):
    write(folder, theme="a")
    (folder / "themes").mkdir()
    (folder / "themes/a.yaml").write_text("theme: a\nextends: b\n", encoding="utf-8")
    (folder / "themes/b.yaml").write_text("theme: b\nextends: a\n", encoding="utf-8")


@case(exit=1)
def conditions_nested_20000_deep(folder):
    write(folder, f"  - {{when: {'(' * 20000}text{')' * 20000}, text: x}}")


@case(exit=1)
def a_condition_of_20000_nots(folder):
    write(folder, f"  - {{when: {'not ' * 20000}text, text: x}}")


@case()
def twenty_thousand_filters_in_a_row(folder):
    write(folder, "  - text: '{{text%s}}'" % (" | versal" * 20000), text="x")


@case(exit=0)
def loops_within_loops_that_multiply(folder):
    body = "[{paragraph: '{{v0}}'}]"
    for depth in range(3):
        body = f"[{{each: v{depth} in text, group: {body}}}]"
    write(folder, "  " + body, "{text: {of: line}}", text=words("ord", 20))
    return words("ord", 20)


# ---- numbers and measures ----

@case()
def numbers_beyond_all_bounds(folder):
    numbers = ["9" * 5000, "1e999999", "-1e-999999", "0." + "0" * 5000 + "1", "-0", "1e400", "1e-400",
               "99999999999999999999999999999999999999", "0x7fffffffffffffff", ".nan", ".inf"]
    lines = "".join(f"  - {{a: {number}}}\n" for number in numbers)
    write(folder, """\
  - table:
      columns: [{header: A, align: decimal}, B, C]
      rows: [{each: r in rader, cells: ["{{r.a}}", "{{r.a | gånger:1000000}}", "{{r.a | procent:3}}"]},
             {total: ["{{rader.a | summa}}", "{{rader.a | medel}}", "{{rader.a | max}}"]}]
""", "{rader: {of: {keys: {a: amount}}}}", "rader:\n" + lines)


@case()
def dates_beyond_all_bounds(folder):
    write(folder, "  - {each: r in rader, text: '{{r | långt-datum}}'}", "{rader: {of: date}}",
          "rader: [0000-00-00, 9999-99-99, 2024-02-30, 99999999-01-01, -1-01-01]\n")


@case()
def measures_beyond_all_bounds(folder):
    write(folder, """\
  - space: 1e9
  - table: {columns: [{header: A, width: 1e9}, {header: B, min: 1e9}, {header: C, width: 1e9fr, gap: 1e9}],
            rows: [[a, b, {text: c, span: 60000, rows: 60000}], {height: 1e9, cells: [d]}, {empty: 1000000000, height: 7}]}
  - text: slut
""")


@case()
def letters_larger_than_the_page(folder):
    write(folder, "  - text: '{{text}}'\n  - table: {columns: [A], rows: [['{{text}}']]}", theme="stor",
          text="Stor text")
    (folder / "themes").mkdir()
    (folder / "themes/stor.yaml").write_text(
        "theme: stor\nextends: standard\nstyles: {body: {size: 400, leading: 1000}, table: {size: 400, leading: 1000}}\n",
        encoding="utf-8")
    return ["Stor", "text"]


@case()
def a_page_smaller_than_its_margins(folder):
    write(folder, theme="liten", text="Text på en sida utan plats")
    (folder / "themes").mkdir()
    (folder / "themes/liten.yaml").write_text(
        "theme: liten\nextends: standard\npages: {portrait: {width: 30, height: 30, left: 20, right: 20}}\n",
        encoding="utf-8")


@case()
def a_page_hardly_larger_than_its_margins(folder):
    write(folder, "  - section: {title: Rubrik, body: [{text: '{{text}}'}]}", theme="liten",
          text="Text på en sida nästan utan plats")
    (folder / "themes").mkdir()
    (folder / "themes/liten.yaml").write_text(
        "theme: liten\nextends: standard\npages: {portrait: {width: 45, height: 60, prose-left: 0, prose-width: 5}}\n",
        encoding="utf-8")


# ---- pictures ----

def write_picture(folder, name, content, size=""):
    write(folder, "  - figure: {kind: image, image: '{{bild}}', alt: En bild%s}\n  - text: efter" % size,
          "{bild: image}", bild=name)
    (folder / name).write_bytes(content)


@case(exit=0)
def a_picture_of_one_pixel(folder):
    write_picture(folder, "bild.png", png(1, 1))
    return ["efter"]


@case(exit=0)
def a_picture_10000_wide_and_1_high(folder):
    write_picture(folder, "bild.png", png(10000, 1))
    return ["efter"]


@case(exit=0)
def a_picture_1_wide_and_10000_high(folder):
    write_picture(folder, "bild.png", png(1, 10000))
    return ["efter"]


@case()
def a_picture_that_shall_be_1_by_10000_mm(folder):
    write_picture(folder, "bild.png", png(10, 10), ", width: 1, height: 10000")


@case(exit=1, finding="image")
def a_picture_that_claims_to_be_huge(folder):
    write_picture(folder, "bild.png", png(2000000000, 2000000000, rows=False))


@case(exit=1, finding="image")
def a_picture_cut_short(folder):
    write_picture(folder, "bild.png", png(100, 100)[:200])


@case(exit=1, finding="image")
def a_picture_of_nothing(folder):
    write_picture(folder, "bild.png", b"")


@case(exit=1, finding="image")
def a_vector_that_uses_itself(folder):
    write_picture(folder, "bild.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
                  b'<g id="a"><use href="#a"/><use href="#a"/></g></svg>')


@case(exit=1, finding="image")
def a_vector_nested_100000_deep(folder):
    write_picture(folder, "bild.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' +
                  b"<g>" * 100000 + b"</g>" * 100000 + b"</svg>")


@case(exit=1)
def a_picture_outside_the_folder(folder):
    write(folder, "  - figure: {kind: image, image: '{{bild}}', alt: En bild}", "{bild: image}",
          bild="../../../../etc/passwd")


# ---- letters ----

@case()
def ten_thousand_combining_marks_on_a_letter(folder):
    write(folder, text="a" + "\u0301" * 10000 + " slut")


@case(exit=1, finding="glyph")
def letters_that_no_font_has(folder):
    write(folder, text="漢字 " * 3000)


@case()
def text_of_invisible_letters(folder):
    write(folder, text="\u200b\u200d\u2060\u00ad\ufeff" * 2000 + " slut")


@case()
def text_that_runs_both_ways(folder):
    write(folder, text="abc \u202e\u2067\u202a" * 500 + "def \u2069\u202c slut")


@case(exit=0)
def line_breaks_only(folder):
    write(folder, text="a\\\n" * 3000 + "slut")
    return ["slut"]


@case()
def text_of_soft_hyphens(folder):
    write(folder, text=("lång\u00adsamt" * 2000) + " slut")
    return ["slut"]


# ---- files that are none ----

EVERYTHING = "{text: text, rader: {of: {keys: {a: line}}}, bild: image}"
SHOWN = TEXT + "\n  - figure: {kind: image, image: '{{bild}}', alt: 'Bild'}"


def write_naming(folder, name):
    """A plan that names this file as data, table and picture."""
    write(folder, SHOWN, EVERYTHING, f"inkludera: {name}\nrader: !csv {name}\nbild: {name}\n")


@case(exit=1, finding="include", seconds=20)
def a_pipe_that_nobody_writes_to(folder):
    os.mkfifo(folder / "rör.csv")
    write_naming(folder, "rör.csv")


@case(exit=1, finding="include", seconds=20)
def a_device_without_end(folder):
    (folder / "noll.csv").symlink_to("/dev/zero")
    write_naming(folder, "noll.csv")


@case(exit=1, finding="include", seconds=20)
def a_folder_called_like_a_file(folder):
    (folder / "mapp.csv").mkdir()
    write_naming(folder, "mapp.csv")


@case(exit=1, finding="include")
def a_link_out_of_the_folder(folder):
    (folder / "lösen.csv").symlink_to("/etc/passwd")
    write_naming(folder, "lösen.csv")


@case(exit=1, finding="include")
def a_folder_that_is_a_link_out_of_the_folder(folder):
    (folder / "bilder").symlink_to("/etc")
    write_naming(folder, "bilder/passwd")


@case(exit=1, finding="include")
def a_link_to_itself(folder):
    (folder / "själv.csv").symlink_to("själv.csv")
    write_naming(folder, "själv.csv")


@case(exit=1, finding="template-missing", seconds=20)
def a_template_that_is_a_pipe(folder):
    os.mkfifo(folder / "rör.yaml")
    (folder / "plan.yaml").write_text("mall: ./rör.yaml\n", encoding="utf-8")


@case(exit=1, finding="template-missing", seconds=20)
def a_theme_that_is_a_pipe(folder):
    (folder / "themes").mkdir()
    os.mkfifo(folder / "themes" / "rör.yaml")
    write(folder, theme="rör", text="x")


def write_font(folder, make):
    fonts = folder / "themes" / "typsnitt"
    fonts.mkdir(parents=True)
    make(fonts / "a.ttf")
    (folder / "themes" / "egna.yaml").write_text("theme: egna\nextends: standard\nfonts: [typsnitt]\n",
                                                 encoding="utf-8")
    write(folder, theme="egna", text="x")


@case(exit=3, seconds=20)
def a_font_that_is_a_pipe(folder):
    write_font(folder, os.mkfifo)


@case(exit=3)
def a_font_of_zeros(folder):
    write_font(folder, lambda path: path.write_bytes(bytes(100000)))


@case(exit=3)
def a_font_of_nothing(folder):
    write_font(folder, lambda path: path.write_bytes(b""))


@case(exit=0, seconds=60)
def one_picture_two_hundred_times(folder):
    (folder / "bild.png").write_bytes(png(4000, 3000))
    write_rows(folder, [{"a": f"bild{number}", "b": "bild.png"} for number in range(200)], """\
  - {each: r in rader, figure: {kind: image, image: "{{r.b}}", alt: Bild, caption: "{{r.a}}", height: 20}}
""", "{a: line, b: image}")
    return words("bild", 200)


@case(exit=1, finding="image", seconds=60)
def pictures_that_are_too_much_together(folder):
    for number in range(6):
        (folder / f"bild{number}.png").write_bytes(png(9000 + number, 9000))
    write_rows(folder, [{"b": f"bild{number}.png"} for number in range(6)], """\
  - {each: r in rader, figure: {kind: image, image: "{{r.b}}", alt: Bild, height: 20}}
""", "{b: image}")


# ---- places, names and signs ----

@case(exit=1, finding="glyph")
def a_sign_that_no_font_has_in_a_table_s_unit(folder):
    write(folder, "  - table: {caption: Tabell, unit: '{{text}}', columns: [A], rows: [[x]]}",
          text="tkr \U00012000")
    return ["prov.yaml:9"]


@case(exit=1, finding="theme-family")
def a_theme_whose_font_has_no_name(folder):
    (folder / "themes").mkdir()
    (folder / "themes" / "tomt.yaml").write_text("theme: tomt\nextends: standard\nfamily: \"\"\n",
                                                 encoding="utf-8")
    write(folder, theme="tomt", text="x")
    return ["themes/tomt.yaml:3:9"]


@case(exit=1, finding="csv-separator")
def a_csv_file_separated_by_quotes(folder):
    (folder / "a.csv").write_text('sep="\na\n1\n', encoding="utf-8")
    write(folder, TEXT, "{text: text, rader: {of: {keys: {a: line}}}}", "rader: !csv a.csv\n")
    return ["a.csv:1:5"]


@case(exit=1, finding="csv-separator")
def a_csv_file_separated_by_more_than_a_letter(folder):
    (folder / "a.csv").write_text("sep=åäö\na\n1\n", encoding="utf-8")
    write(folder, TEXT, "{text: text, rader: {of: {keys: {a: line}}}}", "rader: !csv a.csv\n")


@case(exit=0)
def keys_whose_letters_are_decomposed(folder):
    (folder / "a.csv").write_text("na\u0308r;ma\u030al\n1;Ett\n", encoding="utf-8")
    write(folder, "  - text: '{{mål}}'\n  - table: {columns: [A], rows: [{each: r in rader, cells: ['{{r.mål}}']}]}",
          "{mål: line, rader: {of: {keys: {när: line, mål: line}}}}",
          "ma\u030al: Två\nrader: !csv a.csv\n")
    return ["Två", "Ett"]


@case(exit=1, finding="duplicate-key")
def one_key_composed_and_decomposed(folder):
    write(folder, TEXT, "{mål: line, text: text}", "ma\u030al: en\nmål: två\n")


@case(exit=0, finding="text-depth", seconds=30)
def markers_100000_in_a_line(folder):
    write(folder, text="- " * 100000 + "slut")
    return ["slut"]


@case(exit=0, seconds=30)
def quotes_100000_in_a_line(folder):
    write(folder, text=">" * 100000 + " slut")
    return ["slut"]


@case(exit=0, finding="text-depth", seconds=30)
def lists_nested_200_deep(folder):
    write(folder, plan="text: |\n" + "".join(f"  {'  ' * depth}- punkt{depth}\n" for depth in range(200)))
    return words("punkt", 200)


@case(exit=0, finding="mark-value")
def a_decorative_mark_of_no_value(folder):
    write(folder, "  - table: {columns: [A], rows: [[{text: ord, mark: {kind: status, value: '{{text}}',"
          " decorative: true}}]]}", "{text: line}", text="100000")
    return ["100000", "ord"]


@case(exit=1, finding="template-range")
def columns_that_would_overlap(folder):
    write(folder, "  - columns: {gap: -50, columns: [[{text: a}], [{text: b}]]}")
    return ["prov.yaml:9"]
