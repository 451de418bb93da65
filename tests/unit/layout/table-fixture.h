/* tests/unit/layout/table-fixture.h: tables built by hand, in few words, and set.
 *
 * A row is one string: cells parted by '|'. A cell may begin with marks: "@c2" column span, "@r3"
 * row span, "@T" turned, "@R" repeated label, "@b" bold, "@h" row head; '^' in it is a forced line
 * break. Columns that a row span from above covers are stepped over.
 */
#ifndef SATS_TEST_TABLE_FIXTURE_H
#define SATS_TEST_TABLE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "layout/layout.h"

typedef struct {
    SatsSources *sources;
    SatsArena *arena;
    SatsReport *report;
    const SatsTheme *theme;
    SatsFonts *fonts;
    SatsShaper *shaper;
    SatsHyphenator *hyphenator;
    SatsDocument *document;
    SatsNode *section;
    SatsPages *pages;
    SatsNode *table, *groups[3];
    guint busy[64]; /* row index each column is covered up to */
    guint n_rows;
} TableFixture;

static inline void fixture_start(TableFixture *f) {
    memset(f, 0, sizeof *f);
    f->sources = sats_sources_new();
    f->arena = sats_arena_new();
    f->report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    const char *folders[] = {SATS_TEST_TEMPLATES_DIR, NULL};
    const char *fonts[] = {SATS_TEST_FONTS_DIR, NULL};
    f->theme = sats_theme_load("standard", folders, f->sources, f->arena, f->report, NULL);
    g_assert(f->theme != NULL);
    f->fonts = sats_fonts_new(fonts, NULL);
    g_assert(f->fonts != NULL);
    f->shaper = sats_shaper_new(f->fonts);
    f->hyphenator =
        sats_hyphenator_new(SATS_TEST_TEMPLATES_DIR "/hyphenation/hyph_sv_SE.dic", NULL, NULL);
    f->document = sats_document_new();
    f->document->page_kind = "portrait";
    f->document->language = "sv-SE";
    f->document->root = sats_node_new(f->document, NULL, SATS_NODE_DOCUMENT, (SatsPlace){0});
    f->section = sats_node_new(f->document, f->document->root, SATS_NODE_GROUP, (SatsPlace){0});
}

static inline void fixture_stop(TableFixture *f) {
    g_clear_pointer(&f->pages, sats_pages_free);
    g_clear_pointer(&f->document, sats_document_free);
    g_clear_pointer(&f->hyphenator, sats_hyphenator_free);
    g_clear_pointer(&f->shaper, sats_shaper_free);
    g_clear_pointer(&f->fonts, sats_fonts_free);
    g_clear_pointer(&f->report, sats_report_free);
    g_clear_pointer(&f->arena, sats_arena_free);
    g_clear_pointer(&f->sources, sats_sources_free);
}

static inline void fixture_text(TableFixture *f, SatsNode *node, const char *text, guint flags) {
    g_auto(GStrv) lines = g_strsplit(text, "^", -1);
    guint n = g_strv_length(lines);
    node->runs = sats_arena_new_array(f->document->arena, SatsRun, 2 * n + 1);
    for (guint i = 0; i < n; i++) {
        if (i > 0) {
            node->runs[node->n_runs++].kind = SATS_RUN_BREAK;
        }
        SatsRun *run = &node->runs[node->n_runs++];
        run->text = sats_arena_strdup(f->document->arena, lines[i]);
        run->length = (guint32)strlen(run->text);
        run->flags = (guint16)flags;
    }
}

/* A table of columns, letters: l left, r right, d decimal, c centred; an upper-case letter is
 * tinted. Widths are by content until a test changes them. */
static inline SatsNode *fixture_table(TableFixture *f, const char *columns, const char *caption) {
    SatsArena *arena = f->document->arena;
    f->table = sats_node_new(f->document, f->section, SATS_NODE_TABLE, (SatsPlace){0});
    f->table->as.table = sats_arena_new_struct(arena, SatsTable);
    f->table->as.table->n_columns = (guint)strlen(columns);
    f->table->as.table->columns = sats_arena_new_array(arena, SatsTableColumn, strlen(columns));
    for (guint i = 0; columns[i] != '\0'; i++) {
        SatsTableColumn *column = &f->table->as.table->columns[i];
        char letter = g_ascii_tolower(columns[i]);
        column->tint = letter != columns[i];
        column->align = letter == 'r'   ? SATS_ALIGN_RIGHT
                        : letter == 'd' ? SATS_ALIGN_DECIMAL
                        : letter == 'c' ? SATS_ALIGN_CENTER
                                        : SATS_ALIGN_LEFT;
    }
    if (caption != NULL) {
        SatsNode *node = sats_node_new(f->document, f->table, SATS_NODE_CAPTION, (SatsPlace){0});
        node->runs = sats_arena_new_array(arena, SatsRun, 2);
        node->n_runs = 2;
        node->runs[0] = (SatsRun){.text = "Tabell 1 ", .length = 9, .flags = SATS_RUN_SEMIBOLD};
        node->runs[1] = (SatsRun){.text = sats_arena_strdup(arena, caption),
                                  .length = (guint32)strlen(caption)};
        f->table->as.table->number = "Tabell 1";
    }
    memset(f->groups, 0, sizeof f->groups);
    memset(f->busy, 0, sizeof f->busy);
    f->n_rows = 0;
    return f->table;
}

