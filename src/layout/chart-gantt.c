/* layout/chart-gantt.c: rows in time: bars to the report date and after it, marks, remarks.
 *
 * The plot takes what the columns of words leave; where that is too little for the quarters, the
 * names are broken to lines first. A remark stands right of its bar on white, behind the report
 * date's line if it would stand on it, left of the bar where the right has no room, and broken to
 * lines where neither has. Nothing is cut off. */
#include "layout/chart-kinds.h"

#include <math.h>

#define NUMBER_GAP_PT    8.0F
#define COLUMN_GAP_PT    10.0F
#define STATUS_STEP_PT   18.4F /* from one status column to the next */
#define HEAD_PT          34.0F
#define LABEL_SHARE      0.26F /* of the width, that names keep */
#define REPORT_PT        12.0F /* for the report date's label under the plot */
#define CAPTION_PT       60.0F /* of the page, kept for caption and key */
#define LEAST_QUARTER_PT 9.0F  /* between hairlines; else they stand at the years */
#define LEAST_ROW_PT     14.0F

static const SatsChartText head_look = {.style = "column-head"};
static const SatsChartText label_look = {.style = "table"};
static const SatsChartText muted_look = {.style = "table", .colour = "muted"};
static const SatsChartText axis_look = {.style = "chart-axis"};
static const SatsChartText month_look = {.style = "chart-axis", .anchor = SATS_ANCHOR_CENTER};
static const SatsChartText year_look = {.style = "column-head"};
static const SatsChartText remark_look = {.style = "chart-label", .mask = TRUE};
static const SatsChartText report_look = {
    .style = "chart-label", .flags = SATS_RUN_SEMIBOLD, .colour = "negative-outline"};

static const char *const short_months[12] = {"jan", "feb", "mar", "apr", "maj", "jun",
                                             "jul", "aug", "sep", "okt", "nov", "dec"};
static const char *const month_letters[12] = {"J", "F", "M", "A", "M", "J",
                                              "J", "A", "S", "O", "N", "D"};

typedef struct {
    const SatsChartPen *pen;
    const SatsGanttChart *chart;
    float label_x, label_width, owner_x;
    float left, right; /* of the plot */
    float status_x;    /* middle of the first status column */
    float row;         /* least height */
    float report_x;    /* -1 none */
} Gantt;

static float length(const Gantt *gantt, const char *name) {
    return sats_chart_length(gantt->pen, name);
}

static float at(const Gantt *gantt, double month) {
    double part = (month - gantt->chart->first_month) / gantt->chart->n_months;
    return gantt->left + (gantt->right - gantt->left) * (float)CLAMP(part, 0, 1);
}

/* ---- room ---- */

typedef struct {
    float number, label, owner;
} Widths;

static Widths widths_of(const Gantt *gantt) {
    Widths widths = {0, 0, 0};
    widths.label = sats_chart_text_width(gantt->pen, gantt->chart->label_head, &head_look);
    widths.owner = sats_chart_text_width(gantt->pen, gantt->chart->owner_head, &head_look);
    for (guint i = 0; i < gantt->chart->n_rows; i++) {
        const SatsGanttRow *row = &gantt->chart->rows[i];
        float number = sats_chart_text_width(gantt->pen, row->number, &muted_look);
        float label = sats_chart_text_width(gantt->pen, row->label, &label_look);
        float owner = sats_chart_text_width(gantt->pen, row->owner, &muted_look);
        widths.number = MAX(widths.number, number);
        widths.label = MAX(widths.label, label);
        widths.owner = MAX(widths.owner, owner);
    }
    return widths;
}

