/* Texts that are almost the same. */
#include "check/near.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LONG "Brister i rutinen för inköp av förbrukningsmaterial"

static guint earlier_of(const char *first, const char *second) {
    const char *texts[] = {first, second};
    guint earlier[2];
    sats_near_find(texts, 2, earlier);
    return earlier[1];
}

static void assert_near(const char *first, const char *second) {
    assert_int_equal(earlier_of(first, second), 0);
    assert_int_equal(earlier_of(second, first), 0);
}

static void assert_apart(const char *first, const char *second) {
    assert_int_equal(earlier_of(first, second), 1);
    assert_int_equal(earlier_of(second, first), 1);
}

static void case_spaces_and_punctuation_do_not_count(void **state) {
    (void)state;
    assert_near("Läkare", "LÄKARE ");
    assert_near("RF24-12", "RF 2412.");
    assert_apart("", " – ");
}

static void equal_texts_are_not_near(void **state) {
    (void)state;
    assert_apart(LONG, LONG);
}

static void short_texts_part_by_a_letter(void **state) {
    (void)state;
    assert_apart("Läkare", "Läkarna");
    assert_apart("Trappa A", "Trappa B");
    assert_apart("", "");
}

static void numbers_part_texts(void **state) {
    (void)state;
    assert_apart("Post nummer 12 i den långa tabellen", "Post nummer 13 i den långa tabellen");
    assert_apart("Enhet 1, lokal 23 på sjukhusområdet", "Enhet 12, lokal 3 på sjukhusområdet");
}

static void one_or_two_edits_anywhere_are_near(void **state) {
    (void)state;
    assert_near("Skanningscentralen", "Scanningscentralen");
    const glong length = g_utf8_strlen(LONG, -1);
    for (glong at = 0; at < length; at++) {
        g_autofree char *start = g_utf8_substring(LONG, 0, at);
        g_autofree char *rest = g_utf8_substring(LONG, at + 1, length);
        g_autofree char *gone = g_strconcat(start, rest, NULL);
        g_autofree char *other = g_strconcat(start, "w", rest, "q", NULL);
        const char *character = g_utf8_offset_to_pointer(LONG, at);
        if (g_unichar_isalnum(g_utf8_get_char(character))) {
            assert_near(LONG, gone);
            assert_near(LONG, other);
        }
    }
    assert_apart(LONG, "Risker i rutiner för inköp av förbrukningsmaterial");
}

static void the_first_of_several_is_named(void **state) {
    (void)state;
    const char *texts[] = {"något helt annat här", LONG, LONG "s", "S" LONG};
    guint earlier[4];
    sats_near_find(texts, 4, earlier);
    const guint wanted[] = {0, 1, 1, 1};
    assert_memory_equal(earlier, wanted, sizeof wanted);
}

/* 20,000 rows that share all of their words but the number, or all but the order of some: what
 * compares each with each takes minutes. */
static void many_rows_take_no_more_than_their_length(void **state) {
    (void)state;
    enum { N = 20000 };
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < N; i++)
        g_ptr_array_add(texts, i % 2 ? g_strdup_printf("%s för enhet %u i förvaltningen", LONG, i)
                                     : g_strdup_printf("%s %c%c%c%c och så vidare", LONG,
                                                       'a' + i % 23, 'a' + i / 23 % 23,
                                                       'a' + i / 529 % 23, 'a' + i / 12167 % 23));
    g_ptr_array_add(texts, g_strdup_printf("%s för ehnet %u i förvaltningen", LONG, 777u));
    g_autofree guint *earlier = g_new(guint, N + 1);
    gint64 start = g_get_monotonic_time();
    sats_near_find((const char *const *)texts->pdata, N + 1, earlier);
    assert_int_equal(earlier[N], 777);
    assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_spaces_and_punctuation_do_not_count),
        cmocka_unit_test(equal_texts_are_not_near),
        cmocka_unit_test(short_texts_part_by_a_letter),
        cmocka_unit_test(numbers_part_texts),
        cmocka_unit_test(one_or_two_edits_anywhere_are_near),
        cmocka_unit_test(the_first_of_several_is_named),
        cmocka_unit_test(many_rows_take_no_more_than_their_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
