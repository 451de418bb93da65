/* Unit tests of base/report.h. */
#include "base/codes.h"
#include "base/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    SatsSources *sources;
    SatsReport *report;
} Fixture;

static int set_up_in(void **state, SatsLanguage language) {
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->sources = sats_sources_new();
    fixture->report = sats_report_new(language);
    *state = fixture;
    return 0;
}

static int set_up(void **state) {
    return set_up_in(state, SATS_LANGUAGE_SWEDISH);
}

static int set_up_english(void **state) {
    return set_up_in(state, SATS_LANGUAGE_ENGLISH);
}

static int tear_down(void **state) {
    Fixture *fixture = *state;
    sats_report_free(fixture->report);
    sats_sources_free(fixture->sources);
    g_free(fixture);
    return 0;
}

static const SatsSource *add_source(Fixture *fixture, const char *name, const char *text) {
    return sats_sources_add(fixture->sources, name, text, strlen(text));
}

static void add_at(Fixture *fixture, const SatsSource *source, gsize line, gsize column,
                   const char *message) {
    SatsPlace place = sats_place(source, line, column, 0);
    sats_report_add(fixture->report, SATS_ERROR, "code", &place, "%s", "%s", message);
}

static void assert_text(Fixture *fixture, const char *expected) {
    g_autofree char *text = sats_report_to_text(fixture->report, FALSE);
    assert_string_equal(text, expected);
}

static void a_finding_shows_line_caret_and_hint(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "plan.yaml", "plan:\n      ansvrig: FD\n");
    SatsPlace place = sats_place(source, 2, 7, 7);
    sats_report_add(fixture->report, SATS_ERROR, "unknown-key", &place, "unknown key '%s'",
                    "okänd nyckel '%s'", "ansvrig");
    static const char *const known[] = {"namn", "ansvarig", "tidplan"};
    sats_report_suggest(fixture->report, "ansvrig", known, 3);
    assert_text(fixture, "plan.yaml:2:7: fel: okänd nyckel 'ansvrig' [unknown-key]\n"
                         "    2 |       ansvrig: FD\n"
                         "      |       ^~~~~~~\n"
                         "      = menade du 'ansvarig'?\n");
}

static void words_follow_the_language(void **state) {
    Fixture *fixture = *state;
    sats_report_add(fixture->report, SATS_ERROR, "a", NULL, "one %d", "ett %d", 1);
    sats_report_add(fixture->report, SATS_WARNING, "b", NULL, "two", "två");
    sats_report_hint(fixture->report, "try %s", "prova %s", "x");
    sats_report_add(fixture->report, SATS_NOTE, "c", NULL, "three", "tre");
    if (sats_report_language(fixture->report) == SATS_LANGUAGE_SWEDISH)
        assert_text(fixture, "fel: ett 1 [a]\nvarning: två [b]\n      = prova x\nanm: tre [c]\n");
    else
        assert_text(fixture,
                    "error: one 1 [a]\nwarning: two [b]\n      = try x\nnote: three [c]\n");
}

static void carets_mind_tabs_wide_and_combining_characters(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "p",
                                          "a\tb\n漢字x\na\xCC\x8A"
                                          "b\n");
    add_at(fixture, source, 1, 3, "tabb");
    SatsPlace wide = sats_place(source, 2, 2, 2);
    sats_report_add(fixture->report, SATS_ERROR, "code", &wide, "wide", "bred");
    add_at(fixture, source, 3, 3, "kombinerande");
    assert_text(fixture, "p:1:3: fel: tabb [code]\n    1 | a    b\n      |      ^\n"
                         "p:2:2: fel: bred [code]\n    2 | 漢字x\n      |   ^~~\n"
                         "p:3:3: fel: kombinerande [code]\n    3 | a\xCC\x8A"
                         "b\n      |  ^\n");
}

static void terminal_codes_in_the_source_are_not_printed(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "p", "a\033[31m\xE2\x80\xAE\xE5\n");
    SatsPlace place = sats_place(source, 1, 1, 0);
    sats_report_add(fixture->report, SATS_ERROR, "code", &place, "%s", "%s", "två\nrader\033");
    assert_text(fixture, "p:1:1: fel: två rader  [code]\n"
                         "    1 | a\xEF\xBF\xBD[31m\xEF\xBF\xBD\xC3\xA5\n      | ^\n");
}