static void find_room(Gantt *gantt, float y) {
    const SatsGanttChart *chart = gantt->chart;
    const SatsPageKind *page = gantt->pen->context->page;
    Widths widths = widths_of(gantt);
    float width = gantt->pen->width_pt;
    float status = chart->n_columns > 0 ? (float)chart->n_columns * STATUS_STEP_PT + 8.0F : 0;
    gantt->label_x = widths.number > 0 ? widths.number + NUMBER_GAP_PT : 0;
    float rest = width - status - gantt->label_x - COLUMN_GAP_PT -
                 (widths.owner > 0 ? widths.owner + COLUMN_GAP_PT : 0);
    float unit =
        chart->by_month ? length(gantt, "gantt.month") : length(gantt, "gantt.quarter") / 3;
    float wanted = unit * (float)chart->n_months;
    float label = MIN(widths.label, MAX(rest - wanted, width * LABEL_SHARE));
    gantt->label_width = label;
    gantt->owner_x = gantt->label_x + label + COLUMN_GAP_PT;
    gantt->left = gantt->owner_x + (widths.owner > 0 ? widths.owner + COLUMN_GAP_PT : 0);
    gantt->right = width - status;
    gantt->status_x = gantt->right + 8.0F + STATUS_STEP_PT / 2;
    float room =
        (float)(page->height_pt - page->top_pt - page->bottom_pt) - y - HEAD_PT - CAPTION_PT;
    gantt->row = MIN(length(gantt, "gantt.row"), room / (float)MAX(chart->n_rows, 1u));
    gantt->row = MAX(gantt->row, LEAST_ROW_PT);
    gantt->report_x = chart->has_report ? at(gantt, chart->report) : -1;
}

/* ---- head ---- */

static void draw_quarter(const Gantt *gantt, int month, float baseline) {
    static const char *const quarters[] = {"Q1", "Q2", "Q3", "Q4"};
    float x = at(gantt, month);
    const char *text = quarters[month % 12 / 3];
    if (at(gantt, month + 3) - x >= sats_chart_text_width(gantt->pen, text, &axis_look) + 3.0F)
        sats_chart_text(gantt->pen, x, baseline, text, &axis_look);
}

static void draw_month(const Gantt *gantt, int month, float baseline) {
    float x = at(gantt, month), step = at(gantt, month + 1) - x;
    const char *text = short_months[month % 12];
    if (sats_chart_text_width(gantt->pen, "mar", &month_look) + 3.0F > step)
        text = month_letters[month % 12];
    if (sats_chart_text_width(gantt->pen, text, &month_look) <= step)
        sats_chart_text(gantt->pen, x + step / 2, baseline, text, &month_look);
}

/* A year is named where it begins, and where the time begins if enough of it is left. */
static void draw_years(const Gantt *gantt, float baseline) {
    const SatsGanttChart *chart = gantt->chart;
    int end = chart->first_month + chart->n_months;
    for (int month = chart->first_month; month < end; month = (month / 12 + 1) * 12) {
        g_autofree char *year = g_strdup_printf("%d", month / 12);
        int next = MIN((month / 12 + 1) * 12, end);
        if (at(gantt, next) - at(gantt, month) >=
            sats_chart_text_width(gantt->pen, year, &year_look) + 3.0F)
            sats_chart_text(gantt->pen, at(gantt, month), baseline, year, &year_look);
    }
}

static void draw_head(const Gantt *gantt, float y) {
    const SatsChartPen *pen = gantt->pen;
    const SatsGanttChart *chart = gantt->chart;
    float width = pen->width_pt;
    gboolean titled = pen->data->title != NULL || pen->data->subtitle != NULL;
    float rule = titled ? 0.6F : sats_chart_length(pen, "chart.rule");
    float baseline = y + HEAD_PT - 8.0F;
    sats_chart_line(pen, 0, y + rule / 2, width, y + rule / 2, rule, sats_chart_colour(pen, "ink"));
    sats_chart_text(pen, 0, baseline, chart->label_head, &head_look);
    sats_chart_text(pen, gantt->owner_x, baseline, chart->owner_head, &head_look);
    draw_years(gantt, y + 13.0F);
    int step = chart->by_month ? 1 : 3;
    for (int i = 0; i < chart->n_months; i += step) {
        if (chart->by_month)
            draw_month(gantt, chart->first_month + i, baseline);
        else
            draw_quarter(gantt, chart->first_month + i, baseline);
    }
    SatsChartText center = head_look;
    center.anchor = SATS_ANCHOR_CENTER;
    for (guint i = 0; i < chart->n_columns; i++)
        sats_chart_text(pen, gantt->status_x + (float)i * STATUS_STEP_PT, baseline,
                        chart->columns[i].head, &center);
}