static inline const char *fixture_marks(SatsCell *cell, const char *text, guint *flags) {
    while (text[0] == '@') {
        switch (text[1]) {
        case 'c':
            cell->column_span = (guint16)(text[2] - '0');
            text += 3;
            continue;
        case 'r':
            cell->row_span = (guint16)(text[2] - '0');
            text += 3;
            continue;
        case 'T':
            cell->turned = TRUE;
            break;
        case 'R':
            cell->repeat_label = TRUE;
            break;
        case 'b':
            *flags |= SATS_RUN_STRONG;
            break;
        case 'h':
            cell->scope = SATS_SCOPE_ROW;
            break;
        case 'f':
            cell->fill = 0xEFCB5A;
            break;
        default:
            break;
        }
        text += 2;
    }
    return text;
}

static inline SatsNode *fixture_row(TableFixture *f, SatsRowKind kind, SatsRule rule,
                                    const char *cells) {
    SatsArena *arena = f->document->arena;
    SatsRowGroupKind group = kind == SATS_ROW_HEAD ? SATS_ROWS_HEAD : SATS_ROWS_BODY;
    if (f->groups[group] == NULL) {
        f->groups[group] =
            sats_node_new(f->document, f->table, SATS_NODE_ROW_GROUP, (SatsPlace){0});
        f->groups[group]->as.row_group = sats_arena_new_struct(arena, SatsRowGroup);
        f->groups[group]->as.row_group->kind = group;
    }
    SatsNode *row = sats_node_new(f->document, f->groups[group], SATS_NODE_ROW, (SatsPlace){0});
    row->as.row = sats_arena_new_struct(arena, SatsRow);
    row->as.row->kind = kind;
    row->as.row->rule_above = rule;
    row->as.row->index = f->n_rows;
    g_auto(GStrv) texts = g_strsplit(cells, "|", -1);
    guint column = 0;
    for (guint i = 0; texts[i] != NULL; i++) {
        while (f->busy[column] > f->n_rows) {
            column++;
        }
        SatsNode *cell = sats_node_new(f->document, row, SATS_NODE_CELL, (SatsPlace){0});
        cell->as.cell = sats_arena_new_struct(arena, SatsCell);
        *cell->as.cell =
            (SatsCell){.column = (guint16)column, .column_span = 1, .row_span = 1, .fill = -1};
        guint flags = 0;
        const char *text = fixture_marks(cell->as.cell, texts[i], &flags);
        if (*text != '\0') {
            fixture_text(f, cell, text, flags);
        }
        for (guint c = 0; c < cell->as.cell->column_span; c++) {
            f->busy[column++] = f->n_rows + cell->as.cell->row_span;
        }
    }
    f->table->as.table->n_rows = ++f->n_rows;
    return row;
}

static inline void fixture_note(TableFixture *f, const char *mark, const char *text) {
    SatsNode *notes = f->table->next;
    if (notes == NULL) {
        notes = sats_node_new(f->document, f->section, SATS_NODE_NOTES, (SatsPlace){0});
    }
    SatsNode *note = sats_node_new(f->document, notes, SATS_NODE_NOTE, (SatsPlace){0});
    if (note->as.note == NULL) {
        note->as.note = sats_arena_new_struct(f->document->arena, SatsNoteData);
    }
    note->as.note->mark = mark;
    if (mark != NULL) {
        fixture_text(f, sats_node_new(f->document, note, SATS_NODE_LABEL, (SatsPlace){0}), mark, 0);
    }
    fixture_text(f, sats_node_new(f->document, note, SATS_NODE_PARAGRAPH, (SatsPlace){0}), text, 0);
}

