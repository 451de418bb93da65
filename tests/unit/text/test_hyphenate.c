/* Swedish words are divided at their seams. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/report.h"
#include "text/hyphenate.h"

static int setup(void **state) {
    *state = sats_hyphenator_new(SATS_TEST_TEMPLATES_DIR "/hyphenation/hyph_sv_SE.dic", NULL, NULL);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    sats_hyphenator_free(*state);
    return 0;
}

/* The word with "=" at good divisions, "-" at inner and "~" at poor ones. */
static char *divided(SatsHyphenator *hyphenator, const char *word) {
    GString *out = g_string_new(NULL);
    const SatsDivision *divisions = NULL;
    guint n = sats_hyphenator_divide(hyphenator, word, strlen(word), &divisions), next = 0;
    for (guint i = 0; word[i]; i++) {
        if (next < n && divisions[next].offset == i) {
            guint penalty = divisions[next++].penalty;
            g_string_append_c(out, penalty <= 50 ? '=' : penalty < 200 ? '-' : '~');
        }
        g_string_append_c(out, word[i]);
    }
    return g_string_free(out, FALSE);
}

static void expect(void **state, const char *marked) {
    char **parts = g_strsplit_set(marked, "=-~", -1);
    char *word = g_strjoinv("", parts);
    char *found = divided(*state, word);
    assert_string_equal(found, marked);
    g_free(found);
    g_free(word);
    g_strfreev(parts);
}

static void compounds_are_divided_best_at_their_seams(void **state) {
    expect(state, "region=plan");
    expect(state, "förvalt~nings=plan");
    expect(state, "digi~ta-li-se-rings=stöd");
    expect(state, "kompe~tens=för~sörj~ning");
    expect(state, "region=över~gri~pande");
    expect(state, "utveck~lings=samtal");
    expect(state, "verk~sam~hets=plan");
    expect(state, "utan=ord~nings=listan");
    expect(state, "drift=kost~nader");
    expect(state, "arbets=miljö=arbete");
    expect(state, "ansvars=område");
}

static void a_seam_that_the_patterns_miss_is_added(void **state) {
    expect(state, "region=sty~relsen"); /* they say regions-tyrelsen */
    expect(state, "medar~be~tar=enga~ge~mang"); /* medarbetaren-gagemang */
}

static void a_linking_s_stays_with_the_part_before_it(void **state) {
    expect(state, "tand~vårds=enheter"); /* they say tandvård-senheter */
    expect(state, "sjuk~vårds=lagen");
    expect(state, "bered~skaps=enheten");
    expect(state, "resurs=enheten");
    expect(state, "måltids=kon~ceptet");
    expect(state, "vård=stöd"); /* no linking s */
    expect(state, "budget=skri~velse");
}

static void parts_after_parts_begin_at_seams(void **state) {
    expect(state, "data=skydds=för~ord~ningen");
    expect(state, "intäkts=finan~sierad");
    expect(state, "håll~plats=väder=skydd");
    expect(state, "arbets=plats=träffar");
    expect(state, "webb=enkäter");
    expect(state, "bered~skaps=övningar");
    expect(state, "över~pröv-ningar");
}

static void letters_of_a_part_are_none_elsewhere(void **state) {
    expect(state, "medve-tenhet");
    expect(state, "över~vä-gande");
    expect(state, "förhand~lingar");
    expect(state, "besluts=gång");
}

static void a_plurals_ending_takes_a_consonant(void **state) {
    expect(state, "åtgär~derna");
    expect(state, "regionens");
}

static void a_plurals_ending_is_no_part(void **state) {
    expect(state, "förvalt~ning~arna");
    expect(state, "gransk~ning~arnas");
    expect(state, "behovs=plan");
}

static void four_letters_stay_on_each_side(void **state) {
    const SatsDivision *divisions = NULL;
    const char *word = "tillsvidareanställningar";
    guint n = sats_hyphenator_divide(*state, word, strlen(word), &divisions);
    assert_true(n > 0);
    for (guint i = 0; i < n; i++) {
        assert_true(divisions[i].offset >= 4);
        assert_true(g_utf8_strlen(word + divisions[i].offset, -1) >= 4);
    }
    expect(state, "tillåta");
}

static void a_point_that_would_change_spelling_is_not_used(void **state) {
    expect(state, "glasskål");
}

static void a_first_capital_does_not_matter(void **state) {
    expect(state, "Region=plan");
    expect(state, "Över~syns=arbete");
}

static void words_with_marks_digits_or_inner_capitals_are_left_whole(void **state) {
    expect(state, "FÖRVALTNINGSPLAN");
    expect(state, "förvaltningsPlan");
    expect(state, "plan2024förvaltning");
    const SatsDivision *divisions = NULL;
    assert_int_equal(sats_hyphenator_divide(*state, "region-förvaltning", 19, &divisions), 0);
    assert_int_equal(sats_hyphenator_divide(*state, "планирование", 24, &divisions), 0);
    assert_int_equal(sats_hyphenator_divide(*state, "", 0, &divisions), 0);
}

static void a_very_long_word_is_left_whole(void **state) {
    const SatsDivision *divisions = NULL;
    char *word = g_strnfill(60000, 'a');
    assert_int_equal(sats_hyphenator_divide(*state, word, 60000, &divisions), 0);
    g_free(word);
}

/* The patterns are shared: they live as long as any of them. */
static void another_one_like_it_divides_alike(void **state) {
    static const char *const words[] = {"förvaltningsplan",      "regionplan", "ansvarsfördelning",
                                        "verksamhetsutveckling", "XML",        ""};
    SatsHyphenator *like = sats_hyphenator_new_like(*state);
    SatsHyphenator *likewise = sats_hyphenator_new_like(like);
    sats_hyphenator_free(like);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *first = divided(*state, words[i]);
        g_autofree char *second = divided(likewise, words[i]);
        assert_string_equal(first, second);
    }
    sats_hyphenator_free(likewise);
    expect(state, "region=plan");
}

static void a_missing_or_strange_dictionary_is_an_error(void **state) {
    (void)state;
    GError *error = NULL;
    assert_null(sats_hyphenator_new(SATS_TEST_DIR "/no-such.dic", NULL, &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_ABSENT));
    g_clear_error(&error);
    assert_null(sats_hyphenator_new(SATS_TEST_DIR "/CMakeLists.txt", NULL, &error));
    assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO));
    g_clear_error(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compounds_are_divided_best_at_their_seams),
        cmocka_unit_test(a_seam_that_the_patterns_miss_is_added),
        cmocka_unit_test(a_linking_s_stays_with_the_part_before_it),
        cmocka_unit_test(parts_after_parts_begin_at_seams),
        cmocka_unit_test(letters_of_a_part_are_none_elsewhere),
        cmocka_unit_test(a_plurals_ending_takes_a_consonant),
        cmocka_unit_test(a_plurals_ending_is_no_part),
        cmocka_unit_test(four_letters_stay_on_each_side),
        cmocka_unit_test(a_point_that_would_change_spelling_is_not_used),
        cmocka_unit_test(a_first_capital_does_not_matter),
        cmocka_unit_test(words_with_marks_digits_or_inner_capitals_are_left_whole),
        cmocka_unit_test(a_very_long_word_is_left_whole),
        cmocka_unit_test(another_one_like_it_divides_alike),
        cmocka_unit_test(a_missing_or_strange_dictionary_is_an_error),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
