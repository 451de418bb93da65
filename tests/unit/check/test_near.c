/* Texts that are almost the same. */
#include "check/near.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

/* ---- against comparing each with each ---- */

enum { WIDEST = 48, FAR = 99 };

static guint letters_of(const char *text, char *out) {
    guint n = 0;
    for (; *text; text++)
        if (g_ascii_isalnum(*text))
            out[n++] = g_ascii_tolower(*text);
    return n;
}

static guint edit(char letter) {
    return g_ascii_isdigit(letter) ? FAR : 1;
}

/* Edits that part two texts: letters put in, taken out, changed, or two that changed places. */
static guint distance(const char *a, guint n, const char *b, guint m) {
    guint d[WIDEST + 1][WIDEST + 1] = {{0}};
    for (guint i = 0; i <= n; i++)
        for (guint j = 0; j <= m; j++) {
            guint least = i + j == 0 ? 0 : FAR;
            if (i > 0)
                least = MIN(least, d[i - 1][j] + edit(a[i - 1]));
            if (j > 0)
                least = MIN(least, d[i][j - 1] + edit(b[j - 1]));
            if (i > 0 && j > 0)
                least = MIN(least,
                            d[i - 1][j - 1] +
                                (a[i - 1] == b[j - 1] ? 0 : MAX(edit(a[i - 1]), edit(b[j - 1]))));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                least = MIN(least, d[i - 2][j - 2] + MAX(edit(a[i - 1]), edit(a[i - 2])));
            d[i][j] = least;
        }
    return d[n][m];
}

static gboolean are_near(const char *first, const char *second) {
    char a[WIDEST], b[WIDEST];
    guint n = letters_of(first, a), m = letters_of(second, b), shorter = MIN(n, m);
    guint most = shorter < 12 ? 0 : shorter < 24 ? 1 : 2;
    return strcmp(first, second) != 0 && shorter > 0 && distance(a, n, b, m) <= most;
}

/* One of few texts, with some of its letters changed: now and then near to another. */
static char *some_text(GRand *chance) {
    static const char *const seeds[] = {"Upplands", "abababababab", "inkop 12 av 3 varor till 1 2",
                                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                        "Rutin i alla avtal, bilaga 3"};
    static const char others[] = "aabB1 -r";
    GString *text = g_string_new(seeds[g_rand_int_range(chance, 0, G_N_ELEMENTS(seeds))]);
    for (gint32 n = g_rand_int_range(chance, 0, 4); n > 0; n--) {
        gssize at = g_rand_int_range(chance, 0, (gint32)text->len);
        char other = others[g_rand_int_range(chance, 0, (gint32)strlen(others))];
        gint32 how = g_rand_int_range(chance, 0, 3);
        if (how > 0)
            g_string_erase(text, at, 1);
        if (how < 2)
            g_string_insert_c(text, at, other);
    }
    return g_string_free(text, FALSE);
}

static void it_finds_what_comparing_each_with_each_does(void **state) {
    (void)state;
    enum { ROUNDS = 3000, N = 16 };
    g_autoptr(GRand) chance = g_rand_new_with_seed(7);
    guint found = 0;
    for (guint round = 0; round < ROUNDS; round++) {
        g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
        guint earlier[N];
        for (guint i = 0; i < N; i++)
            g_ptr_array_add(texts, some_text(chance));
        sats_near_find((const char *const *)texts->pdata, N, earlier);
        for (guint i = 0; i < N; i++) {
            guint first = 0;
            while (first < i && !are_near(texts->pdata[first], texts->pdata[i]))
                first++;
            assert_int_equal(earlier[i], first);
            found += first < i;
        }
    }
    assert_in_range(found, ROUNDS, (guint)ROUNDS * N);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_spaces_and_punctuation_do_not_count),
        cmocka_unit_test(equal_texts_are_not_near),
        cmocka_unit_test(short_texts_part_by_a_letter),
        cmocka_unit_test(numbers_part_texts),
        cmocka_unit_test(one_or_two_edits_anywhere_are_near),
        cmocka_unit_test(the_first_of_several_is_named),
        cmocka_unit_test(it_finds_what_comparing_each_with_each_does),
        cmocka_unit_test(many_rows_take_no_more_than_their_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
