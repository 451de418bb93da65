/* Tables' rows: plain, group, span, parts, empty, each in its form. */
#include <string.h>

#include "template/compile.h"

/* Words that make a single row, and what kind of row. */
static const struct {
    const char *word;
    SatsRowKind kind;
} row_words[] = {
    {"cells", SATS_ROW_BODY},    {"subtotal", SATS_ROW_SUBTOTAL},     {"total", SATS_ROW_TOTAL},
    {"result", SATS_ROW_RESULT}, {"block-head", SATS_ROW_BLOCK_HEAD}, {"head", SATS_ROW_HEAD}};

static const char *const all_words[] = {"cells", "subtotal", "total",    "result",     "block-head",
                                        "head",  "group",    "subgroup", "remark",     "rows",
                                        "span",  "parts",    "empty",    "height",     "each",
                                        "when",  "rule",     "keep",     "drop-empty", NULL};

/* The first of the row's form words; NULL with a finding for more than one. `rows` alone counts. */
static const SatsEntry *form_of(SatsCompiler *compiler, const SatsValue *map) {
    static const char *const forms[] = {"cells",      "subtotal", "total", "result",
                                        "block-head", "head",     "group", "subgroup",
                                        "span",       "parts",    "empty"};
    const SatsEntry *found = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        const SatsEntry *entry = sats_value_lookup_entry(map, forms[i]);
        if (!entry)
            continue;
        if (found) {
            sats_report_add(compiler->report, SATS_ERROR, "row-words", &entry->place,
                            "a row has one form: '%s' or '%s'",
                            "en rad har en form: '%s' eller '%s'", found->key, entry->key);
            return NULL;
        }
        found = entry;
    }
    if (!found)
        found = sats_value_lookup_entry(map, "rows");
    if (!found)
        sats_report_add(compiler->report, SATS_ERROR, "row-words", &map->place,
                        "no row word here, such as cells, group or total",
                        "inget radord här, till exempel cells, group eller total");
    return found;
}

static void compile_group(SatsCompiler *compiler, const SatsValue *map, const SatsEntry *form,
                          SatsRowSpec *row) {
    row->kind = SATS_ROWS_GROUP;
    row->row_kind = strcmp(form->key, "group") == 0 ? SATS_ROW_GROUP : SATS_ROW_SUBGROUP;
    row->title = sats_compile_text(compiler, form->value);
    row->remark = sats_compile_text_key(compiler, map, "remark");
    row->rows = sats_compile_rows(compiler, sats_value_lookup(map, "rows"), &row->n_rows);
}

static void compile_form(SatsCompiler *compiler, const SatsValue *map, const SatsEntry *form,
                         SatsRowSpec *row) {
    for (guint i = 0; i < G_N_ELEMENTS(row_words); i++)
        if (strcmp(row_words[i].word, form->key) == 0) {
            row->kind = SATS_ROWS_CELLS;
            row->row_kind = row_words[i].kind;
            row->cells = sats_compile_cells(compiler, form->value, &row->n_cells);
            return;
        }
    if (strcmp(form->key, "group") == 0 || strcmp(form->key, "subgroup") == 0) {
        compile_group(compiler, map, form, row);
    } else if (strcmp(form->key, "span") == 0) {
        row->kind = SATS_ROWS_SPAN;
        row->row_kind = SATS_ROW_BODY;
        row->cells = sats_compile_cells(compiler, form->value, &row->n_cells);
        row->rows = sats_compile_rows(compiler, sats_value_lookup(map, "rows"), &row->n_rows);
    } else if (strcmp(form->key, "parts") == 0) {
        row->kind = SATS_ROWS_PARTS;
        row->row_kind = SATS_ROW_BODY;
        row->rows = sats_compile_rows(compiler, form->value, &row->n_rows);
    } else if (strcmp(form->key, "empty") == 0) {
        row->kind = SATS_ROWS_EMPTY;
        row->row_kind = SATS_ROW_BODY;
        row->count = sats_compile_text(compiler, form->value);
    } else {
        row->kind = SATS_ROWS_ROWS;
        row->row_kind = SATS_ROW_BODY;
        row->rows = sats_compile_rows(compiler, form->value, &row->n_rows);
    }
}

