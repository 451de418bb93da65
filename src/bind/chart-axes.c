/* bind/chart-axes.c: bars and lines: categories, series, the target.
 *
 * Values are read first, all of them, and written then: with one number of decimals, the most that
 * one of them was given with, so that 4 stands as 4,0 beside 4,1. */
#include "bind/chart.h"

#include <string.h>

typedef struct {
    gboolean present;
    SatsDecimal number;
} Value;

typedef struct {
    SatsChartSeries series;
    int look; /* -1: not said */
    Value *values;
} Series;

typedef struct {
    SatsChartMaker *maker;
    GArray *categories; /* SatsChartCategory */
    GArray *series;     /* Series */
    GArray *row;        /* Value: of the series being read, from the loop of x */
    int decimals;       /* the most so far; given ones count alone */
    gboolean given;
    gboolean too_many;
} Axes;

/* ---- values ---- */

static void count_decimals(Axes *axes, SatsDecimal number, int wanted) {
    if (axes->maker->spec->decimals >= 0)
        return;
    if (wanted >= 0) {
        axes->decimals = axes->given ? MAX(axes->decimals, wanted) : wanted;
        axes->given = TRUE;
    } else if (!axes->given) {
        axes->decimals = MAX(axes->decimals, (int)number.scale);
    }
}

static void add_number(Axes *axes, gboolean present, SatsDecimal number, int decimals) {
    Value value = {present, number};
    if (present)
        count_decimals(axes, number, decimals);
    g_array_append_val(axes->row, value);
}

static void add_text(Axes *axes, const SatsText *text) {
    SatsDecimal number = {0, 0};
    int decimals = -1;
    gboolean present = sats_chart_number(axes->maker->binder, text, &number, &decimals);
    add_number(axes, present, number, decimals);
}

static void one_turn_of_x(SatsBinder *binder, gconstpointer item, gpointer data) {
    (void)binder;
    add_text(data, item);
}

/* Values that a path leads to; where it goes through a list, an item without one is a gap. */
static void follow(const SatsValue *value, const SatsPath *path, guint step, GPtrArray *out) {
    if (value != NULL && value->kind == SATS_VALUE_LIST) {
        for (guint32 i = 0; i < value->length; i++)
            follow(value->as.items[i], path, step, out);
    } else if (step < path->n_steps && value != NULL && value->kind == SATS_VALUE_MAP) {
        follow(sats_value_lookup(value, path->steps[step]), path, step + 1, out);
    } else {
        g_ptr_array_add(out, (gpointer)(guintptr)(step == path->n_steps ? value : NULL));
    }
}

static void add_result(Axes *axes, const SatsResult *result, SatsPlace place) {
    SatsDecimal number = {0, 0};
    gboolean present = sats_chart_result_number(axes->maker->binder, result, place, &number);
    add_number(axes, present, number, result->format.decimals);
}

/* Filters that work on lists, and what they give, take the way of all expressions. */
static void add_evaluated(Axes *axes, const SatsExpr *expr) {
    SatsBinder *binder = axes->maker->binder;
    SatsResult result = {0};
    sats_expr_eval(expr, binder->scope, binder->arena, binder->report, &result);
    SatsPlace place = sats_spot_place(expr->path.spot);
    if (result.kind != SATS_RESULT_LIST) {
        add_result(axes, &result, place);
        return;
    }
    for (guint i = 0; i < result.n_items; i++)
        add_result(axes, &result.items[i], place);
}

static void add_path(Axes *axes, const SatsExpr *expr) {
    SatsBinder *binder = axes->maker->binder;
    const SatsPath *path = &expr->path;
    if (expr->n_filters > 0 || path->kind != SATS_PATH_DATA) {
        add_evaluated(axes, expr);
        return;
    }
    const SatsValue *start =
        path->slot < 0 ? binder->scope->root : binder->scope->slots[path->slot];
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    follow(start, path, 0, found);
    const SatsDecl *decl = path->decl;
    sats_scope_use(binder->scope, decl);
    if (decl != NULL && decl->type == SATS_TYPE_LIST)
        decl = decl->item;
    SatsPlace place = sats_spot_place(path->spot);
    for (guint i = 0; i < found->len; i++) {
        SatsResult result = {0};
        sats_value_result(g_ptr_array_index(found, i), decl, binder->arena, &result);
        add_result(axes, &result, place);
    }
}