/* Upright hairlines at the quarters, those at the years heavier. */
static void draw_grid(const Gantt *gantt, float top, float bottom) {
    const SatsGanttChart *chart = gantt->chart;
    float quarter = (gantt->right - gantt->left) * 3 / (float)chart->n_months;
    int every = quarter < LEAST_QUARTER_PT ? 12 : 3;
    for (int i = 0; i <= chart->n_months; i++) {
        int month = chart->first_month + i;
        gboolean year = month % 12 == 0;
        if (month % every != 0 && i > 0 && i < chart->n_months)
            continue;
        float x = at(gantt, month);
        sats_chart_line(gantt->pen, x, top, x, bottom,
                        length(gantt, "gantt.rule") * (year ? 1.6F : 0.8F),
                        sats_chart_colour(gantt->pen, "hairline"));
    }
}

/* ---- rows ---- */

/* A remark broken to the room that it has, and where it stands. */
typedef struct {
    SatsChartParagraph text;
    float x;
} Remark;

static Remark place_remark(const Gantt *gantt, const SatsGanttRow *row) {
    float gap = length(gantt, "gantt.remark-gap");
    float wanted = sats_chart_text_width(gantt->pen, row->remark, &remark_look);
    float end = row->has_bar ? at(gantt, row->end) : gantt->left;
    float start = row->has_bar ? at(gantt, row->start) : gantt->left;
    float x = end + gap + 1.5F;
    if (gantt->report_x >= x - 3.0F && gantt->report_x <= x + wanted + 2.0F)
        x = gantt->report_x + gap + 1.5F;
    float right = gantt->right - x - 2.0F;
    float left = start - gap - gantt->left - 4.0F;
    Remark remark = {.x = x};
    if (wanted <= right || (right >= left && right > 40.0F)) {
        remark.text = sats_chart_break(gantt->pen, row->remark, MAX(right, 1.0F), &remark_look);
    } else {
        float width = MAX(MIN(wanted, left), 40.0F);
        remark.text = sats_chart_break(gantt->pen, row->remark, width, &remark_look);
        remark.x = MAX(start - gap - remark.text.width - 1.5F, gantt->left);
    }
    return remark;
}

static void draw_bar(const Gantt *gantt, const SatsGanttRow *row, float middle) {
    const SatsChartPen *pen = gantt->pen;
    float height = MIN(length(gantt, "gantt.bar"), gantt->row * 0.6F);
    float x1 = at(gantt, row->start), x2 = at(gantt, row->end);
    float now = gantt->chart->has_report ? CLAMP(gantt->report_x, x1, x2) : x2;
    gint32 accent = sats_chart_colour(pen, "accent");
    if (x2 > now)
        sats_chart_rect(pen, &(SatsChartRect){now, middle - height / 2, x2 - now, height},
                        sats_chart_colour(pen, "planned"),
                        sats_chart_colour(pen, "planned-outline"), length(gantt, "gantt.outline"));
    if (now > x1)
        sats_chart_rect(pen, &(SatsChartRect){x1, middle - height / 2, now - x1, height}, accent,
                        -1, 0);
}

typedef struct {
    SatsChartParagraph label, owner;
    Remark remark;
    float height;
} Row;

static Row measure_row(const Gantt *gantt, const SatsGanttRow *data) {
    Row row = {0};
    row.label = sats_chart_break(gantt->pen, data->label, gantt->label_width + 0.5F, &label_look);
    row.remark = place_remark(gantt, data);
    float pad = gantt->row < 18.0F ? 2.0F : 6.0F;
    row.height = MAX(gantt->row, row.label.lines.height_pt + pad);
    row.height = MAX(row.height, row.remark.text.lines.height_pt + 3.0F);
    return row;
}

static void draw_words(const Gantt *gantt, const SatsGanttRow *data, const Row *row, float y) {
    const SatsChartPen *pen = gantt->pen;
    float top = y + (row->height - row->label.lines.height_pt) / 2;
    float baseline = top + (row->label.lines.n_lines > 0 ? row->label.lines.baseline_pt
                                                         : sats_chart_size(pen, &label_look));
    sats_chart_text(pen, 0, baseline, data->number, &muted_look);
    sats_chart_paragraph(pen, gantt->label_x, top, &row->label, &label_look);
    sats_chart_text(pen, gantt->owner_x, baseline, data->owner, &muted_look);
}

