/* Heads and feet, lists, figures, fields, tiles, signatures, contents and columns. */
#include <string.h>

#include "template/compile.h"

/* Compiles a list whose items each may have `each` and `when`: one call for each item, its loop
 * variable in force. Returns the array of `size`d structs, NULL when empty. */
typedef void (*ItemCompiler)(SatsCompiler *compiler, const SatsValue *item, SatsGuard guard,
                             void *out_item);

static void *compile_items(SatsCompiler *compiler, const SatsValue *list, gsize size,
                           ItemCompiler compile, guint *out_n) {
    *out_n = 0;
    if (!list || list->kind == SATS_VALUE_NULL ||
        !sats_spec_is_list(compiler->report, list, "items", "poster"))
        return NULL;
    char *items = sats_arena_alloc(compiler->arena, size * MAX(list->length, 1u));
    for (guint32 i = 0; i < list->length; i++) {
        const SatsVariable *outer;
        SatsGuard guard = sats_guard_enter(compiler, list->as.items[i], &outer);
        compile(compiler, list->as.items[i], guard, items + size * i);
        sats_guard_leave(compiler, outer);
    }
    *out_n = list->length;
    return items;
}

/* ---- heads and feet ---- */

static void compile_running_line(SatsCompiler *compiler, const SatsValue *map, const char *key,
                                 SatsRunningSpec *out) {
    static const char *const words[] = {"left", "right", "when", NULL};
    *out = (SatsRunningSpec){NULL, NULL, NULL};
    if (!sats_spec_is_map(compiler->report, map, "left, right", "left, right"))
        return;
    sats_spec_keys(compiler->report, map, key, key, words);
    out->when = sats_compile_condition(compiler, sats_value_lookup(map, "when"));
    out->left = sats_compile_text_key(compiler, map, "left");
    out->right = sats_compile_text_key(compiler, map, "right");
}

SatsRunningSpecs sats_compile_running(SatsCompiler *compiler, const SatsValue *value,
                                      const char *key) {
    if (!value || value->kind == SATS_VALUE_NULL)
        return (SatsRunningSpecs){NULL, 0};
    guint n = value->kind == SATS_VALUE_LIST ? value->length : 1;
    SatsRunningSpec *items = sats_arena_new_array(compiler->arena, SatsRunningSpec, MAX(n, 1u));
    compiler->running = TRUE;
    for (guint i = 0; i < n; i++)
        compile_running_line(compiler, value->kind == SATS_VALUE_LIST ? value->as.items[i] : value,
                             key, &items[i]);
    compiler->running = FALSE;
    return (SatsRunningSpecs){items, n};
}

/* ---- lists ---- */

static void compile_item(SatsCompiler *compiler, const SatsValue *value, SatsGuard guard,
                         void *out_item) {
    static const char *const words[] = {"label", "text", "body", "each", "when", NULL};
    SatsItemSpec *item = out_item;
    item->guard = guard;
    if (value->kind != SATS_VALUE_MAP) {
        item->text = sats_compile_text(compiler, value);
        return;
    }
    sats_spec_keys(compiler->report, value, "list item", "en listpunkt", words);
    item->label = sats_compile_text_key(compiler, value, "label");
    item->text = sats_compile_text_key(compiler, value, "text");
    item->body = sats_compile_blocks(compiler, sats_value_lookup(value, "body"));
}

/* One of the engine's kinds, else one of the theme's lists: bullets with its marks. */
static void compile_list_kind(SatsCompiler *compiler, const SatsValue *map, SatsListBlock *list) {
    static const char *const kinds[] = {"bullet", "dash", "decimal", "alpha", "none", NULL};
    const SatsValue *value = sats_value_lookup(map, "kind");
    const char *kind = sats_spec_string(compiler->report, map, "kind", kinds[SATS_LIST_BULLET]);
    for (int i = 0; kinds[i]; i++) {
        if (strcmp(kinds[i], kind) == 0) {
            list->kind = (SatsListKind)i;
            return;
        }
    }
    list->marks = compiler->theme ? sats_theme_list(compiler->theme, kind) : NULL;
    if (list->marks || !compiler->theme)
        return;
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    for (guint i = 0; kinds[i]; i++)
        g_ptr_array_add(known, (gpointer)(guintptr)kinds[i]);
    for (const char *const *name = sats_theme_list_names(compiler->theme); *name; name++)
        g_ptr_array_add(known, (gpointer)(guintptr)*name);
    g_ptr_array_add(known, NULL);
    sats_spec_unknown(compiler->report, &value->place, "unknown-word", "kind of list",
                      "okänd sorts lista", kind, (const char *const *)known->pdata);
}

