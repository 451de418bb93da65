/* bind/free-table.c: a table that a plan brings itself, columns and rows.
 *
 *     rubrik: Lokaler och hyror      # caption; the table is numbered unless numrerad: nej
 *     id: hyror
 *     enhet: tkr
 *     stil: dense                    # a table style of the theme
 *     kolumner:                      # a text, or rubrik, under, bredd (mm, innehåll, 2fr),
 *                                    # justering, nyckel, summeras
 *       - {rubrik: Lokal, nyckel: ja}
 *       - {rubrik: Hyra, justering: decimal, under: Kostnader}
 *       - {rubrik: El, under: Kostnader}   # neighbours of one `under` share a head over theirs
 *     rader:
 *       - [Stora huset, 1250]        # a row; numbers are set the Swedish way, years go in quotes
 *       - {grupp: Övriga}            # a title over the full width, until a sum; "" ends it
 *       - {delsumma: [Övriga, 300]}  # summa, resultat
 *     noter:                         # the rows may also be `!csv hyror.csv`, `!xlsx …`
 *       - {märke: "*", text: Preliminär hyra.}
 *       - "** Uppskattat."         # the same: a mark of stars or "1)" first; else run-in text
 *
 * A column whose values all are numbers lines up on the decimal comma unless it says otherwise. The
 * first column heads its rows unless another is nyckel. */
#include "bind/free.h"
#include "bind/table.h"
#include "template/free.h"

#include <string.h>

static const char *const table_words[] = {"rubrik",   "id",    "enhet", "stil", "numrerad",
                                          "kolumner", "rader", "noter", NULL};
static const char *const column_words[] = {"rubrik", "under",    "bredd", "justering",
                                           "nyckel", "summeras", NULL};
static const char *const row_words[] = {"celler", "delsumma", "summa", "resultat",
                                        "grupp",  "text",     NULL};
static const char *const note_words[] = {"märke", "text", NULL};

/* ---- columns ---- */

static gboolean is_number_column(const SatsValue *rows, guint column, SatsArena *arena) {
    gboolean any = FALSE;
    for (guint i = 0; rows != NULL && i < rows->length; i++) {
        SatsRowKind kind;
        const SatsValue *cells = sats_free_row_cells(rows->as.items[i], &kind);
        SatsDecimal number;
        if (cells == NULL || column >= cells->length ||
            sats_value_is_empty(cells->as.items[column]))
            continue;
        const SatsValue *value = cells->as.items[column];
        if (value->kind == SATS_VALUE_TEXT && strcmp(value->as.text, "–") == 0)
            continue;
        if (value->kind != SATS_VALUE_TEXT || !sats_number_of_cell(value->as.text, arena, &number))
            return FALSE;
        any = TRUE;
    }
    return any;
}

static void read_width(SatsBinder *binder, const SatsValue *map, SatsTableColumn *column) {
    const SatsValue *value = sats_value_lookup(map, "bredd");
    SatsDecimal number;
    column->width_kind = SATS_WIDTH_CONTENT;
    if (value == NULL || value->kind != SATS_VALUE_TEXT || strcmp(value->as.text, "innehåll") == 0)
        return;
    gsize length = value->length;
    gboolean share = length > 2 && g_str_has_suffix(value->as.text, "fr");
    if (!sats_decimal_parse(value->as.text, share ? length - 2 : length, &number) ||
        number.digits <= 0) {
        sats_report_add(binder->report, SATS_ERROR, "wrong-type", &value->place,
                        "a width is millimetres, 'innehåll' or a share such as 2fr",
                        "en bredd är millimeter, 'innehåll' eller en andel som 2fr");
        return;
    }
    column->width_kind = share ? SATS_WIDTH_SHARE : SATS_WIDTH_FIXED;
    column->width = sats_decimal_to_double(number) * (share ? 1.0 : 72.0 / 25.4);
}

static void read_align(SatsBinder *binder, const SatsValue *map, SatsTableColumn *column) {
    static const char *const names[] = {"vänster", "höger", "mitten", "decimal", NULL};
    static const SatsAlign aligns[] = {SATS_ALIGN_LEFT, SATS_ALIGN_RIGHT, SATS_ALIGN_CENTER,
                                       SATS_ALIGN_DECIMAL};
    const char *name = sats_free_text(map, "justering");
    if (name == NULL)
        return;
    for (guint i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            column->align = aligns[i];
            return;
        }
    }
    sats_report_add(binder->report, SATS_ERROR, "unknown-choice",
                    &sats_value_lookup(map, "justering")->place, "'%s' is no alignment",
                    "'%s' är ingen justering", name);
    sats_report_suggest(binder->report, name, names, 4);
}

