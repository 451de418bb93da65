#!/usr/bin/env python3
"""A data folder that is damaged, or not all there: told as a finding with its place, or as what the system could not do.

    test_data.py [TEST]     all tests, or those whose name has the argument in it
"""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

PLAN = plansats.ROOT / "examples/fds-2020/plan.yaml"
THEME, SECTION = "templates/themes/standard.yaml", "templates/sections/budget.yaml"
PATTERNS, PROFILE = "templates/hyphenation/hyph_sv_SE.dic", "templates/icc/srgb.icc"


def copy(folder):
    """A data folder of one's own to damage."""
    data = folder / "data"
    for part in ("templates", "fonts"):
        shutil.copytree(plansats.ROOT / part, data / part)
    return data


def render(data, code, *arguments):
    """Renders with that data, wants the exit code and gives what was said."""
    out = data / "plan.pdf"
    result = plansats.run("render", PLAN, "--data", data, "-o", out, *arguments, timeout=60)
    said = result.stderr.decode("utf-8", "replace")
    assert result.returncode == code, f"exit {result.returncode}, not {code}\n{said}"
    assert out.exists() == (code == 0), said
    assert "CRITICAL" not in said and "WARNING **" not in said, said
    return said


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


def make_folder(path):
    path.unlink()
    path.mkdir()


def test_all_is_well(folder):
    render(copy(folder), 0)


def head_line():
    """The line of the theme's own name, from 1."""
    return (plansats.ROOT / THEME).read_text(encoding="utf-8").splitlines().index("theme: standard") + 1


def test_a_standard_theme_that_is_cut_short(folder):
    data = copy(folder)
    lines = (data / THEME).read_text(encoding="utf-8").splitlines(keepends=True)
    at = lines.index("numbers:\n")
    (data / THEME).write_text("".join(lines[:at]), encoding="utf-8")
    said = render(data, 1)
    assert f"{THEME}:{head_line()}:1: error: theme 'standard' lacks the number 'break.empty' and 1 more [theme-names]" in said, said
    assert "lacks the word 'enheter' and " in said and said.count("[theme-names]") == 2, said


def test_a_standard_theme_without_one_word(folder):
    data = copy(folder)
    text = (data / THEME).read_text(encoding="utf-8")
    (data / THEME).write_text(text.replace("  forts: (forts.)\n", ""), encoding="utf-8")
    said = render(data, 1)
    assert "error: theme 'standard' lacks the word 'forts' [theme-names]" in said, said
    assert "1 error, " in said, said


def test_a_standard_theme_without_a_family(folder):
    data = copy(folder)
    text = (data / THEME).read_text(encoding="utf-8")
    (data / THEME).write_text(text.replace("family: Source Sans 3\n", ""), encoding="utf-8")
    assert f"{THEME}:{head_line()}:1: error: theme 'standard' names no font family [theme-family]" in render(data, 1)


def test_a_section_that_is_a_folder(folder):
    data = copy(folder)
    make_folder(data / SECTION)
    said = render(data, 1)
    assert "sections/ekonomi.yaml:23:20: error: cannot read the file: " in said, said
    assert "budget.yaml: cannot be read: Is a directory [template-missing]" in said and "1 error, " in said, said


def test_a_section_with_an_error_in_its_syntax_is_the_only_one_told_of(folder):
    data = copy(folder)
    (data / SECTION).write_text("section: budget\ndata: [\n", encoding="utf-8")
    said = render(data, 1)
    assert "budget.yaml:2:7: error: " in said and "1 error, " in said, said


def test_a_template_that_is_a_folder(folder):
    data = copy(folder)
    make_folder(data / "templates/forvaltningsplan.yaml")
    assert "plan.yaml:9:7: error: cannot read the file: " in render(data, 1)


def test_links_that_lead_nowhere(folder):
    data = copy(folder)
    (data / SECTION).unlink()
    (data / SECTION).symlink_to("nowhere.yaml")
    assert "budget.yaml: cannot be opened: No such file" in render(data, 1)
    (data / SECTION).unlink()
    (data / SECTION).symlink_to("budget.yaml")
    said = render(data, 1)
    assert "cannot be opened: Too many levels" in said and "1 error, " in said, said


def test_pipes_that_nobody_writes_to_are_not_waited_for(folder):
    data = copy(folder)
    (data / "docs").mkdir()
    for name in (SECTION, PATTERNS, PROFILE, "fonts/SourceSans3-Regular.ttf"):
        kept = (data / name).read_bytes()
        (data / name).unlink()
        os.mkfifo(data / name)
        assert "not an ordinary file" in render(data, 1 if name == SECTION else 3)
        (data / name).unlink()
        (data / name).write_bytes(kept)
    os.mkfifo(data / "docs/checks.md")
    result = plansats.run("explain", "unknown-key", "--data", data, timeout=60)
    assert result.returncode == 3 and b"docs/checks.md" in result.stderr, result


def test_files_beyond_all_bounds_are_not_read(folder):
    data = copy(folder)
    for name in (THEME, SECTION, PATTERNS, PROFILE, "fonts/SourceSans3-Regular.ttf"):
        kept = (data / name).read_bytes()
        os.truncate(data / name, 1 << 36)
        assert f"{Path(name).name}: larger than " in render(data, 1 if name.endswith("yaml") else 3)
        (data / name).write_bytes(kept)
    os.truncate(data / "fonts/SHA256SUMS", 1 << 36)
    render(data, 0)


def test_no_standard_theme(folder):
    data = copy(folder)
    make_folder(data / THEME)
    assert "cannot find plansats' templates and fonts in " in render(data, 3)


def test_fonts_that_are_gone_or_damaged(folder):
    data = copy(folder)
    fonts = sorted((data / "fonts").glob("*.?tf"))
    cut(fonts[-1], 5000)
    assert f"{fonts[-1].name}: " in render(data, 3)
    for font in fonts:
        font.unlink()
    assert "has no fonts" in render(data, 3)
    shutil.rmtree(data / "fonts")
    assert f"{data}/fonts" in render(data, 3)


def test_patterns_that_are_gone_or_damaged(folder):
    data = copy(folder)
    (data / PATTERNS).write_bytes(b"")
    assert f"{PATTERNS}: not hyphenation patterns" in render(data, 3)
    make_folder(data / PATTERNS)
    assert f"{PATTERNS}: cannot be read: Is a directory" in render(data, 3)
    (data / PATTERNS).rmdir()
    assert f"{PATTERNS}: cannot be opened" in render(data, 3)


def test_a_profile_that_is_gone_or_damaged(folder):
    data = copy(folder)
    whole = (data / PROFILE).read_bytes()
    grey = whole[:16] + b"GRAY" + whole[20:]
    outside = whole[:136] + b"\xff\xff\xff\xf0" + whole[140:]
    for damaged in (b"", whole[:100], whole[:-1], whole + b"\0", grey, outside):
        (data / PROFILE).write_bytes(damaged)
        assert f"{PROFILE}: not a whole ICC profile of RGB colours" in render(data, 3)
    (data / PROFILE).unlink()
    assert f"{PROFILE}: cannot be opened" in render(data, 3)


if __name__ == "__main__":
    plansats.main(plansats.tests_of(sys.modules[__name__]))
