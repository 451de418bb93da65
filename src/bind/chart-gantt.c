/* bind/chart-gantt.c: rows in time, with what has become of them. */
#include "bind/chart.h"

#include <math.h>
#include <string.h>

#define MAX_MONTHS 240

typedef struct {
    SatsChartMaker *maker;
    GArray *rows;    /* SatsGanttRow */
    GArray *columns; /* SatsStatusColumn */
    guint used;      /* bit a status that occurs */
} Gantt;

static void not_a_time(SatsBinder *binder, const SatsText *text, const char *word) {
    SatsPlace place = sats_chart_place(binder, text);
    sats_report_add(binder->report, SATS_ERROR, "chart-time", &place,
                    "'%s' is no date, month, quarter or year",
                    "'%s' är inget datum, ingen månad, inget kvartal och inget år", word);
    sats_report_hint(binder->report, "write 2023-08-31, 2023-08, 2023-Q3 or 2023",
                     "skriv 2023-08-31, 2023-08, 2023-Q3 eller 2023");
}

/* FALSE when nothing is said, or a placeholder; a finding for what is no time. */
static gboolean read_time(SatsBinder *binder, const SatsText *text, gboolean end, double *out,
                          const char **out_text) {
    const char *word = sats_bind_words(binder, text);
    if (out_text != NULL)
        *out_text = word;
    if (word == NULL || sats_text_is_placeholder(word) || strcmp(word, "–") == 0)
        return FALSE;
    if (sats_chart_time_parse(word, end, out))
        return TRUE;
    not_a_time(binder, text, word);
    return FALSE;
}

/* ---- status ---- */

/* Value of a status as the plan says it; -1 none, with a finding when it says something else. */
static int status_of_word(SatsBinder *binder, const char *word, SatsPlace place) {
    static const char *const names[] = {"ok", "deviation", "serious", "ended", "not-begun"};
    int value = 0;
    if (word == NULL || *word == '\0' || strcmp(word, "–") == 0)
        return -1;
    if (sats_bind_status_value(word, &value))
        return value;
    g_autofree char *folded = g_utf8_casefold(word, -1);
    for (int i = 0; i < 5; i++) {
        g_autofree char *name = g_strconcat("status-", names[i], NULL);
        g_autofree char *own = g_utf8_casefold(sats_theme_word(binder->theme, name), -1);
        if (strcmp(own, folded) == 0)
            return i;
    }
    sats_report_add(binder->report, SATS_ERROR, "chart-status", &place, "'%s' is no status",
                    "'%s' är ingen status", word);
    sats_report_hint(binder->report, "ok, deviation, serious, ended, not-begun, or 0 to 4",
                     "grön, gul, röd, blå, vit, temats egna ord, eller 0 till 4");
    return -1;
}

static int status_of(SatsBinder *binder, const SatsText *text) {
    return status_of_word(binder, sats_bind_words(binder, text), sats_chart_place(binder, text));
}

static void one_key(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    SatsStatusWord word = {status_of(binder, item->value), sats_bind_words(binder, item->text)};
    if (word.value >= 0)
        g_array_append_val((GArray *)user_data, word);
}

void sats_chart_make_key(SatsChartMaker *maker, guint used, const SatsStatusWord **out_key,
                         guint *out_n) {
    static const char *const words[] = {"status-ok", "status-deviation", "status-serious",
                                        "status-ended", "status-not-begun"};
    SatsBinder *binder = maker->binder;
    const SatsChartItems *given = &maker->spec->key;
    GArray *key = g_array_new(FALSE, TRUE, sizeof(SatsStatusWord));
    for (guint i = 0; i < given->n; i++)
        sats_bind_each(binder, &given->items[i].guard, one_key, &given->items[i], key);
    SatsStatusWord *all = sats_arena_new_array(binder->arena, SatsStatusWord, 5);
    guint n = 0;
    for (int i = 0; i < 5; i++) {
        gboolean shown = (used & (1u << i)) != 0;
        const char *text = sats_theme_word(binder->theme, words[i]);
        for (guint j = 0; j < key->len; j++) {
            const SatsStatusWord *own = &g_array_index(key, SatsStatusWord, j);
            shown = shown || own->value == i;
            text = own->value == i && own->text != NULL ? own->text : text;
        }
        if (shown)
            all[n++] = (SatsStatusWord){i, text};
    }
    g_array_free(key, TRUE);
    *out_n = n;
    *out_key = all;
}

/* ---- rows ---- */

static void read_bar(Gantt *gantt, const SatsChartItem *item, SatsGanttRow *row) {
    SatsBinder *binder = gantt->maker->binder;
    gboolean starts = read_time(binder, item->start, FALSE, &row->start, &row->start_text);
    gboolean ends = read_time(binder, item->end, TRUE, &row->end, &row->end_text);
    const SatsGanttChart *chart = &gantt->maker->data->as.gantt;
    if (!starts && ends)
        row->start = chart->first_month;
    if (starts && !ends)
        row->end = chart->first_month + chart->n_months;
    row->has_bar = starts || ends;
    if (starts && ends && row->end < row->start) {
        SatsPlace place = sats_chart_place(binder, item->end);
        sats_report_add(binder->report, SATS_ERROR, "chart-time", &place,
                        "ends (%s) before it begins (%s)", "slutar (%s) innan det börjar (%s)",
                        row->end_text, row->start_text);
        row->has_bar = FALSE;
    }
}

