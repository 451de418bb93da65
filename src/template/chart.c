/* Charts: their words, compiled and checked like all others of a template.
 *
 * Which words a list's items may have is told by tables; all become texts of a SatsChartItem. A
 * series' `value` is the one text that stands in two loops: its own, and that of `x`, whose
 * variable is put in force again while the text is compiled. */
#include "template/chart.h"

#include <stddef.h>
#include <string.h>

#include "template/compile.h"
#include "template/eval.h"

/* ---- what the lists hold ---- */

typedef struct {
    const char *word;
    gsize offset;    /* of a SatsText * in SatsChartItem */
    gboolean number; /* must come to a number */
} ItemWord;

typedef struct {
    const char *name; /* of an item, in findings */
    const ItemWord *words;
    guint n_words;
    const char *list;      /* a word whose value is a list of texts, or a path to one; NULL none */
    const char *shorthand; /* an item that is a text is this word's; NULL: must be a map */
    const char *const *more; /* further words, read by the caller */
} ItemKind;

#define WORD(name, member)                                                                         \
    { name, offsetof(SatsChartItem, member), FALSE }
#define NUMBER(name, member)                                                                       \
    { name, offsetof(SatsChartItem, member), TRUE }
#define KIND(name, words, list, shorthand, more)                                                   \
    { name, words, G_N_ELEMENTS(words), list, shorthand, more }

static const char *const series_more[] = {"value", "values", "style", "as", NULL};
static const char *const unit_more[] = {"units", NULL};
static const char *const class_more[] = {"colour", NULL};

static const ItemWord point_words[] = {WORD("label", label), WORD("name", name)};
static const ItemWord series_words[] = {WORD("label", label)};
static const ItemWord target_words[] = {WORD("label", label), NUMBER("value", value)};
static const ItemWord row_words[] = {WORD("number", number), WORD("label", label),
                                     WORD("owner", owner),   WORD("start", start),
                                     WORD("end", end),       WORD("remark", remark)};
static const ItemWord status_words[] = {WORD("head", label), WORD("name", name)};
static const ItemWord key_words[] = {WORD("value", value), WORD("text", text)};
static const ItemWord step_words[] = {WORD("label", label)};
static const ItemWord risk_words[] = {WORD("label", label), NUMBER("s", s), NUMBER("k", k)};
static const ItemWord class_words[] = {NUMBER("from", from), NUMBER("to", to), WORD("label", label),
                                       WORD("text", text)};
static const ItemWord unit_words[] = {WORD("name", label), WORD("text", text)};

static const ItemKind point_kind = KIND("x", point_words, NULL, "label", NULL);
static const ItemKind series_kind = KIND("series", series_words, NULL, NULL, series_more);
static const ItemKind target_kind = KIND("target", target_words, NULL, NULL, NULL);
static const ItemKind row_kind = KIND("row", row_words, "status", NULL, NULL);
static const ItemKind status_kind = KIND("status", status_words, NULL, "head", NULL);
static const ItemKind key_kind = KIND("key", key_words, NULL, NULL, NULL);
static const ItemKind step_kind = KIND("step", step_words, NULL, "label", NULL);
static const ItemKind risk_kind = KIND("item", risk_words, NULL, NULL, NULL);
static const ItemKind class_kind = KIND("class", class_words, NULL, NULL, class_more);
static const ItemKind unit_kind = KIND("unit", unit_words, NULL, "name", unit_more);

static SatsText **member(SatsChartItem *item, gsize offset) {
    return (SatsText **)(void *)((char *)item + offset);
}

/* ---- types ---- */

static gboolean may_be_number(const SatsExpr *expr) {
    if (expr->n_filters > 0) {
        const SatsFilter *last = expr->filters[expr->n_filters - 1].filter;
        if (last->output != SATS_FILTER_ANY)
            return last->output == SATS_FILTER_NUMBER;
    }
    const SatsDecl *decl = expr->path.decl;
    if (decl && decl->type == SATS_TYPE_LIST)
        decl = decl->item;
    if (expr->path.kind != SATS_PATH_DATA || !decl)
        return expr->path.kind == SATS_PATH_DATA || expr->path.kind == SATS_PATH_LOOP_NUMBER;
    return decl->type == SATS_TYPE_NUMBER || decl->type == SATS_TYPE_INTEGER ||
           decl->type == SATS_TYPE_AMOUNT || decl->type == SATS_TYPE_ANY ||
           decl->type == SATS_TYPE_CHOICE;
}

