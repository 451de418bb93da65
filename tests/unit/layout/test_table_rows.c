/* Rows, spans and what happens to them at page breaks. */
#include <math.h>

#include "unit/layout/table-fixture.h"

#define MM (72.0 / 25.4)

static SatsNode *row(SatsRowKind kind, const char *cells) {
    return fixture_row(&f, kind, SATS_RULE_HAIR, cells);
}

static FixtureLine line(const char *text) {
    FixtureLine found = {0};
    if (!fixture_find(&f, text, 0, &found)) {
        fail_msg("'%s' is not on any page", text);
    }
    return found;
}

/* Numbered rows, so that each can be found. */
static void rows(guint first, guint last) {
    for (guint i = first; i <= last; i++) {
        g_autofree char *cells = g_strdup_printf("rad %u|text", i);
        row(SATS_ROW_BODY, cells);
    }
}

static void every_cell_is_content_once(void **state) {
    (void)state;
    fixture_table(&f, "ll", "Lång tabell");
    row(SATS_ROW_HEAD, "Nummer|Text");
    rows(1, 200);
    fixture_set(&f);
    assert_true(f.pages->n_pages > 3);
    for (guint i = 1; i <= 200; i++) {
        g_autofree char *text = g_strdup_printf("rad %u", i);
        assert_int_equal(fixture_count(&f, text, FALSE), 1);
    }
}

static void head_and_caption_come_again_as_artifacts(void **state) {
    (void)state;
    fixture_table(&f, "ll", "Lång tabell");
    row(SATS_ROW_HEAD, "Nummer|Text");
    rows(1, 200);
    fixture_set(&f);
    assert_int_equal(fixture_count(&f, "Nummer", FALSE), 1);
    assert_int_equal(fixture_count(&f, "Nummer", TRUE), f.pages->n_pages - 1);
    assert_int_equal(fixture_count(&f, "Lång tabell", TRUE), f.pages->n_pages - 1);
    assert_int_equal(fixture_count(&f, "(forts.)", TRUE), f.pages->n_pages - 1);
}

static void a_group_title_never_ends_a_page(void **state) {
    (void)state;
    fixture_table(&f, "ll", NULL);
    for (guint i = 0; i < 120; i++) {
        g_autofree char *title = g_strdup_printf("@c2grupp %u", i);
        g_autofree char *cells = g_strdup_printf("rad %u|text", i);
        row(SATS_ROW_GROUP, title);
        row(SATS_ROW_BODY, cells);
    }
    fixture_set(&f);
    for (guint i = 0; i < 120; i++) {
        g_autofree char *title = g_strdup_printf("grupp %u", i);
        g_autofree char *text = g_strdup_printf("rad %u", i);
        assert_int_equal(line(title).page, line(text).page);
    }
}

static void a_total_never_begins_a_page(void **state) {
    (void)state;
    fixture_table(&f, "ll", NULL);
    for (guint i = 0; i < 120; i++) {
        g_autofree char *text = g_strdup_printf("rad %u|text", i);
        g_autofree char *total = g_strdup_printf("summa %u|text", i);
        row(SATS_ROW_BODY, text);
        row(SATS_ROW_SUBTOTAL, total);
    }
    fixture_set(&f);
    for (guint i = 0; i < 120; i++) {
        g_autofree char *text = g_strdup_printf("rad %u", i);
        g_autofree char *total = g_strdup_printf("summa %u", i);
        assert_int_equal(line(text).page, line(total).page);
    }
}

/* A table of one group with 60 rows, the first of them under its title. */
static void set_group(guint n_inside) {
    fixture_table(&f, "ll", NULL);
    SatsNode *node = row(SATS_ROW_GROUP, "@c2Ekonomi");
    rows(1, 60);
    for (guint i = 0; i < n_inside; i++) {
        node = node->next;
        node->as.row->n_titles = 1;
    }
    fixture_set(&f);
}

static void a_running_group_is_said_again(void **state) {
    (void)state;
    set_group(60);
    assert_int_equal(f.pages->n_pages, 2);
    assert_int_equal(fixture_count(&f, "Ekonomi", FALSE), 1);
    assert_int_equal(fixture_count(&f, "Ekonomi", TRUE), 1);
}