/* ---- series ---- */

static void read_values(Axes *axes, const SatsChartItem *item) {
    SatsBinder *binder = axes->maker->binder;
    const SatsChartItems *x = &axes->maker->spec->x;
    if (item->values != NULL) {
        add_path(axes, item->values);
    } else if (item->list != NULL) {
        for (guint i = 0; i < item->n_list; i++)
            add_text(axes, item->list[i]);
    } else {
        for (guint i = 0; i < x->n; i++)
            sats_bind_each(binder, &x->items[i].guard, one_turn_of_x, item->value, axes);
    }
}

static void one_series(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    Axes *axes = user_data;
    guint n = axes->categories->len;
    if (axes->series->len >= SATS_CHART_MAX_SERIES) {
        if (!axes->too_many)
            sats_chart_too_many(binder, item->guard.place, SATS_CHART_MAX_SERIES);
        axes->too_many = TRUE;
        return;
    }
    g_array_set_size(axes->row, 0);
    read_values(axes, item);
    if (axes->row->len > n) {
        SatsPlace place =
            binder->item_place.source != NULL ? binder->item_place : item->guard.place;
        const SatsValue *list = item->values != NULL && !item->values->path.many
                                    ? sats_path_value(&item->values->path, binder->scope)
                                    : NULL;
        place = list != NULL && list->place.source != NULL ? list->place : place;
        sats_report_add(binder->report, SATS_ERROR, "chart-values", &place,
                        "the series has %u values, but the x-axis only %u places",
                        "serien har %u värden, men x-axeln bara %u platser", axes->row->len, n);
    }
    Series series = {.values = sats_arena_new_array(binder->arena, Value, MAX(n, 1u))};
    for (guint i = 0; i < MIN(n, axes->row->len); i++)
        series.values[i] = g_array_index(axes->row, Value, i);
    series.series.label = sats_bind_words(binder, item->label);
    series.series.line = axes->maker->spec->kind == SATS_CHART_LINE ||
                         (axes->maker->spec->kind == SATS_CHART_COMBINED && item->line);
    series.look = item->look;
    g_array_append_val(axes->series, series);
}

/* Series without a style take the next that no other has. */
static void choose_looks(GArray *all) {
    gboolean taken[SATS_LOOKS] = {FALSE};
    for (guint i = 0; i < all->len; i++) {
        int look = g_array_index(all, Series, i).look;
        if (look >= 0)
            taken[look] = TRUE;
    }
    guint next = 0;
    for (guint i = 0; i < all->len; i++) {
        Series *series = &g_array_index(all, Series, i);
        guint tried = 0;
        while (series->look < 0 && tried++ < SATS_LOOKS && taken[next % SATS_LOOKS])
            next++;
        series->series.look =
            (SatsSeriesLook)(series->look < 0 ? (int)(next++ % SATS_LOOKS) : series->look);
    }
}

/* ---- the chart ---- */

static void one_category(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    Axes *axes = user_data;
    const char *label = sats_bind_words(binder, item->label);
    const char *name = sats_bind_words(binder, item->name);
    SatsChartCategory category = {label != NULL ? label : "", name != NULL ? name : label};
    if (category.name == NULL)
        category.name = "";
    if (axes->categories->len >= SATS_CHART_MAX_CATEGORIES) {
        if (!axes->too_many)
            sats_chart_too_many(binder, item->guard.place, SATS_CHART_MAX_CATEGORIES);
        axes->too_many = TRUE;
        return;
    }
    g_array_append_val(axes->categories, category);
}

