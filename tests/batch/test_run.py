#!/usr/bin/env python3
"""What a batch makes, names, skips and says."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from batchtest import (DATA, PROGRAM, batch, batch_environment, check_whole, children, counts, main, manifest,
                       outputs, records, start, strangers, tests_of, wait_for, write_plan, write_plans)


def test_a_folder_of_plans_comes_out_whole(folder):
    write_plans(folder / "in", 6)
    (folder / "in/annat.yaml").write_text("inte: en plan\n", encoding="utf-8")
    write_plan(folder / "in/.dold/x.yaml", "Dold")
    write_plan(folder / "in/djup/ner/plan.yaml", "Djup")
    done = batch("-o", folder / "ut", "-j", 2, folder / "in")
    assert counts(done) == (7, 0, 0, 0), done.out
    assert set(outputs(folder / "ut")) == {f"plan-{i:03}.pdf" for i in range(6)} | {"ner.pdf"}
    check_whole(folder / "ut")
    record = records(folder / "ut")["plan-003"]
    assert record["pages"] == 1 and record["errors"] == 0 and record["size"] > 1000
    assert manifest(folder / "ut")["complete"] is True


def test_the_output_is_that_of_render(folder):
    plan = write_plan(folder / "a.yaml", "A")
    batch("-o", folder / "ut", plan)
    subprocess.run([PROGRAM, "render", plan, "-o", folder / "a.pdf"], check=True,
                   env=batch_environment(), capture_output=True)
    assert (folder / "a.pdf").read_bytes() == (folder / "ut/a.pdf").read_bytes()


def test_workers_do_not_change_the_outputs(folder):
    write_plans(folder / "in", 8)
    batch("-o", folder / "ett", "-j", 1, folder / "in")
    batch("-o", folder / "tre", "-j", 3, folder / "in")
    assert outputs(folder / "ett") == outputs(folder / "tre")


def test_lists_name_plans_and_folders(folder):
    write_plans(folder / "in", 2)
    write_plan(folder / "b.yaml", "B")
    (folder / "listor").mkdir()
    (folder / "listor/alla").write_text("# våra planer\n\n../in\n../b.yaml\n../in/plan-000.yaml\n")
    done = batch("-o", folder / "ut", f"@{folder}/listor/alla")
    assert counts(done)[0] == 3
    done = batch("-o", folder / "ut2", "@-", input=f"{folder}/b.yaml\n".encode())
    assert counts(done)[0] == 1


def test_unchanged_plans_are_skipped(folder):
    plans = write_plans(folder / "in", 5)
    batch("-o", folder / "ut", folder / "in")
    before = {path: path.stat().st_mtime_ns for path in (folder / "ut").glob("*.pdf")}
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (0, 5)
    assert before == {path: path.stat().st_mtime_ns for path in (folder / "ut").glob("*.pdf")}
    write_plan(plans[2], "P002", rows=6)
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (1, 4)
    assert counts(batch("-o", folder / "ut", "--force", folder / "in"))[:2] == (5, 0)
    assert counts(batch("-o", folder / "ut", "--date", "2024-02-01", folder / "in"))[:2] == (5, 0)
    check_whole(folder / "ut")


def test_moved_together_plans_and_outputs_stay_unchanged(folder):
    write_plans(folder / "år/in", 2)
    batch("-o", folder / "år/ut", folder / "år/in")
    (folder / "år").rename(folder / "annat år")
    done = batch("-o", folder / "annat år/ut", folder / "annat år/in")
    assert counts(done)[:2] == (0, 2)


def test_a_spoilt_output_is_made_again(folder):
    write_plans(folder / "in", 3)
    batch("-o", folder / "ut", folder / "in")
    right = outputs(folder / "ut")
    with (folder / "ut/plan-000.pdf").open("r+b") as file:
        file.seek(500)
        file.write(b"?")
    os.truncate(folder / "ut/plan-001.pdf", 0)
    (folder / "ut/plan-002.pdf").unlink()
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (3, 0)
    assert outputs(folder / "ut") == right


def test_templates_and_what_would_come_before_them_count(folder):
    write_plans(folder / "in", 2)
    templates = folder / "mallar"
    (templates / "sections").mkdir(parents=True)
    for name in ("liten.yaml", "sections/inledning.yaml"):
        (templates / name).write_bytes((DATA / "templates" / name).read_bytes())
    env = batch_environment(PLANSATS_TEMPLATES=str(templates))
    batch("-o", folder / "ut", folder / "in", env=env)
    section = templates / "sections/inledning.yaml"
    section.write_text(section.read_text() + '  - paragraph: "Mera."\n')
    assert counts(batch("-o", folder / "ut", folder / "in", env=env))[:2] == (2, 0)
    assert counts(batch("-o", folder / "ut", folder / "in", env=env))[:2] == (0, 2)
    own = folder / "in/sections/inledning.yaml"
    own.parent.mkdir()
    own.write_text('section: inledning\nbody:\n  - paragraph: "Egen."\n')
    assert counts(batch("-o", folder / "ut", folder / "in", env=env))[:2] == (2, 0)


def test_every_plan_is_told_what_is_wrong_with_its_template(folder):
    """One worker or two, preloaded or not, a second run or the first: the template's warnings are the plan's."""
    plans = write_plans(folder / "in", 4)
    templates = folder / "mallar"
    (templates / "sections").mkdir(parents=True)
    for name in ("liten.yaml", "sections/inledning.yaml"):
        (templates / name).write_bytes((DATA / "templates" / name).read_bytes())
    template = templates / "liten.yaml"
    template.write_text(template.read_text().replace("theme: standard", "theme: blek"))
    (templates / "themes").mkdir()
    (templates / "themes/blek.yaml").write_text(
        'theme: blek\nextends: standard\ncolours: {muted: "#CCCCCC"}\n')
    env = batch_environment(PLANSATS_TEMPLATES=str(templates))
    said = set()
    for name, workers in (("ett", 1), ("två", 2)):
        batch("-o", folder / name, "-j", workers, folder / "in", env=env)
        told = records(folder / name)
        assert len(told) == 4
        for record in told.values():
            assert record["warnings"] > 0 and record["warnings"] == len(record["findings"]), record
            contrasts = [one for one in record["findings"] if one["code"] == "contrast"]
            said.add(json.dumps(contrasts, sort_keys=True))
    assert len(said) == 1 and contrasts, said
    done = subprocess.run([PROGRAM, "check", *plans], env=env, capture_output=True, check=True)
    assert (done.stdout + done.stderr).decode().count("[contrast]") == \
        4 * len(contrasts), done.stdout.decode()


def test_libraries_loaded_on_the_way_count(folder):
    """A playing card needs Pango, which is not loaded for letters."""
    plan = write_plan(folder / "in/a.yaml", "P")
    plan.write_text(plan.read_text().replace("titel: P", "titel: 🂡"))
    done = batch("-o", folder / "ut", folder / "in/a.yaml")
    record = records(folder / "ut")["a"]
    assert any("libpango" in path for path in record["inputs"]), done.err
    write_plan(folder / "in/b.yaml", "B")
    batch("-o", folder / "ut", folder / "in/b.yaml")
    assert not any("libpango" in path for path in records(folder / "ut")["b"]["inputs"])
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (0, 2)


def test_pictures_count(folder):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="%d" height="9"/></svg>'
    (folder / "in").mkdir()
    (folder / "in/bild.svg").write_text(svg % 5)
    write_plan(folder / "in/a.yaml", "A", bild="bild.svg")
    write_plan(folder / "in/b.yaml", "B")
    batch("-o", folder / "ut", folder / "in")
    (folder / "in/bild.svg").write_text(svg % 7)
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (1, 1)


def test_data_files_count(folder):
    plan = write_plan(folder / "in/a.yaml", "A", rows=0)
    plan.write_text(plan.read_text().replace("rader:", "rader: !csv belopp.csv\ninkludera: mer.yaml"))
    (folder / "in/mer.yaml").write_text('period: "2030"\n')
    (folder / "in/belopp.csv").write_bytes("post;belopp\r\nLöner;12,5\r\n".encode("cp1252"))
    write_plan(folder / "in/b.yaml", "B")
    batch("-o", folder / "ut", folder / "in")
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (0, 2)
    (folder / "in/belopp.csv").write_bytes("post;belopp\r\nLöner;13,5\r\n".encode("cp1252"))
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (1, 1)
    (folder / "in/mer.yaml").write_text('period: "2031"\n')
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (1, 1)


def test_a_pattern_names_outputs_by_the_plans_data(folder):
    write_plan(folder / "in/a.yaml", "RK", period='"2024/2026: plan?"')
    write_plan(folder / "in/b.yaml", "HSF")
    done = batch("-o", folder / "ut", "--pattern", "år/{{förvaltning.kort}}-{{period}}", folder / "in")
    assert set(outputs(folder / "ut")) == {"år/RK-2024-2026- plan-.pdf", "år/HSF-2024–2026.pdf"}, done.err
    done = batch("-o", folder / "ut", "--pattern", "år/{{förvaltning.kort}}-{{period}}", folder / "in")
    assert counts(done)[:2] == (0, 2)
    done = batch("-o", folder / "ut", "--pattern", "{{förvaltning.kort}}.pdf", folder / "in")
    assert counts(done)[:2] == (2, 0)
    done = batch("-o", folder / "ut", "--pattern", "{{förvaltning.korta}}", folder / "in", code=1)
    assert counts(done) == (0, 0, 2, 0)
    assert "förvaltning.korta" in done.err


def test_patterns_that_cannot_be_are_refused(folder):
    write_plans(folder / "in", 1)
    for pattern in ("../{{titel}}", "/tmp/x", "{{titel", "titel}}", "{{}}", "a//b", "{{titel | versal}}"):
        batch("-o", folder / "ut", "--pattern", pattern, folder / "in", code=2)
    assert not (folder / "ut").exists()


def test_two_plans_of_one_name_stop_the_batch_before_anything_is_written(folder):
    write_plan(folder / "in/a/plan.yaml", "A")
    write_plan(folder / "in/b/a.yaml", "B")
    write_plan(folder / "in/c.yaml", "C")
    done = batch("-o", folder / "ut", folder / "in", code=2)
    assert "in/a/plan.yaml" in done.err and "in/b/a.yaml" in done.err and "c.yaml" not in done.err
    assert list((folder / "ut").iterdir()) == []
    write_plan(folder / "in/b/a.yaml", "a")
    done = batch("-o", folder / "ut", "--pattern", "{{titel}}", folder / "in", code=2)
    assert "in/b/a.yaml" in done.err and list((folder / "ut").iterdir()) == []
    write_plan(folder / "in/c.yaml", "TRASIG").write_text("mall: liten\ntitel: [\n")
    done = batch("-o", folder / "ut", "--pattern", "{{titel}}", folder / "in", code=2)
    assert list((folder / "ut").iterdir()) == []


def test_failures_are_listed_with_their_first_findings(folder):
    write_plans(folder / "in", 3)
    bad = folder / "in/bad.yaml"
    bad.write_text("mall: liten\ntitel: Dålig\nrader:\n  - {post: x, belopp: många}\n  - {pots: y}\n")
    done = batch("-o", folder / "ut", folder / "in", folder / "fattas.yaml", code=1)
    assert counts(done) == (3, 0, 2, 0)
    assert re.search(r"bad\.yaml:4:\d+: error: ", done.err), done.err
    assert re.search(r"fattas\.yaml: there is no such file", done.err), done.err
    record = records(folder / "ut")["bad"]
    assert record["status"] == "errors" and record["errors"] >= 2
    assert record["findings"][0]["severity"] == "error" and record["findings"][0]["line"] == 4
    done = batch("-o", folder / "ut", folder / "in", code=1, env=batch_environment(LC_ALL="sv_SE.UTF-8"))
    assert "1 misslyckad," in done.out and "fel:" in done.err


def test_a_failure_leaves_the_old_output(folder):
    plan = write_plan(folder / "a.yaml", "A")
    batch("-o", folder / "ut", plan)
    before = outputs(folder / "ut")
    plan.write_text("mall: liten\ntitel: [\n")
    batch("-o", folder / "ut", plan, code=1)
    assert outputs(folder / "ut") == before
    write_plan(plan, "A")
    batch("-o", folder / "ut", plan)
    check_whole(folder / "ut")


def test_final_refuses_placeholders(folder):
    write_plan(folder / "in/a.yaml", "A", status="beslutad")
    plan = write_plan(folder / "in/b.yaml", "B", status="utkast")
    plan.write_text(plan.read_text().replace("namn: Förvaltningen B", "namn: '[Skriv namn]'"))
    batch("-o", folder / "ut", folder / "in")
    done = batch("-o", folder / "ut", "--final", folder / "in", code=1)
    assert counts(done)[2] == 1 and "b.yaml" in done.err


def test_another_list_keeps_what_is_known_of_others(folder):
    plans = write_plans(folder / "in", 3)
    batch("-o", folder / "ut", plans[0], plans[1])
    batch("-o", folder / "ut", plans[2])
    assert set(records(folder / "ut")) == {"plan-000", "plan-001", "plan-002"}
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (0, 3)
    (folder / "ut/plan-001.pdf").unlink()
    batch("-o", folder / "ut", plans[2])
    assert set(records(folder / "ut")) == {"plan-000", "plan-002"}


def test_two_batches_do_not_share_a_folder(folder):
    write_plan(folder / "in/a.yaml", "A")
    os.mkfifo(folder / "in/hänger.yaml")
    first = start("-o", folder / "ut", "--timeout", "20", folder / "in/hänger.yaml")
    try:
        wait_for(lambda: children(first.pid), what="its worker: it has the lock then")
        done = batch("-o", folder / "ut", folder / "in/a.yaml", code=3)
        assert "another batch" in done.err
        batch("--merge", folder / "ut", code=3)
    finally:
        first.terminate()
        first.wait()
    batch("-o", folder / "ut", folder / "in/a.yaml")
    check_whole(folder / "ut")


def test_wrong_usage_is_told(folder):
    plan = write_plan(folder / "a.yaml", "A")
    for arguments in (["-j", "-1"], ["-j", "x"], ["--timeout", "-1"], ["--memory", "-1"], ["--shard", "3/2"],
                      ["--shard", "0/2"], ["--shard", "x"], ["--nope"], ["--archive", "a1"]):
        batch("-o", folder / "ut", *arguments, plan, code=2)
    batch(code=2)
    batch("--merge", folder, plan, code=2)
    (folder / "tom").mkdir()
    batch("-o", folder / "ut", folder / "tom", code=2)
    batch("-o", folder / "ut", f"@{folder}/ingen", code=2)
    batch("-o", folder / "a.yaml", plan, code=3)


def test_stray_temporary_files_are_cleaned(folder):
    plan = write_plan(folder / "a.yaml", "A")
    (folder / "ut").mkdir()
    for name in (".plansats-batch.1-1.tmp", ".plansats-batch-2-of-3.77-0.tmp"):
        (folder / "ut" / name).write_text("rest")
    batch("-o", folder / "ut", plan)
    check_whole(folder / "ut")


def test_torn_journals_are_read_as_far_as_they_go(folder):
    write_plans(folder / "in", 4)
    batch("-o", folder / "ut", folder / "in")
    right = outputs(folder / "ut")
    lines = (folder / "ut/plansats-batch.json").read_text(encoding="utf-8").splitlines()
    journal = "".join(line.strip().removesuffix(",") + "\n" for line in lines if '"plan":' in line).encode()
    assert journal.count(b"\n") == 4
    for cut in [*range(0, len(journal), 397), len(journal) - 1, len(journal)]:
        (folder / "ut/plansats-batch.json").unlink()
        (folder / "ut/plansats-batch.journal").write_bytes(journal[:cut])
        made, unchanged, failed, left = counts(batch("-o", folder / "ut", folder / "in"))
        assert (made + unchanged, failed, left) == (4, 0, 0)
        assert unchanged == journal[:cut].count(b"\n"), (cut, unchanged)
        assert outputs(folder / "ut") == right
        check_whole(folder / "ut")
    (folder / "ut/plansats-batch.journal").write_bytes(b"\xff\x00garbage\n{}\n[1]\n" + journal)
    (folder / "ut/plansats-batch.json").unlink()
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (0, 4)
    (folder / "ut/plansats-batch.json").write_text("{}")
    done = batch("-o", folder / "ut", folder / "in", code=3)
    assert "plansats-batch.json" in done.err


def test_the_parent_has_one_thread_and_no_fonts(folder):
    write_plans(folder / "in", 2)
    os.mkfifo(folder / "in/hänger.yaml")
    run = start("-o", folder / "ut", "-j", 2, folder / "in", folder / "in/hänger.yaml")
    try:
        wait_for((folder / "ut/plan-001.pdf").exists, what="an output")
        assert len(os.listdir(f"/proc/{run.pid}/task")) == 1
        assert ".ttf" not in Path(f"/proc/{run.pid}/maps").read_text()
    finally:
        run.terminate()
        run.wait()


def test_an_interrupted_batch_keeps_what_it_has(folder):
    write_plans(folder / "in", 3)
    os.mkfifo(folder / "in/hänger.yaml")
    run = start("-o", folder / "ut", "-j", 1, folder / "in", folder / "in/hänger.yaml")
    wait_for(lambda: len(list((folder / "ut").glob("*.pdf"))) == 3, what="three outputs")
    run.terminate()
    assert run.wait() == 3
    assert strangers(folder / "ut") == []
    assert manifest(folder / "ut")["complete"] is False and len(manifest(folder / "ut")["plans"]) == 3
    assert counts(batch("-o", folder / "ut", folder / "in"))[:2] == (0, 3)


def test_a_terminal_gets_one_line(folder):
    write_plans(folder / "in", 4)
    try:
        controller, terminal = pty.openpty()
    except OSError:
        return "no terminals here"
    run = subprocess.Popen([PROGRAM, "batch", "-o", folder / "ut", folder / "in"], stderr=terminal,
                           stdout=subprocess.PIPE, env=batch_environment())
    os.close(terminal)
    said = b""
    while True:
        try:
            part = os.read(controller, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
    os.close(controller)
    assert run.wait() == 0
    said = said.decode()
    assert "\r" in said and "of 4 done, 0 failed" in said and "/s" in said and "\n" not in said, repr(said)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