void *sats_compile_list(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"kind", "marks", "items", NULL};
    SatsListBlock *list = sats_arena_new_struct(compiler->arena, SatsListBlock);
    list->kind = SATS_LIST_BULLET;
    const SatsValue *items = value;
    if (value->kind == SATS_VALUE_MAP) {
        sats_spec_keys(compiler->report, value, "list", "en lista", words);
        compile_list_kind(compiler, value, list);
        const SatsValue *marks = sats_value_lookup(value, "marks");
        if (marks) {
            SatsListMarks *own = sats_arena_new_struct(compiler->arena, SatsListMarks);
            own->marks =
                sats_spec_texts(compiler->report, marks, "marks, one a level",
                                "märken, ett för varje nivå", compiler->arena, &own->n_marks);
            list->marks = own->marks ? own : NULL;
        }
        items = sats_value_lookup(value, "items");
    }
    list->items =
        compile_items(compiler, items, sizeof(SatsItemSpec), compile_item, &list->n_items);
    return list;
}

/* ---- figures ---- */

void *sats_compile_figure(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"kind",  "image",  "caption",  "alt", "unit",
                                        "width", "height", "numbered", "id",  NULL};
    static const char *const kinds[] = {"image",        "bar",     "line",   "combined", "gantt",
                                        "organisation", "heatmap", "status", NULL};
    SatsReport *report = compiler->report;
    SatsFigureBlock *figure = sats_arena_new_struct(compiler->arena, SatsFigureBlock);
    figure->kind = "image";
    if (!sats_spec_is_map(report, value, "kind, image, alt …", "kind, image, alt …"))
        return figure;
    int kind =
        sats_spec_choice(report, value, "kind", kinds, sats_value_lookup(value, "kind") ? -1 : 0);
    if (kind < 0) /* what its words mean is not known */
        return figure;
    figure->kind = kinds[kind];
    if (strcmp(figure->kind, "image") != 0)
        figure->compiled = sats_compile_chart(compiler, value, figure->kind);
    else
        sats_spec_keys(report, value, "figure", "en figur", words);
    figure->id = sats_compile_text_key(compiler, value, "id");
    figure->caption = sats_compile_text_key(compiler, value, "caption");
    figure->alt = sats_compile_text_key(compiler, value, "alt");
    figure->unit = sats_compile_text_key(compiler, value, "unit");
    figure->numbered = sats_spec_bool(report, value, "numbered", figure->caption != NULL);
    figure->width_pt = sats_spec_length(report, value, "width", SATS_UNIT_MM, 0.0);
    figure->height_pt = sats_spec_length(report, value, "height", SATS_UNIT_MM, 0.0);
    figure->options = value;
    if (figure->compiled)
        return figure;
    const SatsValue *image = sats_value_lookup(value, "image");
    if (image)
        figure->image = sats_compile_expr(compiler, image);
    else
        sats_report_add(report, SATS_ERROR, "figure-image", &value->place, "a figure needs 'image'",
                        "en figur behöver 'image'");
    if (!figure->alt && !figure->caption)
        sats_report_add(
            report, SATS_ERROR, "figure-alt", &value->place,
            "a figure needs 'alt', the text read in its place, or a caption",
            "en figur behöver 'alt', texten som läses i dess ställe, eller en bildtext");
    return figure;
}

/* ---- fields, tiles, signatures ---- */

