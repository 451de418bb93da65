#!/usr/bin/env python3
"""What the program promises on its command line: exit codes, words, files that are never torn.

    test_cli.py [TEST …]     all functions below that are marked @test, or those named
"""

import os
import pty
import re
import resource
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

TESTS = []
TEMPLATE = """\
template: prov
title: Prov
theme: standard
language: sv-SE
page: portrait
data: {titel: {type: line, required: true}, nr: integer}
document: {title: "{{titel}}"}
body:
  - {paragraph: "{{titel}}"}
  - {break: page}
  - {text: Andra sidan.}
  - {break: page}
  - {text: Tredje sidan.}
"""
PLAN = "mall: ./prov.yaml\ntitel: Plan\n"
OLD = b"the old file"


def test(function):
    TESTS.append(function)
    return function


def place(folder, plan=PLAN, template=TEMPLATE):
    (folder / "prov.yaml").write_text(template, encoding="utf-8")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")


def run(folder, *arguments, code=0, timeout=60, **options):
    """Runs the program in the folder and wants that exit code; gives stdout, stderr."""
    result = plansats.run(*arguments, cwd=folder, timeout=timeout, **options)
    out, err = result.stdout.decode("utf-8", "replace"), result.stderr.decode("utf-8", "replace")
    assert result.returncode == code, f"exit {result.returncode}, not {code}: {arguments}\n{out}{err}"
    assert "CRITICAL" not in err and "WARNING **" not in err, err
    return out, err


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def is_pdf(path):
    return path.read_bytes().startswith(b"%PDF-1.7")


# ---- exit codes ----

@test
def a_good_plan_gives_0_and_says_where_and_how_many_pages(folder):
    place(folder)
    out, err = run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    assert out.startswith("ut.pdf: 3 pages, ") and out.endswith(" ms\n"), out
    assert err == "", err
    assert is_pdf(folder / "ut.pdf")


@test
def a_plan_with_errors_gives_1_and_no_file(folder):
    place(folder, PLAN + "nr: många\n")
    _, err = run(folder, "render", "plan.yaml", "-o", "ut.pdf", code=1)
    assert "plan.yaml:3:5: error:" in err and "1 error" in err, err
    assert not (folder / "ut.pdf").exists()
    run(folder, "check", "plan.yaml", code=1)
    run(folder, "dump", "--stage=tags", "plan.yaml", code=1)


@test
def counts_agree_with_their_words(folder):
    swedish = plansats.environment(LC_ALL="sv_SE.UTF-8")
    place(folder, PLAN + "nr: många\n")
    assert run(folder, "check", "plan.yaml", code=1)[1].endswith("1 error, 0 warnings\n")
    assert run(folder, "check", "plan.yaml", code=1, env=swedish)[1].endswith("1 fel, 0 varningar\n")
    place(folder)
    assert ": 1 sida, " in run(folder, "render", "plan.yaml", "--format", "png", "--pages", "2", env=swedish)[0]
    assert ": 3 sidor, " in run(folder, "render", "plan.yaml", env=swedish)[0]
    out = run(folder, "batch", "-o", "ut", "plan.yaml", env=swedish)
    assert "3 sidor" in out[1] and out[0].startswith("1 gjord, 0 oförändrade, 0 misslyckade, 0 kvar"), out
    (folder / "ny.yaml").write_text(PLAN.replace("Plan", "Ny plan"), encoding="utf-8")
    result = plansats.run("diff", "plan.yaml", "ny.yaml", cwd=folder, env=swedish).stdout.decode()
    assert result.rstrip().endswith("1 ändrad"), result


@test
def what_cannot_be_done_is_said_in_the_users_language(folder):
    swedish = plansats.environment(LC_ALL="sv_SE.UTF-8")

    def refused(*arguments, code=3):
        return run(folder, *arguments, code=code, env=swedish)[1]

    place(folder)
    run(folder, "render", "plan.yaml", "-o", "a.pdf")
    run(folder, "render", "plan.yaml", "--archive", "a2a", "-o", "utan.pdf")
    run(folder, "extract", "a.pdf", "-o", "ut")
    (folder / "ut/plan.yaml").write_text("ändrad", encoding="utf-8")
    assert "ut/plan.yaml finns redan, och är inte som i PDF-filen" in refused("extract", "a.pdf", "-o", "ut")
    assert "ut/plan.yaml is there already, and differs" in run(folder, "extract", "a.pdf", "-o", "ut", code=3)[1]
    assert refused("extract", "utan.pdf", "-o", "u2") == "plansats: utan.pdf har ingen plan med sig\n"
    assert refused("render", "utan.pdf") == "plansats: utan.pdf har ingen plan med sig\n"
    (folder / "kort.pdf").write_bytes((folder / "a.pdf").read_bytes()[:300])
    assert refused("extract", "kort.pdf") == "plansats: kort.pdf: ingen PDF som går att läsa: den är avklippt\n"
    assert "nya/x.pdf: det finns ingen mapp 'nya'" in refused("render", "plan.yaml", "-o", "nya/x.pdf")
    assert "nya/x.pdf: there is no folder 'nya'" in run(folder, "render", "plan.yaml", "-o", "nya/x.pdf", code=3)[1]
    (folder / "mapp.yaml").mkdir()
    assert refused("render", "mapp.yaml") == "plansats: mapp.yaml: går inte att läsa: det är en mapp\n"
    place(folder, template=TEMPLATE + "bodi: []\n")
    assert "okänt ord 'bodi' i mallen" in refused("check", "plan.yaml", code=1)