static inline const SatsPages *fixture_set(TableFixture *f) {
    sats_document_number(f->document);
    SatsLayoutOptions options = {.typesetter = {f->shaper, f->hyphenator}};
    GError *error = NULL;
    f->pages = sats_layout(f->document, f->theme, &options, f->report, &error);
    if (error != NULL) {
        g_printerr("%s\n", error->message);
    }
    g_assert(f->pages != NULL);
    return f->pages;
}

/* ---- reading the pages ---- */

typedef struct {
    guint page;        /* from 0 */
    float x, right, y; /* of the line's box; y its baseline */
    guint8 artifact;
    const SatsLine *line;
} FixtureLine;

static inline char *fixture_line_text(const SatsLine *line) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < line->n_fragments; i++) {
        if (line->fragments[i].shape != NULL) {
            g_string_append(text, line->fragments[i].shape->text);
        }
    }
    return g_strstrip(g_string_free(text, FALSE));
}

static inline void fixture_collect(const SatsBox *box, guint page, double x, double y,
                                   GArray *lines) {
    for (guint i = 0; i < box->n_items; i++) {
        const SatsItem *item = &box->items[i];
        if (item->kind == SATS_ITEM_LINE) {
            FixtureLine line = {.page = page,
                                .x = (float)x + item->x,
                                .y = (float)y + item->y,
                                .artifact = item->artifact,
                                .line = item->as.line};
            line.right = line.x + item->as.line->width_pt;
            g_array_append_val(lines, line);
        } else if (item->kind == SATS_ITEM_TURN) {
            fixture_collect(item->as.turn->box, page, x + (double)item->x, y + (double)item->y,
                            lines);
        }
    }
}

/* All lines of all pages in painting order; free with g_array_unref. */
static inline GArray *fixture_lines(const TableFixture *f) {
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(FixtureLine));
    for (guint p = 0; p < f->pages->n_pages; p++) {
        const SatsPage *page = &f->pages->pages[p];
        for (guint i = 0; i < page->n_placed; i++) {
            const SatsPlaced *placed = &page->placed[i];
            fixture_collect(placed->box, p, (double)placed->x_pt, (double)placed->y_pt, lines);
        }
    }
    return lines;
}

/* The nth line (from 0) with exactly this text; FALSE none. */
static inline gboolean fixture_find(const TableFixture *f, const char *text, guint nth,
                                    FixtureLine *out) {
    g_autoptr(GArray) lines = fixture_lines(f);
    for (guint i = 0; i < lines->len; i++) {
        const FixtureLine *line = &g_array_index(lines, FixtureLine, i);
        g_autofree char *found = fixture_line_text(line->line);
        if (strcmp(found, text) == 0 && nth-- == 0) {
            *out = *line;
            return TRUE;
        }
    }
    return FALSE;
}

/* How often the text stands as content (artifact FALSE) or as an artifact. */
static inline guint fixture_count(const TableFixture *f, const char *text, gboolean artifact) {
    guint n = 0;
    g_autoptr(GArray) lines = fixture_lines(f);
    for (guint i = 0; i < lines->len; i++) {
        const FixtureLine *line = &g_array_index(lines, FixtureLine, i);
        g_autofree char *found = fixture_line_text(line->line);
        n += strcmp(found, text) == 0 && (line->artifact != SATS_ITEM_CONTENT) == artifact ? 1 : 0;
    }
    return n;
}

/* The horizontal rule nearest above or below (`below`) a height on a page; NULL none. */
static inline const SatsItem *fixture_rule(const TableFixture *f, guint page, double y,
                                           gboolean below, double *out_y) {
    const SatsItem *nearest = NULL;
    for (guint i = 0; i < f->pages->pages[page].n_placed; i++) {
        const SatsPlaced *placed = &f->pages->pages[page].placed[i];
        for (guint j = 0; j < placed->box->n_items; j++) {
            const SatsItem *item = &placed->box->items[j];
            double at = (double)(placed->y_pt + item->y);
            gboolean side = below ? at > y : at < y;
            if (item->kind == SATS_ITEM_RULE && side &&
                (nearest == NULL || (below ? at < *out_y : at > *out_y))) {
                nearest = item;
                *out_y = at;
            }
        }
    }
    return nearest;
}

static inline gboolean fixture_found(const TableFixture *f, const char *code) {
    for (guint i = 0; i < sats_report_length(f->report); i++) {
        if (strcmp(sats_report_at(f->report, i)->code, code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The table of the test that runs. */
static TableFixture f;

static int set_up(void **state) {
    (void)state;
    fixture_start(&f);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    fixture_stop(&f);
    return 0;
}

#define with_table(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