static SatsChartValue written(const Axes *axes, const Value *value, int decimals) {
    const SatsChartMaker *maker = axes->maker;
    if (!value->present)
        return (SatsChartValue){.text = ""};
    SatsDecimalFormat format = {.decimals = decimals, .plus = maker->spec->sign};
    g_autofree char *text = sats_decimal_format(value->number, &format);
    return (SatsChartValue){TRUE, value->number, sats_arena_strdup(maker->binder->arena, text)};
}

static void write_series(Axes *axes, SatsAxesChart *chart) {
    SatsArena *arena = axes->maker->binder->arena;
    chart->n_series = axes->series->len;
    SatsChartSeries *all = sats_arena_new_array(arena, SatsChartSeries, MAX(chart->n_series, 1u));
    for (guint i = 0; i < chart->n_series; i++) {
        const Series *series = &g_array_index(axes->series, Series, i);
        SatsChartValue *values =
            sats_arena_new_array(arena, SatsChartValue, MAX(chart->n_categories, 1u));
        for (guint j = 0; j < chart->n_categories; j++)
            values[j] = written(axes, &series->values[j], axes->decimals);
        all[i] = series->series;
        all[i].values = values;
    }
    chart->series = all;
}

static gboolean read_end(SatsChartMaker *maker, const SatsText *text, double *out) {
    SatsDecimal number;
    if (!sats_chart_number(maker->binder, text, &number, NULL))
        return FALSE;
    *out = sats_decimal_to_double(number);
    return TRUE;
}

/* The target may have more decimals than the values. */
static void read_target(Axes *axes, SatsAxesChart *chart) {
    SatsChartMaker *maker = axes->maker;
    const SatsChartItem *item = maker->spec->target;
    Value value = {FALSE, {0, 0}};
    int decimals = -1;
    if (item == NULL || !sats_condition_holds(item->guard.when, maker->binder->scope,
                                              maker->binder->arena, maker->binder->report))
        return;
    value.present = sats_chart_number(maker->binder, item->value, &value.number, &decimals);
    if (!value.present)
        return;
    int own = decimals >= 0 ? decimals : (int)value.number.scale;
    gboolean free = maker->spec->decimals < 0 && !axes->given;
    chart->target = written(axes, &value, free ? MAX(axes->decimals, own) : axes->decimals);
    chart->target_label = sats_bind_words(maker->binder, item->label);
    if (chart->target_label == NULL)
        chart->target_label = sats_bind_word(maker->binder, "target", TRUE);
}

void sats_chart_make_axes(SatsChartMaker *maker) {
    const SatsChartSpec *spec = maker->spec;
    SatsBinder *binder = maker->binder;
    SatsAxesChart *chart = &maker->data->as.axes;
    Axes axes = {.maker = maker,
                 .categories = g_array_new(FALSE, TRUE, sizeof(SatsChartCategory)),
                 .series = g_array_new(FALSE, TRUE, sizeof(Series)),
                 .row = g_array_new(FALSE, TRUE, sizeof(Value)),
                 .decimals = MAX(spec->decimals, 0)};
    for (guint i = 0; i < spec->x.n; i++)
        sats_bind_each(binder, &spec->x.items[i].guard, one_category, &spec->x.items[i], &axes);
    for (guint i = 0; i < spec->series.n; i++)
        sats_bind_each(binder, &spec->series.items[i].guard, one_series, &spec->series.items[i],
                       &axes);
    choose_looks(axes.series);
    chart->horizontal = spec->horizontal && spec->kind == SATS_CHART_BAR;
    chart->stacked = spec->stacked;
    chart->labels = spec->labels;
    chart->n_categories = axes.categories->len;
    chart->categories = sats_chart_keep(maker, axes.categories);
    chart->has_from = read_end(maker, spec->from, &chart->from);
    chart->has_to = read_end(maker, spec->to, &chart->to);
    chart->header = sats_bind_words(binder, spec->header);
    read_target(&axes, chart);
    write_series(&axes, chart);
    g_array_free(axes.categories, TRUE);
    g_array_free(axes.series, TRUE);
    g_array_free(axes.row, TRUE);
}