@test
def a_code_is_explained_in_plain_text_and_in_the_users_language(folder):
    out, _ = run(folder, "explain", "limit", env=plansats.environment(LC_ALL="sv_SE.UTF-8"))
    assert out.startswith("limit\nFilen är för stor eller har för många nivåer.\n\nEn plan får ha "), out
    assert "\nI planen:\n    titel: [[[…" in out, out
    assert not re.search(r"###|```|\\\\<|`", out), out
    out, _ = run(folder, "explain", "limit")
    assert out.startswith("limit\nThe file ") and "\nIn the plan:\n" in out, out
    out, _ = run(folder, "explain", "giltighet")
    assert out == "giltighet\n'gäller-till' may not come before 'gäller-från'.\n", out
    out, _ = run(folder, "explain", "giltighet", env=plansats.environment(LC_ALL="sv_SE.UTF-8"))
    assert out == "giltighet\n'gäller-till' får inte ligga före 'gäller-från'.\n", out
    _, err = run(folder, "explain", "giltihet", code=2)
    assert "unknown code 'giltihet'" in err, err
    out, _ = run(folder, "explain", "status")
    assert "'plansats check --final'\nlists" in out and "](" not in out, out


@test
def an_output_that_is_a_folder_gets_files_of_the_plans_name(folder):
    place(folder)
    (folder / "plan.yaml").rename(folder / "min.yaml")
    run(folder, "render", "min.yaml", "--format", "png", "-o", "pg/")
    assert names(folder / "pg") == ["min-01.png", "min-02.png", "min-03.png"], names(folder / "pg")
    out, _ = run(folder, "render", "min.yaml", "-o", "pg")
    assert out.startswith("pg/min.pdf: ") and is_pdf(folder / "pg" / "min.pdf"), out
    _, err = run(folder, "render", "min.yaml", "-o", "min.yaml/", code=3)
    assert "min.yaml/" in err, err


@test
def wrong_usage_gives_2(folder):
    place(folder)
    for arguments in ([], ["frobnicate"], ["render"], ["render", "a", "b"], ["check"],
                      ["dump", "plan.yaml"], ["dump", "--stage=nothing", "plan.yaml"],
                      ["render", "plan.yaml", "--format", "doc"], ["render", "plan.yaml", "--nonsense"],
                      ["render", "plan.yaml", "--pages", "0"], ["render", "plan.yaml", "--pages", "2-1"],
                      ["render", "plan.yaml", "--pages", "x"], ["render", "plan.yaml", "--pages", "4"],
                      ["render", "plan.yaml", "--dpi", "1"], ["render", "plan.yaml", "--dpi", "nan"],
                      ["render", "plan.yaml", "--archive", "x"],
                      ["render", "plan.yaml", "--date", "yesterday"],
                      ["render", "plan.yaml", "--date", "2024-13-01"]):
        _, err = run(folder, *arguments, code=2)
        assert err.startswith("plansats"), (arguments, err)
    assert names(folder) == ["plan.yaml", "prov.yaml"], names(folder)


@test
def a_weight_that_no_font_has_is_told_where_the_theme_asks_for_it(folder):
    (folder / "themes").mkdir()
    (folder / "themes/egen.yaml").write_text("theme: egen\nextends: standard\nstyles:\n  text: {size: 10}\n  h1: {weight: 500}\n")
    (folder / "min-mall.yaml").write_text("""\
template: min-mall
theme: egen
data:
  titel: {type: text}
document: {title: "{{titel}}"}
body:
  - section: {title: Ett, body: [{paragraph: "{{titel}}"}]}
""")
    (folder / "plan.yaml").write_text("mall: min-mall\ntitel: Plan\n")
    _, err = run(folder, "render", "plan.yaml", code=3)
    assert "themes/egen.yaml:5:3: style 'h1': no font 'Source Sans 3' of weight 500 (there is 700" in err, err