static void draw_status(const Gantt *gantt, const SatsGanttRow *data, float middle) {
    float size = sats_chart_length(gantt->pen, "status.size");
    for (guint i = 0; i < gantt->chart->n_columns; i++) {
        float x = gantt->status_x + (float)i * STATUS_STEP_PT - size / 2;
        if (data->status[i] >= 0)
            sats_chart_status_mark(gantt->pen, x, middle, data->status[i]);
    }
}

/* ---- under the plot ---- */

static void draw_report(const Gantt *gantt, float top, float bottom) {
    const SatsChartPen *pen = gantt->pen;
    if (gantt->report_x < 0)
        return;
    sats_chart_line(pen, gantt->report_x, top, gantt->report_x, bottom,
                    length(gantt, "gantt.date-rule"), sats_chart_colour(pen, "negative-outline"));
}

/* What the columns' letters stand for: "T tid · R resurs". */
static char *column_words(const SatsGanttChart *chart) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < chart->n_columns; i++) {
        const SatsStatusColumn *column = &chart->columns[i];
        if (column->name == NULL || g_strcmp0(column->name, column->head) == 0)
            continue;
        g_string_append_printf(text, "%s%s\302\240%s", text->len > 0 ? " · " : "", column->head,
                               column->name);
    }
    return g_string_free(text, FALSE);
}

/* Returns the lower edge. */
static float draw_under(const Gantt *gantt, float y) {
    const SatsChartPen *pen = gantt->pen;
    const SatsGanttChart *chart = gantt->chart;
    SatsChartText words_look = {
        .style = "chart-label", .colour = "muted", .anchor = SATS_ANCHOR_RIGHT};
    if (gantt->report_x >= 0) {
        SatsChartText look = report_look;
        float width = sats_chart_text_width(pen, chart->report_text, &look);
        float x = MIN(gantt->report_x + 3.0F, pen->width_pt - width);
        sats_chart_text(pen, x, y + 9.0F, chart->report_text, &look);
        y += REPORT_PT;
    }
    g_autofree char *words = column_words(chart);
    float words_width = sats_chart_text_width(pen, words, &words_look);
    if (chart->n_key == 0 && words_width <= 0)
        return y;
    float middle = y + 10.0F;
    float wide = pen->width_pt - (words_width > 0 ? words_width + 16.0F : 0);
    float last = chart->n_key > 0 ? sats_chart_draw_key(pen, chart->key, chart->n_key, wide, middle)
                                  : middle;
    sats_chart_text(pen, pen->width_pt, sats_chart_middle(pen, middle, &words_look), words,
                    &words_look);
    return last + 8.0F;
}

float sats_chart_draw_gantt(const SatsChartPen *pen, float y) {
    Gantt gantt = {.pen = pen, .chart = &pen->data->as.gantt};
    guint n = gantt.chart->n_rows;
    find_room(&gantt, y);
    draw_head(&gantt, y);
    float top = y + HEAD_PT, bottom = top;
    g_autofree Row *rows = g_new0(Row, MAX(n, 1u));
    for (guint i = 0; i < n; i++) {
        rows[i] = measure_row(&gantt, &gantt.chart->rows[i]);
        bottom += rows[i].height;
    }
    draw_grid(&gantt, top, bottom);
    gint32 ink = sats_chart_colour(pen, "ink");
    float at_y = top;
    for (guint i = 1; i < n; i++) {
        at_y += rows[i - 1].height;
        sats_chart_line(pen, 0, at_y, pen->width_pt, at_y, length(&gantt, "gantt.rule"),
                        sats_chart_colour(pen, "hairline"));
    }
    sats_chart_line(pen, 0, top, pen->width_pt, top, 0.6F, ink);
    sats_chart_line(pen, 0, bottom, pen->width_pt, bottom, 0.6F, ink);
    at_y = top;
    for (guint i = 0; i < n; i++) {
        const SatsGanttRow *data = &gantt.chart->rows[i];
        float middle = at_y + rows[i].height / 2;
        draw_words(&gantt, data, &rows[i], at_y);
        if (data->has_bar)
            draw_bar(&gantt, data, middle);
        sats_chart_paragraph(pen, rows[i].remark.x,
                             middle - rows[i].remark.text.lines.height_pt / 2, &rows[i].remark.text,
                             &remark_look);
        draw_status(&gantt, data, middle);
        at_y += rows[i].height;
    }
    draw_report(&gantt, top - 5.0F, bottom);
    return draw_under(&gantt, bottom);
}
