/* Widths of columns, and where in them text and numbers stand. */
#include <math.h>

#include "unit/layout/table-fixture.h"

#define MM    (72.0 / 25.4)
#define LEFT  (20 * MM)
#define RIGHT (190 * MM)

static void row(const char *cells) {
    fixture_row(&f, SATS_ROW_BODY, SATS_RULE_HAIR, cells);
}

static FixtureLine line(const char *text) {
    FixtureLine found = {0};
    if (!fixture_find(&f, text, 0, &found)) {
        fail_msg("'%s' is not on any page", text);
    }
    return found;
}

static void assert_near(double a, double b) {
    if (fabs(a - b) > 0.1) {
        fail_msg("%.2f is not %.2f", a, b);
    }
}

static void a_table_fills_the_width(void **state) {
    (void)state;
    fixture_table(&f, "lr", NULL);
    row("Post|12");
    fixture_set(&f);
    assert_near((double)line("Post").x, LEFT);
    assert_near((double)line("12").right, RIGHT);
}

static void fixed_columns_keep_their_widths(void **state) {
    (void)state;
    SatsTable *table = fixture_table(&f, "lll", NULL)->as.table;
    table->columns[0].width_kind = SATS_WIDTH_FIXED;
    table->columns[0].width = 40 * MM;
    row("a|b|c");
    fixture_set(&f);
    assert_near((double)line("b").x, LEFT + 42 * MM);
}

static void columns_that_are_alike_stay_alike_in_a_crowded_table(void **state) {
    (void)state;
    SatsTable *table = fixture_table(&f, "llllll", NULL)->as.table;
    for (guint i = 1; i < 5; i++) {
        table->columns[i].width_kind = SATS_WIDTH_FIXED;
        table->columns[i].width = 25 * MM;
    }
    row("123456789012345678901234567890123|abc|acb|bac|bca|"
        "1234567890123456789012345678901231");
    fixture_set(&f);
    double first = (double)line("acb").x - (double)line("abc").x;
    double second = (double)line("bca").x - (double)line("bac").x;
    assert_true(fabs(first - second) < 1);
}

static void shares_divide_what_is_left(void **state) {
    (void)state;
    SatsTable *table = fixture_table(&f, "lll", NULL)->as.table;
    table->columns[0].width_kind = SATS_WIDTH_FIXED;
    table->columns[0].width = 50 * MM;
    table->columns[1].width_kind = table->columns[2].width_kind = SATS_WIDTH_SHARE;
    table->columns[1].width = 2;
    table->columns[2].width = 1;
    row("a|b|c");
    fixture_set(&f);
    assert_near((double)line("b").x, LEFT + 52 * MM);
    assert_near((double)line("c").x, LEFT + 132 * MM);
}

static void decimals_stand_on_one_comma(void **state) {
    (void)state;
    fixture_table(&f, "ldd", NULL);
    row("a|1,25|1");
    row("b|1 234,5|1");
    row("c|−7|1");
    fixture_set(&f);
    FixtureLine two = line("1,25");
    FixtureLine one = line("1 234,5");
    FixtureLine none = line("−7");
    double comma = (double)(two.x + sats_line_decimal_pt(two.line));
    assert_near((double)(one.x + sats_line_decimal_pt(one.line)), comma);
    assert_near((double)none.right, comma);
}

static void a_dash_stands_under_the_last_whole_digit(void **state) {
    (void)state;
    fixture_table(&f, "ldd", NULL);
    row("a|12,5|1");
    row("b|–|1");
    fixture_set(&f);
    FixtureLine number = line("12,5");
    assert_near((double)line("–").right, (double)(number.x + sats_line_decimal_pt(number.line)));
}

static void text_among_numbers_keeps_to_the_right(void **state) {
    (void)state;
    fixture_table(&f, "ld", NULL);
    row("a|12,5");
    row("b|Inför beslut");
    fixture_set(&f);
    assert_near((double)line("Inför beslut").right, RIGHT);
    assert_near((double)line("12,5").right, RIGHT);
}

static void a_note_mark_hangs_outside_the_digits(void **state) {
    (void)state;
    fixture_table(&f, "ldd", NULL);
    row("a|12|1");
    row("b|13|1");
    SatsNode *cell = f.groups[SATS_ROWS_BODY]->last_child->first_child->next;
    cell->n_runs = 2;
    cell->runs[1] = (SatsRun){.text = "1)", .length = 2, .flags = SATS_RUN_NOTE_MARK};
    fixture_set(&f);
    FixtureLine plain = line("12");
    FixtureLine marked = line("131)");
    assert_near((double)marked.x, (double)plain.x);
    assert_true(marked.right > plain.right + 2);
}

