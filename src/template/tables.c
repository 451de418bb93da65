/* Tables: columns with headers in any number of levels, cells, notes. Rows are in rows.c. */
#include <string.h>

#include "template/compile.h"

static const char *const align_words[] = {"inherit", "left", "right", "center", "decimal", NULL};

static SatsAlign read_align(SatsCompiler *compiler, const SatsValue *map) {
    return (SatsAlign)sats_spec_choice(compiler->report, map, "align", align_words,
                                       (int)SATS_ALIGN_INHERIT);
}

/* ---- columns ---- */

static void read_width(SatsCompiler *compiler, const SatsValue *map, SatsTableColumn *layout) {
    const SatsValue *value = sats_value_lookup(map, "width");
    layout->width_kind = SATS_WIDTH_CONTENT;
    if (!value)
        return;
    const char *text = value->kind == SATS_VALUE_TEXT ? value->as.text : "";
    SatsDecimal share;
    if (strcmp(text, "content") == 0)
        return;
    if (g_str_has_suffix(text, "fr") && sats_decimal_parse(text, strlen(text) - 2, &share) &&
        share.digits > 0) {
        layout->width_kind = SATS_WIDTH_SHARE;
        layout->width = sats_decimal_to_double(share);
    } else if (sats_spec_length_of(value, SATS_UNIT_MM, &layout->width) && layout->width > 0.0) {
        layout->width_kind = SATS_WIDTH_FIXED;
    } else {
        sats_report_add(compiler->report, SATS_ERROR, "column-width", &value->place,
                        "a width is a number of mm, 'content', or a share such as '1fr'",
                        "en bredd är ett antal mm, 'content' eller en andel, till exempel '1fr'");
    }
}

/* `tint: true`, or a condition. */
static void read_tint(SatsCompiler *compiler, const SatsValue *map, SatsColumnSpec *column) {
    const SatsValue *value = sats_value_lookup(map, "tint");
    if (value && !sats_value_bool(value, &column->layout.tint))
        column->tint_when = sats_compile_condition(compiler, value);
}

static SatsColumnSpec *compile_table_columns(SatsCompiler *compiler, const SatsValue *list,
                                             guint *out_n);

static void compile_column(SatsCompiler *compiler, const SatsValue *value, SatsColumnSpec *column) {
    static const char *const words[] = {
        "header", "explanation", "width",      "min",     "align", "tint", "key", "gap",
        "turned", "hyphenate",   "drop-empty", "columns", "each",  "when", "id",  NULL};
    SatsReport *report = compiler->report;
    if (value->kind != SATS_VALUE_MAP) { /* "Post" stands for {header: Post} */
        column->header = sats_compile_text(compiler, value);
        column->guard.place = value->place;
        return;
    }
    const SatsVariable *outer;
    sats_spec_keys(report, value, "column", "en kolumn", words);
    column->guard = sats_guard_enter(compiler, value, &outer);
    column->id = sats_spec_string(report, value, "id", NULL);
    column->header = sats_compile_text_key(compiler, value, "header");
    column->explanation = sats_compile_text_key(compiler, value, "explanation");
    read_width(compiler, value, &column->layout);
    read_tint(compiler, value, column);
    column->layout.id = column->id;
    column->layout.min_width_pt = sats_spec_length(report, value, "min", SATS_UNIT_MM, 0.0);
    column->layout.align = read_align(compiler, value);
    column->layout.key = sats_spec_bool(report, value, "key", FALSE);
    column->layout.gap_before_pt = sats_spec_distance(report, value, "gap", SATS_UNIT_MM, 0.0);
    column->layout.hyphenate = sats_spec_bool(report, value, "hyphenate", FALSE);
    column->layout.drop_empty = sats_spec_bool(report, value, "drop-empty", FALSE);
    column->turned = sats_spec_bool(report, value, "turned", FALSE);
    const SatsValue *children = sats_value_lookup(value, "columns");
    if (children)
        column->children = compile_table_columns(compiler, children, &column->n_children);
    sats_guard_leave(compiler, outer);
}

static SatsColumnSpec *compile_table_columns(SatsCompiler *compiler, const SatsValue *list,
                                             guint *out_n) {
    *out_n = 0;
    if (!list || !sats_spec_is_list(compiler->report, list, "columns", "kolumner"))
        return NULL;
    if (compiler->depth >= SATS_TEMPLATE_MAX_DEPTH) {
        sats_report_add(compiler->report, SATS_ERROR, "template-limit", &list->place,
                        "too many header levels", "för många nivåer i huvudet");
        return NULL;
    }
    SatsColumnSpec *columns =
        sats_arena_new_array(compiler->arena, SatsColumnSpec, MAX(list->length, 1u));
    compiler->depth++;
    for (guint32 i = 0; i < list->length; i++)
        compile_column(compiler, list->as.items[i], &columns[i]);
    compiler->depth--;
    *out_n = list->length;
    return columns;
}

/* ---- cells ---- */

