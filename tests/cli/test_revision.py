#!/usr/bin/env python3
"""Comparing plans and raising their version."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from plansats import ROOT, TOOLS, environment, main, run, tests_of  # noqa: E402

PLAN = """# Planen
mall: forvaltningsplan
organisation: Region Väst
förvaltning: {namn: Regionkontoret, kort: RK}
period: 2024–2026   # tre år
utgåva: "1.1"       # höjs
ingress: Planen beskriver vad vi gör. Den gäller i tre år.
dokumenthistorik:
  # nyast först
  utgåvor:

    - utgåva: "1.1"   # nu
      datum: 2024-01-01
      ändring: Ny planperiod.
    - utgåva: "1.0"
      ändring: Första.
nyckeltal:
  - {värde: 10, enhet: mnkr, text: Ram}
  - {värde: 20, enhet: st, text: Uppdrag}
  - {värde: 30, enhet: st, text: Mål}
# slut
"""


def write(path, text):
    path.write_bytes(text.encode("utf-8"))
    return path


def do(*arguments, code=0, env=None):
    done = run(*arguments, env=env)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == code, f"exit {done.returncode}, not {code}: {arguments}\n{out}{err}"
    return out, err


def changes(old, new):
    return json.loads(do("diff", old, new, "--format", "json")[0])


def brief(result):
    return [(c["kind"], c["path"]) for c in result["changes"]]


# ---- diff ----

def test_equal_plans_have_no_changes(folder):
    old = write(folder / "a.yaml", PLAN)
    new = write(folder / "b.yaml", PLAN.replace("period: 2024–2026", "period: '2024–2026'"))
    out, _ = do("diff", old, new)
    assert out == "no changes\n", out
    assert changes(old, new) == {"counts": {"added": 0, "removed": 0, "changed": 0, "moved": 0},
                                 "changes": []}


def test_changes_are_told_by_section_row_and_column(folder):
    old = write(folder / "a.yaml", PLAN)
    new = write(folder / "b.yaml", PLAN.replace("{värde: 20,", "{värde: 25,"))
    change = changes(old, new)["changes"][0]
    assert change["section"] == "nyckeltal" and change["column"] == "värde", change
    assert change["row"] == "Uppdrag", change
    assert (change["old"], change["new"]) == ("20", "25")
    assert change["old_place"]["line"] == change["new_place"]["line"] == 19


def test_a_row_that_moved_is_not_removed_and_added(folder):
    first = "  - {värde: 10, enhet: mnkr, text: Ram}\n"
    old = write(folder / "a.yaml", PLAN)
    new = write(folder / "b.yaml", PLAN.replace(first, "").replace("# slut\n", first + "# slut\n"))
    result = changes(old, new)
    assert brief(result) == [("moved", "nyckeltal[10]")], result
    assert (result["changes"][0]["from"], result["changes"][0]["to"]) == (1, 3)


def test_words_that_changed_are_shown(folder):
    old = write(folder / "a.yaml", PLAN)
    new = write(folder / "b.yaml", PLAN.replace("Den gäller i tre år.", "Den gäller i fyra år."))
    assert "i [-tre-] {+fyra+} år." in do("diff", old, new)[0]


def test_swedish_is_spoken_in_a_swedish_locale(folder):
    old = write(folder / "a.yaml", PLAN)
    out, _ = do("diff", old, old, env=environment(LC_ALL="sv_SE.UTF-8"))
    assert out == "inga ändringar\n", out


def test_pdfs_are_compared_by_what_they_carry(folder):
    old = write(folder / "a.yaml", PLAN)
    new = write(folder / "b.yaml", PLAN.replace("Ram}", "Beslutad ram}"))
    do("render", old, "-o", folder / "a.pdf")
    do("render", new, "-o", folder / "b.pdf")
    result = changes(folder / "a.pdf", folder / "b.pdf")
    assert brief(result) == brief(changes(old, new)) == [("changed", "nyckeltal[10].text")], result
    assert result["changes"][0]["old_place"]["file"] == f"{folder / 'a.pdf'}: a.yaml"
    assert result["changes"][0]["new_place"]["file"] == f"{folder / 'b.pdf'}: b.yaml"


def test_a_plan_that_cannot_be_read_is_an_error(folder):
    old = write(folder / "a.yaml", PLAN)
    broken = write(folder / "b.yaml", "mall: [\n")
    do("diff", old, broken, code=1)
    do("diff", old, folder / "finns-inte.yaml", code=3)
    do("diff", old, code=2)
    do("diff", old, old, "--format", "xml", code=2)


# ---- the marked PDF ----

CHAPTER = ("egna-avsnitt:\n  - efter: början\n    innehåll:\n      - rubrik: Om hyror\n"
           "        text: Det gäller {}.\n")


def validate(pdf):
    jar = TOOLS / "verapdf"
    if not (jar / "lib").is_dir() or shutil.which("java") is None:
        return
    for flavour in ("3a", "ua1"):
        done = subprocess.run(["java", "-cp", f"{jar}/lib/*", "org.verapdf.apps.GreenfieldCliWrapper",
                               "-f", flavour, str(pdf)], capture_output=True, text=True, check=False)
        assert 'isCompliant="true"' in done.stdout, done.stdout[:4000]


def test_the_changed_document_says_what_changed(folder):
    old = write(folder / "a.yaml", PLAN)
    new = write(folder / "b.yaml", PLAN.replace("Den gäller i tre år.", "Den gäller i fyra år.")
                .replace("  - {värde: 30, enhet: st, text: Mål}\n", ""))
    pdf = folder / "ändringar.pdf"
    do("diff", old, new, "-o", pdf)
    first = pdf.read_bytes()
    do("diff", old, new, "-o", pdf)
    assert pdf.read_bytes() == first, "not the same bytes"
    validate(pdf)
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True,
                              text=True, check=True).stdout
        assert "Ändringar" in text and "nyckeltal › 30" in text.replace("\u00a0", " "), text[:2000]
    if shutil.which("qpdf"):
        plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"],
                               capture_output=True, check=True).stdout
        for words in (b"(struket: tre)", b"(infogat: fyra)"):
            assert b"/ActualText (" + words.replace(b"(", b"[").replace(b")", b"]") + b")" in plain, words
    out, _ = do("render", new, "-o", pdf)
    assert "up to date" not in out, "a marked PDF is not the plan's own"


def test_the_changes_stand_behind_the_first_page_and_name_headings(folder):
    if not shutil.which("pdftotext"):
        return
    old = write(folder / "a.yaml", PLAN + CHAPTER.format("Stugan"))
    new = write(folder / "b.yaml", PLAN + CHAPTER.format("Torpet").replace("Om hyror", "Om arrende"))
    do("diff", old, new, "-o", folder / "m.pdf")
    pages = subprocess.run(["pdftotext", "-layout", str(folder / "m.pdf"), "-"], capture_output=True,
                           text=True, check=True).stdout.split("\f")
    assert "Förvaltningsplan" in pages[0] and "Ändringar" not in pages[0], pages[0]
    assert "Ändringar" in pages[1] and "Innehåll" not in pages[1], pages[1]
    assert pages[1].count("Om hyror") == 2 and pages[1].count("Om arrende") == 2, pages[1]
    assert "egna-avsnitt" not in pages[1], pages[1]
    assert "Innehåll" in pages[2], pages[2]


def test_the_list_of_changes_reads_as_the_pages_do(folder):
    if not shutil.which("pdftotext"):
        return
    table = ("egna-avsnitt:\n  - efter: början\n    innehåll:\n      - rubrik: Hyror\n        tabell:\n"
             "          kolumner: [År, Hyra]\n          rader: [[2026, 1250.5], [2027, \"1300.5\"]]\n")
    words = "Vi bygger på tillit. Ansvaret ligger hos den som är närmast den som behöver vården, i hela regionen."
    old = PLAN.replace("värde: 30,", "värde: 968.4,").replace("Planen beskriver vad vi gör. Den gäller i tre år.", words)
    new = old.replace("968.4", "12970.25").replace("tillit.", "tillit och mod.") + table
    pdf = folder / "ändringar.pdf"
    do("diff", write(folder / "a.yaml", old), write(folder / "b.yaml", new), "-o", pdf)
    text = subprocess.run(["pdftotext", "-f", "2", "-l", "2", str(pdf), "-"], capture_output=True,
                          text=True, check=True).stdout
    text = " ".join(text.split())
    assert "968,4 12 970,25" in text and "2026 · 1 250,5 · 2027 · 1300.5" in text, text
    assert "tillit. Ansvaret" in text and "tillit . Ansvaret" not in text, text


def test_the_list_of_changes_names_rows_and_says_where_they_came_from(folder):
    table = ("egna-avsnitt:\n  - efter: början\n    innehåll:\n      - rubrik: Hyror\n        tabell:\n"
             "          kolumner: [Hus, Hyra, Läge]\n"
             "          rader: [[Stugan, 10, ledig], [Torpet, 20, uthyrt], [Boden, 30, \"**rivs**\"]]\n")
    action = "        - {nr: KBN27-1, åtgärd: Spara på *allt*, tidplan: 2026, ansvarig: FD}\n"
    groups = ("genomförande:\n  grupper:\n    - namn: God hälsa\n      åtgärder:\n" + action +
              "    - namn: Stark ekonomi\n      åtgärder:\n        - {nr: X-1, åtgärd: Annat, ansvarig: FD}\n")
    old = PLAN + groups + table
    moved = groups.replace("      åtgärder:\n" + action, "") + action
    new = PLAN + moved + table.replace("20, uthyrt", "25, såld till *kommunen*").replace('30, "**rivs**"', "30, står kvar")
    before, after = write(folder / "a.yaml", old), write(folder / "b.yaml", new)
    result = brief(changes(before, after))
    rows = "egna-avsnitt[början].innehåll[Hyror].tabell.rader"
    assert ("moved", "genomförande.grupper[Stark ekonomi].åtgärder[KBN27-1]") in result, result
    assert ("changed", rows + "[Torpet][3]") in result and ("changed", rows + "[Boden][3]") in result, result
    assert not {kind for kind, _ in result} - {"moved", "changed"}, result
    moves = [c for c in changes(before, after)["changes"] if c["kind"] == "moved"]
    assert moves[0]["from_path"] == "genomförande.grupper[God hälsa].åtgärder[KBN27-1]", moves
    if shutil.which("pdftotext"):
        pdf = folder / "ändringar.pdf"
        do("diff", before, after, "-o", pdf)
        text = subprocess.run(["pdftotext", "-layout", "-f", "2", "-l", "2", str(pdf), "-"], capture_output=True,
                              text=True, check=True).stdout.replace("\u00a0", " ")
        assert "KBN27-1" in text and "*" not in text, text
        assert re.search("flyttat +God hälsa +Stark ekonomi", text), text
        assert re.search("ändrat +rivs +står kvar", text), text


def test_a_section_is_known_by_its_title_before_its_text(folder):
    def own(*sections):
        lines = "".join(f"      - {{rubrik: {title}, text: {text}}}\n" for title, text in sections)
        return f"{PLAN}egna-avsnitt:\n  - efter: grunduppdrag\n    innehåll:\n{lines}"
    old = write(folder / "a.yaml", own(("Lokaler", "Förvaltningen hyr tolv hus i tre kommuner.")))
    new = write(folder / "b.yaml", own(("Fordon", "Förvaltningen hyr tolv bilar i tre kommuner."),
                                       ("Lokaler", "Hyran betalas varje kvartal.")))
    do("diff", old, new, "-o", folder / "c.pdf")
    if shutil.which("qpdf"):
        plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", folder / "c.pdf", "-"],
                               capture_output=True, check=True).stdout
        assert b"[infogat: Fordon]" in plain
        assert b"[struket: Lokaler]" not in plain and b"[infogat: Lokaler]" not in plain


def test_plans_of_different_templates_can_be_marked(folder):
    pdf = folder / "c.pdf"
    for old, new in (("regionkontoret-2024", "fds-2020"), ("delarsrapport-2023", "verksamhetsplan-2020")):
        do("diff", ROOT / "examples" / old / "plan.yaml", ROOT / "examples" / new / "plan.yaml", "-o", pdf, "-q")
        validate(pdf)


# ---- revise ----

def revise(path, *arguments, code=0):
    return do("revise", path, "--date", "2024-02-03", *arguments, code=code)


def test_revise_changes_two_places_and_nothing_else(folder):
    path = write(folder / "p.yaml", PLAN)
    out, _ = revise(path, "--note", 'Budget: 12 % "nu" #1', "--who", "Regionstyrelsen 2024-02-03, § 5")
    assert out.endswith("version 1.2\n"), out
    row = ('    - utgåva: "1.2"\n      datum: 2024-02-03\n      ändring: "Budget: 12 % \\"nu\\" #1"\n'
           '      beslutad-av: "Regionstyrelsen 2024-02-03, § 5"\n')
    wanted = PLAN.replace('utgåva: "1.1"       #', 'utgåva: "1.2"       #')
    wanted = wanted.replace('    - utgåva: "1.1"   # nu', row + '    - utgåva: "1.1"   # nu')
    assert path.read_text(encoding="utf-8") == wanted
    assert os.listdir(folder) == ["p.yaml"]
    do("check", path)


def test_versions_count_in_their_last_number(folder):
    for before, after in (("1.9", "1.10"), ("2", "3"), ("09", "10"), ("A-7", "A-8")):
        text = PLAN.replace('utgåva: "1.1"       #', f'utgåva: "{before}"       #')
        path = write(folder / "p.yaml", text)
        revise(path, "--note", "x")
        assert f'\nutgåva: "{after}" ' in path.read_text(encoding="utf-8"), after
    path = write(folder / "p.yaml", PLAN.replace('utgåva: "1.1"       #', 'utgåva: "ett"       #'))
    _, err = revise(path, "--note", "x", code=1)
    assert "[revision]" in err, err


def test_line_ends_rights_and_links_stay(folder):
    path = write(folder / "p.yaml", PLAN.replace("\n", "\r\n"))
    path.chmod(0o640)
    link = folder / "länk.yaml"
    link.symlink_to(path)
    revise(link, "--note", "Ny")
    text = path.read_bytes()
    assert link.is_symlink() and b"\n" not in text.replace(b"\r\n", b"")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_other_ways_to_write_the_history(folder):
    head = PLAN[:PLAN.index("dokumenthistorik")]
    flow = 'dokumenthistorik:\n  utgåvor:\n  - {utgåva: "1.1", ändring: Ny}'
    path = write(folder / "p.yaml", head + flow)
    revise(path, "--note", "a, b}")
    assert '  - {utgåva: "1.2", datum: 2024-02-03, ändring: "a, b}"}\n  - {' in path.read_text(encoding="utf-8")
    path = write(folder / "p.yaml", head + 'dokumenthistorik: {utgåvor: [{utgåva: "1.1", ändring: Ny}]}\n')
    revise(path, "--note", "ja")
    assert 'ändring: "ja"}, {utgåva: "1.1"' in path.read_text(encoding="utf-8")
    path = write(folder / "p.yaml", head.rstrip("\n"))
    revise(path, "--note", "Första")
    assert path.read_text(encoding="utf-8").endswith(
        '\n\ndokumenthistorik:\n  utgåvor:\n    - utgåva: "1.2"\n      datum: 2024-02-03\n      ändring: Första\n')
    do("check", path)


def test_hostile_notes_stay_notes(folder):
    for note in ("rad ett\nrad två", "- a\n- b: c", "'\"\\", "*a &b !c |", "tab\there", "Å\u2028Ä", "{{titel}}"):
        path = write(folder / "p.yaml", PLAN)
        revise(path, "--note", note)
        old = write(folder / "old.yaml", PLAN)
        row = [c for c in changes(old, path)["changes"] if c["kind"] == "added"][0]
        assert row["new"]["ändring"] == note, row


def test_what_cannot_be_revised_is_left_alone(folder):
    path = write(folder / "p.yaml", PLAN.replace('utgåva: "1.1"       # höjs\n', ""))
    before = path.read_bytes()
    _, err = revise(path, "--note", "x", code=1)
    assert "utgåva" in err and path.read_bytes() == before
    path = write(folder / "p.yaml", PLAN.replace('- utgåva: "1.1"   # nu', '- &a\n      utgåva: "1.1"'))
    before = path.read_bytes()
    revise(path, "--note", "x", code=1)
    assert path.read_bytes() == before
    revise(path, code=2)
    do("revise", path, "--note", "x", "--date", "igår", code=2)
    write(folder / "q.yaml", PLAN)
    do("render", folder / "q.yaml", "-o", folder / "q.pdf")
    _, err = revise(folder / "q.pdf", "--note", "x", code=1)
    assert "PDF" in err and f"{folder / 'q.pdf'}: q.yaml:1:1:" in err, err


def test_a_folder_that_cannot_be_written_leaves_the_plan(folder):
    if os.geteuid() == 0:
        return "skipped: root may write everywhere"
    path = write(folder / "p.yaml", PLAN)
    folder.chmod(0o500)
    try:
        revise(path, "--note", "x", code=3)
        assert path.read_text(encoding="utf-8") == PLAN
    finally:
        folder.chmod(0o700)
    return None


main(tests_of(sys.modules[__name__]))
