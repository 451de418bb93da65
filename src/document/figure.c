/* document/figure.c: names and the text dump of charts. */
#include "document/figure.h"

static const char *const kind_names[] = {"bar",          "line",    "combined", "gantt",
                                         "organisation", "heatmap", "status",   NULL};
static const char *const look_names[] = {"main",  "comparison", "planned",
                                         "muted", "dark",       "dotted"};

const char *const *sats_chart_kind_names(void) {
    return kind_names;
}

const SatsRiskClass *sats_risk_class(const SatsRiskChart *chart, guint product) {
    for (guint i = 0; i < chart->n_classes; i++)
        if ((int)product >= chart->classes[i].low && (int)product <= chart->classes[i].high)
            return &chart->classes[i];
    return NULL;
}

/* ---- the dump ---- */

typedef struct {
    GString *out;
    guint indent;
} Dump;

static void begin(const Dump *dump, guint deeper, const char *word) {
    g_string_append_printf(dump->out, "%*s%s", (int)(dump->indent + deeper), "", word);
}

static void add_text(const Dump *dump, const char *name, const char *text) {
    if (text != NULL && *text != '\0')
        g_string_append_printf(dump->out, " %s \"%s\"", name, text);
}

static void add_real(const Dump *dump, const char *name, double value) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(dump->out, " %s=%s", name,
                           g_ascii_formatd(digits, sizeof digits, "%.3f", value));
}

static void end(const Dump *dump) {
    g_string_append_c(dump->out, '\n');
}

static void dump_axes(const Dump *dump, const SatsAxesChart *chart) {
    begin(dump, 0, "axes");
    g_string_append_printf(dump->out, "%s%s", chart->horizontal ? " horizontal" : "",
                           chart->stacked ? " stacked" : "");
    if (chart->has_from)
        add_real(dump, "from", chart->from);
    if (chart->has_to)
        add_real(dump, "to", chart->to);
    for (guint i = 0; i < chart->n_categories; i++)
        add_text(dump, "x", chart->categories[i].label);
    end(dump);
    for (guint i = 0; i < chart->n_series; i++) {
        const SatsChartSeries *series = &chart->series[i];
        begin(dump, 0, series->line ? "line" : "bars");
        g_string_append_printf(dump->out, " %s", look_names[series->look]);
        add_text(dump, "label", series->label);
        for (guint j = 0; j < chart->n_categories; j++)
            g_string_append_printf(dump->out, " %s",
                                   series->values[j].present ? series->values[j].text : "/");
        end(dump);
    }
    if (chart->target.present) {
        begin(dump, 0, "target");
        add_text(dump, "label", chart->target_label);
        g_string_append_printf(dump->out, " %s\n", chart->target.text);
    }
}

static void dump_gantt(const Dump *dump, const SatsGanttChart *chart) {
    begin(dump, 0, "time");
    g_string_append_printf(dump->out, " from=%d months=%d%s", chart->first_month, chart->n_months,
                           chart->by_month ? " by-month" : "");
    if (chart->has_report)
        add_real(dump, "report", chart->report);
    add_text(dump, "label", chart->report_text);
    end(dump);
    for (guint i = 0; i < chart->n_rows; i++) {
        const SatsGanttRow *row = &chart->rows[i];
        begin(dump, 0, "row");
        add_text(dump, "number", row->number);
        add_text(dump, "label", row->label);
        add_text(dump, "owner", row->owner);
        if (row->has_bar) {
            add_real(dump, "start", row->start);
            add_real(dump, "end", row->end);
        }
        add_text(dump, "remark", row->remark);
        for (guint j = 0; j < chart->n_columns; j++)
            g_string_append_printf(dump->out, "%s%d", j == 0 ? " status=" : ",", row->status[j]);
        end(dump);
    }
}

static void dump_units(const Dump *dump, guint deeper, const char *word,
                       const SatsOrganisationUnit *units, guint n) {
    for (guint i = 0; i < n; i++) {
        begin(dump, deeper, word);
        add_text(dump, "name", units[i].name);
        add_text(dump, "text", units[i].text);
        end(dump);
        dump_units(dump, deeper + 2, "unit", units[i].units, units[i].n_units);
    }
}

static void dump_risk(const Dump *dump, const SatsRiskChart *chart) {
    begin(dump, 0, "matrix");
    for (guint i = 0; i < chart->n_rows; i++)
        add_text(dump, "row", chart->rows[i]);
    for (guint i = 0; i < chart->n_columns; i++)
        add_text(dump, "column", chart->columns[i]);
    end(dump);
    for (guint i = 0; i < chart->n_items; i++) {
        begin(dump, 0, "item");
        add_text(dump, "label", chart->items[i].label);
        g_string_append_printf(dump->out, " row=%u column=%u\n", chart->items[i].row + 1,
                               chart->items[i].column + 1);
    }
    for (guint i = 0; i < chart->n_classes; i++) {
        const SatsRiskClass *class = &chart->classes[i];
        begin(dump, 0, "class");
        g_string_append_printf(dump->out, " %d-%d %s", class->low, class->high, class->colour);
        add_text(dump, "label", class->label);
        add_text(dump, "text", class->text);
        end(dump);
    }
}

static void dump_key(const Dump *dump, const SatsStatusWord *key, guint n) {
    for (guint i = 0; i < n; i++) {
        begin(dump, 0, "status");
        g_string_append_printf(dump->out, " %d", key[i].value);
        add_text(dump, "text", key[i].text);
        end(dump);
    }
}

void sats_figure_data_dump(const SatsFigureData *data, guint indent, GString *out) {
    Dump dump = {out, indent};
    begin(&dump, 0, "chart ");
    g_string_append(out, kind_names[data->kind]);
    add_text(&dump, "title", data->title);
    add_text(&dump, "subtitle", data->subtitle);
    end(&dump);
    dump.indent += 2;
    switch (data->kind) {
    case SATS_CHART_BAR:
    case SATS_CHART_LINE:
    case SATS_CHART_COMBINED:
        dump_axes(&dump, &data->as.axes);
        break;
    case SATS_CHART_GANTT:
        dump_gantt(&dump, &data->as.gantt);
        dump_key(&dump, data->as.gantt.key, data->as.gantt.n_key);
        break;
    case SATS_CHART_ORGANISATION:
        dump_units(&dump, 0, "head", &data->as.organisation.head, 1);
        dump_units(&dump, 0, "staff", data->as.organisation.staff, data->as.organisation.n_staff);
        break;
    case SATS_CHART_HEATMAP:
        dump_risk(&dump, &data->as.risk);
        break;
    case SATS_CHART_STATUS:
        dump_key(&dump, data->as.status.key, data->as.status.n_key);
        break;
    default:
        g_assert_not_reached();
    }
}
