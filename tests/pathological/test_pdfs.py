#!/usr/bin/env python3
"""PDFs from elsewhere: what they claim to carry is taken out within bounds, or refused.

    test_pdfs.py [TEST …]     all functions below that are marked @test, or those named
"""

import sys
import time
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

TESTS = []
SECONDS = 30


def test(function):
    TESTS.append(function)
    return function


def run(folder, *arguments, code=3):
    start = time.monotonic()
    result = plansats.run(*arguments, cwd=folder, timeout=SECONDS)
    out, err = result.stdout.decode("utf-8", "replace"), result.stderr.decode("utf-8", "replace")
    assert result.returncode == code, f"exit {result.returncode}, not {code}: {arguments}\n{out}{err}"
    assert "Sanitizer" not in err and "runtime error" not in err and "CRITICAL" not in err, err
    assert time.monotonic() - start < SECONDS
    return out, err


def text_string(text):
    return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"


def write_pdf(path, files, streams=None):
    """`files`: names with the bytes, or with the number of one of `streams`; the first is the plan."""
    objects = [b"<</Type/Catalog/Names<</EmbeddedFiles 2 0 R>>>>", None]
    streams = list(streams or [])
    first_stream = 3
    names = []
    for index, (name, content) in enumerate(files):
        if not isinstance(content, int):
            streams.append(content)
            content = len(streams) - 1
        kind = b"Source" if index == 0 else b"Data"
        names.append((text_string(name), first_stream + content, kind))
    for content in streams:
        packed = zlib.compress(content, 9)
        objects.append(b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed))
    objects[1] = b"<</Names[%s]>>" % b" ".join(
        b"%s<</UF%s/AFRelationship/%s/EF<</F %d 0 R>>>>" % (name, name, kind, number)
        for name, number, kind in names)
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table)
    path.write_bytes(out)


PLAN = b"mall: ./prov.yaml\ntext: Hej\n"
TEMPLATE = b"""template: prov
title: Prov
theme: standard
language: sv-SE
page: portrait
data: {text: text}
document: {title: Prov}
body:
  - text: '{{text}}'
"""


def write_plan(folder, plan=PLAN):
    (folder / "plan.yaml").write_bytes(plan)
    (folder / "prov.yaml").write_bytes(TEMPLATE)


def refused_by_all(folder, words):
    for command in (["extract", "a.pdf", "-o", "ut"], ["render", "a.pdf", "-o", "ut.pdf"],
                    ["diff", "a.pdf", "a.pdf"]):
        _, err = run(folder, *command)
        assert words in err, err
    assert not (folder / "ut.pdf").exists() and not any(folder.glob("ut/*"))


@test
def what_is_carried_comes_out(folder):
    write_pdf(folder / "a.pdf", [("plan.yaml", PLAN), ("bilder/a b.txt", b"x")])
    out, _ = run(folder, "extract", "a.pdf", "-o", "ut", code=0)
    assert out == "ut/plan.yaml\n", out
    assert (folder / "ut/bilder/a b.txt").read_bytes() == b"x"
    run(folder, "extract", "a.pdf", "-o", "ut", code=0)
    (folder / "ut/plan.yaml").write_bytes(b"mitt arbete")
    _, err = run(folder, "extract", "a.pdf", "-o", "ut")
    assert "differs" in err and (folder / "ut/plan.yaml").read_bytes() == b"mitt arbete"


@test
def more_files_than_there_may_be(folder):
    write_pdf(folder / "a.pdf", [(f"fil{number}", 0) for number in range(2001)], [PLAN])
    refused_by_all(folder, "2000 files")


@test
def a_file_that_grows_beyond_bounds(folder):
    write_pdf(folder / "a.pdf", [("plan.yaml", bytes(300 << 20))])
    refused_by_all(folder, "256 MiB")


@test
def one_stream_that_is_many_files(folder):
    write_pdf(folder / "a.pdf", [(f"fil{number}", 0) for number in range(1000)], [bytes(20 << 20)])
    refused_by_all(folder, "512 MiB")


@test
def names_that_lead_out_of_the_folder(folder):
    for name in ("../ut.txt", "/tmp/ut.txt", "a/../../ut.txt", "..", ".", "", "a//b", "a\\b", "c:b", "a/"):
        write_pdf(folder / "a.pdf", [("plan.yaml", PLAN), (name, b"x")])
        _, err = run(folder, "extract", "a.pdf", "-o", "ut")
        assert "name" in err, (name, err)
    assert sorted(path.name for path in folder.iterdir()) == ["a.pdf"]


@test
def two_files_of_one_name(folder):
    write_pdf(folder / "a.pdf", [("plan.yaml", PLAN), ("plan.yaml", b"x")])
    refused_by_all(folder, "name")


@test
def a_file_that_is_another_s_folder(folder):
    write_pdf(folder / "a.pdf", [("plan.yaml", PLAN), ("plan.yaml/a", b"x")])
    run(folder, "extract", "a.pdf", "-o", "ut")