/* `words`: the cell has a text, which stands beside the mark. */
static SatsMarkSpec *compile_mark(SatsCompiler *compiler, const SatsValue *value, gboolean words) {
    static const char *const known[] = {"kind", "value",      "limit", "label",
                                        "text", "decorative", NULL};
    static const char *const kinds[] = {"status", "cross",    "trend", "chip",
                                        "bar",    "checkbox", NULL};
    if (!sats_spec_is_map(compiler->report, value, "kind, value", "kind, value"))
        return NULL;
    sats_spec_keys(compiler->report, value, "mark", "ett märke", known);
    SatsMarkSpec *mark = sats_arena_new_struct(compiler->arena, SatsMarkSpec);
    const SatsValue *kind = sats_value_lookup(value, "kind");
    if (!kind)
        sats_report_add(compiler->report, SATS_ERROR, "template-type", &value->place,
                        "a mark needs 'kind', such as status or chip",
                        "ett märke behöver 'kind', till exempel status eller chip");
    mark->kind = kinds[sats_spec_choice(compiler->report, value, "kind", kinds, 0)];
    mark->value = sats_compile_text_key(compiler, value, "value");
    mark->limit = sats_compile_text_key(compiler, value, "limit");
    mark->label = sats_compile_text_key(compiler, value, "label");
    mark->text = sats_compile_text_key(compiler, value, "text");
    mark->decorative = sats_spec_bool(compiler->report, value, "decorative", FALSE);
    if (mark->decorative &&
        (mark->text || strcmp(mark->kind, "chip") == 0 || !(mark->label || words)))
        sats_report_add(
            compiler->report, SATS_ERROR, "mark-decorative", &value->place,
            "a decorative mark has 'label' or its cell's 'text' beside it, no 'text' of "
            "its own, and is no chip",
            "ett dekorativt märke har 'label' eller cellens 'text' bredvid sig, ingen "
            "egen 'text', och är inget chip");
    return mark;
}

/* A colour's name is checked now; one from the data when the plan is bound. */
static void read_fill(SatsCompiler *compiler, const SatsValue *map, SatsCellSpec *cell) {
    const SatsValue *value = sats_value_lookup(map, "fill");
    if (!value)
        return;
    if (value->kind == SATS_VALUE_TEXT && strstr(value->as.text, "{{")) {
        cell->fill_text = sats_compile_text(compiler, value);
        return;
    }
    guint32 unused;
    cell->fill = sats_spec_string(compiler->report, map, "fill", NULL);
    if (cell->fill && compiler->theme && !sats_theme_colour(compiler->theme, cell->fill, &unused))
        sats_spec_unknown(compiler->report, &value->place, "unknown-colour", "colour", "okänd färg",
                          cell->fill, sats_theme_colour_names(compiler->theme));
}

static void read_span(SatsCompiler *compiler, const SatsValue *map, SatsCellSpec *cell) {
    const SatsValue *value = sats_value_lookup(map, "span");
    if (value && value->kind == SATS_VALUE_TEXT && strcmp(value->as.text, "rest") == 0)
        cell->span = 65535;
    else
        cell->span = (guint16)sats_spec_count(compiler->report, map, "span", 1, 1, 1000);
    cell->rows = (guint16)sats_spec_count(compiler->report, map, "rows", 1, 1, 10000);
}

static void compile_cell(SatsCompiler *compiler, const SatsValue *value, SatsCellSpec *cell) {
    static const char *const words[] = {"text", "body",  "span", "rows", "align", "head", "turned",
                                        "fill", "style", "mark", "each", "when",  NULL};
    SatsReport *report = compiler->report;
    if (value->kind != SATS_VALUE_MAP) {
        cell->text = sats_compile_text(compiler, value);
        cell->guard.place = value->place;
        return;
    }
    const SatsVariable *outer;
    sats_spec_keys(report, value, "cell", "en cell", words);
    cell->guard = sats_guard_enter(compiler, value, &outer);
    cell->text = sats_compile_text_key(compiler, value, "text");
    cell->body = sats_compile_blocks(compiler, sats_value_lookup(value, "body"));
    if (cell->text && cell->body.n > 0)
        sats_report_add(report, SATS_ERROR, "cell-words", &value->place,
                        "a cell has 'text' or 'body', not both",
                        "en cell har 'text' eller 'body', inte båda");
    read_span(compiler, value, cell);
    cell->align = read_align(compiler, value);
    cell->head = sats_spec_bool(report, value, "head", FALSE);
    cell->turned = sats_spec_bool(report, value, "turned", FALSE);
    read_fill(compiler, value, cell);
    cell->style = sats_compile_style(compiler, value, "style");
    const SatsValue *mark = sats_value_lookup(value, "mark");
    if (mark)
        cell->mark = compile_mark(compiler, mark, cell->text != NULL);
    sats_guard_leave(compiler, outer);
}

SatsCellSpec *sats_compile_cells(SatsCompiler *compiler, const SatsValue *list, guint *out_n) {
    *out_n = 0;
    if (!list || !sats_spec_is_list(compiler->report, list, "cells", "celler"))
        return NULL;
    SatsCellSpec *cells =
        sats_arena_new_array(compiler->arena, SatsCellSpec, MAX(list->length, 1u));
    for (guint32 i = 0; i < list->length; i++)
        compile_cell(compiler, list->as.items[i], &cells[i]);
    *out_n = list->length;
    return cells;
}