static void read_columns(SatsBinder *binder, SatsTable *table, const SatsValue *columns,
                         const SatsValue *rows) {
    for (guint i = 0; i < table->n_columns; i++) {
        SatsTableColumn *column = &table->columns[i];
        const SatsValue *value = columns->as.items[i];
        column->align =
            is_number_column(rows, i, binder->arena) ? SATS_ALIGN_DECIMAL : SATS_ALIGN_LEFT;
        column->hyphenate = TRUE;
        if (value->kind == SATS_VALUE_MAP) {
            sats_free_keys(binder, value, column_words);
            read_width(binder, value, column);
            read_align(binder, value, column);
        }
        column->key = sats_free_column_is_key(columns, i);
    }
}

/* ---- heads ---- */

static SatsTableHead make_head(SatsBinder *binder, const SatsValue *words, SatsPlace place) {
    SatsNode *cell = sats_bind_node(binder, NULL, SATS_NODE_CELL, place);
    sats_bind_value_inline(binder, cell, words, 0);
    return (SatsTableHead){.cell = cell, .n_columns = 1};
}

static SatsTableHead column_head(SatsBinder *binder, const SatsValue *column) {
    return make_head(binder, sats_free_column_head(column), column->place);
}

/* How many columns from the one on stand under a head that says the same; 0: under none. */
static guint count_under(const SatsValue *columns, guint from, guint n_columns) {
    const SatsValue *upper = sats_free_column_upper(columns->as.items[from]);
    guint n = 0;
    while (upper != NULL && from + n < n_columns) {
        const SatsValue *other = sats_free_column_upper(columns->as.items[from + n]);
        if (other == NULL || strcmp(other->as.text, upper->as.text) != 0)
            break;
        n++;
    }
    return n;
}

/* The heads of the first level over the columns, `out_n` of them. */
static SatsTableHead *make_heads(SatsBinder *binder, const SatsValue *columns, guint n_columns,
                                 guint *out_n) {
    SatsTableHead *heads = sats_arena_new_array(binder->arena, SatsTableHead, n_columns);
    SatsTableHead *lower = sats_arena_new_array(binder->arena, SatsTableHead, n_columns);
    *out_n = 0;
    for (guint i = 0; i < n_columns;) {
        const SatsValue *column = columns->as.items[i];
        guint n_under = count_under(columns, i, n_columns);
        SatsTableHead *head = &heads[(*out_n)++];
        if (n_under == 0) {
            *head = column_head(binder, column);
            i++;
            continue;
        }
        const SatsValue *upper = sats_free_column_upper(column);
        *head = make_head(binder, upper, upper->place);
        head->children = lower + i;
        head->n_children = head->n_columns = n_under;
        for (guint end = i + n_under; i < end; i++)
            lower[i] = column_head(binder, columns->as.items[i]);
    }
    return heads;
}

/* ---- rows ---- */

static void fill_cell(SatsBinder *binder, SatsNode *cell, const SatsValue *value, gboolean key) {
    static const SatsDecl amount = {.type = SATS_TYPE_AMOUNT};
    if (value->kind != SATS_VALUE_TEXT)
        return; /* empty, or told when the plan was validated */
    SatsResult result = {0};
    sats_value_result(value, &amount, binder->arena, &result);
    if (result.kind == SATS_RESULT_NUMBER && !key && !value->quoted)
        sats_bind_result_cell(binder, cell, &result);
    else
        sats_bind_value_cell(binder, cell, value, 0);
}

static SatsRule rule_above(const SatsTableMaker *maker, SatsRowKind kind) {
    if (kind == SATS_ROW_RESULT)
        return SATS_RULE_HEAVY;
    if (maker->last_row == NULL || kind == SATS_ROW_GROUP)
        return SATS_RULE_NONE;
    SatsRowKind above = maker->last_row->as.row->kind;
    return kind == SATS_ROW_BODY && above == SATS_ROW_BODY ? SATS_RULE_HAIR : SATS_RULE_THIN;
}

/* Rows are made one by one; which of them belong to a group is seen from the sums. */
typedef struct {
    SatsTableMaker maker;
    guint in_group; /* rows since the last sum, subtotal or group's title … */
    guint in_total; /* … and since the last sum */
    gboolean ended; /* the group, before the next row */
} RowState;

static void end_group(RowState *state) {
    SatsTableMaker *maker = &state->maker;
    state->ended = maker->group_ids[SATS_TABLE_GROUP] != NULL;
    sats_table_set_title(maker, SATS_TABLE_GROUP, NULL);
}

/* An empty title ends the group. */
static void group_row(RowState *state, const SatsValue *title) {
    SatsTableMaker *maker = &state->maker;
    state->in_group = 0;
    end_group(state);
    if (sats_value_is_empty(title))
        return;
    state->ended = FALSE;
    SatsNode *row = sats_table_row_begin(maker, SATS_ROW_GROUP, SATS_RULE_NONE, title->place);
    row->as.row->keep_with_next = TRUE;
    SatsNode *cell = sats_table_cell(maker, G_MAXUINT16, title->place);
    sats_bind_value_inline(maker->binder, cell, title, 0);
    sats_table_cell_head(maker, cell, SATS_SCOPE_COLUMN);
    sats_table_set_title(maker, SATS_TABLE_GROUP, cell->as.cell->header_id);
    sats_table_row_end(maker);
}

