/* Charts: the numbers along an axis, and where labels find room. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/chart-room.h"
#include "layout/chart-scale.h"

static SatsChartScale scale(double min, double max, gboolean zero) {
    return sats_chart_scale(
        &(SatsChartRange){.min = min, .max = max, .most = 4, .from_zero = zero});
}

static void assert_scale(SatsChartScale got, double low, double high, double step) {
    if (fabs(got.low - low) > 1e-9 || fabs(got.high - high) > 1e-9 || fabs(got.step - step) > 1e-9)
        fail_msg("scale %g … %g by %g", got.low, got.high, got.step);
}

static void steps_are_ones_that_readers_count_in(void **state) {
    (void)state;
    assert_scale(scale(3.48, 5.52, FALSE), 3, 6, 1);
    assert_scale(scale(0, 62.4, TRUE), 0, 80, 20);
    assert_scale(scale(0, 151158, TRUE), 0, 200000, 50000);
    assert_scale(scale(-3.2, 3.0, TRUE), -4, 4, 2);
    assert_scale(scale(0, 0.9, TRUE), 0, 1, 0.25);
}

static void values_near_zero_make_a_scale_from_zero(void **state) {
    (void)state;
    assert_scale(scale(2, 9, FALSE), 0, 10, 2.5);
    assert_true(scale(8, 9, FALSE).low > 0);
}

static void every_value_is_on_the_scale_and_lines_are_few(void **state) {
    (void)state;
    for (int i = 1; i < 400; i++) {
        double min = -50 + i * 0.37, max = min + i * i * 0.013 + 0.001;
        SatsChartScale got = scale(min, max, i % 2 == 0);
        assert_true(got.low <= min + 1e-9 && got.high >= max - 1e-9);
        assert_true(got.n >= 1 && got.n <= 4);
    }
}

static void given_ends_stay(void **state) {
    (void)state;
    SatsChartRange range = {
        .min = 3, .max = 5, .most = 4, .has_low = TRUE, .has_high = TRUE, .low = 1, .high = 6};
    SatsChartScale got = sats_chart_scale(&range);
    assert_true(fabs(got.low - 1) < 1e-9 && fabs(got.high - 6) < 1e-9);
}

static void an_end_that_a_value_lies_beyond_gives_way(void **state) {
    (void)state;
    SatsChartRange range = {
        .min = 3, .max = 9, .most = 4, .has_low = TRUE, .has_high = TRUE, .low = 2, .high = 6};
    assert_scale(sats_chart_scale(&range), 2, 10, 2);
    range.low = 4;
    range.high = 10;
    assert_scale(sats_chart_scale(&range), 0, 10, 2.5);
}

static void bars_stand_on_zero_whatever_the_ends(void **state) {
    (void)state;
    SatsChartRange range = {.min = 55,
                            .max = 70,
                            .most = 4,
                            .from_zero = TRUE,
                            .has_low = TRUE,
                            .has_high = TRUE,
                            .low = 50,
                            .high = 100};
    assert_scale(sats_chart_scale(&range), 0, 100, 25);
    range.min = -70;
    range.max = -55;
    range.low = -80;
    range.high = -50;
    assert_scale(sats_chart_scale(&range), -80, 0, 20);
}

static void one_value_or_none_makes_a_scale_too(void **state) {
    (void)state;
    assert_true(scale(0, 0, TRUE).high > 0);
    assert_true(scale(5, 5, FALSE).low < 5 && scale(5, 5, FALSE).high > 5);
    assert_true(scale(INFINITY, -INFINITY, TRUE).high > 0);
}

static void ticks_are_swedish(void **state) {
    (void)state;
    SatsChartScale fine = scale(0, 0.9, TRUE), big = scale(0, 151158, TRUE);
    char *text = sats_chart_tick_text(&fine, 3);
    assert_string_equal(text, "0,75");
    g_free(text);
    text = sats_chart_tick_text(&big, 2);
    assert_string_equal(text, "100\302\240000");
    g_free(text);
}

static void labels_are_spread_as_little_as_can_be(void **state) {
    (void)state;
    float at[] = {50, 52, 20, 51};
    sats_chart_spread(at, 4, 10, 0, 100);
    assert_float_equal(at[2], 20, 0.01);
    assert_float_equal(at[0], 41, 0.01);
    assert_float_equal(at[3], 51, 0.01);
    assert_float_equal(at[1], 61, 0.01);
}

static void spread_labels_stay_within(void **state) {
    (void)state;
    float at[] = {98, 99, 100};
    sats_chart_spread(at, 3, 10, 0, 100);
    assert_float_equal(at[0], 80, 0.01);
    assert_float_equal(at[2], 100, 0.01);
}

static void a_label_takes_the_first_free_place(void **state) {
    (void)state;
    SatsChartRoom room;
    sats_chart_room_init(&room, &(SatsChartRect){0, 0, 100, 100});
    sats_chart_room_take(&room, &(SatsChartRect){0, 0, 20, 20});
    sats_chart_room_line(&room, 0, 50, 100, 50);
    SatsChartRect places[] = {{10, 10, 10, 10}, {40, 45, 10, 10}, {40, 60, 10, 10}};
    assert_int_equal(sats_chart_room_choose(&room, places, 3, 0), 2);
    assert_int_equal(sats_chart_room_choose(&room, places, 3, 0), -1);
    assert_int_equal(sats_chart_room_choose(&room, places, 3, 1), 1);
    sats_chart_room_clear(&room);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_ones_that_readers_count_in),
        cmocka_unit_test(values_near_zero_make_a_scale_from_zero),
        cmocka_unit_test(every_value_is_on_the_scale_and_lines_are_few),
        cmocka_unit_test(given_ends_stay),
        cmocka_unit_test(an_end_that_a_value_lies_beyond_gives_way),
        cmocka_unit_test(bars_stand_on_zero_whatever_the_ends),
        cmocka_unit_test(one_value_or_none_makes_a_scale_too),
        cmocka_unit_test(ticks_are_swedish),
        cmocka_unit_test(labels_are_spread_as_little_as_can_be),
        cmocka_unit_test(spread_labels_stay_within),
        cmocka_unit_test(a_label_takes_the_first_free_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