static void not_a_number(SatsCompiler *compiler, SatsPlace place) {
    sats_report_add(compiler->report, SATS_ERROR, "chart-number", &place,
                    "a chart draws numbers, and this is text",
                    "ett diagram ritar tal, men det här är text");
}

static void check_number(SatsCompiler *compiler, const SatsText *text) {
    const char *literal;
    SatsDecimal unused;
    if (!text || text->n_pieces == 0)
        return;
    if (sats_text_is_literal(text, &literal)) {
        if (!sats_decimal_parse(literal, strlen(literal), &unused))
            not_a_number(compiler, text->place);
    } else if (text->n_pieces == 1 && !may_be_number(text->pieces[0].expr)) {
        not_a_number(compiler, sats_spot_place(text->pieces[0].expr->path.spot));
    }
}

static void missing(SatsCompiler *compiler, const SatsValue *map, const char *owner,
                    const char *word) {
    sats_report_add(compiler->report, SATS_ERROR, "chart-missing", &map->place, "%s needs '%s'",
                    "%s behöver '%s'", owner, word);
}

/* ---- items ---- */

static void check_words(SatsCompiler *compiler, const SatsValue *map, const ItemKind *kind) {
    const char *words[24];
    guint n = 0;
    for (guint i = 0; i < kind->n_words; i++)
        words[n++] = kind->words[i].word;
    if (kind->list)
        words[n++] = kind->list;
    for (guint i = 0; kind->more && kind->more[i]; i++)
        words[n++] = kind->more[i];
    words[n++] = "each";
    words[n++] = "when";
    words[n] = NULL;
    sats_spec_keys(compiler->report, map, kind->name, kind->name, words);
}

static void compile_list(SatsCompiler *compiler, const SatsValue *list, SatsChartItem *item) {
    if (!list || !sats_spec_is_list(compiler->report, list, "values", "värden"))
        return;
    item->n_list = list->length;
    item->list = sats_arena_new_array(compiler->arena, SatsText *, MAX(list->length, 1u));
    for (guint32 i = 0; i < list->length; i++)
        item->list[i] = sats_compile_text(compiler, list->as.items[i]);
}

static SatsChartItems compile_items(SatsCompiler *compiler, const SatsValue *value,
                                    const ItemKind *kind);

static void compile_more(SatsCompiler *compiler, const SatsValue *map, const ItemKind *kind,
                         SatsChartItem *item) {
    if (kind == &unit_kind) {
        item->units = compile_items(compiler, sats_value_lookup(map, "units"), &unit_kind);
    } else if (kind == &class_kind) {
        item->colour = sats_spec_string(compiler->report, map, "colour", NULL);
        guint32 unused;
        if (item->colour && compiler->theme &&
            !sats_theme_colour(compiler->theme, item->colour, &unused)) {
            sats_spec_unknown(compiler->report, &sats_value_lookup(map, "colour")->place,
                              "unknown-colour", "colour", "okänd färg", item->colour,
                              sats_theme_colour_names(compiler->theme));
            item->colour = NULL;
        }
    }
}

static void compile_item(SatsCompiler *compiler, const SatsValue *value, const ItemKind *kind,
                         SatsChartItem *item) {
    g_assert(value != NULL);
    item->look = -1;
    item->guard.place = value->place;
    if (value->kind == SATS_VALUE_TEXT && kind->shorthand) {
        for (guint i = 0; i < kind->n_words; i++)
            if (strcmp(kind->words[i].word, kind->shorthand) == 0)
                *member(item, kind->words[i].offset) = sats_compile_text(compiler, value);
        return;
    }
    if (!sats_spec_is_map(compiler->report, value, kind->name, kind->name))
        return;
    check_words(compiler, value, kind);
    for (guint i = 0; i < kind->n_words; i++) {
        SatsText *text = sats_compile_text_key(compiler, value, kind->words[i].word);
        *member(item, kind->words[i].offset) = text;
        if (kind->words[i].number)
            check_number(compiler, text);
    }
    const SatsValue *list = kind->list ? sats_value_lookup(value, kind->list) : NULL;
    if (list && list->kind == SATS_VALUE_TEXT)
        item->values = sats_compile_expr(compiler, list);
    else
        compile_list(compiler, list, item);
    compile_more(compiler, value, kind, item);
}