/* A subtotal is the group's, and so is a sum when all that it adds up is; a result never is. */
static gboolean is_in_group(const RowState *state, SatsRowKind kind) {
    if (kind == SATS_ROW_TOTAL)
        return state->in_group > 0 && state->in_group == state->in_total;
    return kind != SATS_ROW_RESULT;
}

static void make_cells(SatsTableMaker *maker, const SatsValue *cells) {
    for (guint i = 0; i < cells->length; i++) {
        SatsNode *cell = sats_table_cell(maker, 1, cells->as.items[i]->place);
        if (cell == NULL)
            break; /* told when the plan was validated */
        gboolean key = maker->columns[i].key;
        fill_cell(maker->binder, cell, cells->as.items[i], key);
        gboolean head = key && !sats_table_cell_is_blank(cell);
        if (head)
            sats_table_cell_head(maker, cell, SATS_SCOPE_ROW);
        sats_table_cell_headers(maker, cell);
        if (head && maker->uses_headers)
            g_ptr_array_add(maker->row_ids, (gpointer)(guintptr)cell->as.cell->header_id);
    }
}

static void cells_row(RowState *state, const SatsValue *cells, SatsRowKind kind, SatsPlace place) {
    SatsTableMaker *maker = &state->maker;
    if (!is_in_group(state, kind))
        end_group(state);
    SatsRule rule = rule_above(maker, kind);
    if (state->ended && rule == SATS_RULE_HAIR)
        rule = SATS_RULE_THIN;
    sats_table_row_begin(maker, kind, rule, place);
    make_cells(maker, cells);
    sats_table_row_end(maker);
    g_ptr_array_set_size(maker->row_ids, 0);
    state->ended = FALSE;
    state->in_group++;
    state->in_total++;
    if (kind == SATS_ROW_BODY)
        return;
    end_group(state);
    state->in_group = 0;
    state->in_total = kind == SATS_ROW_SUBTOTAL ? state->in_total : 0;
}

static void one_row(RowState *state, const SatsValue *value) {
    SatsBinder *binder = state->maker.binder;
    if (value->kind == SATS_VALUE_MAP) {
        sats_free_keys(binder, value, row_words);
        const SatsValue *title = sats_value_lookup(value, "grupp");
        if (title != NULL && sats_free_is(binder, title, SATS_VALUE_TEXT)) {
            group_row(state, title);
            return;
        }
    }
    SatsRowKind kind;
    const SatsValue *cells = sats_free_row_cells(value, &kind);
    if (cells != NULL)
        cells_row(state, cells, kind, value->place);
    else
        sats_free_is(binder, value, SATS_VALUE_LIST);
}

static gboolean has_groups(const SatsValue *rows) {
    for (guint i = 0; i < rows->length; i++)
        if (rows->as.items[i]->kind == SATS_VALUE_MAP &&
            sats_value_lookup(rows->as.items[i], "grupp") != NULL)
            return TRUE;
    return FALSE;
}

static void make_rows(SatsBinder *binder, SatsNode *node, const SatsValue *columns,
                      const SatsValue *rows) {
    RowState state = {.in_group = 0};
    SatsTableMaker *maker = &state.maker;
    guint n_columns = node->as.table->n_columns, n_heads = 0;
    const SatsTableHead *heads = make_heads(binder, columns, n_columns, &n_heads);
    sats_table_maker_init(maker, binder, node, n_columns);
    maker->uses_headers = rows != NULL && rows->length > 0 &&
                          (sats_table_head_levels(heads, n_heads) > 1 || has_groups(rows));
    sats_table_head(maker, heads, n_heads, columns->place);
    maker->body = sats_table_row_group(binder, node, SATS_ROWS_BODY, node->place);
    for (guint i = 0; rows != NULL && i < rows->length && !binder->full; i++)
        one_row(&state, rows->as.items[i]);
    sats_table_foot(maker);
    sats_table_maker_clear(maker);
}

/* ---- caption and notes ---- */

static void make_caption(SatsBinder *binder, SatsNode *node, const SatsValue *map) {
    const SatsValue *title = sats_value_lookup(map, "rubrik");
    SatsTable *table = node->as.table;
    gboolean titled = sats_free_is(binder, title, SATS_VALUE_TEXT);
    SatsNode *caption = NULL;
    if (titled || table->unit != NULL) { /* a unit alone is a caption too */
        caption =
            sats_bind_node(binder, node, SATS_NODE_CAPTION, titled ? title->place : node->place);
        caption->keep = TRUE;
    }
    table->number = sats_bind_caption_number(binder, SATS_TARGET_TABLE, node, caption,
                                             sats_free_text(map, "id"),
                                             titled && sats_free_bool(map, "numrerad", TRUE));
    if (titled)
        sats_bind_value_inline(binder, caption, title, 0);
}