/* ---- the table ---- */

static void compile_notes(SatsCompiler *compiler, const SatsValue *list, SatsTableBlock *table) {
    static const char *const words[] = {"mark", "text", "each", "when", NULL};
    if (!list || list->kind == SATS_VALUE_NULL ||
        !sats_spec_is_list(compiler->report, list, "notes", "anmärkningar"))
        return;
    table->notes = sats_arena_new_array(compiler->arena, SatsNoteSpec, MAX(list->length, 1u));
    table->n_notes = list->length;
    for (guint32 i = 0; i < list->length; i++) {
        const SatsValue *value = list->as.items[i];
        SatsNoteSpec *note = &table->notes[i];
        note->guard.place = value->place;
        if (value->kind != SATS_VALUE_MAP) {
            note->text = sats_compile_text(compiler, value);
            continue;
        }
        const SatsVariable *outer;
        sats_spec_keys(compiler->report, value, "note", "en not", words);
        note->guard = sats_guard_enter(compiler, value, &outer);
        note->mark = sats_compile_text_key(compiler, value, "mark");
        note->text = sats_compile_text_key(compiler, value, "text");
        sats_guard_leave(compiler, outer);
    }
}

static void read_table_style(SatsCompiler *compiler, const SatsValue *map, SatsTableBlock *table) {
    table->style = sats_spec_string(compiler->report, map, "style", NULL);
    if (!table->style || !compiler->theme || sats_theme_table(compiler->theme, table->style))
        return;
    const SatsValue *value = sats_value_lookup(map, "style");
    sats_spec_unknown(compiler->report, &value->place, "unknown-style", "table style",
                      "okänd tabellstil", table->style, sats_theme_table_names(compiler->theme));
    table->style = NULL;
}

/* The columns there are when nothing depends on the data; 0 otherwise. */
static guint fixed_columns(const SatsColumnSpec *columns, guint n) {
    guint total = 0;
    for (guint i = 0; i < n; i++) {
        if (columns[i].guard.each || columns[i].guard.when)
            return 0;
        guint below =
            columns[i].n_children ? fixed_columns(columns[i].children, columns[i].n_children) : 1;
        if (below == 0)
            return 0;
        total += below;
    }
    return total;
}

/* Cells beyond the last column would be lost: found here where both numbers are fixed. `lead`:
 * columns that spanning cells have taken. */
static void check_rows(SatsCompiler *compiler, const SatsRowSpec *rows, guint n_rows, guint columns,
                       guint lead) {
    for (guint i = 0; i < n_rows; i++) {
        guint width = lead;
        gboolean fixed = TRUE;
        for (guint k = 0; k < rows[i].n_cells; k++) {
            const SatsCellSpec *cell = &rows[i].cells[k];
            fixed = fixed && !cell->guard.each && !cell->guard.when;
            width += cell->span == 65535 ? 0u : MAX(cell->span, 1u);
        }
        if (fixed && width > columns)
            sats_spec_too_wide(compiler->report, &rows[i].guard.place, width, columns);
        if (fixed)
            check_rows(compiler, rows[i].rows, rows[i].n_rows, columns,
                       rows[i].kind == SATS_ROWS_SPAN ? width : lead);
    }
}

void *sats_compile_table(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"id",      "caption", "unit",  "style",    "widths",
                                        "columns", "rows",    "notes", "numbered", "transport",
                                        "no-head", "empty",   NULL};
    SatsReport *report = compiler->report;
    SatsTableBlock *table = sats_arena_new_struct(compiler->arena, SatsTableBlock);
    if (!sats_spec_is_map(report, value, "columns, rows", "columns, rows"))
        return table;
    sats_spec_keys(report, value, "table", "en tabell", words);
    table->id = sats_compile_text_key(compiler, value, "id");
    table->caption = sats_compile_text_key(compiler, value, "caption");
    table->unit = sats_compile_text_key(compiler, value, "unit");
    table->numbered = sats_spec_bool(report, value, "numbered", table->caption != NULL);
    read_table_style(compiler, value, table);
    table->widths_group = sats_spec_string(report, value, "widths", NULL);
    table->transport = sats_spec_bool(report, value, "transport", FALSE);
    table->no_head = sats_spec_bool(report, value, "no-head", FALSE);
    table->empty = sats_compile_text_key(compiler, value, "empty");
    const SatsValue *columns = sats_value_lookup(value, "columns");
    if (!columns)
        sats_report_add(report, SATS_ERROR, "table-columns", &value->place,
                        "a table needs 'columns'", "en tabell behöver 'columns'");
    table->columns = compile_table_columns(compiler, columns, &table->n_columns);
    table->rows = sats_compile_rows(compiler, sats_value_lookup(value, "rows"), &table->n_rows);
    guint fixed = fixed_columns(table->columns, table->n_columns);
    if (fixed > 0)
        check_rows(compiler, table->rows, table->n_rows, fixed, 0);
    compile_notes(compiler, sats_value_lookup(value, "notes"), table);
    return table;
}