static void a_group_that_has_ended_is_not_said_again(void **state) {
    (void)state;
    set_group(10);
    assert_int_equal(f.pages->n_pages, 2);
    assert_int_equal(fixture_count(&f, "Ekonomi", TRUE), 0);
}

static void a_spanning_label_stands_at_the_top_and_comes_again(void **state) {
    (void)state;
    fixture_table(&f, "lll", NULL);
    rows(1, 30);
    SatsNode *first = row(SATS_ROW_BODY, "@RMål ett|a1|b");
    first->first_child->as.cell->row_span = 20;
    for (guint i = 2; i <= 20; i++) {
        g_autofree char *cells = g_strdup_printf("a%u|b", i);
        SatsNode *next = row(SATS_ROW_BODY, cells);
        next->first_child->as.cell->column = 1;
        next->last_child->as.cell->column = 2;
    }
    fixture_set(&f);
    assert_int_equal(f.pages->n_pages, 2);
    FixtureLine label = line("Mål ett");
    assert_true(fabs((double)(label.y - line("a1").y)) < 0.1);
    FixtureLine again = {0};
    assert_true(fixture_find(&f, "Mål ett", 1, &again));
    assert_int_equal(again.page, 1);
    assert_int_not_equal(again.artifact, SATS_ITEM_CONTENT);
    gboolean beside = FALSE;
    for (guint i = 2; i <= 20; i++) {
        g_autofree char *text = g_strdup_printf("a%u", i);
        FixtureLine found = line(text);
        beside = beside || (found.page == 1 && fabs((double)(found.y - again.y)) < 0.1);
    }
    assert_true(beside);
}

static void a_tall_span_lengthens_its_last_row(void **state) {
    (void)state;
    fixture_table(&f, "ll", NULL);
    row(SATS_ROW_BODY, "@r2ett^två^tre^fyra^fem^sex|a");
    row(SATS_ROW_BODY, "b");
    row(SATS_ROW_BODY, "c|d");
    fixture_set(&f);
    assert_true(line("c").y > line("sex").y + 10);
    assert_true(line("b").y < line("tre").y);
}

static void a_long_label_runs_on_beside_its_rows(void **state) {
    (void)state;
    fixture_table(&f, "ll", NULL);
    GString *label = g_string_new("@R etikett 1");
    for (guint i = 2; i <= 90; i++) {
        g_string_append_printf(label, "^etikett %u", i);
    }
    g_string_append(label, "|a1");
    SatsNode *first = row(SATS_ROW_BODY, label->str);
    g_string_free(label, TRUE);
    first->first_child->as.cell->row_span = 60;
    for (guint i = 2; i <= 60; i++) {
        g_autofree char *cells = g_strdup_printf("a%u", i);
        row(SATS_ROW_BODY, cells)->first_child->as.cell->column = 1;
    }
    fixture_set(&f);
    for (guint i = 2; i <= 90; i++) {
        g_autofree char *text = g_strdup_printf("etikett %u", i);
        assert_int_equal(fixture_count(&f, text, FALSE), 1);
        assert_int_equal(fixture_count(&f, text, TRUE), 0);
    }
}

static void a_row_taller_than_a_page_loses_nothing(void **state) {
    (void)state;
    fixture_table(&f, "ll", NULL);
    row(SATS_ROW_HEAD, "Nummer|Text");
    GString *cells = g_string_new("@hId|rad 1");
    for (guint i = 2; i <= 150; i++) {
        g_string_append_printf(cells, "^rad %u", i);
    }
    row(SATS_ROW_BODY, cells->str);
    g_string_free(cells, TRUE);
    fixture_set(&f);
    assert_true(f.pages->n_pages >= 3);
    for (guint i = 1; i <= 150; i++) {
        g_autofree char *text = g_strdup_printf("rad %u", i);
        assert_int_equal(fixture_count(&f, text, FALSE), 1);
    }
    assert_int_equal(fixture_count(&f, "Id", TRUE), f.pages->n_pages - 1);
    assert_false(fixture_found(&f, "overfull-page"));
}

