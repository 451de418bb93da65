/* document/figure.h: what a chart shows: worked out by bind, drawn by layout, told by both.
 *
 * A SatsFigureData holds one chart's numbers and words, ready to be drawn: texts are plain, numbers
 * are exact and formatted, dates are months. Nothing in it is a length or a colour but the names of
 * theme colours. It lives in the document's arena and is immutable once bind has made it.
 *
 * Everything drawn of a chart is content of its Figure element (ISO 14289-1, 7.3), whose Alt says
 * the data: docs/decisions/0002-text-in-charts.md.
 */
#ifndef SATS_DOCUMENT_FIGURE_H
#define SATS_DOCUMENT_FIGURE_H

#include "base/arena.h"
#include "base/decimal.h"

/* Limits on one chart: more than this can't be read, on paper or aloud. */
#define SATS_CHART_MAX_CATEGORIES 400u
#define SATS_CHART_MAX_SERIES     12u
#define SATS_CHART_MAX_ROWS       200u
#define SATS_CHART_MAX_STEPS      12u /* of a risk scale */

typedef enum {
    SATS_CHART_BAR,
    SATS_CHART_LINE,
    SATS_CHART_COMBINED,
    SATS_CHART_GANTT,
    SATS_CHART_ORGANISATION,
    SATS_CHART_HEATMAP,
    SATS_CHART_STATUS,
} SatsChartKind;
#define SATS_CHART_KINDS (SATS_CHART_STATUS + 1)

/* ---- bars and lines ---- */

typedef struct {
    gboolean present; /* a missing value is a gap, never 0 */
    SatsDecimal number;
    const char *text; /* as printed: "4,1", "−0,8", "+3,0" */
} SatsChartValue;

/* How a series is told from the others: by lightness and hatching (bars), dashes and points
 * (lines). */
typedef enum {
    SATS_LOOK_MAIN,       /* accent */
    SATS_LOOK_COMPARISON, /* the second colour */
    SATS_LOOK_PLANNED,    /* light with an outline; a dashed line */
    SATS_LOOK_MUTED,      /* hatched; a thin line */
    SATS_LOOK_DARK,       /* ink */
    SATS_LOOK_DOTTED,     /* crosswise hatched; a dotted line */
} SatsSeriesLook;
#define SATS_LOOKS (SATS_LOOK_DOTTED + 1)

typedef struct {
    const char *label; /* NULL: the only one */
    gboolean line;     /* else bars */
    SatsSeriesLook look;
    const SatsChartValue *values; /* one a category */
} SatsChartSeries;

typedef struct {
    const char *label;
    const char *name; /* what the alternative text says: "januari" for "jan" */
} SatsChartCategory;

typedef enum {
    SATS_LABELS_AUTO, /* all where one series leaves room for them, else at the ends */
    SATS_LABELS_ALL,
    SATS_LABELS_ENDS, /* the last value of each line */
    SATS_LABELS_NONE,
} SatsChartLabels;

typedef struct {
    gboolean horizontal, stacked;
    SatsChartLabels labels;
    const SatsChartCategory *categories;
    guint n_categories;
    const SatsChartSeries *series;
    guint n_series;
    SatsChartValue target; /* not present: none */
    const char *target_label;
    gboolean has_from, has_to; /* the axis' ends are given */
    double from, to;
    const char *header; /* of the categories, in a table; NULL none */
    const char *unit;   /* of the values; NULL none */
} SatsAxesChart;

/* ---- time ---- */

/* Times are months: year × 12 + month − 1, and the part of the month that has passed. */
typedef struct {
    const char *number, *label, *owner, *remark; /* NULL none */
    gboolean has_bar;
    double start, end;
    const char *start_text, *end_text; /* as the plan writes them */
    const gint8 *status;               /* one a column, 0–4 as SATS_MARK_STATUS; −1 none */
} SatsGanttRow;

typedef struct {
    const char *head, *name; /* "T", "tid" */
} SatsStatusColumn;

typedef struct {
    int value;
    const char *text;
} SatsStatusWord;

typedef struct {
    int first_month, n_months; /* whole quarters unless by_month */
    gboolean by_month;
    gboolean has_report;
    double report;
    const char *report_text, *report_long; /* "31 aug", "31 aug 2023" */
    const char *label_head, *owner_head;
    const SatsGanttRow *rows;
    guint n_rows;
    const SatsStatusColumn *columns;
    guint n_columns;
    const SatsStatusWord *key; /* what the marks mean, those that occur */
    guint n_key;
} SatsGanttChart;

typedef struct {
    const SatsStatusWord *key;
    guint n_key;
} SatsStatusChart;

/* ---- organisation ---- */

typedef struct SatsOrganisationUnit SatsOrganisationUnit;
struct SatsOrganisationUnit {
    const char *name, *text; /* text NULL: none */
    const SatsOrganisationUnit *units;
    guint n_units;
};

typedef struct {
    SatsOrganisationUnit head; /* its units: the row below */
    const SatsOrganisationUnit *staff;
    guint n_staff;
} SatsOrganisationChart;

/* ---- risk ---- */

typedef struct {
    const char *label;
    guint row, column; /* from 0: the steps' values less one */
} SatsRiskItem;

typedef struct {
    int low, high; /* products, both included */
    const char *label, *text;
    const char *colour; /* theme colour; its text's is the same name and "-text" */
} SatsRiskClass;

typedef struct {
    const char *const *rows; /* likelihood, from 1 up */
    guint n_rows;
    const char *const *columns; /* consequence */
    guint n_columns;
    const char *row_title, *column_title, *key_title; /* NULL none */
    const SatsRiskItem *items;
    guint n_items;
    const SatsRiskClass *classes;
    guint n_classes;
} SatsRiskChart;

/* ---- a chart ---- */

typedef struct SatsFigureData SatsFigureData;
struct SatsFigureData {
    SatsChartKind kind;
    const char *title, *subtitle; /* NULL none */
    double height_pt;             /* of the plot; 0: the theme's */
    union {
        SatsAxesChart axes; /* BAR, LINE, COMBINED */
        SatsGanttChart gantt;
        SatsOrganisationChart organisation;
        SatsRiskChart risk;
        SatsStatusChart status;
    } as;
};

/* "bar", "line" …: the words of a template, NULL-terminated, in the order of the kinds. */
const char *const *sats_chart_kind_names(void);
/* Class of a product; NULL none. Borrowed. */
const SatsRiskClass *sats_risk_class(const SatsRiskChart *chart, guint product);

/* Adds what the chart holds to a dump, a line each with `indent` spaces before it. */
void sats_figure_data_dump(const SatsFigureData *data, guint indent, GString *out);

#endif