static void add_status(Gantt *gantt, gint8 *status, guint i, int value) {
    status[i] = (gint8)value;
    gantt->used |= value >= 0 ? 1u << value : 0;
}

/* One a column; those that are not said are none. */
static const gint8 *read_status(Gantt *gantt, const SatsChartItem *item) {
    SatsBinder *binder = gantt->maker->binder;
    guint n = gantt->columns->len;
    gint8 *status = sats_arena_new_array(binder->arena, gint8, MAX(n, 1u));
    SatsResult result = {0};
    memset(status, -1, MAX(n, 1u));
    for (guint i = 0; i < MIN(n, item->n_list); i++)
        add_status(gantt, status, i, status_of(binder, item->list[i]));
    if (item->values != NULL)
        sats_expr_eval(item->values, binder->scope, binder->arena, binder->report, &result);
    guint given =
        result.kind == SATS_RESULT_LIST ? result.n_items : result.kind != SATS_RESULT_EMPTY;
    for (guint i = 0; i < MIN(n, given); i++) {
        const SatsResult *one = result.kind == SATS_RESULT_LIST ? &result.items[i] : &result;
        SatsPlace place =
            one->value != NULL ? one->value->place : sats_spot_place(item->values->path.spot);
        add_status(gantt, status, i,
                   status_of_word(binder, sats_result_text(one, binder->arena), place));
    }
    return status;
}

static void one_row(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    Gantt *gantt = user_data;
    if (gantt->rows->len >= SATS_CHART_MAX_ROWS) {
        if (gantt->rows->len == SATS_CHART_MAX_ROWS)
            sats_chart_too_many(binder, item->guard.place, SATS_CHART_MAX_ROWS);
        return;
    }
    SatsGanttRow row = {.number = sats_bind_words(binder, item->number),
                        .label = sats_bind_words(binder, item->label),
                        .owner = sats_bind_words(binder, item->owner),
                        .remark = sats_bind_words(binder, item->remark)};
    row.status = read_status(gantt, item);
    read_bar(gantt, item, &row);
    g_array_append_val(gantt->rows, row);
}

static void one_column(SatsBinder *binder, gconstpointer data, gpointer user_data) {
    const SatsChartItem *item = data;
    const char *head = sats_bind_words(binder, item->label);
    const char *name = sats_bind_words(binder, item->name);
    SatsStatusColumn column = {head != NULL ? head : "", name != NULL ? name : head};
    g_array_append_val((GArray *)user_data, column);
}

/* ---- the chart ---- */

/* The span of time, in whole months or quarters. */
static void read_span(SatsChartMaker *maker) {
    SatsGanttChart *chart = &maker->data->as.gantt;
    SatsBinder *binder = maker->binder;
    double from = 0, to = 0;
    if (!read_time(binder, maker->spec->from, FALSE, &from, NULL) ||
        !read_time(binder, maker->spec->to, TRUE, &to, NULL)) {
        chart->n_months = 12;
        return;
    }
    int step = chart->by_month ? 1 : 3;
    int first = (int)floor(from) / step * step;
    int last = (int)ceil(to);
    last = (last + step - 1) / step * step;
    if (last <= first || last - first > MAX_MONTHS) {
        SatsPlace place = sats_chart_place(binder, maker->spec->to);
        sats_report_add(binder->report, SATS_ERROR, "chart-time", &place,
                        "the time must be between one month and %d years",
                        "tiden måste vara mellan en månad och %d år", MAX_MONTHS / 12);
        last = first + 12;
    }
    chart->first_month = first;
    chart->n_months = last - first;
}

static void read_report(SatsChartMaker *maker) {
    SatsGanttChart *chart = &maker->data->as.gantt;
    const char *word = NULL;
    double when = 0;
    if (!read_time(maker->binder, maker->spec->report_date, TRUE, &when, &word))
        return;
    chart->has_report = TRUE;
    chart->report = when;
    chart->report_text = sats_chart_time_text(word, FALSE, maker->binder->arena);
    chart->report_long = sats_chart_time_text(word, TRUE, maker->binder->arena);
}

void sats_chart_make_gantt(SatsChartMaker *maker) {
    const SatsChartSpec *spec = maker->spec;
    SatsBinder *binder = maker->binder;
    SatsGanttChart *chart = &maker->data->as.gantt;
    Gantt gantt = {.maker = maker,
                   .rows = g_array_new(FALSE, TRUE, sizeof(SatsGanttRow)),
                   .columns = g_array_new(FALSE, TRUE, sizeof(SatsStatusColumn))};
    chart->by_month = spec->by_month;
    chart->label_head = sats_bind_words(binder, spec->label_head);
    chart->owner_head = sats_bind_words(binder, spec->owner_head);
    read_span(maker);
    read_report(maker);
    for (guint i = 0; i < spec->status.n; i++)
        sats_bind_each(binder, &spec->status.items[i].guard, one_column, &spec->status.items[i],
                       gantt.columns);
    for (guint i = 0; i < spec->rows.n; i++)
        sats_bind_each(binder, &spec->rows.items[i].guard, one_row, &spec->rows.items[i], &gantt);
    chart->n_columns = gantt.columns->len;
    chart->columns = sats_chart_keep(maker, gantt.columns);
    chart->n_rows = gantt.rows->len;
    chart->rows = sats_chart_keep(maker, gantt.rows);
    sats_chart_make_key(maker, gantt.used, &chart->key, &chart->n_key);
    g_array_free(gantt.rows, TRUE);
    g_array_free(gantt.columns, TRUE);
}