/* A list of items, or one. */
static SatsChartItems compile_items(SatsCompiler *compiler, const SatsValue *value,
                                    const ItemKind *kind) {
    SatsChartItems items = {NULL, 0};
    if (!value || value->kind == SATS_VALUE_NULL)
        return items;
    gboolean list = value->kind == SATS_VALUE_LIST;
    if (compiler->depth >= SATS_TEMPLATE_MAX_DEPTH) {
        sats_report_add(compiler->report, SATS_ERROR, "template-limit", &value->place,
                        "more than %u levels", "fler än %u nivåer", SATS_TEMPLATE_MAX_DEPTH);
        return items;
    }
    compiler->depth++;
    items.n = list ? value->length : 1;
    items.items = sats_arena_new_array(compiler->arena, SatsChartItem, MAX(items.n, 1u));
    for (guint i = 0; i < items.n; i++) {
        const SatsValue *at = list ? value->as.items[i] : value;
        const SatsVariable *outer;
        items.items[i].guard = sats_guard_enter(compiler, at, &outer);
        compile_item(compiler, at, kind, &items.items[i]);
        sats_guard_leave(compiler, outer);
    }
    compiler->depth--;
    return items;
}

static SatsChartItem *compile_one(SatsCompiler *compiler, const SatsValue *value,
                                  const ItemKind *kind) {
    SatsChartItems items = {NULL, 0};
    if (value && value->kind != SATS_VALUE_LIST)
        items = compile_items(compiler, value, kind);
    else if (value)
        sats_spec_is_map(compiler->report, value, kind->name, kind->name);
    return items.n > 0 ? items.items : NULL;
}

/* ---- bars and lines ---- */

/* Compiles the categories; *out_loop is the variable of their loop and its counter, *out_end what
 * was in force outside it. Both are equal when there is no loop, or more than one. */
static void compile_points(SatsCompiler *compiler, const SatsValue *value, SatsChartSpec *spec,
                           const SatsVariable **out_loop, const SatsVariable **out_end) {
    *out_loop = *out_end = compiler->variables;
    const SatsValue *only =
        value && value->kind == SATS_VALUE_LIST && value->length == 1 ? value->as.items[0] : value;
    if (!only || only->kind != SATS_VALUE_MAP) {
        spec->x = compile_items(compiler, value, &point_kind);
        return;
    }
    SatsChartItem *item = sats_arena_new_struct(compiler->arena, SatsChartItem);
    item->guard = sats_guard_enter(compiler, only, out_end);
    *out_loop = compiler->variables;
    compile_item(compiler, only, &point_kind, item);
    sats_guard_leave(compiler, *out_end);
    item->guard.place = only->place;
    spec->x = (SatsChartItems){item, 1};
}

/* A series' `value`: with the variables of x in force besides its own. */
static void compile_value(SatsCompiler *compiler, const SatsValue *value, SatsChartItem *item,
                          const SatsVariable *loop, const SatsVariable *end) {
    const SatsVariable *before = compiler->variables;
    for (; loop != end; loop = loop->outer) {
        SatsVariable *copy = sats_arena_memdup(compiler->arena, loop, sizeof *loop);
        copy->outer = compiler->variables;
        compiler->variables = copy;
    }
    item->value = sats_compile_text(compiler, value);
    check_number(compiler, item->value);
    compiler->variables = before;
}

static void compile_values(SatsCompiler *compiler, const SatsValue *value, SatsChartItem *item) {
    if (value->kind == SATS_VALUE_LIST) {
        compile_list(compiler, value, item);
        for (guint i = 0; i < item->n_list; i++)
            check_number(compiler, item->list[i]);
        return;
    }
    item->values = sats_compile_expr(compiler, value);
    const SatsDecl *decl = item->values ? item->values->path.decl : NULL;
    if (item->values && !item->values->path.many && item->values->n_filters == 0 && decl &&
        decl->type != SATS_TYPE_LIST && decl->type != SATS_TYPE_ANY) {
        sats_report_add(compiler->report, SATS_ERROR, "chart-values", &value->place,
                        "'values' takes a list of numbers, and this is %s%.0s",
                        "'values' tar en lista av tal, men det här är %.0s%s",
                        sats_type_name_en(decl->type), sats_type_name_sv(decl->type));
        sats_report_hint(compiler->report, "one value for each item of x is 'value'",
                         "ett värde för varje post i x är 'value'");
    } else if (item->values && !may_be_number(item->values)) {
        not_a_number(compiler, sats_spot_place(item->values->path.spot));
    }
}

