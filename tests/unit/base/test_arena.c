/* Unit tests of base/arena.h. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state) {
    *state = sats_arena_new();
    return 0;
}

static int tear_down(void **state) {
    sats_arena_free(*state);
    return 0;
}

static void bytes_are_zeroed_and_aligned(void **state) {
    for (gsize size = 0; size < 3000; size += 7) {
        char *bytes = sats_arena_alloc(*state, size);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (gsize i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0x5A, size);
        assert_non_null(sats_arena_strdup(*state, "abc"));
    }
}

static void allocations_do_not_overlap(void **state) {
    enum { COUNT = 5000 };
    static char *texts[COUNT];
    static int *numbers[COUNT];
    for (int i = 0; i < COUNT; i++) {
        numbers[i] = sats_arena_new_struct(*state, int);
        *numbers[i] = i;
        texts[i] = sats_arena_printf(*state, "text %d", i);
    }
    for (int i = 0; i < COUNT; i++) {
        g_autofree char *expected = g_strdup_printf("text %d", i);
        assert_int_equal(*numbers[i], i);
        assert_string_equal(texts[i], expected);
    }
}

static void large_blocks_are_given_whole(void **state) {
    char *bytes = sats_arena_alloc(*state, 5000000);
    bytes[4999999] = 1;
    assert_true(sats_arena_used(*state) >= 5000000);
}

static void long_texts_are_printed_whole(void **state) {
    for (gsize length = 250; length < 260; length++) {
        g_autofree char *text = g_strnfill(length, 'x');
        g_autofree char *expected = g_strdup_printf("å%s7", text);
        assert_string_equal(sats_arena_printf(*state, "å%s%d", text, 7), expected);
    }
}

static void copies_end_with_nul(void **state) {
    assert_string_equal(sats_arena_strndup(*state, "abcdef", 3), "abc");
    assert_string_equal(sats_arena_strndup(*state, "", 0), "");
    assert_null(sats_arena_strdup(*state, NULL));
    assert_null(sats_arena_strndup(*state, NULL, 0));
    assert_null(sats_arena_memdup(*state, NULL, 8));
    const int numbers[] = {1, 2, 3};
    const int *copy = sats_arena_memdup(*state, numbers, sizeof numbers);
    assert_memory_equal(copy, numbers, sizeof numbers);
}

static void what_an_adopted_arena_held_lives_on(void **state) {
    enum { COUNT = 40 };
    const char *texts[2 * COUNT];
    gsize used = 0;
    for (int i = 0; i < COUNT; i++) {
        SatsArena *other = sats_arena_new();
        texts[2 * i] = sats_arena_printf(*state, "own %d", i);
        texts[2 * i + 1] = sats_arena_printf(other, "adopted %d", i);
        memset(sats_arena_alloc(other, 1 << (i % 20)), 0x5A, (gsize)1 << (i % 20));
        used = sats_arena_used(*state) + sats_arena_used(other);
        sats_arena_adopt(*state, other);
        assert_int_equal(sats_arena_used(*state), used);
    }
    for (int i = 0; i < COUNT; i++) {
        g_autofree char *own = g_strdup_printf("own %d", i);
        g_autofree char *adopted = g_strdup_printf("adopted %d", i);
        assert_string_equal(texts[2 * i], own);
        assert_string_equal(texts[2 * i + 1], adopted);
    }
    sats_arena_adopt(*state, sats_arena_new());
    assert_int_equal(sats_arena_used(*state), used);
}

static void freeing_nothing_is_allowed(void **state) {
    (void)state;
    sats_arena_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bytes_are_zeroed_and_aligned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(allocations_do_not_overlap, set_up, tear_down),
        cmocka_unit_test_setup_teardown(large_blocks_are_given_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_texts_are_printed_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(copies_end_with_nul, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_an_adopted_arena_held_lives_on, set_up, tear_down),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
