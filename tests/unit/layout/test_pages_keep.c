/* What must not happen at a page break, wherever the break happens to fall: each rule is tried with
 * more and more lines before it, over more than one page. */
#include "unit/engine/library-fixture.h"

#define MOST_LINES 34 /* more than a page of the small theme holds */
#define DATA       "{rader: {of: line}}"
#define FILL       "  - {each: r in rader, paragraph: \"{{r}}\", style: small}\n"
#define SENTENCE   "Alfa beta gamma delta epsilon zeta eta theta jota kappa lambda. "
#define LONG       SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE

/* ---- reading a dump of pages ---- */

typedef struct {
    guint page;
    double y;
    gboolean artifact;
    char *text;
} Line;

static void line_clear(gpointer data) {
    g_free(((Line *)data)->text);
}

static GArray *read_lines(const char *dump) {
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(Line));
    g_array_set_clear_func(lines, line_clear);
    g_auto(GStrv) rows = g_strsplit(dump, "\n", -1);
    guint page = 0;
    for (char **row = rows; *row != NULL; row++) {
        const char *kind = *row;
        if (g_str_has_prefix(kind, "page ")) {
            page++;
            continue;
        }
        while (*kind == ' ') {
            kind++;
        }
        gboolean artifact = *kind == '~';
        kind += artifact ? 1 : 0;
        const char *quote = strchr(kind, '"');
        if (!g_str_has_prefix(kind, "line ") || quote == NULL) {
            continue;
        }
        g_auto(GStrv) words = g_strsplit(kind, " ", 4);
        Line line = {page, g_ascii_strtod(words[2], NULL), artifact, g_strdup(quote + 1)};
        line.text[strlen(line.text) - 1] = '\0';
        g_strstrip(line.text);
        g_array_append_val(lines, line);
    }
    return lines;
}

static const Line *at(const GArray *lines, guint i) {
    return &g_array_index(lines, Line, i);
}

static const Line *find(const GArray *lines, const char *text) {
    for (guint i = 0; i < lines->len; i++) {
        if (!at(lines, i)->artifact && g_str_has_prefix(at(lines, i)->text, text)) {
            return at(lines, i);
        }
    }
    return NULL;
}

/* Content above (`above`) or below a line on its page. */
static guint neighbours(const GArray *lines, const Line *line, gboolean above) {
    guint n = 0;
    for (guint i = 0; i < lines->len; i++) {
        const Line *other = at(lines, i);
        if (other->page == line->page && !other->artifact &&
            (above ? other->y < line->y - 1 : other->y > line->y + 1)) {
            n++;
        }
    }
    return n;
}

static guint count_on_page(const GArray *lines, guint page, const char *text) {
    guint n = 0;
    for (guint i = 0; i < lines->len; i++) {
        n += at(lines, i)->page == page && !at(lines, i)->artifact &&
                     strstr(at(lines, i)->text, text) != NULL
                 ? 1U
                 : 0U;
    }
    return n;
}

/* ---- trying ---- */

typedef void (*Judge)(const GArray *lines);

/* What is set may be in another order or on other pages, but none of it may be missing. */
static void judge_whole(const GArray *lines, guint n_fill, guint *n_other) {
    guint fill = 0;
    guint other = 0;
    guint pages = 0;
    for (guint i = 0; i < lines->len; i++) {
        const Line *line = at(lines, i);
        fill += g_str_has_prefix(line->text, "rad ") ? 1U : 0U;
        other += !line->artifact && !g_str_has_prefix(line->text, "rad ") ? 1U : 0U;
        pages = MAX(pages, line->page);
        assert_true(line->y < 95 * 72 / 25.4 - 10 * 72 / 25.4 + 1); /* above the foot */
    }
    assert_int_equal(fill, n_fill);
    assert_true(*n_other == 0 || *n_other == other);
    *n_other = other;
}