static void long_lines_are_cut_around_the_caret(void **state) {
    Fixture *fixture = *state;
    GString *line = g_string_new(NULL);
    for (int i = 0; i < 1000; i++)
        g_string_append(line, "åbcdefghij");
    const SatsSource *source = add_source(fixture, "p", line->str);
    g_string_free(line, TRUE);
    add_at(fixture, source, 1, 5001, "mitt i");
    g_autofree char *text = sats_report_to_text(fixture->report, FALSE);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    assert_true(g_str_has_prefix(lines[1], "    1 | …å"));
    assert_true(g_str_has_suffix(lines[1], "j…"));
    assert_int_equal(g_utf8_strlen(lines[1], -1), 8 + 1 + 120 + 1);
    assert_int_equal(strlen(lines[2]), 8 + 1 + 60 + 1);
}

static void a_place_without_a_line_is_printed_bare(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "p", "a\n");
    add_at(fixture, source, 0, 0, "hela filen");
    add_at(fixture, source, 1, 0, "hela raden");
    add_at(fixture, source, 9, 2, "bakom slutet");
    assert_text(fixture, "p: fel: hela filen [code]\np:1: fel: hela raden [code]\n    1 | a\n"
                         "p:9:2: fel: bakom slutet [code]\n");
}

static void a_caret_may_stand_behind_the_line(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "p", "ab: \n");
    SatsPlace place = sats_place(source, 1, 4, 3);
    sats_report_add(fixture->report, SATS_ERROR, "code", &place, "x", "x");
    assert_text(fixture, "p:1:4: fel: x [code]\n    1 | ab:\n      |    ^\n");
}

static void findings_are_sorted_by_source_line_and_column(void **state) {
    Fixture *fixture = *state;
    const SatsSource *b = add_source(fixture, "b", "");
    const SatsSource *a = add_source(fixture, "a", "");
    add_at(fixture, a, 5, 1, "1");
    add_at(fixture, b, 1, 1, "4");
    add_at(fixture, a, 2, 9, "0b");
    add_at(fixture, a, 2, 3, "0a");
    add_at(fixture, a, 5, 1, "2");
    add_at(fixture, a, 5, 1, "3");
    static const char *const expected[] = {"0a", "0b", "1", "2", "3", "4"};
    assert_int_equal(sats_report_length(fixture->report), 6);
    for (guint i = 0; i < 6; i++)
        assert_string_equal(sats_report_at(fixture->report, i)->message, expected[i]);
}

static void the_same_finding_is_kept_once(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "p", "");
    add_at(fixture, source, 1, 1, "a");
    add_at(fixture, source, 1, 1, "b");
    add_at(fixture, source, 1, 1, "a");
    sats_report_hint(fixture->report, "h", "h");
    assert_int_equal(sats_report_length(fixture->report), 2);
    assert_int_equal(sats_report_count(fixture->report, SATS_ERROR), 2);
    assert_string_equal(sats_report_at(fixture->report, 0)->hint, "h");
    assert_null(sats_report_at(fixture->report, 1)->hint);
}

static void an_error_that_an_earlier_stage_told_there_is_left_out(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "plan.yaml", "a: 1\nb: 2\n");
    SatsPlace place = sats_place(source, 1, 4, 1), bare = sats_place(source, 0, 0, 0);
    add_at(fixture, source, 1, 4, "fel");
    add_at(fixture, source, 1, 4, "också fel"); /* of the same stage */
    sats_report_add(fixture->report, SATS_ERROR, "code", &bare, "x", "filen");
    assert_true(sats_report_has_error_at(fixture->report, &place));
    sats_report_next_stage(fixture->report);
    add_at(fixture, source, 1, 4, "samma fel");
    sats_report_hint(fixture->report, "hint", "tips"); /* goes with it */
    sats_report_add(fixture->report, SATS_ERROR, "code", &bare, "y", "filen igen");
    sats_report_add(fixture->report, SATS_WARNING, "code", &place, "x", "varning");
    add_at(fixture, source, 2, 4, "annat fel");
    assert_text(fixture, "plan.yaml: fel: filen [code]\n"
                         "plan.yaml: fel: filen igen [code]\n"
                         "plan.yaml:1:4: fel: fel [code]\n    1 | a: 1\n      |    ^\n"
                         "plan.yaml:1:4: fel: också fel [code]\n    1 | a: 1\n      |    ^\n"
                         "plan.yaml:1:4: varning: varning [code]\n    1 | a: 1\n      |    ^\n"
                         "plan.yaml:2:4: fel: annat fel [code]\n    2 | b: 2\n      |    ^\n");
}

