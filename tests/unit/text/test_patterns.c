/* Liang's patterns are found in their file, as libhyphen finds them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "base/report.h"
#include "text/patterns.h"

typedef struct {
    char *path;
    SatsPatterns *patterns;
} Fixture;

static int setup(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    int file = g_file_open_tmp("patterns-XXXXXX", &f->path, NULL);
    *state = f;
    return file >= 0 && g_close(file, NULL) ? 0 : -1;
}

static int teardown(void **state) {
    Fixture *f = *state;
    sats_patterns_unref(f->patterns);
    g_unlink(f->path);
    g_free(f->path);
    g_free(f);
    return 0;
}

static gboolean open_dictionary(Fixture *f, const char *text, GError **error) {
    assert_true(g_file_set_contents(f->path, text, -1, NULL));
    f->patterns = sats_patterns_new(f->path, NULL, error);
    return f->patterns != NULL;
}

/* The values between the word's letters, as digits. */
static void expect(SatsPatterns *patterns, const char *word, const char *digits) {
    guint8 values[SATS_PATTERNS_MAX_LETTERS + 1];
    char found[SATS_PATTERNS_MAX_LETTERS + 2] = "";
    guint n = (guint)strlen(word);
    sats_patterns_find(patterns, word, n, values);
    for (guint i = 1; i < n; i++)
        found[i - 1] = (char)('0' + values[i]);
    assert_string_equal(found, digits);
}

static void the_highest_value_of_all_patterns_counts(void **state) {
    Fixture *f = *state;
    assert_true(open_dictionary(f, "ISO8859-1\nLEFTHYPHENMIN 1\na1b\n2bc\na3bc4d\n", NULL));
    expect(f->patterns, "ab", "1");
    expect(f->patterns, "abc", "20");
    expect(f->patterns, "abcd", "304");
    expect(f->patterns, "xabcdx", "03040");
    expect(f->patterns, "xyz", "00");
}

static void a_point_stands_for_the_edge_of_the_word(void **state) {
    Fixture *f = *state;
    assert_true(open_dictionary(f, "ISO8859-1\n.a1b\nb1a.\n", NULL));
    expect(f->patterns, "abba", "101");
    expect(f->patterns, "xabbax", "00000");
}

static void lines_may_end_like_on_windows_and_the_last_not_at_all(void **state) {
    Fixture *f = *state;
    assert_true(open_dictionary(f, "ISO8859-1\r\na1b\r\nc1d", NULL));
    expect(f->patterns, "abcd", "101");
}

static void settings_comments_and_changes_of_spelling_are_no_patterns(void **state) {
    Fixture *f = *state;
    assert_true(open_dictionary(f,
                                "ISO8859-1\nLEFTHYPHENMIN 1\n% a1b\ns1s/ss=s,1,2\n\nc1d\n"
                                "NEXTLEVEL\ne1f\n",
                                NULL));
    expect(f->patterns, "ab", "0");
    expect(f->patterns, "ss", "0");
    expect(f->patterns, "cd", "1");
    expect(f->patterns, "ef", "0");
}

static void another_encoding_and_an_empty_file_are_errors(void **state) {
    Fixture *f = *state;
    GError *error = NULL;
    assert_false(open_dictionary(f, "UTF-8\na1b\n", &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO));
    g_clear_error(&error);
    assert_false(open_dictionary(f, "", &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO));
    g_clear_error(&error);
}

static void every_pattern_of_ours_is_found(void **state) {
    static const char path[] = SATS_TEST_TEMPLATES_DIR "/hyphenation/hyph_sv_SE.dic";
    Fixture *f = *state;
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    f->patterns = sats_patterns_new(path, NULL, NULL);
    assert_non_null(f->patterns);
    char **lines = g_strsplit(text, "\n", -1);
    guint n_patterns = 0;
    for (guint i = 3; lines[i]; i++) { /* after the encoding and two minima */
        char letters[32] = "";
        guint8 wanted[32] = {0}, found[32];
        guint n = 0;
        for (const char *at = lines[i]; *at; at++) {
            if (g_ascii_isdigit(*at))
                wanted[n] = (guint8)(*at - '0');
            else if (*at != '.')
                letters[n++] = *at;
        }
        sats_patterns_find(f->patterns, letters, n, found);
        for (guint k = 1; k < n; k++)
            assert_true(found[k] >= wanted[k]);
        n_patterns += n > 0;
    }
    assert_int_equal(n_patterns, 14951);
    g_strfreev(lines);
    g_free(text);
}

/* As libhyphen 2.8.8 says, taken down when its place was taken (docs/decisions/0003). */
static void words_are_divided_as_libhyphen_does(void **state) {
    static const char path[] = SATS_TEST_TEMPLATES_DIR "/hyphenation/hyph_sv_SE.dic";
    static const char *const words[] = {
        "verk-sam-hets-plan",
        "för-valt-nings-plan",
        "di-gi-ta-li-se-rings-stöd",
        "kom-pe-tens-för-sörj-ning",
        "re-gi-onöver-gri-pan-de",
        "ut-veck-lings-sam-tal",
        "re-gi-ons-ty-rel-sen",
        "ar-bets-mil-jö-ar-be-te",
        "glasskål",
        "tills-vi-da-re-an-ställ-ning-ar",
        "med-ar-be-tar-un-der-sök-ning",
        "eko-no-mi-styr-ning",
        "häl-so-vårds-nämn-den",
        "lä-ke-me-delskom-mit-té",
        "bas-sjuk-vård",
        "pa-ti-ent-sä-ker-hets-ar-be-te",
        "upp-hand-lings-under-lag",
        "spe-ci-a-lis-t-av-del-ning",
        "med-ve-ten-het",
        "nä-rings-livs-ut-veck-ling",
        "in-ve-ste-rings-bud-get",
        "per-so-nal-kost-na-der",
        "in-tern-kon-troll-plan",
        "kol-lek-tiv-tra-fik-myn-dig-het",
        "jäm-ställd-hets-in-te-gre-ring",
        "barn-kon-ven-tio-nen",
        "till-gäng-lig-hets-ar-be-te",
        "pro-duk-tions-pla-ne-ring",
    };
    Fixture *f = *state;
    f->patterns = sats_patterns_new(path, NULL, NULL);
    assert_non_null(f->patterns);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        char letters[64] = "";
        guint8 values[64];
        guint n = 0;
        for (const char *at = words[i]; *at; at = g_utf8_next_char(at)) {
            if (*at != '-')
                letters[n++] = (char)(guchar)g_utf8_get_char(at);
        }
        sats_patterns_find(f->patterns, letters, n, values);
        guint k = 0;
        for (const char *at = words[i]; *at; at = g_utf8_next_char(at)) {
            gboolean is_point = *at == '-';
            if (k > 1 && k + 1 < n)
                assert_int_equal((values[k] & 1) != 0, is_point);
            at += is_point ? 1 : 0;
            k++;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_highest_value_of_all_patterns_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_point_stands_for_the_edge_of_the_word, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_may_end_like_on_windows_and_the_last_not_at_all,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(settings_comments_and_changes_of_spelling_are_no_patterns,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(another_encoding_and_an_empty_file_are_errors, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(every_pattern_of_ours_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(words_are_divided_as_libhyphen_does, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
