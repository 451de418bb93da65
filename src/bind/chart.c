/* bind/chart.c: figures drawn from data: the entry, and organisation, risk and status. */
#include "bind/chart.h"

#include <string.h>

/* ---- what all charts need ---- */

SatsPlace sats_chart_place(const SatsBinder *binder, const SatsText *text) {
    if (text != NULL && text->n_pieces == 1 && text->pieces[0].expr != NULL) {
        SatsResult result = {0};
        sats_expr_eval(text->pieces[0].expr, binder->scope, binder->arena, NULL, &result);
        if (result.value != NULL && result.value->place.source != NULL)
            return result.value->place;
    }
    if (binder->item_place.source != NULL)
        return binder->item_place;
    return text != NULL ? text->place : (SatsPlace){0};
}

void sats_chart_too_many(SatsBinder *binder, SatsPlace place, guint most) {
    sats_report_add(binder->report, SATS_ERROR, "chart-limit", &place,
                    "a chart shows at most %u of these", "ett diagram visar högst %u sådana", most);
}

gboolean sats_chart_result_number(SatsBinder *binder, const SatsResult *result, SatsPlace place,
                                  SatsDecimal *out) {
    if (result->kind == SATS_RESULT_EMPTY || result->placeholder || result->words)
        return FALSE;
    if (sats_result_number(result, out))
        return TRUE;
    const char *text = sats_result_text(result, binder->arena);
    if (*text == '\0' || strcmp(text, "–") == 0 || strcmp(text, "-") == 0)
        return FALSE;
    if (result->value != NULL && result->value->place.source != NULL)
        place = result->value->place;
    sats_report_add(binder->report, SATS_ERROR, "chart-number", &place, "'%s' is no number",
                    "'%s' är inget tal", text);
    return FALSE;
}

gboolean sats_chart_number(SatsBinder *binder, const SatsText *text, SatsDecimal *out,
                           int *out_decimals) {
    SatsResult result = {.kind = SATS_RESULT_TEXT, .format = {.decimals = -1}};
    if (text == NULL || text->n_pieces == 0)
        return FALSE;
    if (text->n_pieces == 1 && text->pieces[0].expr != NULL)
        sats_expr_eval(text->pieces[0].expr, binder->scope, binder->arena, binder->report, &result);
    else
        result.text = sats_text_plain(text, binder->scope, binder->arena, binder->report);
    if (out_decimals != NULL)
        *out_decimals = result.kind == SATS_RESULT_NUMBER ? result.format.decimals : -1;
    return sats_chart_result_number(binder, &result, text->place, out);
}

/* ---- organisation ---- */

typedef struct {
    GArray *units; /* SatsOrganisationUnit */
    guint depth;
} Units;

static void read_units(SatsBinder *binder, const SatsChartItems *items, guint depth,
                       const SatsOrganisationUnit **out_units, guint *out_n);

static void read_unit(SatsBinder *binder, const SatsChartItem *item, guint depth,
                      SatsOrganisationUnit *unit) {
    unit->name = sats_bind_words(binder, item->label);
    unit->text = sats_bind_words(binder, item->text);
    if (unit->name == NULL)
        unit->name = "";
    read_units(binder, &item->units, depth + 1, &unit->units, &unit->n_units);
}

static void one_unit(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    Units *units = user_data;
    if (units->units->len >= SATS_CHART_MAX_ROWS) {
        sats_chart_too_many(binder, item->guard.place, SATS_CHART_MAX_ROWS);
        return;
    }
    SatsOrganisationUnit unit = {0};
    read_unit(binder, item, units->depth, &unit);
    g_array_append_val(units->units, unit);
}