static void a_thousand_findings_are_kept_and_all_counted(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "p", "");
    for (gsize i = 0; i < 1234; i++)
        add_at(fixture, source, i + 1, 0, "x");
    sats_report_hint(fixture->report, "lost", "borta");
    assert_int_equal(sats_report_length(fixture->report), 1000);
    assert_int_equal(sats_report_omitted(fixture->report), 234);
    assert_int_equal(sats_report_count(fixture->report, SATS_ERROR), 1234);
    g_autofree char *text = sats_report_to_text(fixture->report, FALSE);
    assert_true(g_str_has_suffix(text, "anm: ytterligare 234 visas inte [omitted]\n"));
    assert_null(strstr(text, "borta"));
}

static void only_near_words_are_suggested(void **state) {
    Fixture *fixture = *state;
    static const char *const known[] = {"mål", "målområde", "åtgärd"};
    sats_report_suggest(fixture->report, "mal", known, 3); /* no finding yet */
    sats_report_add(fixture->report, SATS_ERROR, "a", NULL, "a", "a");
    sats_report_suggest(fixture->report, "budget", known, 3);
    assert_null(sats_report_at(fixture->report, 0)->hint);
    sats_report_suggest(fixture->report, "MALOMRADE", known, 3);
    assert_string_equal(sats_report_at(fixture->report, 0)->hint, "menade du 'målområde'?");
    sats_report_suggest(fixture->report, "x", NULL, 0);
}

static void colour_changes_nothing_but_colour(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "p", "abc\n");
    add_at(fixture, source, 1, 2, "x");
    g_autofree char *text = sats_report_to_text(fixture->report, TRUE);
    g_autofree char *plain = sats_report_to_text(fixture->report, FALSE);
    assert_non_null(strstr(text, "\033[1;31mfel:\033[0m"));
    GRegex *codes = g_regex_new("\033\\[[0-9;]*m", 0, 0, NULL);
    g_autofree char *stripped = g_regex_replace_literal(codes, text, -1, 0, "", 0, NULL);
    g_regex_unref(codes);
    assert_string_equal(stripped, plain);
}

static void json_holds_all_of_a_finding(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "p\".yaml", "abc\n");
    SatsPlace place = sats_place(source, 1, 2, 3);
    sats_report_add(fixture->report, SATS_WARNING, "code", &place, "x", "säg \"å\"");
    sats_report_hint(fixture->report, "h", "t\\ips");
    sats_report_add(fixture->report, SATS_ERROR, "run", NULL, "y", "y");
    g_autofree char *text = sats_report_to_json(fixture->report);
    assert_string_equal(text,
                        "{\n  \"errors\": 1,\n  \"warnings\": 1,\n  \"notes\": 0,\n"
                        "  \"omitted\": 0,\n  \"findings\": [\n"
                        "    {\"severity\": \"warning\", \"code\": \"code\", \"file\": "
                        "\"p\\\".yaml\", \"line\": 1, \"column\": 2, \"length\": 3, \"message\": "
                        "\"säg \\\"å\\\"\", \"hint\": \"t\\\\ips\"},\n"
                        "    {\"severity\": \"error\", \"code\": \"run\", \"message\": \"y\"}\n"
                        "  ]\n}\n");
}

static void an_empty_report_prints_nothing(void **state) {
    Fixture *fixture = *state;
    assert_text(fixture, "");
    g_autofree char *json = sats_report_to_json(fixture->report);
    assert_non_null(strstr(json, "\"findings\": []"));
    assert_int_equal(sats_report_count(fixture->report, SATS_ERROR), 0);
}

static void a_severity_that_is_set_holds_for_what_came_and_what_comes(void **state) {
    Fixture *fixture = *state;
    SatsReport *report = fixture->report;
    sats_report_add(report, SATS_WARNING, "soft", NULL, "one", "ett");
    sats_report_add(report, SATS_ERROR, "gone", NULL, "two", "två");
    sats_report_set_severity(report, "soft", SATS_ERROR);
    sats_report_set_severity(report, "gone", SATS_OFF);
    sats_report_add(report, SATS_WARNING, "soft", NULL, "three", "tre");
    sats_report_add(report, SATS_ERROR, "gone", NULL, "four", "fyra");
    sats_report_hint(report, "no one's", "ingens");
    assert_text(fixture, "fel: ett [soft]\nfel: tre [soft]\n");
    assert_int_equal(sats_report_count(report, SATS_ERROR), 2);
    assert_int_equal(sats_report_count(report, SATS_WARNING), 0);
    sats_report_set_severity(report, "soft", SATS_NOTE);
    assert_int_equal(sats_report_count(report, SATS_ERROR), 0);
    assert_int_equal(sats_report_count(report, SATS_NOTE), 2);
}