static void heads_of_numbers_stand_right(void **state) {
    (void)state;
    fixture_table(&f, "ldl", NULL);
    fixture_row(&f, SATS_ROW_HEAD, SATS_RULE_NONE, "Post|Budget|Not");
    row("a|126 042|x");
    fixture_set(&f);
    assert_near((double)line("Budget").right, (double)line("126 042").right);
}

static void a_wide_cell_widens_its_columns(void **state) {
    (void)state;
    fixture_table(&f, "lrrl", NULL);
    row("a|@c2Ordetärlångtochodelbartochstårivägen|Text som får fylla ut resten av raden i "
        "tabellen här och mera än så ändå");
    row("a|1|2|x");
    fixture_set(&f);
    assert_true(line("x").x - line("1").x > 100);
    assert_false(fixture_found(&f, "overfull"));
}

static void tables_of_a_group_line_up(void **state) {
    (void)state;
    fixture_table(&f, "lll", NULL)->as.table->widths_group = "mål";
    row("Kort|ett|två");
    fixture_table(&f, "lll", NULL)->as.table->widths_group = "mål";
    row("En mycket längre text som kräver en bredare kolumn|tre|fyra");
    fixture_set(&f);
    assert_near((double)line("ett").x, (double)line("tre").x);
    assert_near((double)line("två").x, (double)line("fyra").x);
}

static void a_table_too_wide_is_split_and_says_so(void **state) {
    (void)state;
    fixture_table(&f, "lrrrrrrrrrrrr", "Bred")->as.table->columns[0].key = TRUE;
    const char *wide = "Verksamhet|111 222 333 444|111 222 333 445|111 222 333 446|111 222 333 447|"
                       "111 222 333 448|111 222 333 449|111 222 333 450|111 222 333 451|"
                       "111 222 333 452|111 222 333 453|111 222 333 454|111 222 333 455";
    row(wide);
    fixture_set(&f);
    assert_true(fixture_found(&f, "table-split"));
    assert_int_equal(fixture_count(&f, "Verksamhet", FALSE), 1);
    assert_true(fixture_count(&f, "Verksamhet", TRUE) >= 1);
    for (guint i = 444; i <= 455; i++) {
        g_autofree char *number = g_strdup_printf("111 222 333 %u", i);
        assert_int_equal(fixture_count(&f, number, FALSE), 1);
        assert_true((double)line(number).right <= RIGHT + 0.1);
    }
}

static void long_words_are_divided_before_a_table_is_split(void **state) {
    (void)state;
    fixture_table(&f, "lllll", "Risker")->as.table->columns[0].key = TRUE;
    row("Transfusionsmedicinkvalitetsregistret|Upphandlingsprocessgranskning|"
        "Dataskyddsförordningen|Behörighetsadministrationsloggar|Verksamhetsutvecklingsuppdrag");
    fixture_set(&f);
    assert_false(fixture_found(&f, "table-split"));
    assert_false(fixture_found(&f, "overfull"));
    assert_int_equal(fixture_count(&f, "Upphandlingsprocess-", FALSE), 1);
    assert_int_equal(fixture_count(&f, "granskning", FALSE), 1);
}

static void a_table_in_one_part_is_not_said_to_be_split(void **state) {
    (void)state;
    g_autofree char *word = g_strnfill(1000, 'x');
    g_autofree char *cells = g_strconcat(word, "|1", NULL);
    fixture_table(&f, "lr", "Bred")->as.table->columns[0].key = TRUE;
    row(cells);
    fixture_set(&f);
    assert_true(fixture_found(&f, "overfull"));
    assert_false(fixture_found(&f, "table-split"));
}

static void a_turned_head_needs_little_width(void **state) {
    (void)state;
    fixture_table(&f, "lccl", NULL);
    fixture_row(&f, SATS_ROW_HEAD, SATS_RULE_NONE, "Nr|@TProcesseffektivitet|@TMedarbetare|Namn");
    row("1|X|Y|Namn2");
    fixture_set(&f);
    assert_true(line("Y").x - line("X").x < 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_table(a_table_fills_the_width),
        with_table(fixed_columns_keep_their_widths),
        with_table(columns_that_are_alike_stay_alike_in_a_crowded_table),
        with_table(shares_divide_what_is_left),
        with_table(decimals_stand_on_one_comma),
        with_table(a_dash_stands_under_the_last_whole_digit),
        with_table(text_among_numbers_keeps_to_the_right),
        with_table(a_note_mark_hangs_outside_the_digits),
        with_table(heads_of_numbers_stand_right),
        with_table(a_wide_cell_widens_its_columns),
        with_table(tables_of_a_group_line_up),
        with_table(a_table_too_wide_is_split_and_says_so),
        with_table(long_words_are_divided_before_a_table_is_split),
        with_table(a_table_in_one_part_is_not_said_to_be_split),
        with_table(a_turned_head_needs_little_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