/* The box, a row of units under it, and theirs: more levels are not drawn, and are refused. */
static void read_units(SatsBinder *binder, const SatsChartItems *items, guint depth,
                       const SatsOrganisationUnit **out_units, guint *out_n) {
    if (items->n == 0)
        return;
    if (depth > 2) {
        sats_report_add(binder->report, SATS_ERROR, "chart-limit", &items->items[0].guard.place,
                        "an organisation chart has three levels",
                        "ett organisationsschema har tre nivåer");
        return;
    }
    Units units = {g_array_new(FALSE, TRUE, sizeof(SatsOrganisationUnit)), depth};
    for (guint i = 0; i < items->n; i++)
        sats_bind_each(binder, &items->items[i].guard, one_unit, &items->items[i], &units);
    *out_n = units.units->len;
    *out_units = sats_arena_memdup(binder->arena, units.units->data,
                                   MAX(units.units->len, 1u) * sizeof(SatsOrganisationUnit));
    g_array_free(units.units, TRUE);
}

static void make_organisation(SatsChartMaker *maker) {
    SatsOrganisationChart *chart = &maker->data->as.organisation;
    const SatsChartSpec *spec = maker->spec;
    if (spec->root != NULL)
        read_unit(maker->binder, spec->root, 0, &chart->head);
    else
        chart->head.name = "";
    if (spec->units.n > 0)
        read_units(maker->binder, &spec->units, 1, &chart->head.units, &chart->head.n_units);
    read_units(maker->binder, &spec->staff, 2, &chart->staff, &chart->n_staff);
}

/* ---- risk ---- */

typedef struct {
    SatsChartMaker *maker;
    GArray *array;
    guint n; /* items so far, with those left out */
} Risk;

static void one_step(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    Risk *risk = user_data;
    const char *label = sats_bind_words(binder, item->label);
    label = label != NULL ? label : "";
    if (risk->array->len == SATS_CHART_MAX_STEPS)
        sats_chart_too_many(binder, item->guard.place, SATS_CHART_MAX_STEPS);
    if (risk->array->len <= SATS_CHART_MAX_STEPS)
        g_array_append_val(risk->array, label);
}

static void read_steps(SatsChartMaker *maker, const SatsChartItems *items,
                       const char *const **out_steps, guint *out_n) {
    Risk risk = {maker, g_array_new(FALSE, TRUE, sizeof(char *)), 0};
    for (guint i = 0; i < items->n; i++)
        sats_bind_each(maker->binder, &items->items[i].guard, one_step, &items->items[i], &risk);
    *out_n = MIN(risk.array->len, SATS_CHART_MAX_STEPS);
    *out_steps = sats_chart_keep(maker, risk.array);
    g_array_free(risk.array, TRUE);
}

/* A step of a scale, from 1; FALSE when missing, or with a finding when the scale has none such. */
static gboolean read_step(SatsBinder *binder, const SatsText *text, guint n, guint *out) {
    SatsDecimal number;
    if (!sats_chart_number(binder, text, &number, NULL))
        return FALSE;
    double value = sats_decimal_to_double(number);
    if (value >= 1 && value <= (double)n && value == (double)(guint)value) {
        *out = (guint)value - 1;
        return TRUE;
    }
    SatsPlace place = sats_chart_place(binder, text);
    g_autofree char *written = sats_decimal_format(number, NULL);
    sats_report_add(binder->report, SATS_ERROR, "chart-step", &place,
                    "%s is no step of the scale from 1 to %u",
                    "%s är inget steg på skalan 1 till %u", written, n);
    return FALSE;
}

static void one_risk(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    Risk *risk = user_data;
    const SatsRiskChart *chart = &risk->maker->data->as.risk;
    SatsRiskItem made = {.label = sats_bind_words(binder, item->label)};
    risk->n++;
    if (made.label == NULL)
        made.label = sats_arena_printf(binder->arena, "%u", risk->n);
    if (risk->array->len >= SATS_CHART_MAX_ROWS) {
        sats_chart_too_many(binder, item->guard.place, SATS_CHART_MAX_ROWS);
        return;
    }
    if (read_step(binder, item->s, chart->n_rows, &made.row) &&
        read_step(binder, item->k, chart->n_columns, &made.column))
        g_array_append_val(risk->array, made);
}