static void sweep(void **state, const char *body, Judge judge) {
    Library *l = *state;
    g_autofree char *whole = g_strconcat(FILL, body, NULL);
    guint n_other = 0;
    for (guint n = 0; n <= MOST_LINES; n++) {
        GString *values = g_string_new("rader: [");
        for (guint i = 0; i < n; i++) {
            g_string_append_printf(values, "rad %u,", i);
        }
        g_string_append(values, "]\n");
        library_write(l, DATA, whole, values->str);
        g_string_free(values, TRUE);
        library_load(l);
        GArray *lines = read_lines(library_dump(l, "pages"));
        judge_whole(lines, n, &n_other);
        judge(lines);
        g_array_unref(lines);
        assert_int_equal(sats_plan_warnings(l->plan), 0);
    }
}

static void judge_headings(const GArray *lines) {
    assert_true(neighbours(lines, find(lines, "Rubrik"), FALSE) >= 2);
    assert_true(neighbours(lines, find(lines, "Under"), FALSE) >= 2);
    assert_int_equal(find(lines, "Rubrik")->page, find(lines, "Under")->page);
}

static void a_heading_never_ends_a_page(void **state) {
    sweep(state,
          "  - section: {title: Rubrik, body: [{section: {title: Under, body: [{text: '" LONG
          "'}]}}]}\n",
          judge_headings);
}

static void judge_paragraph(const GArray *lines) {
    for (guint page = 1; page <= 4; page++) {
        guint n = 0;
        for (guint i = 0; i < lines->len; i++) {
            n += at(lines, i)->page == page && !g_str_has_prefix(at(lines, i)->text, "rad ") ? 1U
                                                                                             : 0U;
        }
        assert_true(n != 1);
    }
}

static void no_line_of_a_paragraph_stands_alone_on_a_page(void **state) {
    sweep(state, "  - {text: '" LONG "'}\n", judge_paragraph);
}

#define ROWS  "[Ett, '1'], [Två, '2'], [Tre, '3'], [Fyra, '4']"
#define TABLE "  - table:\n      caption: Tabellen\n      columns: [Post, Belopp]\n      rows: "

static void judge_total(const GArray *lines) {
    const Line *total = find(lines, "Summa");
    const Line *last = find(lines, "Fyra");
    assert_int_equal(total->page, last->page);
    assert_true(last->y < total->y);
}

static void a_total_row_never_begins_a_page(void **state) {
    sweep(state, TABLE "[" ROWS ", {total: [Summa, '10']}]\n", judge_total);
}

static void judge_subtotals(const GArray *lines) {
    judge_total(lines);
    assert_int_equal(find(lines, "Delsumma")->page, find(lines, "Fyra")->page);
    assert_int_equal(find(lines, "Resultat")->page, find(lines, "Fyra")->page);
}

static void a_row_of_totals_stays_with_the_rows_before_it(void **state) {
    sweep(state,
          TABLE
          "[" ROWS
          ", {subtotal: [Delsumma, '10']}, {total: [Summa, '10']}, {result: [Resultat, '1']}]\n",
          judge_subtotals);
}

static void judge_group(const GArray *lines) {
    assert_int_equal(find(lines, "Gruppen")->page, find(lines, "Ett")->page);
    assert_int_equal(find(lines, "Undergrupp")->page, find(lines, "Tre")->page);
}

static void a_group_title_never_ends_a_page(void **state) {
    sweep(state,
          TABLE "[{group: Gruppen, rows: [[Ett, '1'], [Två, '2'], {subgroup: Undergrupp, rows: "
                "[[Tre, '3'], [Fyra, '4']]}]}]\n",
          judge_group);
}

static void judge_caption(const GArray *lines) {
    assert_int_equal(find(lines, "Tabellen")->page, find(lines, "Post")->page);
    assert_int_equal(find(lines, "Post")->page, find(lines, "Ett")->page);
}

static void a_caption_and_a_head_stay_with_the_first_row(void **state) {
    sweep(state, TABLE "[" ROWS "]\n", judge_caption);
}