static void compile_field(SatsCompiler *compiler, const SatsValue *value, SatsGuard guard,
                          void *out_item) {
    static const char *const words[] = {"label", "value", "span", "each", "when", NULL};
    SatsFieldSpec *field = out_item;
    field->guard = guard;
    field->span = 1;
    if (!sats_spec_is_map(compiler->report, value, "label, value", "label, value"))
        return;
    sats_spec_keys(compiler->report, value, "field", "ett fält", words);
    field->label = sats_compile_text_key(compiler, value, "label");
    field->value = sats_compile_text_key(compiler, value, "value");
    field->span = sats_spec_count(compiler->report, value, "span", 1, 1, 12);
}

void *sats_compile_fields(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"left", "right", "per-row", "fields", NULL};
    SatsFieldsBlock *fields = sats_arena_new_struct(compiler->arena, SatsFieldsBlock);
    fields->per_row = 4;
    if (!sats_spec_is_map(compiler->report, value, "left, right, fields", "left, right, fields"))
        return fields;
    sats_spec_keys(compiler->report, value, "fields", "fält", words);
    fields->left = sats_compile_text_key(compiler, value, "left");
    fields->right = sats_compile_text_key(compiler, value, "right");
    fields->per_row = sats_spec_count(compiler->report, value, "per-row", 4, 1, 12);
    fields->fields = compile_items(compiler, sats_value_lookup(value, "fields"),
                                   sizeof(SatsFieldSpec), compile_field, &fields->n_fields);
    return fields;
}

static void compile_tile(SatsCompiler *compiler, const SatsValue *value, SatsGuard guard,
                         void *out_item) {
    static const char *const words[] = {"value", "unit", "text", "each", "when", NULL};
    SatsTileSpec *tile = out_item;
    tile->guard = guard;
    if (!sats_spec_is_map(compiler->report, value, "value, unit, text", "value, unit, text"))
        return;
    sats_spec_keys(compiler->report, value, "tile", "ett nyckeltal", words);
    tile->value = sats_compile_text_key(compiler, value, "value");
    tile->unit = sats_compile_text_key(compiler, value, "unit");
    tile->text = sats_compile_text_key(compiler, value, "text");
}

void *sats_compile_tiles(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"title", "per-row", "tiles", NULL};
    SatsTilesBlock *tiles = sats_arena_new_struct(compiler->arena, SatsTilesBlock);
    tiles->per_row = 4;
    if (!sats_spec_is_map(compiler->report, value, "title, tiles", "title, tiles"))
        return tiles;
    sats_spec_keys(compiler->report, value, "tiles", "nyckeltal", words);
    tiles->title = sats_compile_text_key(compiler, value, "title");
    tiles->per_row = sats_spec_count(compiler->report, value, "per-row", 4, 1, 12);
    tiles->tiles = compile_items(compiler, sats_value_lookup(value, "tiles"), sizeof(SatsTileSpec),
                                 compile_tile, &tiles->n_tiles);
    return tiles;
}

static void compile_party(SatsCompiler *compiler, const SatsValue *value, SatsGuard guard,
                          void *out_item) {
    static const char *const words[] = {"name", "place", "date", "person",
                                        "role", "each",  "when", NULL};
    SatsPartySpec *party = out_item;
    party->guard = guard;
    if (!sats_spec_is_map(compiler->report, value, "name, person, role", "name, person, role"))
        return;
    sats_spec_keys(compiler->report, value, "party", "en part", words);
    party->name = sats_compile_text_key(compiler, value, "name");
    party->place = sats_compile_text_key(compiler, value, "place");
    party->date = sats_compile_text_key(compiler, value, "date");
    party->person = sats_compile_text_key(compiler, value, "person");
    party->role = sats_compile_text_key(compiler, value, "role");
}