static void one_class(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    Risk *risk = user_data;
    SatsDecimal from, to;
    const char *label = sats_bind_words(binder, item->label);
    SatsRiskClass class = {.label = label != NULL ? label : "",
                           .text = sats_bind_words(binder, item->text),
                           .colour = item->colour};
    if (risk->maker->spec->limit != NULL) { /* bound_classes() knows where it ends */
        g_array_append_val(risk->array, class);
        return;
    }
    if (!sats_chart_number(binder, item->from, &from, NULL))
        return;
    if (!sats_chart_number(binder, item->to, &to, NULL))
        to = from;
    class.low = (int)sats_decimal_to_double(from);
    class.high = (int)sats_decimal_to_double(to);
    g_array_append_val(risk->array, class);
}

/* Classes by their limits: from the least to the greatest product in the matrix that is of the
 * class, so that a matrix of other steps has other ends. What is above the last class belongs to
 * it. */
static void bound_classes(const SatsRiskChart *chart, const char *limits, GArray *classes) {
    for (guint i = 0; i < classes->len; i++) {
        SatsRiskClass *class = &g_array_index(classes, SatsRiskClass, i);
        class->low = class->high = 0; /* no product: matches none, and is in no key */
        for (guint product = 1; product <= chart->n_rows * chart->n_columns; product++) {
            gboolean there = FALSE;
            for (guint row = 1; row <= chart->n_rows && !there; row++)
                there = product % row == 0 && product / row <= chart->n_columns;
            guint which = MIN(sats_bind_class(product, limits), classes->len - 1);
            if (!there || which != i)
                continue;
            class->low = class->low == 0 ? (int)product : class->low;
            class->high = (int)product;
        }
    }
    for (guint i = classes->len; i-- > 0;)
        if (g_array_index(classes, SatsRiskClass, i).high == 0)
            g_array_remove_index(classes, i);
}

/* Classes without a colour take those of the theme, the first the lowest and the last the highest.
 */
static void colour_classes(GArray *classes) {
    static const char *const colours[] = {"risk-low", "risk-medium", "risk-high", "risk-very-high"};
    guint n = classes->len;
    for (guint i = 0; i < n; i++) {
        SatsRiskClass *class = &g_array_index(classes, SatsRiskClass, i);
        guint which = n >= 4 ? MIN(i, 3u) : i + 1 == n && n > 1 ? 3 : i;
        if (class->colour == NULL)
            class->colour = colours[which];
    }
}

static void make_risk(SatsChartMaker *maker) {
    const SatsChartSpec *spec = maker->spec;
    SatsBinder *binder = maker->binder;
    SatsRiskChart *chart = &maker->data->as.risk;
    read_steps(maker, &spec->rows, &chart->rows, &chart->n_rows);
    read_steps(maker, &spec->columns, &chart->columns, &chart->n_columns);
    chart->row_title = sats_bind_words(binder, spec->row_title);
    chart->column_title = sats_bind_words(binder, spec->column_title);
    chart->key_title = sats_bind_words(binder, spec->key_title);
    Risk risk = {maker, g_array_new(FALSE, TRUE, sizeof(SatsRiskItem)), 0};
    for (guint i = 0; i < spec->items.n; i++)
        sats_bind_each(binder, &spec->items.items[i].guard, one_risk, &spec->items.items[i], &risk);
    chart->n_items = risk.array->len;
    chart->items = sats_chart_keep(maker, risk.array);
    g_array_free(risk.array, TRUE);
    risk.array = g_array_new(FALSE, TRUE, sizeof(SatsRiskClass));
    for (guint i = 0; i < spec->classes.n; i++)
        sats_bind_each(binder, &spec->classes.items[i].guard, one_class, &spec->classes.items[i],
                       &risk);
    colour_classes(risk.array);
    if (spec->limit != NULL)
        bound_classes(chart, sats_bind_plain(binder, spec->limit), risk.array);
    chart->n_classes = risk.array->len;
    chart->classes = sats_chart_keep(maker, risk.array);
    g_array_free(risk.array, TRUE);
}

/* ---- figure and table ---- */