static void compile_series(SatsCompiler *compiler, const SatsValue *value, SatsChartSpec *spec,
                           const SatsVariable *loop, const SatsVariable *end) {
    static const char *const looks[] = {"main", "comparison", "planned", "muted",
                                        "dark", "dotted",     NULL};
    static const char *const shapes[] = {"bars", "line", NULL};
    gboolean list = value && value->kind == SATS_VALUE_LIST;
    guint n = !value ? 0 : list ? value->length : 1;
    spec->series.n = n;
    spec->series.items = sats_arena_new_array(compiler->arena, SatsChartItem, MAX(n, 1u));
    for (guint i = 0; i < n; i++) {
        const SatsValue *map = list ? value->as.items[i] : value;
        SatsChartItem *item = &spec->series.items[i];
        const SatsVariable *outer;
        item->guard = sats_guard_enter(compiler, map, &outer);
        compile_item(compiler, map, &series_kind, item);
        const SatsValue *one = sats_value_lookup(map, "value");
        const SatsValue *many = sats_value_lookup(map, "values");
        if (map->kind == SATS_VALUE_MAP) {
            item->look = sats_spec_choice(compiler->report, map, "style", looks, -1);
            item->line = sats_spec_choice(compiler->report, map, "as", shapes, 0) == 1;
            if (!one && !many)
                missing(compiler, map, "series", "value");
            else if (one && many)
                sats_report_add(compiler->report, SATS_ERROR, "chart-values", &many->place,
                                "a series has either 'value' or 'values'",
                                "en serie har antingen 'value' eller 'values'");
            if (one)
                compile_value(compiler, one, item, loop, end);
            if (many)
                compile_values(compiler, many, item);
        }
        sats_guard_leave(compiler, outer);
    }
}

static void compile_axes(SatsCompiler *compiler, const SatsValue *map, SatsChartSpec *spec) {
    static const char *const labels[] = {"auto", "all", "ends", "none", NULL};
    static const char *const directions[] = {"vertical", "horizontal", NULL};
    SatsReport *report = compiler->report;
    const SatsVariable *loop, *end;
    const SatsValue *x = sats_value_lookup(map, "x");
    const SatsValue *series = sats_value_lookup(map, "series");
    if (!x)
        missing(compiler, map, "figure", "x");
    if (!series)
        missing(compiler, map, "figure", "series");
    compile_points(compiler, x, spec, &loop, &end);
    compile_series(compiler, series, spec, loop, end);
    const SatsValue *target = sats_value_lookup(map, "target");
    spec->target = compile_one(compiler, target, &target_kind);
    if (target && spec->target && !spec->target->value)
        missing(compiler, target, "target", "value");
    spec->from = sats_compile_text_key(compiler, map, "from");
    spec->to = sats_compile_text_key(compiler, map, "to");
    check_number(compiler, spec->from);
    check_number(compiler, spec->to);
    spec->header = sats_compile_text_key(compiler, map, "header");
    spec->horizontal = sats_spec_choice(report, map, "direction", directions, 0) == 1;
    spec->stacked = sats_spec_bool(report, map, "stacked", FALSE);
    spec->sign = sats_spec_bool(report, map, "sign", FALSE);
    spec->decimals = sats_value_lookup(map, "decimals")
                         ? (int)sats_spec_count(report, map, "decimals", 0, 0, 9)
                         : -1;
    spec->labels = (SatsChartLabels)sats_spec_choice(report, map, "labels", labels, 0);
}

/* ---- the other kinds ---- */

static void compile_gantt(SatsCompiler *compiler, const SatsValue *map, SatsChartSpec *spec) {
    static const char *const units[] = {"quarter", "month", NULL};
    static const char *const head_words[] = {"label", "owner", NULL};
    static const char *const needed[] = {"from", "to", "rows", NULL};
    for (guint i = 0; needed[i]; i++)
        if (!sats_value_lookup(map, needed[i]))
            missing(compiler, map, "figure", needed[i]);
    spec->from = sats_compile_text_key(compiler, map, "from");
    spec->to = sats_compile_text_key(compiler, map, "to");
    spec->by_month = sats_spec_choice(compiler->report, map, "unit", units, 0) == 1;
    spec->report_date = sats_compile_text_key(compiler, map, "report-date");
    const SatsValue *heads = sats_value_lookup(map, "heads");
    if (heads && sats_spec_is_map(compiler->report, heads, "label, owner", "label, owner")) {
        sats_spec_keys(compiler->report, heads, "heads", "kolumnrubriker", head_words);
        spec->label_head = sats_compile_text_key(compiler, heads, "label");
        spec->owner_head = sats_compile_text_key(compiler, heads, "owner");
    }
    spec->rows = compile_items(compiler, sats_value_lookup(map, "rows"), &row_kind);
    spec->status = compile_items(compiler, sats_value_lookup(map, "status"), &status_kind);
    spec->key = compile_items(compiler, sats_value_lookup(map, "key"), &key_kind);
}