static void rows_to_fill_in_keep_their_height(void **state) {
    (void)state;
    fixture_table(&f, "ll", NULL);
    row(SATS_ROW_BODY, "a|");
    row(SATS_ROW_BODY, "b|")->as.row->height_pt = 30;
    row(SATS_ROW_BODY, "c|");
    fixture_set(&f);
    assert_true(fabs((double)(line("c").y - line("b").y) - 30) < 0.1);
}

static void a_page_ends_with_a_whole_hairline(void **state) {
    (void)state;
    fixture_table(&f, "lll", NULL);
    for (guint i = 0; i < 60; i++) {
        g_autofree char *cells = g_strdup_printf("|del %u|text", i);
        fixture_row(&f, SATS_ROW_BODY, SATS_RULE_DOTTED, i == 0 ? "Id|del 0|text" : cells);
    }
    fixture_set(&f);
    assert_int_equal(f.pages->n_pages, 2);
    double y = 0;
    const SatsItem *rule = fixture_rule(&f, 0, 800, FALSE, &y);
    assert_non_null(rule);
    assert_true(rule->x < 0.1F && rule->as.rule->dash_on_pt <= 0);
    assert_true(fabs((double)rule->as.rule->x2 - 170 * MM) < 0.1);
    rule = fixture_rule(&f, 0, y - 5, FALSE, &y);
    assert_true(rule->x > 1 && rule->as.rule->dash_on_pt > 0);
}

static void notes_stay_with_the_last_row(void **state) {
    (void)state;
    for (guint n = 40; n < 50; n++) {
        fixture_stop(&f);
        fixture_start(&f);
        fixture_table(&f, "ll", NULL);
        rows(1, n);
        fixture_note(&f, "*", "Not under tabellen");
        fixture_set(&f);
        g_autofree char *last = g_strdup_printf("rad %u", n);
        assert_int_equal(line(last).page, line("Not under tabellen").page);
    }
}

static void many_short_notes_stand_in_columns(void **state) {
    (void)state;
    fixture_table(&f, "ll", NULL);
    rows(1, 3);
    for (guint i = 1; i <= 12; i++) {
        fixture_note(&f, sats_arena_printf(f.arena, "%u)", i),
                     sats_arena_printf(f.arena, "Not nummer %u", i));
    }
    fixture_set(&f);
    assert_true(line("Not nummer 12").x > line("Not nummer 1").x + 100);
    assert_true(fabs((double)(line("Not nummer 7").y - line("Not nummer 1").y)) < 0.1);
}

static void sums_are_carried_over(void **state) {
    (void)state;
    fixture_table(&f, "ld", NULL)->as.table->transport = TRUE;
    for (guint i = 0; i < 100; i++) {
        row(SATS_ROW_BODY, "post|1,5");
    }
    row(SATS_ROW_TOTAL, "Summa|150,0");
    fixture_set(&f);
    assert_int_equal(fixture_count(&f, "Transport", TRUE), f.pages->n_pages - 1);
    g_autoptr(GArray) lines = fixture_lines(&f);
    guint posts = 0;
    for (guint i = 0; i < lines->len; i++) {
        const FixtureLine *at = &g_array_index(lines, FixtureLine, i);
        posts += at->page == 0 && at->artifact == SATS_ITEM_CONTENT && at->x < 100 ? 1 : 0;
    }
    g_autofree char *sum = g_strdup_printf("%u,%u", posts * 15 / 10, posts * 15 % 10);
    assert_int_equal(fixture_count(&f, sum, TRUE), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_table(every_cell_is_content_once),
        with_table(head_and_caption_come_again_as_artifacts),
        with_table(a_group_title_never_ends_a_page),
        with_table(a_total_never_begins_a_page),
        with_table(a_running_group_is_said_again),
        with_table(a_group_that_has_ended_is_not_said_again),
        with_table(a_spanning_label_stands_at_the_top_and_comes_again),
        with_table(a_tall_span_lengthens_its_last_row),
        with_table(a_long_label_runs_on_beside_its_rows),
        with_table(a_row_taller_than_a_page_loses_nothing),
        with_table(rows_to_fill_in_keep_their_height),
        with_table(a_page_ends_with_a_whole_hairline),
        with_table(notes_stay_with_the_last_row),
        with_table(many_short_notes_stand_in_columns),
        with_table(sums_are_carried_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
