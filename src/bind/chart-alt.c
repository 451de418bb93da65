/* bind/chart-alt.c: what a chart says, as sentences, for those who don't see it.
 *
 * Kind and title first, so that one who listens can go on; then the data, all of them, in the order
 * of the page: "Linjediagram: Sjukfrånvaron steg i maj och juni. Procent av ordinarie arbetstid,
 * januari–juli 2023. Januari 4,1, februari 4,4 … Målnivå 4,7." */
#include "bind/chart.h"

#include <string.h>

typedef struct {
    GString *out;
    const SatsTheme *theme;
} Alt;

static const char *word(const Alt *alt, const char *name) {
    return sats_theme_word(alt->theme, name);
}

/* Ends a sentence, if one is open. */
static void stop(const Alt *alt) {
    gsize n = alt->out->len;
    while (n > 0 && (alt->out->str[n - 1] == ' ' || alt->out->str[n - 1] == ','))
        g_string_truncate(alt->out, --n);
    if (n > 0 && strchr(".!?:", alt->out->str[n - 1]) == NULL)
        g_string_append_c(alt->out, '.');
}

/* Begins a sentence with a text, its first letter a capital. */
static void sentence(const Alt *alt, const char *text) {
    if (text == NULL || *text == '\0')
        return;
    stop(alt);
    if (alt->out->len > 0)
        g_string_append_c(alt->out, ' ');
    g_string_append_unichar(alt->out, g_unichar_toupper(g_utf8_get_char(text)));
    g_string_append(alt->out, g_utf8_next_char(text));
}

/* Goes on after a comma. */
static void go_on(const Alt *alt, const char *text) {
    if (text != NULL && *text != '\0')
        g_string_append_printf(alt->out, ", %s", text);
}

/* ---- bars and lines ---- */

static void add_series(const Alt *alt, const SatsAxesChart *chart, const SatsChartSeries *series) {
    guint last = 0; /* what has not come yet is not missing */
    for (guint i = 0; i < chart->n_categories; i++)
        if (series->values[i].present)
            last = i + 1;
    if (last == 0)
        return;
    if (series->label != NULL) {
        sentence(alt, series->label);
        g_string_append(alt->out, ": ");
    }
    for (guint i = 0; i < last; i++) {
        const SatsChartValue *value = &series->values[i];
        if (i == 0 && series->label == NULL)
            sentence(alt, chart->categories[i].name);
        else
            g_string_append_printf(alt->out, "%s%s", i == 0 ? "" : ", ", chart->categories[i].name);
        gboolean digit = alt->out->len > 0 && g_ascii_isdigit(alt->out->str[alt->out->len - 1]);
        g_string_append_printf(alt->out, "%s %s", digit ? ":" : "", /* "2020: 144 579" */
                               value->present ? value->text : word(alt, "missing"));
    }
}

static void say_axes(const Alt *alt, const SatsFigureData *data) {
    const SatsAxesChart *chart = &data->as.axes;
    if (chart->unit != NULL &&
        (data->subtitle == NULL || strstr(data->subtitle, chart->unit) == NULL))
        sentence(alt, chart->unit);
    for (guint i = 0; i < chart->n_series; i++)
        add_series(alt, chart, &chart->series[i]);
    if (chart->target.present) {
        sentence(alt, chart->target_label);
        g_string_append_printf(alt->out, " %s", chart->target.text);
    }
}

/* ---- time ---- */

static void add_period(const Alt *alt, const SatsGanttRow *row, SatsArena *arena) {
    const char *start = sats_chart_time_text(row->start_text, TRUE, arena);
    const char *end = sats_chart_time_text(row->end_text, TRUE, arena);
    if (row->has_bar)
        g_string_append_printf(alt->out, ": %s–%s", start != NULL ? start : "",
                               end != NULL ? end : "");
}

static const char *status_word(const Alt *alt, const SatsGanttChart *chart, int value) {
    for (guint i = 0; i < chart->n_key; i++)
        if (chart->key[i].value == value)
            return chart->key[i].text;
    return word(alt, "missing");
}

static void say_gantt(const Alt *alt, const SatsGanttChart *chart, SatsArena *arena) {
    if (chart->has_report) {
        sentence(alt, word(alt, "report-date"));
        g_string_append_printf(alt->out, " %s", chart->report_long);
    }
    for (guint i = 0; i < chart->n_rows; i++) {
        const SatsGanttRow *row = &chart->rows[i];
        stop(alt);
        g_string_append_c(alt->out, ' ');
        if (row->number != NULL)
            g_string_append_printf(alt->out, "%s ", row->number);
        g_string_append(alt->out, row->label != NULL ? row->label : "");
        go_on(alt, row->owner);
        add_period(alt, row, arena);
        go_on(alt, row->remark);
        for (guint j = 0; j < chart->n_columns; j++)
            if (row->status[j] >= 0)
                g_string_append_printf(alt->out, "%s %s %s", j == 0 ? ";" : ",",
                                       chart->columns[j].name,
                                       status_word(alt, chart, row->status[j]));
    }
}