@test
def texts_of_options_are_utf8_whatever_the_locale(folder):
    place(folder)
    for locale in ({"LC_ALL": "C"}, {"LANG": "sv_SE.UTF-8", "LC_ALL": ""}, {"LC_ALL": "C.UTF-8"}):
        env = {**os.environ, **locale}
        _, err = run(folder, "revise", "plan.yaml", "--note", "Ändrad på nytt", code=1, env=env)
        assert "conversion" not in err and "UTF-8" not in err, (locale, err)
        _, err = run(folder, "render", "plan.yaml", "--pages", "å", code=2, env=env)
        assert "'å'" in err, (locale, err)
    _, err = run(folder, "render", "plan.yaml", "--pages", os.fsdecode(b"\xe5"), code=2, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert "the text after --pages is not UTF-8" in err, err


@test
def what_cannot_be_read_gives_3(folder):
    place(folder)
    (folder / "folder").mkdir()
    for plan in ("missing.yaml", "folder", "missing/plan.yaml", "plan.yaml/plan.yaml"):
        _, err = run(folder, "render", plan, "-o", "ut.pdf", code=3)
        assert f"plansats: {plan}: " in err, err
    _, err = run(folder, "render", "plan.yaml", "--data", "folder", code=3)
    assert "templates and fonts" in err, err


@test
def check_takes_many_plans_and_gives_the_worst(folder):
    place(folder)
    (folder / "bad.yaml").write_text(PLAN + "okänd: 1\n", encoding="utf-8")
    run(folder, "check", "plan.yaml", "plan.yaml")
    _, err = run(folder, "check", "plan.yaml", "bad.yaml", "plan.yaml", code=1)
    assert err.count("plan.yaml: no errors") == 2 and "bad.yaml:3:1" in err, err
    run(folder, "check", "bad.yaml", "missing.yaml", code=3)


# ---- help ----

def commands(folder):
    out, _ = run(folder, "--help")
    return re.findall(r"^  plansats ([a-z]+)", out, re.M)


def options(folder, command, env=None):
    """Option → whether it takes a value, by the command's own help."""
    out, err = run(folder, command, "--help", env=env)
    assert err == "", err
    return {name: bool(value) for name, value in re.findall(r"^  (?:-\w, )?--([a-z]+)( \S+)?", out, re.M)}


@test
def help_and_version_go_to_stdout(folder):
    for arguments in (["--help"], ["-h"], ["help"], ["help", "nothing"]):
        out, err = run(folder, *arguments)
        assert "plansats render PLAN" in out and "plansats batch" in out and err == "", out
    for arguments in (["render", "--help"], ["render", "plan.yaml", "-h"], ["help", "render"]):
        out, err = run(folder, *arguments)
        assert out.startswith("plansats render PLAN") and "batch" not in out and err == "", out
    out, _ = run(folder, "--version")
    assert out.startswith("plansats ") and out.count("\n") == 1, out


@test
def wrong_options_are_told_in_the_users_language(folder):
    swedish = plansats.environment(LC_ALL="sv_SE.UTF-8")
    for arguments, english, svenska in (
            (["render", "--nonsens", "a.yaml"], "Unknown option --nonsens", "okänt tillval: --nonsens"),
            (["render", "a.yaml", "-o"], "Missing argument for -o", "värde saknas efter -o"),
            (["render", "a.yaml", "--dpi", "hög"], "Cannot parse double value", "ett tal ska stå efter --dpi"),
            (["batch", "a.yaml", "-j", "99999999999"], "out of range", "för stort tal efter -j")):
        assert english in run(folder, *arguments, code=2)[1], arguments
        err = run(folder, *arguments, code=2, env=swedish)[1]
        assert err.startswith(f"plansats: {svenska}; se 'plansats {arguments[0]} --help'"), err


@test
def what_cannot_be_read_is_told_in_the_users_language(folder):
    swedish = plansats.environment(LC_ALL="sv_SE.UTF-8")
    place(folder, PLAN + "bild: bild.png\n", TEMPLATE.replace("nr: integer", "bild: image").replace(
        "- {break: page}", '- {figure: {image: "{{bild}}", alt: En bild}}', 1))
    (folder / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run(folder, "check", "saknas.yaml", code=3)[1] == "plansats: saknas.yaml: there is no such file\n"
    assert run(folder, "check", "saknas.yaml", code=3, env=swedish)[1] == "plansats: saknas.yaml: filen finns inte\n"
    assert "'bild.png': broken PNG" in run(folder, "check", "plan.yaml", code=1)[1]
    assert "'bild.png': bilden är skadad (broken PNG" in run(folder, "check", "plan.yaml", code=1, env=swedish)[1]
    assert "templates and fonts in x\n" in run(folder, "check", "--data=x", "plan.yaml", code=3)[1]
    assert "teckensnitt i x\n" in run(folder, "check", "--data=x", "plan.yaml", code=3, env=swedish)[1]


@test
def each_command_has_help_in_both_languages(folder):
    for locale in ("C.UTF-8", "sv_SE.UTF-8"):
        assert max(map(len, run(folder, "--help", env=plansats.environment(LC_ALL=locale))[0].splitlines())) <= 100
    found = commands(folder)
    assert {"render", "check", "explain", "batch", "dump", "extract", "new", "schema", "diff", "revise"} <= set(found), found
    swedish = plansats.environment(LC_ALL="sv_SE.UTF-8")
    for command in found:
        out, _ = run(folder, command, "--help")
        svenska, _ = run(folder, command, "--help", env=swedish)
        assert out.startswith(f"plansats {command} ") and svenska.startswith(f"plansats {command} "), out
        assert "[OPTION…]" in out and "[TILLVAL…]" in svenska and out != svenska, svenska
        assert options(folder, command).keys() == options(folder, command, swedish).keys(), svenska
        assert max(map(len, (out + svenska).splitlines())) <= 100, out + svenska


@test
def a_command_takes_the_options_of_its_help_and_no_others(folder):
    place(folder)
    every = {command: options(folder, command) for command in commands(folder)}
    values = {name: value for taken in every.values() for name, value in taken.items()}
    assert len(values) > 15, values
    arguments = {"diff": ["a.yaml", "b.yaml"], "new": ["nothing"], "schema": ["nothing"], "reference": ["nothing"]}
    for command, taken in every.items():
        for name, value in values.items():
            if command == "batch" and name == "merge" or command == "explain" and name == "data":
                continue
            given = [f"--{name}=1"] if value else [f"--{name}"]
            rest = arguments.get(command, ["missing.yaml"])
            result = plansats.run(command, *given, *(rest if name not in taken else []), cwd=folder)
            err = result.stderr.decode()
            assert result.returncode == 2, (command, name, result.returncode, err)
            if name in taken:
                assert "Unknown option" not in err, (command, name, err)
            else:
                assert "Unknown option" in err and f"plansats {command} --help" in err, (command, name, err)
    assert names(folder) == ["plan.yaml", "prov.yaml"], names(folder)


@test
def the_pages_name_only_commands_and_options_that_there_are(folder):
    every = {command: options(folder, command) for command in commands(folder)}
    pages = [plansats.ROOT / "README.md", *sorted((plansats.ROOT / "docs").glob("*.md"))]
    seen = 0
    for page in pages:
        for line in re.findall(r"^    plansats ([a-z]+ .*)$", page.read_text(encoding="utf-8"), re.M):
            command, *rest = line.split("#")[0].split(";")[0].split()
            assert command in every, (page.name, line)
            for word in re.findall(r"(?<!\S)--([a-z]+)", " ".join(rest)):
                assert word in every[command], (page.name, line)
            seen += 1
    assert seen > 10, seen


# ---- standard output ----

@test
def a_new_plan_finds_the_template_it_was_made_for(folder):
    for name in ("prov.yaml", "egna mallar/två 'mallar'.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(TEMPLATE.replace("template: prov", "template: annan"), encoding="utf-8")
    (folder / "planer/år").mkdir(parents=True)
    (folder / "länk").symlink_to("planer/år")  # ".." leads from there to planer
    for template, plan in (("./prov.yaml", "a.yaml"), ("prov.yaml", "./b.yaml"), ("prov", "c.yaml"),
                           ("./prov.yaml", "länk/a.yaml"), ("./prov.yaml", "planer/a.yaml"), ("prov.yaml", "planer/år/b.yaml"),
                           ("egna mallar/två 'mallar'.yaml", "egna mallar/a.yaml"),
                           ("egna mallar/två 'mallar'.yaml", "planer/c.yaml"),
                           (str(folder / "prov.yaml"), "planer/d.yaml"), ("forvaltningsplan", "planer/e.yaml")):
        run(folder, "new", template, "-o", plan)
        run(folder, "check", plan)
        # as the plan says, in its folder
        how = (folder / plan).read_text(encoding="utf-8").split("\n")[1].partition("plansats ")[2]
        words = shlex.split(how.rstrip(")"))
        run((folder / plan).parent, *words)
        ((folder / plan).parent / words[-1]).unlink()
    out, _ = run(folder, "new", "./prov.yaml")
    assert "\nmall: ./prov.yaml\n" in out, out
    # one that lies here would not be found from there
    run(folder, "new", "prov", "-o", "planer/f.yaml", code=1)
    own = "delarsrapport, delarsrapport-bilder, forvaltningsplan, verksamhetsplan"
    assert f"there are: {own}\n" in run(folder, "new", code=2)[1]
    assert f"there are: {own}\n" in run(folder, "new", "bokslut", code=1)[1]


@test
def what_cannot_be_written_to_standard_output_gives_3(folder):
    place(folder)
    run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    (folder / "ny.yaml").write_text(PLAN.replace("Plan", "Ny plan"), encoding="utf-8")
    (folder / "mål").mkdir()
    for arguments in (["--version"], ["--help"], ["render", "--help"], ["render", "plan.yaml", "-o", "ut.pdf"],
                      ["check", "--format", "json", "plan.yaml"], ["check", "--format", "sarif", "plan.yaml"],
                      ["explain"], ["explain", "unknown-key"], ["dump", "--stage=document", "plan.yaml"],
                      ["extract", "ut.pdf", "-o", "mål"], ["new", "./prov.yaml"], ["schema", "./prov.yaml"],
                      ["reference", "./prov.yaml"], ["diff", "plan.yaml", "ny.yaml"],
                      ["batch", "-o", "mål", "plan.yaml"]):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([plansats.PROGRAM, *arguments], cwd=folder, stdout=full, stderr=subprocess.PIPE,
                                    env=plansats.environment(), timeout=60)
        err = result.stderr.decode()
        assert result.returncode == 3 and "cannot write to standard output" in err, (arguments, result.returncode, err)
        assert "No space left" in err or len(arguments) > 1, err
    # nothing to write is nothing that fails
    with open("/dev/full", "wb") as full:
        result = subprocess.run([plansats.PROGRAM, "check", "plan.yaml"], cwd=folder, stdout=full,
                                stderr=subprocess.PIPE, env=plansats.environment(), timeout=60)
    assert result.returncode == 0, result.stderr


# ---- files ----

@test
def a_failed_render_leaves_the_old_file(folder):
    place(folder, PLAN + "nr: många\n")
    (folder / "ut.pdf").write_bytes(OLD)
    run(folder, "render", "plan.yaml", "-o", "ut.pdf", code=1)
    assert (folder / "ut.pdf").read_bytes() == OLD
    assert names(folder) == ["plan.yaml", "prov.yaml", "ut.pdf"], names(folder)


@test
def a_full_disk_leaves_the_old_file_and_nothing_else(folder):
    place(folder)
    (folder / "ut.pdf").write_bytes(OLD)
    limit = plansats.PROGRAM, "render", "plan.yaml", "-o", "ut.pdf"
    result = subprocess.run(limit, cwd=folder, env=plansats.environment(), capture_output=True,
                            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    assert result.returncode == 3, result
    assert b"plansats: ut.pdf: " in result.stderr, result.stderr
    assert (folder / "ut.pdf").read_bytes() == OLD
    assert names(folder) == ["plan.yaml", "prov.yaml", "ut.pdf"], names(folder)


@test
def a_full_device_gives_3(folder):
    if not os.path.exists("/dev/full"):
        return
    place(folder)
    for way in ([], ["--format", "plain-pdf"]):
        _, err = run(folder, "render", "plan.yaml", "-o", "/dev/full", *way, code=3)
        assert "/dev/full: No space left" in err, err
    assert os.path.exists("/dev/full") and not os.path.isfile("/dev/full")


@test
def a_folder_that_cannot_be_written_gives_3(folder):
    place(folder)
    (folder / "locked").mkdir(mode=0o500)
    targets = ["missing/ut.pdf", "plan.yaml/ut.pdf"]
    if os.geteuid() != 0:
        targets.append("locked/ut.pdf")
    for target in targets:
        _, err = run(folder, "render", "plan.yaml", "-o", target, code=3)
        assert "plansats: " in err, err
    assert names(folder) == ["locked", "plan.yaml", "prov.yaml"], names(folder)


@test
def a_pipe_is_written_to_and_stays_a_pipe(folder):
    place(folder)
    os.mkfifo(folder / "pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((folder / "pipe").read_bytes()))
    reader.start()
    run(folder, "render", "plan.yaml", "-o", "pipe", "-q")
    reader.join(30)
    assert got and got[0].startswith(b"%PDF") and (folder / "pipe").is_fifo()


@test
def a_link_stays_a_link(folder):
    place(folder)
    (folder / "real.pdf").write_bytes(OLD)
    (folder / "ut.pdf").symlink_to("real.pdf")
    run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    assert (folder / "ut.pdf").is_symlink() and is_pdf(folder / "real.pdf")


@test
def a_plan_can_come_from_a_pipe(folder):
    place(folder)
    os.mkfifo(folder / "rör.yaml")
    writer = threading.Thread(target=lambda: (folder / "rör.yaml").write_text(PLAN))
    writer.start()
    run(folder, "check", "rör.yaml")
    writer.join(30)


@test
def a_plan_s_folder_may_be_reached_through_a_link(folder):
    (folder / "egen").mkdir()
    place(folder / "egen", PLAN + "inkludera: data/siffror.yaml\n")
    (folder / "egen" / "data").mkdir()
    (folder / "egen" / "data" / "siffror.yaml").write_text("nr: 3\n", encoding="utf-8")
    (folder / "väg").symlink_to("egen")
    run(folder, "render", "väg/plan.yaml", "-o", "ut.pdf")
    (folder / "plan.yaml").symlink_to("egen/plan.yaml")
    (folder / "prov.yaml").symlink_to("egen/prov.yaml")
    _, err = run(folder, "render", "plan.yaml", "-o", "ut.pdf", code=1)
    assert "data/siffror.yaml" in err, err


@test
def what_is_up_to_date_is_left_alone(folder):
    place(folder)
    first, _ = run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    before = (folder / "ut.pdf").stat()
    again, _ = run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    assert again == "ut.pdf: up to date\n", again
    after = (folder / "ut.pdf").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    forced, _ = run(folder, "render", "plan.yaml", "-o", "ut.pdf", "--force")
    assert "3 pages" in forced and (folder / "ut.pdf").stat().st_ino != after.st_ino
    for change in (lambda: place(folder, PLAN + "# en kommentar\n"),
                   lambda: place(folder, template=TEMPLATE.replace("Andra", "2:a")),
                   lambda: (folder / "ut.pdf").write_bytes((folder / "ut.pdf").read_bytes()[:-100])):
        change()
        out, _ = run(folder, "render", "plan.yaml", "-o", "ut.pdf")
        assert "3 pages" in out, out
        out, _ = run(folder, "render", "plan.yaml", "-o", "ut.pdf")
        assert "up to date" in out, out
    out, _ = run(folder, "render", "plan.yaml", "-o", "ut.pdf", "--date", "2024-01-01")
    assert "3 pages" in out, out


@test
def a_program_of_other_sources_renders_anew(folder):
    place(folder)
    bytes_ = bytearray(plansats.PROGRAM.read_bytes())
    at = re.search(rb"source:[0-9a-f]{64}", bytes_).end()
    bytes_[at - 8:at] = b"00000000"
    other = folder / "plansats-annan"
    other.write_bytes(bytes_)
    other.chmod(0o755)
    data = ["--data", str(plansats.ROOT)]
    run(folder, "render", "plan.yaml", "-o", "ut.pdf", *data)
    command = [str(other), "render", "plan.yaml", "-o", "ut.pdf", *data]
    for expected in ("3 pages", "up to date"):
        result = subprocess.run(command, cwd=folder, env=plansats.environment(), capture_output=True,
                                timeout=60)
        assert expected in result.stdout.decode(), result


@test
def a_font_of_the_theme_s_own_that_changes_renders_anew(folder):
    place(folder, template=TEMPLATE.replace("standard", "egen"))
    (folder / "themes" / "typsnitt").mkdir(parents=True)
    (folder / "themes" / "egen.yaml").write_text("theme: egen\nextends: standard\nfonts: [typsnitt]\n",
                                                 encoding="utf-8")
    font = plansats.ROOT / "fonts" / "SourceSans3-Regular.ttf"
    (folder / "themes" / "typsnitt" / "a.ttf").write_bytes(font.read_bytes())
    run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    same, _ = run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    assert "up to date" in same, same
    (folder / "themes" / "typsnitt" / "b.ttf").write_bytes(font.read_bytes())
    anew, _ = run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    assert "3 pages" in anew, anew


@test
def without_o_a_plan_is_named_after_itself_or_its_folder(folder):
    place(folder)
    (folder / "min plan.yaml").write_text(PLAN)
    out, _ = run(folder, "render", "min plan.yaml")
    assert out.startswith("min plan.pdf: ") and is_pdf(folder / "min plan.pdf")
    out, _ = run(folder, "render", "plan.yaml")
    assert out.startswith(f"{folder.name}.pdf: ") and is_pdf(folder / f"{folder.name}.pdf")


@test
def folders_may_have_spaces_and_letters(folder):
    below = folder / "Förvaltningens planer å ä ö"
    below.mkdir()
    place(below)
    run(folder, "render", f"{below.name}/plan.yaml", "-o", f"{below.name}/utgåva 1.pdf")
    assert is_pdf(below / "utgåva 1.pdf")
    place(below, PLAN + "okänd: 1\n")
    _, err = run(folder, "check", f"{below.name}/plan.yaml", code=1)
    assert err.startswith(f"{below.name}/plan.yaml:3:1: error:"), err


# ---- formats and pages ----

@test
def each_format_is_what_it_says(folder):
    place(folder)
    run(folder, "render", "plan.yaml", "--format", "png", "--dpi", "20", "-o", "sida.png")
    run(folder, "render", "plan.yaml", "--format", "svg", "-o", "sida.svg")
    run(folder, "render", "plan.yaml", "--format", "plain-pdf", "-o", "plain.pdf")
    run(folder, "render", "plan.yaml", "--archive", "a2a", "-o", "a2a.pdf")
    for number in ("01", "02", "03"):
        assert (folder / f"sida-{number}.png").read_bytes().startswith(b"\x89PNG")
        assert b"<svg" in (folder / f"sida-{number}.svg").read_bytes()[:300]
    assert (folder / "plain.pdf").read_bytes().startswith(b"%PDF")
    assert is_pdf(folder / "a2a.pdf")
    assert not (folder / "sida.png").exists()


@test
def pages_can_be_chosen(folder):
    place(folder)
    for pages, wanted in (("2", 1), ("2-3", 2), ("-2", 2), ("3-", 1), ("2-9", 2)):
        out, _ = run(folder, "render", "plan.yaml", "--pages", pages, "-o", "ut.pdf")
        assert out.startswith(f"ut.pdf: {wanted} page" + ("s, " if wanted > 1 else ", ")), out
        count = subprocess.run(["qpdf", "--show-npages", folder / "ut.pdf"], capture_output=True,
                               text=True).stdout.strip()
        assert count == str(wanted), (pages, count)
        checked = subprocess.run(["qpdf", "--check", folder / "ut.pdf"], capture_output=True)
        assert checked.returncode == 0, (pages, checked.stdout, checked.stderr)
    run(folder, "render", "plan.yaml", "--pages", "2", "--format", "png", "--dpi", "20", "-o", "en.png")
    assert (folder / "en.png").exists()
    run(folder, "render", "plan.yaml", "--pages", "2-3", "--format", "png", "--dpi", "20", "-o", "en.png")
    assert (folder / "en-02.png").exists() and (folder / "en-03.png").exists()
    assert not (folder / "en-01.png").exists()


@test
def each_stage_can_be_dumped(folder):
    place(folder)
    for stage, part in (("values", "titel"), ("document", "paragraph"), ("pages", "page 3"),
                        ("tags", "Document"), ("text", "Tredje")):
        out, err = run(folder, "dump", "--stage", stage, "plan.yaml")
        assert part in out and err == "", (stage, out, err)


# ---- words ----

@test
def a_plan_says_until_when_it_holds(folder):
    plan = ("mall: forvaltningsplan\norganisation: Regionen\nförvaltning: {namn: Kontoret}\nperiod: '2027'\n"
            "dokumentnummer: '1'\ngäller-från: 2027-01-01\n")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    out = re.sub(r"[^\S\n]+", " ", run(folder, "dump", "--stage=pages", "plan.yaml")[0])
    assert '"Gäller fr.o.m."' in out and '"Dok.nr 1 Gäller fr.o.m. 2027-01-01"' in out, out
    (folder / "plan.yaml").write_text(plan + "gäller-till: 2027-12-31\n", encoding="utf-8")
    out = re.sub(r"[^\S\n]+", " ", run(folder, "dump", "--stage=pages", "plan.yaml")[0])
    assert '"2027-01-01–2027-12-31"' in out and '"Gäller fr.o.m."' not in out, out
    assert out.count('"Dok.nr 1 Gäller fr.o.m. 2027-01-01 t.o.m. 2027-12-31"') == out.count("\npage ") + 1, out


@test
def messages_follow_the_locale(folder):
    place(folder, PLAN + "okänd: 1\n")
    for change, swedish in (({"LC_ALL": "sv_SE.UTF-8"}, True), ({"LC_ALL": None, "LANG": "sv_SE"}, True),
                            ({"LC_ALL": None, "LC_MESSAGES": "sv_FI.UTF-8", "LANG": "en_US"}, True),
                            ({"LC_ALL": "en_GB.UTF-8", "LANG": "sv_SE"}, False), ({"LC_ALL": "C"}, False),
                            ({"LC_ALL": None}, False)):
        env = plansats.environment(**change)
        _, err = run(folder, "check", "plan.yaml", code=1, env=env)
        assert ("okänd nyckel" in err) == swedish and ("unknown key" in err) != swedish, (change, err)
        out, _ = run(folder, "--help", env=env)
        assert ("officiella" in out) == swedish, out


@test
def there_are_no_colours_but_on_a_terminal(folder):
    place(folder, PLAN + "okänd: 1\n")
    _, err = run(folder, "check", "plan.yaml", code=1)
    assert "\033" not in err
    for change, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        try:
            ours, theirs = pty.openpty()
        except OSError:
            return  # a container without terminals
        process = subprocess.Popen([plansats.PROGRAM, "check", "plan.yaml"], cwd=folder, stderr=theirs,
                                   stdout=subprocess.DEVNULL, env=plansats.environment(**change))
        process.wait(60)
        said = os.read(ours, 100000).decode("utf-8", "replace")
        os.close(ours)
        os.close(theirs)
        assert ("\033[" in said) == coloured, said


@test
def json_can_be_read_by_machines(folder):
    import json
    place(folder, PLAN + "nr: många\nokänd: 1\n")
    out, _ = run(folder, "check", "--format", "json", "plan.yaml", code=1)
    text = json.loads(out)
    assert "unknown-key" in json.dumps(text) and "wrong-type" in json.dumps(text), text


@test
def quiet_says_only_what_is_wrong(folder):
    place(folder)
    assert run(folder, "render", "plan.yaml", "-q", "-o", "ut.pdf") == ("", "")
    assert run(folder, "check", "-q", "plan.yaml") == ("", "")


@test
def timings_go_to_stderr_by_stage(folder):
    place(folder)
    _, err = run(folder, "render", "plan.yaml", "--timings", "-o", "ut.pdf")
    stages = [line.split()[0] for line in err.splitlines()]
    assert stages[:1] == ["read"] and "layout" in stages and all(line.endswith(" ms") for line in err.splitlines()), err


# ---- templates and dates ----

@test
def templates_are_found_beside_the_plan_and_then_in_the_variable(folder):
    for name in ("en", "två mallar"):
        (folder / name).mkdir()
        (folder / name / "egen.yaml").write_text(
            TEMPLATE.replace("template: prov", "template: egen").replace("Andra", name), encoding="utf-8")
    plans = folder / "planer"
    plans.mkdir()
    (plans / "plan.yaml").write_text("mall: egen\ntitel: Plan\n", encoding="utf-8")
    _, err = run(plans, "check", "plan.yaml", code=1)
    assert "[unknown-template]" in err, err
    env = plansats.environment(PLANSATS_TEMPLATES=f"{folder}/finns inte::{folder}/två mallar:{folder}/en")
    out, _ = run(plans, "dump", "--stage=tags", "plan.yaml", env=env)
    assert "två mallar sidan" in out, out
    shutil.copy(folder / "en" / "egen.yaml", plans)
    out, _ = run(plans, "dump", "--stage=tags", "plan.yaml", env=env)
    assert "en sidan" in out, out


@test
def source_date_epoch_dates_what_the_plan_does_not(folder):
    def dates(**change):
        run(folder, "render", "plan.yaml", "--force", "-o", "ut.pdf", env=plansats.environment(**change))
        text = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", folder / "ut.pdf", "-"],
                              capture_output=True).stdout
        return [line.strip() for line in text.decode("latin-1").splitlines()
                if "xmp:CreateDate" in line or "/CreationDate" in line]

    place(folder)
    assert dates() == [], dates()
    found = dates(SOURCE_DATE_EPOCH="1700000000")
    assert len(found) == 2 and "20231114221320" in found[0] + found[1] and "2023-11-14T22:13:20Z" in found[0] + found[1], found
    assert dates(SOURCE_DATE_EPOCH="soon") == [] and dates(SOURCE_DATE_EPOCH="-1") == []


@test
def a_placeholder_is_no_date_of_the_file(folder):
    place(folder, PLAN + 'dag: "[Skriv datum]"\n',
          TEMPLATE.replace("nr: integer", "dag: date").replace('document: {title: "{{titel}}"}',
                                                              'document: {title: "{{titel}}", date: "{{dag}}"}'))
    run(folder, "render", "plan.yaml", "-o", "ut.pdf")
    text = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", folder / "ut.pdf", "-"],
                          capture_output=True).stdout
    assert b"CreationDate" not in text and b"xmp:CreateDate" not in text


def carried(folder, name):
    """The names of the files that a PDF carries, and that they are enough to make it again."""
    run(folder, "render", name, "--force", "-o", "igen.pdf")
    assert (folder / name).read_bytes() == (folder / "igen.pdf").read_bytes(), f"{name} is not made again"
    shutil.rmtree(folder / "ut", ignore_errors=True)
    run(folder, "extract", name, "-o", "ut")
    return {path.relative_to(folder / "ut").as_posix() for path in (folder / "ut").rglob("*.yaml")}


@test
def a_pdf_carries_the_same_from_wherever_the_plan_is_told(folder):
    own = folder / "d" / "themes"
    own.mkdir(parents=True)
    place(folder / "d", template=TEMPLATE.replace("theme: standard", "theme: egen"))
    (own / "egen.yaml").write_text("theme: egen\nextends: standard\n", encoding="utf-8")
    run(folder / "d", "render", "plan.yaml", "-o", "../a.pdf")
    run(folder, "render", "d/plan.yaml", "-o", "b.pdf")
    run(folder, "render", folder / "d" / "plan.yaml", "-o", "c.pdf")
    assert len({(folder / name).read_bytes() for name in ("a.pdf", "b.pdf", "c.pdf")}) == 1
    assert {"plan.yaml", "prov.yaml", "themes/egen.yaml"} <= carried(folder, "a.pdf")


@test
def a_pdf_carries_a_template_from_outside_the_plans_folder(folder):
    for name in ("mallar", "planer"):
        (folder / name).mkdir()
    place(folder / "mallar")
    (folder / "planer" / "plan.yaml").write_text(PLAN.replace("./", "../mallar/"), encoding="utf-8")
    run(folder, "render", "planer/plan.yaml", "-o", "a.pdf")
    run(folder / "planer", "render", "plan.yaml", "-o", "../b.pdf")
    assert (folder / "a.pdf").read_bytes() == (folder / "b.pdf").read_bytes()
    assert {"plan/plan.yaml", "mallar/prov.yaml"} <= carried(folder, "a.pdf")
    run(folder, "render", "ut/plan/plan.yaml", "-o", "c.pdf")


@test
def a_folder_of_templates_may_end_in_a_slash(folder):
    (folder / "t" / "sections").mkdir(parents=True)
    (folder / "t" / "prov.yaml").write_text(TEMPLATE + "  - include: sist\n", encoding="utf-8")
    (folder / "t" / "sections" / "sist.yaml").write_text(
        "section: sist\nbody:\n  - {text: Sist.}\n", encoding="utf-8")
    (folder / "plan.yaml").write_text(PLAN.replace("./prov.yaml", "prov"), encoding="utf-8")
    made = set()
    for at in ("t", "t/", "./t", "t//", str(folder / "t") + "/"):
        run(folder, "render", "plan.yaml", "--force", "-o", "a.pdf", env=plansats.environment(PLANSATS_TEMPLATES=at))
        made.add((folder / "a.pdf").read_bytes())
    assert len(made) == 1
    assert {"templates/prov.yaml", "templates/sections/sist.yaml"} <= carried(folder, "a.pdf")


@test
def a_file_that_is_written_over_keeps_its_rights(folder):
    place(folder)
    old = os.umask(0o022)
    try:
        for rights in (0o600, 0o664, 0o640):
            (folder / "ut.pdf").write_bytes(OLD)
            (folder / "ut.pdf").chmod(rights)
            run(folder, "render", "plan.yaml", "-o", "ut.pdf")
            assert (folder / "ut.pdf").stat().st_mode & 0o777 == rights
            assert (folder / "ut.pdf").read_bytes() != OLD
    finally:
        os.umask(old)


@test
def names_may_be_as_long_as_the_file_system_has_them(folder):
    place(folder)
    for length in (240, 246, 247, 248, 249, 253, 254, 255):
        name = "å" * ((length - 4) // 2) + "x" * (length % 2) + ".pdf"
        run(folder, "render", "plan.yaml", "-o", name)
        assert (folder / name).is_file()


@test
def a_link_that_leads_nowhere_yet_stays_one(folder):
    place(folder)
    (folder / "d").mkdir()
    (folder / "a.pdf").symlink_to("b.pdf")
    (folder / "b.pdf").symlink_to("d/c.pdf")
    run(folder, "render", "plan.yaml", "-o", "a.pdf")
    assert (folder / "a.pdf").is_symlink() and (folder / "d" / "c.pdf").read_bytes().startswith(b"%PDF")


@test
def little_memory_is_enough_for_a_little_document(folder):
    place(folder)
    if b"__asan_init" in plansats.PROGRAM.read_bytes():
        return  # its shadow alone takes terabytes
    for limit in ("ulimit -v 60000", "ulimit -d 20000"):  # KiB
        run(folder, "render", "plan.yaml", "--force", "-o", "ut.pdf",
            wrapper=["sh", "-c", limit + '; exec "$@"', "sh"])


if __name__ == "__main__":
    if not shutil.which("qpdf"):
        plansats.skip("qpdf is not here")
    plansats.main(TESTS)
