/* template/chart.h: a compiled chart: what a figure of a kind other than `image` is made from.
 *
 * All lists of a chart (categories, series, rows, units …) are items of one struct: each may have
 * `each` and `when`, and of its texts those that its list knows are set. bind goes through them and
 * makes a SatsFigureData. docs/template-format.md, Figures, is the language.
 */
#ifndef SATS_TEMPLATE_CHART_H
#define SATS_TEMPLATE_CHART_H

#include "document/figure.h"
#include "template/template.h"

typedef enum {
    SATS_CHART_NO_TABLE,
    SATS_CHART_TABLE_AFTER,
    SATS_CHART_TABLE_BESIDE
} SatsChartTable;

typedef struct SatsChartItem SatsChartItem;
typedef struct {
    SatsChartItem *items;
    guint n;
} SatsChartItems;

struct SatsChartItem {
    SatsGuard guard;
    SatsText *label; /* x, series, target, rows, steps, items, classes; a unit's name */
    SatsText *text;  /* under a unit's name; of a class, what is done; of a key, its words */
    SatsText *name;  /* the word in full: of a category, of a status column */
    SatsText *number, *owner, *start, *end, *remark; /* rows in time */
    SatsText *value;     /* target; key: the status; series: one value, in the loop of `x` */
    SatsText *s, *k;     /* risk items */
    SatsText *from, *to; /* risk classes */
    SatsText **list;     /* series: `values`, rows: `status`, given one by one */
    guint n_list;
    SatsExpr *values;   /* the same two: a path to a list */
    gboolean line;      /* series of `combined` */
    int look;           /* SatsSeriesLook; -1: by turn */
    const char *colour; /* classes: theme colour; NULL by turn */
    SatsChartItems units;
};

typedef struct {
    SatsChartKind kind;
    SatsPlace place;
    SatsText *title, *subtitle;
    SatsChartTable table;
    SatsText *from, *to; /* ends of the axis or of the time */
    SatsText *header;    /* of the categories, in a table */
    gboolean horizontal, stacked, sign;
    int decimals; /* -1: the most that a value was written with */
    SatsChartLabels labels;
    SatsChartItem *target; /* NULL none */
    SatsChartItems x, series;
    gboolean by_month;
    SatsText *report_date;
    SatsText *label_head, *owner_head;
    SatsChartItems rows, status, key; /* rows: also of the matrix, from 1 up */
    SatsText *row_title, *column_title, *key_title;
    SatsText
        *limit; /* of the matrix: the classes' ends, as a chip has them; NULL: in the classes */
    SatsChartItems columns, items, classes;
    SatsChartItem *root;
    SatsChartItems staff, units;
} SatsChartSpec;

#endif
