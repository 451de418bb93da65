/* bind/chart.h: what the files of charts share. Private to bind's chart files.
 *
 *   chart.c        the entry; organisation, risk, status; where figure and table stand
 *   chart-axes.c   categories, series, targets        chart-gantt.c  rows in time
 *   chart-time.c   dates, months and quarters as plans write them
 *   chart-alt.c    the alternative text               chart-table.c  the data as a table
 *
 * A maker is one chart while it is made. What can't be drawn (words where a number is needed, a
 * step that the scale does not have) is a finding at the data's place, and is left out.
 */
#ifndef SATS_BIND_CHART_H
#define SATS_BIND_CHART_H

#include "bind/binder.h"
#include "template/chart.h"

typedef struct {
    SatsBinder *binder;
    const SatsChartSpec *spec;
    SatsFigureData *data;
} SatsChartMaker;

/* A number of the data. A missing one, a placeholder and an amount's words are none. *out_decimals
 * (may be NULL): those a filter asked for, else -1. */
gboolean sats_chart_number(SatsBinder *binder, const SatsText *text, SatsDecimal *out,
                           int *out_decimals);
gboolean sats_chart_result_number(SatsBinder *binder, const SatsResult *result, SatsPlace place,
                                  SatsDecimal *out);
/* Where a text's value stands in the plan; the loop's item, or the template, where it has none. */
SatsPlace sats_chart_place(const SatsBinder *binder, const SatsText *text);
/* Finding: there are more than `most` of something. */
void sats_chart_too_many(SatsBinder *binder, SatsPlace place, guint most);
/* Copies an array into the document's arena. */
#define sats_chart_keep(maker, array)                                                              \
    sats_arena_memdup((maker)->binder->arena, (array)->data,                                       \
                      MAX((array)->len, 1u) * g_array_get_element_size(array))

void sats_chart_make_axes(SatsChartMaker *maker);
void sats_chart_make_gantt(SatsChartMaker *maker);
/* The words of a key: given ones, else the theme's for the statuses whose bit is in `used`. */
void sats_chart_make_key(SatsChartMaker *maker, guint used, const SatsStatusWord **out_key,
                         guint *out_n);

/* A time as months (document/figure.h): "2023", "2023-08", "2023-08-31", "2023-Q3", "kv 3 2023",
 * "augusti 2023". `end`: when the period ends, else when it begins. FALSE: none of these. */
gboolean sats_chart_time_parse(const char *text, gboolean end, double *out_months);
/* A time as it is printed: "31 aug", "aug 2023", "kv 3 2023". In `arena`. */
const char *sats_chart_time_text(const char *text, gboolean with_year, SatsArena *arena);

/* What the chart says, as sentences. In `arena`. */
const char *sats_chart_alt(const SatsFigureData *data, const SatsTheme *theme, SatsArena *arena);

/* The data as a table at the end of `parent`. */
void sats_chart_make_table(SatsBinder *binder, const SatsFigureData *data, SatsNode *parent,
                           SatsPlace place);

#endif