static void say_status(const Alt *alt, const SatsStatusChart *chart) {
    static const char *const shapes[] = {"shape-circle", "shape-triangle", "shape-square",
                                         "shape-disc", "shape-ring"};
    for (guint i = 0; i < chart->n_key; i++)
        g_string_append_printf(alt->out, "%s %s %s", i == 0 ? ":" : ",",
                               word(alt, shapes[chart->key[i].value]), chart->key[i].text);
}

/* ---- organisation ---- */

static void add_unit(const Alt *alt, const SatsOrganisationUnit *unit) {
    g_string_append(alt->out, unit->name);
    if (unit->text != NULL)
        g_string_append_printf(alt->out, ", %s", unit->text);
    for (guint i = 0; i < unit->n_units; i++) {
        g_string_append(alt->out, i == 0 ? " (" : "; ");
        add_unit(alt, &unit->units[i]);
    }
    if (unit->n_units > 0)
        g_string_append_c(alt->out, ')');
}

static void add_units(const Alt *alt, const char *title, const SatsOrganisationUnit *units,
                      guint n) {
    for (guint i = 0; i < n; i++) {
        if (i == 0) {
            sentence(alt, title);
            g_string_append(alt->out, ": ");
        } else {
            g_string_append(alt->out, "; ");
        }
        add_unit(alt, &units[i]);
    }
}

static void say_organisation(const Alt *alt, const SatsOrganisationChart *chart) {
    SatsOrganisationUnit head = chart->head;
    head.n_units = 0;
    stop(alt);
    g_string_append_c(alt->out, ' ');
    add_unit(alt, &head);
    add_units(alt, word(alt, "staff"), chart->staff, chart->n_staff);
    add_units(alt, word(alt, "units"), chart->head.units, chart->head.n_units);
}

/* ---- risk ---- */

static void add_scale(const Alt *alt, const char *title, const char *const *steps, guint n) {
    if (n == 0)
        return;
    sentence(alt, title != NULL ? title : word(alt, "scale"));
    for (guint i = 0; i < n; i++)
        g_string_append_printf(alt->out, "%s %u %s", i == 0 ? ":" : ",", i + 1, steps[i]);
}

static void say_risk(const Alt *alt, const SatsRiskChart *chart) {
    add_scale(alt, chart->row_title, chart->rows, chart->n_rows);
    add_scale(alt, chart->column_title, chart->columns, chart->n_columns);
    for (guint i = 0; i < chart->n_items; i++) {
        const SatsRiskItem *item = &chart->items[i];
        guint product = (item->row + 1) * (item->column + 1);
        const SatsRiskClass *class = sats_risk_class(chart, product);
        stop(alt);
        g_string_append_printf(alt->out, " %s %s: %u × %u = %u", word(alt, "risk"), item->label,
                               item->row + 1, item->column + 1, product);
        if (class != NULL)
            go_on(alt, class->label);
    }
    for (guint i = 0; i < chart->n_classes; i++) {
        const SatsRiskClass *class = &chart->classes[i];
        g_autofree char *range = class->low == class->high
                                     ? g_strdup_printf("%d", class->low)
                                     : g_strdup_printf("%d–%d", class->low, class->high);
        sentence(alt, range);
        g_string_append_printf(alt->out, " %s", class->label);
        go_on(alt, class->text);
    }
}

const char *sats_chart_alt(const SatsFigureData *data, const SatsTheme *theme, SatsArena *arena) {
    static const char *const kinds[] = {"chart-bar",   "chart-line",         "chart-combined",
                                        "chart-gantt", "chart-organisation", "chart-heatmap",
                                        "chart-status"};
    g_autoptr(GString) out = g_string_new(NULL);
    Alt alt = {out, theme};
    g_string_append(out, word(&alt, kinds[data->kind]));
    if (data->title != NULL)
        g_string_append_printf(out, ": %s", data->title);
    sentence(&alt, data->subtitle);
    switch (data->kind) {
    case SATS_CHART_BAR:
    case SATS_CHART_LINE:
    case SATS_CHART_COMBINED:
        say_axes(&alt, data);
        break;
    case SATS_CHART_GANTT:
        say_gantt(&alt, &data->as.gantt, arena);
        break;
    case SATS_CHART_ORGANISATION:
        say_organisation(&alt, &data->as.organisation);
        break;
    case SATS_CHART_HEATMAP:
        say_risk(&alt, &data->as.risk);
        break;
    case SATS_CHART_STATUS:
        say_status(&alt, &data->as.status);
        break;
    default:
        g_assert_not_reached();
    }
    stop(&alt);
    return sats_arena_strdup(arena, out->str);
}