static void the_codes_are_sorted_and_found(void **state) {
    (void)state;
    for (guint i = 0; i < sats_code_count(); i++) {
        const SatsCode *code = sats_code_at(i);
        assert_true(i == 0 || strcmp(sats_code_at(i - 1)->code, code->code) < 0);
        assert_ptr_equal(sats_code_find(code->code), code);
        assert_true(*code->english != '\0' && *code->swedish != '\0');
    }
    assert_null(sats_code_find("no-such-code"));
    assert_null(sats_code_find(""));
}

/* Also of those that are too many to be kept. */
static void a_report_like_another_heeds_what_is_set_there(void **state) {
    Fixture *fixture = *state;
    sats_report_set_severity(fixture->report, "overfull", SATS_OFF);
    sats_report_set_severity(fixture->report, "contrast", SATS_ERROR);
    g_autoptr(SatsReport) like = sats_report_new_like(fixture->report);
    assert_int_equal(sats_report_language(like), sats_report_language(fixture->report));
    for (guint i = 0; i < 1500; i++) {
        sats_report_add(like, SATS_WARNING, "overfull", NULL, "o %u", "o %u", i);
        sats_report_add(like, SATS_WARNING, "contrast", NULL, "c %u", "c %u", i);
    }
    sats_report_add_all(fixture->report, like);
    assert_int_equal(sats_report_count(fixture->report, SATS_WARNING), 0);
    assert_int_equal(sats_report_count(fixture->report, SATS_ERROR), 1500);
    assert_int_equal(sats_report_omitted(fixture->report), 500);
}

static void all_of_another_report_is_copied_and_counted(void **state) {
    Fixture *fixture = *state;
    const SatsSource *source = add_source(fixture, "mall.yaml", "a\nb\n");
    SatsPlace place = sats_place(source, 2, 1, 1);
    SatsReport *other = sats_report_new(SATS_LANGUAGE_SWEDISH);
    sats_report_add(other, SATS_WARNING, "contrast", &place, "pale", "blek");
    sats_report_hint(other, "darker", "mörkare");
    sats_report_add(other, SATS_NOTE, "braces", &place, "n", "n");
    for (guint i = 0; i < 1500; i++)
        sats_report_add(other, SATS_ERROR, "code", NULL, "e %u", "e %u", i);
    sats_report_set_severity(fixture->report, "braces", SATS_OFF);
    sats_report_add_all(fixture->report, other);
    sats_report_free(other); /* and nothing of it is needed any more */
    assert_int_equal(sats_report_count(fixture->report, SATS_WARNING), 1);
    assert_int_equal(sats_report_count(fixture->report, SATS_NOTE), 0);
    assert_int_equal(sats_report_count(fixture->report, SATS_ERROR), 1500);
    assert_int_equal(sats_report_length(fixture->report) + sats_report_omitted(fixture->report),
                     1501);
    const SatsFinding *first = sats_report_at(fixture->report, 0);
    assert_string_equal(first->message, "blek");
    assert_string_equal(first->hint, "mörkare");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_finding_shows_line_caret_and_hint),
        TEST(words_follow_the_language),
        {"words_follow_the_language_english", words_follow_the_language, set_up_english, tear_down,
         NULL},
        TEST(carets_mind_tabs_wide_and_combining_characters),
        TEST(terminal_codes_in_the_source_are_not_printed),
        TEST(long_lines_are_cut_around_the_caret),
        TEST(a_place_without_a_line_is_printed_bare),
        TEST(a_caret_may_stand_behind_the_line),
        TEST(findings_are_sorted_by_source_line_and_column),
        TEST(the_same_finding_is_kept_once),
        TEST(an_error_that_an_earlier_stage_told_there_is_left_out),
        TEST(a_thousand_findings_are_kept_and_all_counted),
        TEST(only_near_words_are_suggested),
        TEST(colour_changes_nothing_but_colour),
        TEST(json_holds_all_of_a_finding),
        TEST(an_empty_report_prints_nothing),
        TEST(a_severity_that_is_set_holds_for_what_came_and_what_comes),
        TEST(a_report_like_another_heeds_what_is_set_there),
        TEST(all_of_another_report_is_copied_and_counted),
        TEST(the_codes_are_sorted_and_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