/* "** Uppskattat." → its mark, and *text moved behind it. NULL: no mark. */
static const char *leading_mark(SatsBinder *binder, const char **text) {
    const char *start = *text;
    gsize length = strspn(start, "*");
    if (length == 0) {
        length = strspn(start, "0123456789");
        length = length == 0 && g_ascii_islower(start[0]) ? 1 : length;
        if (length == 0 || start[length] != ')')
            return NULL;
        length++;
    }
    if (start[length] != ' ')
        return NULL;
    *text = start + length + 1;
    return sats_arena_strndup(binder->arena, start, length);
}

/* A note that is one text, with or without a mark before it. */
static void text_note(SatsBinder *binder, SatsNode *notes, const SatsValue *value) {
    const char *text = value->as.text;
    const char *mark = leading_mark(binder, &text);
    SatsNode *paragraph = sats_bind_table_note(binder, notes, mark, value->place);
    SatsValue rest = *value;
    rest.as.text = text;
    rest.length = (guint32)strlen(text);
    sats_bind_value_inline(
        binder, paragraph,
        mark == NULL ? value : sats_arena_memdup(binder->arena, &rest, sizeof rest), 0);
}

static void make_notes(SatsBinder *binder, SatsNode *node, const SatsValue *list) {
    SatsNode *notes = NULL;
    if (sats_free_is(binder, list, SATS_VALUE_LIST) && list->length > 0)
        notes = sats_bind_node(binder, node->parent, SATS_NODE_NOTES, list->place);
    for (guint i = 0; notes != NULL && i < list->length; i++) {
        const SatsValue *value = list->as.items[i];
        if (value->kind == SATS_VALUE_TEXT && value->length > 0)
            text_note(binder, notes, value);
        if (value->kind != SATS_VALUE_MAP)
            continue;
        sats_free_keys(binder, value, note_words);
        const char *mark = sats_free_text(value, "märke");
        const SatsValue *text = sats_value_lookup(value, "text");
        if (sats_free_is(binder, text, SATS_VALUE_TEXT))
            sats_bind_value_inline(binder, sats_bind_table_note(binder, notes, mark, text->place),
                                   text, 0);
    }
    sats_bind_join_notes(binder, binder->note_calls, notes);
}

static const char *table_style(SatsBinder *binder, const SatsValue *map) {
    const char *name = sats_free_text(map, "stil");
    if (name == NULL || sats_theme_table(binder->theme, name) != NULL)
        return name;
    sats_report_add(binder->report, SATS_ERROR, "unknown-style",
                    &sats_value_lookup(map, "stil")->place, "the theme has no table style '%s'",
                    "temat har ingen tabellstil '%s'", name);
    return NULL;
}

void sats_free_table(SatsBinder *binder, SatsNode *parent, const SatsValue *map) {
    sats_free_keys(binder, map, table_words);
    const SatsValue *columns = sats_value_lookup(map, "kolumner");
    const SatsValue *rows = sats_free_rows(map, binder->arena);
    if (columns == NULL) {
        sats_report_add(binder->report, SATS_ERROR, "missing", &map->place, "'kolumner' is missing",
                        "'kolumner' saknas");
        return;
    }
    if (!sats_free_is(binder, columns, SATS_VALUE_LIST) || columns->length == 0)
        return;
    if (rows != NULL && !sats_free_is(binder, rows, SATS_VALUE_LIST))
        rows = NULL;
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_TABLE, map->place);
    SatsTable *table = node->as.table;
    table->id = sats_free_text(map, "id");
    table->style = table_style(binder, map);
    table->n_columns = MIN(columns->length, SATS_BIND_MAX_COLUMNS);
    table->columns = sats_arena_new_array(binder->arena, SatsTableColumn, table->n_columns);
    GArray *outer_calls = binder->note_calls;
    gboolean in_cell = binder->in_cell;
    binder->note_calls = g_array_new(FALSE, TRUE, sizeof(SatsNoteCall));
    table->unit = sats_bind_value_side_words(binder, sats_value_lookup(map, "enhet"));
    make_caption(binder, node, map);
    read_columns(binder, table, columns, rows);
    binder->in_cell = TRUE;
    make_rows(binder, node, columns, rows);
    binder->in_cell = in_cell;
    make_notes(binder, node, sats_value_lookup(map, "noter"));
    g_array_free(binder->note_calls, TRUE);
    binder->note_calls = outer_calls;
}