/* Words that say something only beside some forms. */
static void check_fit(SatsCompiler *compiler, const SatsValue *map, const SatsRowSpec *row) {
    const SatsEntry *rows = sats_value_lookup_entry(map, "rows");
    const SatsEntry *remark = sats_value_lookup_entry(map, "remark");
    const SatsEntry *drop = sats_value_lookup_entry(map, "drop-empty");
    gboolean holds = row->kind == SATS_ROWS_GROUP || row->kind == SATS_ROWS_SPAN;
    const SatsEntry *wrong = NULL;
    if (rows && !holds && row->kind != SATS_ROWS_ROWS)
        wrong = rows;
    else if (remark && row->kind != SATS_ROWS_GROUP)
        wrong = remark;
    else if (drop && !holds)
        wrong = drop;
    if (wrong)
        sats_report_add(compiler->report, SATS_ERROR, "row-words", &wrong->place,
                        "'%s' belongs to rows with 'group' or 'span'",
                        "'%s' hör till rader med 'group' eller 'span'", wrong->key);
}

/* Only heads turn their text. */
static void check_turned(SatsCompiler *compiler, const SatsRowSpec *row) {
    for (guint i = 0; i < row->n_cells; i++)
        if (row->cells[i].turned && row->row_kind != SATS_ROW_HEAD)
            sats_report_add(compiler->report, SATS_ERROR, "cell-turned", &row->cells[i].guard.place,
                            "only cells of a head may be turned",
                            "bara celler i ett huvud kan vridas");
}

static void compile_row(SatsCompiler *compiler, const SatsValue *value, SatsRowSpec *row) {
    static const char *const rules[] = {"none", "dotted", "hair", "thin", "heavy", NULL};
    SatsReport *report = compiler->report;
    row->guard.place = value->place;
    row->row_kind = SATS_ROW_BODY;
    if (value->kind == SATS_VALUE_LIST) { /* [a, b] stands for {cells: [a, b]} */
        row->cells = sats_compile_cells(compiler, value, &row->n_cells);
        check_turned(compiler, row);
        return;
    }
    if (!sats_spec_is_map(report, value, "a row, such as 'cells: […]'",
                          "en rad, till exempel 'cells: […]'"))
        return;
    sats_spec_keys(report, value, "row", "en rad", all_words);
    const SatsEntry *form = form_of(compiler, value);
    const SatsVariable *outer;
    row->guard = sats_guard_enter(compiler, value, &outer);
    if (form) {
        compile_form(compiler, value, form, row);
        check_fit(compiler, value, row);
        check_turned(compiler, row);
    }
    row->has_rule = sats_value_lookup(value, "rule") != NULL;
    row->rule = (SatsRule)sats_spec_choice(report, value, "rule", rules, (int)SATS_RULE_NONE);
    row->keep_with_next = sats_spec_bool(report, value, "keep", FALSE);
    row->drop_empty = sats_spec_bool(report, value, "drop-empty", FALSE);
    row->height_pt = sats_spec_length(report, value, "height", SATS_UNIT_MM, 0.0);
    sats_guard_leave(compiler, outer);
}

SatsRowSpec *sats_compile_rows(SatsCompiler *compiler, const SatsValue *list, guint *out_n) {
    *out_n = 0;
    if (!list || list->kind == SATS_VALUE_NULL ||
        !sats_spec_is_list(compiler->report, list, "rows", "rader"))
        return NULL;
    if (compiler->depth >= SATS_TEMPLATE_MAX_DEPTH) {
        sats_report_add(compiler->report, SATS_ERROR, "template-limit", &list->place,
                        "rows in rows more than %u deep", "rader i rader i fler än %u nivåer",
                        SATS_TEMPLATE_MAX_DEPTH);
        return NULL;
    }
    SatsRowSpec *rows = sats_arena_new_array(compiler->arena, SatsRowSpec, MAX(list->length, 1u));
    compiler->depth++;
    for (guint32 i = 0; i < list->length; i++)
        compile_row(compiler, list->as.items[i], &rows[i]);
    compiler->depth--;
    *out_n = list->length;
    return rows;
}
