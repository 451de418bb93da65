/* layout/chart-pen.h: drawing a chart: text, lines and shapes that are content of its Figure.
 *
 * All of a chart is one piece of content (docs/decisions/0002-text-in-charts.md): nothing here adds
 * artifacts, so that the whole figure is one bracket on the page. Coordinates are the box's, in
 * points, y down. Private to layout's chart files.
 */
#ifndef SATS_LAYOUT_CHART_PEN_H
#define SATS_LAYOUT_CHART_PEN_H

#include "document/figure.h"
#include "layout/chart.h"

typedef struct {
    SatsContext *context;
    SatsBoxBuilder *builder;
    const SatsNode *figure;
    const SatsFigureData *data;
    float width_pt;
} SatsChartPen;

typedef struct {
    float x, y, width, height;
} SatsChartRect;

float sats_chart_length(const SatsChartPen *pen, const char *name);
gint32 sats_chart_colour(const SatsChartPen *pen, const char *name);

/* ---- text ---- */

typedef enum { SATS_ANCHOR_LEFT, SATS_ANCHOR_CENTER, SATS_ANCHOR_RIGHT } SatsChartAnchor;

/* How a text is set. */
typedef struct {
    const char *style;      /* of the theme */
    guint32 flags;          /* SatsRunFlags */
    const char *colour;     /* of the theme; NULL the style's */
    SatsChartAnchor anchor; /* what x is of the text */
    gboolean mask;          /* on white, over what was drawn before */
} SatsChartText;

float sats_chart_text_width(const SatsChartPen *pen, const char *text, const SatsChartText *look);
float sats_chart_size(const SatsChartPen *pen, const SatsChartText *look);
float sats_chart_leading(const SatsChartPen *pen, const SatsChartText *look);
/* One line. Returns its width. NULL or "": nothing. */
float sats_chart_text(const SatsChartPen *pen, float x, float baseline, const char *text,
                      const SatsChartText *look);
/* The baseline that puts digits and capitals in the middle of y. */
float sats_chart_middle(const SatsChartPen *pen, float y, const SatsChartText *look);

/* Text broken to a width; words are divided only where one alone is too wide. */
typedef struct {
    SatsLines lines;
    float width; /* of the widest line */
} SatsChartParagraph;
SatsChartParagraph sats_chart_break(const SatsChartPen *pen, const char *text, float width,
                                    const SatsChartText *look);
/* Its top is at y; x is of each line what the look's anchor says. */
void sats_chart_paragraph(const SatsChartPen *pen, float x, float y,
                          const SatsChartParagraph *paragraph, const SatsChartText *look);
/* Width of the widest word: less can't be broken to. */
float sats_chart_least_width(const SatsChartPen *pen, const char *text, const SatsChartText *look);

/* ---- lines and shapes; colours -1: none ---- */

void sats_chart_line(const SatsChartPen *pen, float x1, float y1, float x2, float y2, float width,
                     gint32 rgb);
void sats_chart_dashed(const SatsChartPen *pen, float x1, float y1, float x2, float y2, float width,
                       float on, float off, gint32 rgb);
void sats_chart_rect(const SatsChartPen *pen, const SatsChartRect *rect, gint32 fill, gint32 stroke,
                     float stroke_width);
/* Lines at 45° within a rectangle; `rising` / or \. */
void sats_chart_hatch(const SatsChartPen *pen, const SatsChartRect *rect, gboolean rising,
                      float gap, float width, gint32 rgb);
void sats_chart_disc(const SatsChartPen *pen, float x, float y, float radius, gint32 fill,
                     gint32 stroke, float stroke_width);
void sats_chart_path(const SatsChartPen *pen, const SatsPathStep *steps, guint n,
                     const SatsPathItem *look);
/* A rectangle with round ends. */
void sats_chart_pill(const SatsChartPen *pen, const SatsChartRect *rect, float radius, gint32 fill);
/* A status mark with its left edge at x. */
void sats_chart_status_mark(const SatsChartPen *pen, float x, float middle, int value);

#endif