@test
def links_in_the_folder_are_not_followed(folder):
    (folder / "annan").mkdir()
    (folder / "ut").mkdir()
    (folder / "ut" / "bilder").symlink_to("../annan")
    (folder / "ut" / "plan.yaml").symlink_to("../annan/plan.yaml")
    write_pdf(folder / "a.pdf", [("x.yaml", PLAN), ("bilder/a.txt", b"x")])
    _, err = run(folder, "extract", "a.pdf", "-o", "ut")
    assert "link" in err, err
    write_pdf(folder / "a.pdf", [("plan.yaml", PLAN)])
    run(folder, "extract", "a.pdf", "-o", "ut")
    assert not any((folder / "annan").iterdir())


@test
def names_that_command_a_terminal_are_shown_as_what_they_are(folder):
    name = "a\x1b[31m\u202eplan\x07.yaml"
    write_pdf(folder / "a.pdf", [(name, PLAN)])
    out, _ = run(folder, "extract", "a.pdf", "-o", "ut", code=0)
    assert out == "ut/a\\x1B[31m\\u{202E}plan\\x07.yaml\n", out
    (folder / "ut" / name).write_bytes(b"annat")
    _, err = run(folder, "extract", "a.pdf", "-o", "ut")
    assert "\x1b" not in err and "\\x1B" in err, err
    _, err = run(folder, "render", "a.pdf", "-o", "ut.pdf", code=1)
    assert "\x1b" not in err, err


@test
def a_pdf_cut_short_or_damaged_anywhere(folder):
    write_plan(folder)
    run(folder, "render", "plan.yaml", "-o", "hel.pdf", code=0)
    whole = (folder / "hel.pdf").read_bytes()
    for part in range(1, 20):
        (folder / "a.pdf").write_bytes(whole[:len(whole) * part // 20])
        run(folder, "extract", "a.pdf", "-o", "ut")
    for part in range(1, 40):
        damaged = bytearray(whole)
        at = len(whole) * part // 40
        damaged[at:at + 40] = bytes(40)
        (folder / "a.pdf").write_bytes(damaged)
        result = plansats.run("extract", "a.pdf", "-o", f"ut{part}", cwd=folder, timeout=SECONDS)
        assert result.returncode in (0, 3), (part, result)
        assert b"Sanitizer" not in result.stderr, result.stderr


# ---- nothing is written over what is read ----

@test
def no_command_writes_over_what_it_reads(folder):
    write_plan(folder)
    (folder / "ny.yaml").write_bytes(PLAN.replace(b"Hej", b"Hopp"))
    run(folder, "render", "plan.yaml", "-o", "a.pdf", code=0)
    run(folder, "render", "ny.yaml", "-o", "b.pdf", code=0)
    (folder / "länk.pdf").symlink_to("a.pdf")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for command in (["render", "plan.yaml", "--format", "pdf", "-o", "prov.yaml"],
                    ["render", "plan.yaml", "--format", "pdf", "-o", "plan.yaml"],
                    ["render", "a.pdf", "--force", "-o", "a.pdf"],
                    ["render", "a.pdf", "--date", "2024-01-01", "-o", "länk.pdf"],
                    ["diff", "plan.yaml", "ny.yaml", "-o", "plan.yaml"],
                    ["diff", "plan.yaml", "ny.yaml", "-o", "ny.yaml"],
                    ["diff", "a.pdf", "b.pdf", "-o", "a.pdf"],
                    ["diff", "a.pdf", "b.pdf", "-o", "b.pdf"]):
        _, err = run(folder, *command)
        assert "made from" in err, (command, err)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before, command
    out, _ = run(folder, "render", "a.pdf", code=0)
    assert "up to date" in out, out
    run(folder, "batch", "a.pdf", "-o", ".", "--force", "--pattern", "a.pdf", code=1)
    assert (folder / "a.pdf").read_bytes() == before["a.pdf"]


@test
def pages_are_not_written_over_pictures(folder):
    write_plan(folder, b"mall: ./prov.yaml\ntext: Hej\nbild: sida-2.svg\n")
    (folder / "prov.yaml").write_bytes(TEMPLATE.replace(b"{text: text}", b"{text: text, bild: image}") +
                                       b"  - break: page\n  - figure: {kind: image, image: '{{bild}}', alt: x}\n"
                                       b"  - break: page\n  - text: x\n" * 1)
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    (folder / "sida-2.svg").write_bytes(picture)
    (folder / "sida-02.svg").write_bytes(picture)
    (folder / "plan.yaml").write_bytes(b"mall: ./prov.yaml\ntext: Hej\nbild: sida-02.svg\n")
    _, err = run(folder, "render", "plan.yaml", "-o", "sida.svg")
    assert "made from" in err, err
    assert (folder / "sida-02.svg").read_bytes() == picture
    assert not any(path.suffix not in (".svg", ".yaml") for path in folder.iterdir())


plansats.main(TESTS)