/* On every page but the first of the table: caption and head again, as artifacts. */
static void judge_head_again(const GArray *lines) {
    const Line *first = find(lines, "Ett");
    const Line *last = find(lines, "Fyra");
    for (guint page = first->page + 1; page <= last->page; page++) {
        guint again = 0;
        for (guint i = 0; i < lines->len; i++) {
            const Line *line = at(lines, i);
            again +=
                line->page == page && line->artifact &&
                        (g_str_equal(line->text, "Post") || g_str_equal(line->text, "(forts.)"))
                    ? 1U
                    : 0U;
        }
        assert_int_equal(again, 2);
    }
    assert_int_equal(count_on_page(lines, first->page, "Post"), 1);
}

static void a_table_that_goes_on_says_its_caption_and_head_again(void **state) {
    sweep(state, TABLE "[" ROWS "]\n", judge_head_again);
}

static void judge_span(const GArray *lines) {
    const Line *label = find(lines, "Spannet");
    const Line *last = find(lines, "Fyra");
    assert_int_equal(label->page, find(lines, "Ett")->page);
    guint again = 0;
    for (guint i = 0; i < lines->len; i++) {
        again += at(lines, i)->artifact && g_str_equal(at(lines, i)->text, "Spannet") ? 1U : 0U;
    }
    assert_int_equal(again, last->page - label->page);
}

static void a_row_span_says_its_label_on_every_page(void **state) {
    sweep(state,
          "  - table: {columns: [Post, Belopp], rows: [{span: [{text: Spannet, head: true}], rows: "
          "[[Ett], [Två], [Tre], [Fyra]]}]}\n",
          judge_span);
}

static void judge_note(const GArray *lines) {
    assert_int_equal(find(lines, "Cellen")->page, find(lines, "Noten")->page);
    assert_int_equal(find(lines, "Stycket")->page, find(lines, "Nummer")->page);
    const Line *note = find(lines, "Noten");
    assert_true(neighbours(lines, note, TRUE) > 0);
}

static void a_footnote_stands_on_the_page_of_its_call(void **state) {
    sweep(state,
          "  - {text: 'Stycket^[Nummer ett.] är kort.'}\n  - table: {columns: [Post, Belopp], "
          "rows: [['Cellen^[Noten.]', '1']]}\n",
          judge_note);
}

static void judge_signature(const GArray *lines) {
    static const char *const PARTS[] = {"Ena parten", "Ort och datum", "Underskrift", "Anna",
                                        "Chef"};
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        assert_int_equal(find(lines, PARTS[i])->page, find(lines, "Upprättad")->page);
    }
}

static void a_signature_block_is_never_divided(void **state) {
    sweep(state,
          "  - {text: Upprättad i två exemplar.}\n"
          "  - signatures: {parties: [{name: Ena parten, place: Sala, date: '', person: Anna, "
          "role: Chef}]}\n",
          judge_signature);
}

static void judge_kept(const GArray *lines) {
    assert_int_equal(find(lines, "Första")->page, find(lines, "Fjärde")->page);
}

static void what_is_kept_together_stays_together(void **state) {
    sweep(state,
          "  - {keep: true, group: [{text: Första}, {text: Andra}, {list: [Tredje, Fjärde]}]}\n",
          judge_kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        LIBRARY_TEST(a_heading_never_ends_a_page),
        LIBRARY_TEST(no_line_of_a_paragraph_stands_alone_on_a_page),
        LIBRARY_TEST(a_total_row_never_begins_a_page),
        LIBRARY_TEST(a_row_of_totals_stays_with_the_rows_before_it),
        LIBRARY_TEST(a_group_title_never_ends_a_page),
        LIBRARY_TEST(a_caption_and_a_head_stay_with_the_first_row),
        LIBRARY_TEST(a_table_that_goes_on_says_its_caption_and_head_again),
        LIBRARY_TEST(a_row_span_says_its_label_on_every_page),
        LIBRARY_TEST(a_footnote_stands_on_the_page_of_its_call),
        LIBRARY_TEST(a_signature_block_is_never_divided),
        LIBRARY_TEST(what_is_kept_together_stays_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