static void make_data(SatsChartMaker *maker) {
    switch (maker->spec->kind) {
    case SATS_CHART_BAR:
    case SATS_CHART_LINE:
    case SATS_CHART_COMBINED:
        sats_chart_make_axes(maker);
        break;
    case SATS_CHART_GANTT:
        sats_chart_make_gantt(maker);
        break;
    case SATS_CHART_ORGANISATION:
        make_organisation(maker);
        break;
    case SATS_CHART_HEATMAP:
        make_risk(maker);
        break;
    case SATS_CHART_STATUS:
        sats_chart_make_key(maker, maker->spec->key.n > 0 ? 0 : 31, &maker->data->as.status.key,
                            &maker->data->as.status.n_key);
        break;
    default:
        g_assert_not_reached();
    }
}

/* Takes the figure, the last child of its parent, into the first of two columns; returns the
 * second. */
static SatsNode *make_columns(SatsBinder *binder, SatsNode *figure, SatsPlace place) {
    SatsNode *parent = figure->parent;
    SatsNode *before = NULL;
    for (SatsNode *child = parent->first_child; child != NULL && child != figure;
         child = child->next)
        before = child;
    sats_bind_drop_last(parent, before);
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_COLUMNS, place);
    SatsColumns *columns = node->as.columns;
    columns->n_columns = 2;
    columns->shares = sats_arena_new_array(binder->arena, double, 2);
    columns->shares[0] = columns->shares[1] = 1;
    columns->gap_pt = sats_theme_length_pt(binder->theme, "columns.gap");
    SatsNode *first = sats_bind_node(binder, node, SATS_NODE_COLUMN, place);
    first->first_child = first->last_child = figure;
    figure->parent = first;
    return sats_bind_node(binder, node, SATS_NODE_COLUMN, place);
}

static gboolean any_value(const SatsAxesChart *chart) {
    for (guint i = 0; i < chart->n_series; i++)
        for (guint j = 0; j < chart->n_categories; j++)
            if (chart->series[i].values[j].present)
                return TRUE;
    return FALSE;
}

static gboolean is_empty(const SatsFigureData *data) {
    switch (data->kind) {
    case SATS_CHART_BAR:
    case SATS_CHART_LINE:
    case SATS_CHART_COMBINED:
        return !any_value(&data->as.axes);
    case SATS_CHART_GANTT:
        return data->as.gantt.n_rows == 0;
    case SATS_CHART_ORGANISATION:
        return *data->as.organisation.head.name == '\0';
    case SATS_CHART_HEATMAP:
        return data->as.risk.n_rows == 0 || data->as.risk.n_columns == 0;
    case SATS_CHART_STATUS:
    default:
        return data->as.status.n_key == 0;
    }
}

const SatsFigureData *sats_bind_chart_data(SatsBinder *binder, const SatsFigureBlock *block) {
    const SatsChartSpec *spec = block->compiled;
    SatsFigureData *data = sats_arena_new_struct(binder->arena, SatsFigureData);
    SatsChartMaker maker = {.binder = binder, .spec = spec, .data = data};
    data->kind = spec->kind;
    data->title = sats_bind_words(binder, spec->title);
    data->subtitle = sats_bind_words(binder, spec->subtitle);
    data->height_pt = block->height_pt;
    if (spec->kind <= SATS_CHART_COMBINED)
        data->as.axes.unit = sats_bind_words(binder, block->unit);
    make_data(&maker);
    return is_empty(data) ? NULL : data;
}

void sats_bind_chart(SatsBinder *binder, SatsNode *figure, const SatsFigureBlock *block,
                     const SatsFigureData *data) {
    const SatsChartSpec *spec = block->compiled;
    figure->as.figure->data = data;
    figure->alt = sats_bind_words(binder, block->alt);
    if (figure->alt == NULL)
        figure->alt = sats_chart_alt(data, binder->theme, binder->arena);
    if (spec->table == SATS_CHART_TABLE_AFTER)
        sats_chart_make_table(binder, data, figure->parent, figure->place);
    else if (spec->table == SATS_CHART_TABLE_BESIDE)
        sats_chart_make_table(binder, data, make_columns(binder, figure, figure->place),
                              figure->place);
}