static void compile_heatmap(SatsCompiler *compiler, const SatsValue *map, SatsChartSpec *spec) {
    static const char *const needed[] = {"rows", "columns", "classes", NULL};
    for (guint i = 0; needed[i]; i++)
        if (!sats_value_lookup(map, needed[i]))
            missing(compiler, map, "figure", needed[i]);
    spec->rows = compile_items(compiler, sats_value_lookup(map, "rows"), &step_kind);
    spec->columns = compile_items(compiler, sats_value_lookup(map, "columns"), &step_kind);
    spec->items = compile_items(compiler, sats_value_lookup(map, "items"), &risk_kind);
    spec->classes = compile_items(compiler, sats_value_lookup(map, "classes"), &class_kind);
    spec->row_title = sats_compile_text_key(compiler, map, "row-title");
    spec->column_title = sats_compile_text_key(compiler, map, "column-title");
    spec->key_title = sats_compile_text_key(compiler, map, "key-title");
    spec->limit = sats_compile_text_key(compiler, map, "limit");
}

static void compile_organisation(SatsCompiler *compiler, const SatsValue *map,
                                 SatsChartSpec *spec) {
    if (!sats_value_lookup(map, "root"))
        missing(compiler, map, "figure", "root");
    spec->root = compile_one(compiler, sats_value_lookup(map, "root"), &unit_kind);
    spec->staff = compile_items(compiler, sats_value_lookup(map, "staff"), &unit_kind);
    spec->units = compile_items(compiler, sats_value_lookup(map, "units"), &unit_kind);
}

/* ---- a chart ---- */

#define COMMON_WORDS                                                                               \
    "kind", "id", "caption", "alt", "width", "height", "numbered", "unit", "title", "subtitle",    \
        "table"

static const char *const axes_words[] = {COMMON_WORDS, "x",      "series",    "target",  "from",
                                         "to",         "header", "direction", "stacked", "sign",
                                         "decimals",   "labels", NULL};
static const char *const gantt_words[] = {COMMON_WORDS, "from",   "to",  "report-date", "heads",
                                          "rows",       "status", "key", NULL};
static const char *const organisation_words[] = {COMMON_WORDS, "root", "staff", "units", NULL};
static const char *const heatmap_words[] = {COMMON_WORDS, "rows",  "columns",      "row-title",
                                            "key-title",  "items", "column-title", "classes",
                                            "limit",      NULL};
static const char *const legend_words[] = {COMMON_WORDS, "key", NULL};

static const char *const *kind_words(SatsChartKind kind) {
    switch (kind) {
    case SATS_CHART_GANTT:
        return gantt_words;
    case SATS_CHART_ORGANISATION:
        return organisation_words;
    case SATS_CHART_HEATMAP:
        return heatmap_words;
    case SATS_CHART_STATUS:
        return legend_words;
    case SATS_CHART_BAR:
    case SATS_CHART_LINE:
    case SATS_CHART_COMBINED:
    default:
        return axes_words;
    }
}

void *sats_compile_chart(SatsCompiler *compiler, const SatsValue *map, const char *kind) {
    static const char *const tables[] = {"none", "after", "beside", NULL};
    const char *const *kinds = sats_chart_kind_names();
    SatsChartSpec *spec = sats_arena_new_struct(compiler->arena, SatsChartSpec);
    while (kinds[spec->kind] && strcmp(kinds[spec->kind], kind) != 0)
        spec->kind++;
    g_assert(kinds[spec->kind]);
    spec->place = map->place;
    spec->decimals = -1;
    sats_spec_keys(compiler->report, map, "figure", "en figur", kind_words(spec->kind));
    spec->title = sats_compile_text_key(compiler, map, "title");
    spec->subtitle = sats_compile_text_key(compiler, map, "subtitle");
    spec->table = (SatsChartTable)sats_spec_choice(compiler->report, map, "table", tables, 0);
    switch (spec->kind) {
    case SATS_CHART_BAR:
    case SATS_CHART_LINE:
    case SATS_CHART_COMBINED:
        compile_axes(compiler, map, spec);
        break;
    case SATS_CHART_GANTT:
        compile_gantt(compiler, map, spec);
        break;
    case SATS_CHART_ORGANISATION:
        compile_organisation(compiler, map, spec);
        break;
    case SATS_CHART_HEATMAP:
        compile_heatmap(compiler, map, spec);
        break;
    case SATS_CHART_STATUS:
        spec->key = compile_items(compiler, sats_value_lookup(map, "key"), &key_kind);
        break;
    default:
        g_assert_not_reached();
    }
    return spec;
}