void *sats_compile_signatures(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"per-row", "parties", NULL};
    SatsSignaturesBlock *block = sats_arena_new_struct(compiler->arena, SatsSignaturesBlock);
    block->per_row = 2;
    if (!sats_spec_is_map(compiler->report, value, "parties", "parties"))
        return block;
    sats_spec_keys(compiler->report, value, "signatures", "underskrifter", words);
    block->per_row = sats_spec_count(compiler->report, value, "per-row", 2, 1, 4);
    block->parties = compile_items(compiler, sats_value_lookup(value, "parties"),
                                   sizeof(SatsPartySpec), compile_party, &block->n_parties);
    return block;
}

/* ---- contents, columns ---- */

void *sats_compile_contents(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"title", "kind", "depth", NULL};
    static const char *const kinds[] = {"sections", "tables", "figures", NULL};
    SatsContentsBlock *contents = sats_arena_new_struct(compiler->arena, SatsContentsBlock);
    contents->depth = 2;
    if (value->kind == SATS_VALUE_TEXT) {
        contents->title = sats_compile_text(compiler, value);
        return contents;
    }
    if (value->kind == SATS_VALUE_NULL ||
        !sats_spec_is_map(compiler->report, value, "title, kind, depth", "title, kind, depth"))
        return contents;
    sats_spec_keys(compiler->report, value, "contents", "innehållsförteckningen", words);
    contents->title = sats_compile_text_key(compiler, value, "title");
    contents->kind = (SatsContentsKind)sats_spec_choice(compiler->report, value, "kind", kinds,
                                                        (int)SATS_CONTENTS_SECTIONS);
    contents->depth = (int)sats_spec_count(compiler->report, value, "depth", 2, 1, 6);
    return contents;
}

static void compile_shares(SatsCompiler *compiler, const SatsValue *map,
                           SatsColumnsBlock *columns) {
    const SatsValue *shares = sats_value_lookup(map, "shares");
    for (guint i = 0; i < columns->n_columns; i++)
        columns->shares[i] = 1.0;
    if (!shares || !sats_spec_is_list(compiler->report, shares, "shares", "andelar"))
        return;
    if (shares->length != columns->n_columns)
        sats_report_add(compiler->report, SATS_ERROR, "template-range", &shares->place,
                        "as many shares as columns are needed: %u, not %u",
                        "det behövs lika många andelar som spalter: %u, inte %u",
                        columns->n_columns, shares->length);
    for (guint i = 0; i < MIN(shares->length, columns->n_columns); i++) {
        SatsDecimal number;
        if (sats_value_number(shares->as.items[i], &number) && number.digits > 0)
            columns->shares[i] = sats_decimal_to_double(number);
        else
            sats_report_add(compiler->report, SATS_ERROR, "template-type",
                            &shares->as.items[i]->place, "a share is a number above 0",
                            "en andel är ett tal större än 0");
    }
}

void *sats_compile_columns(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"shares", "gap", "balanced", "columns", NULL};
    SatsColumnsBlock *columns = sats_arena_new_struct(compiler->arena, SatsColumnsBlock);
    double gap = compiler->theme ? sats_theme_length_pt(compiler->theme, "columns.gap") : 0.0;
    columns->gap_pt = gap;
    if (!sats_spec_is_map(compiler->report, value, "columns, shares", "columns, shares"))
        return columns;
    sats_spec_keys(compiler->report, value, "columns", "spalter", words);
    columns->gap_pt = sats_spec_distance(compiler->report, value, "gap", SATS_UNIT_MM, gap);
    columns->balanced = sats_spec_bool(compiler->report, value, "balanced", FALSE);
    const SatsValue *list = sats_value_lookup(value, "columns");
    if (!list || !sats_spec_is_list(compiler->report, list, "columns", "spalter"))
        return columns;
    columns->n_columns = list->length;
    columns->columns = sats_arena_new_array(compiler->arena, SatsBlocks, MAX(list->length, 1u));
    columns->shares = sats_arena_new_array(compiler->arena, double, MAX(list->length, 1u));
    gboolean around = compiler->columns;
    compiler->columns = TRUE;
    for (guint i = 0; i < list->length; i++)
        columns->columns[i] = sats_compile_blocks(compiler, list->as.items[i]);
    compiler->columns = around;
    compile_shares(compiler, value, columns);
    return columns;
}
