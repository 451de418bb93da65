/* layout/chart-organisation.c: boxes and lines: a head, staff at its sides, rows of units.
 *
 * Boxes stand on the page's columns: the head and the staff on a third, the units on an even part.
 * A row holds at most six units, and fewer where their words need more room. Rows hold about as
 * many as each other: of five units no one stands alone below four. The line down to the next row
 * passes between two boxes: in the middle of an even number, as rows have where that makes no later
 * one short, else right of the box that stands there. */
#include "layout/chart-kinds.h"

#define MOST_IN_ROW  6u
#define STAFF_GAP_PT 10.5F /* under the head, and between staff boxes */
#define LIST_STEP_PT 7.0F  /* from a box's edge to the words of the units under it */

typedef struct {
    SatsChartText name, text;
    const char *fill;
} BoxLook;

static const BoxLook head_box = {
    {.style = "organisation-head"}, {.style = "organisation-head-text"}, "accent"};
static const BoxLook unit_box = {
    {.style = "organisation-name"}, {.style = "organisation-text"}, "tint"};

typedef struct {
    const SatsChartPen *pen;
    const SatsOrganisationChart *chart;
    float gap, pad, third;
    float middle;       /* of the page's width */
    guint n_rows, most; /* in a row */
    float unit_width;
} Org;

/* ---- boxes ---- */

typedef struct {
    SatsChartParagraph name, text;
    float height;
} Box;

static Box measure_box(const Org *org, const SatsOrganisationUnit *unit, const BoxLook *look,
                       float width) {
    Box box;
    float inner = width - 2 * org->pad;
    box.name = sats_chart_break(org->pen, unit->name, inner, &look->name);
    box.text = sats_chart_break(org->pen, unit->text, inner, &look->text);
    float words = box.name.lines.height_pt + box.text.lines.height_pt;
    float height = sats_chart_length(org->pen, "organisation.box-height");
    box.height = MAX(height, words + 9.0F);
    return box;
}

static void draw_box(const Org *org, const Box *box, const BoxLook *look,
                     const SatsChartRect *rect) {
    sats_chart_rect(org->pen, rect, sats_chart_colour(org->pen, look->fill), -1, 0);
    float words = box->name.lines.height_pt + box->text.lines.height_pt;
    gboolean one = box->text.lines.n_lines == 0;
    float y = rect->y + (one ? (rect->height - words) / 2 : MIN((rect->height - words) / 2, 4.8F));
    sats_chart_paragraph(org->pen, rect->x + org->pad, y, &box->name, &look->name);
    sats_chart_paragraph(org->pen, rect->x + org->pad, y + box->name.lines.height_pt, &box->text,
                         &look->text);
}

static void draw_rule(const Org *org, float x1, float y1, float x2, float y2) {
    sats_chart_line(org->pen, x1, y1, x2, y2, sats_chart_length(org->pen, "organisation.rule"),
                    sats_chart_colour(org->pen, "ink"));
}

/* ---- head and staff ---- */

static float draw_head(const Org *org, float y) {
    Box box = measure_box(org, &org->chart->head, &head_box, org->third);
    draw_box(org, &box, &head_box,
             &(SatsChartRect){org->middle - org->third / 2, y, org->third, box.height});
    return y + box.height;
}

/* Right of the trunk, then left of it, then under those. Returns the lower edge; *out_trunk is how
 * far the trunk reaches. */
static float draw_staff(const Org *org, float y, float *out_trunk) {
    const SatsOrganisationChart *chart = org->chart;
    *out_trunk = y;
    for (guint i = 0; i < chart->n_staff; i += 2) {
        float bottom = y;
        for (guint j = i; j < MIN(i + 2, chart->n_staff); j++) {
            Box box = measure_box(org, &chart->staff[j], &unit_box, org->third);
            float x = j == i ? org->pen->width_pt - org->third : 0;
            SatsChartRect rect = {x, y + STAFF_GAP_PT, org->third, box.height};
            float line = rect.y + rect.height / 2;
            draw_rule(org, org->middle, line, j == i ? rect.x : rect.x + rect.width, line);
            draw_box(org, &box, &unit_box, &rect);
            bottom = MAX(bottom, rect.y + rect.height);
            *out_trunk = MAX(*out_trunk, line);
        }
        y = bottom;
    }
    return y;
}

/* ---- units ---- */

static float least_inner(const Org *org) {
    float least = 0;
    for (guint i = 0; i < org->chart->head.n_units; i++) {
        const SatsOrganisationUnit *unit = &org->chart->head.units[i];
        float name = sats_chart_least_width(org->pen, unit->name, &unit_box.name);
        float text = sats_chart_least_width(org->pen, unit->text, &unit_box.text);
        least = MAX(least, MAX(name, text));
        for (guint j = 0; j < unit->n_units; j++) {
            float under = sats_chart_least_width(org->pen, unit->units[j].name, &unit_box.text);
            least = MAX(least, under + LIST_STEP_PT - org->pad);
        }
    }
    return least;
}

static float width_for(const Org *org, guint per_row) {
    return (org->pen->width_pt - (float)(per_row - 1) * org->gap) / (float)per_row;
}

/* How many of so many units the next of so many rows holds; the first holds most. */
static guint count_row(const Org *org, guint n_units, guint n_rows) {
    guint n = (n_units + n_rows - 1) / n_rows;
    gboolean may_be_even = n < org->most && n_units >= n + 1 + (n_rows - 1) * (n + 1) / 2;
    return n_rows > 1 && n % 2 != 0 && may_be_even ? n + 1 : n;
}

static void find_rows(Org *org) {
    guint n = org->chart->head.n_units;
    org->most = MAX(MIN(n, MOST_IN_ROW), 1u);
    float least = least_inner(org) + 2 * org->pad;
    while (org->most > 2 && width_for(org, org->most) < least)
        org->most--;
    org->n_rows = (n + org->most - 1) / org->most;
    org->most = org->n_rows > 0 ? count_row(org, n, org->n_rows) : 1;
    org->unit_width = MIN(width_for(org, org->most), MAX(org->third, least));
}

/* The units under a unit: words at a line down its left edge. Returns the height. */
static float draw_list(const Org *org, const SatsOrganisationUnit *unit, float x, float y,
                       gboolean draw) {
    float top = y, line = y;
    y += unit->n_units > 0 ? 3.0F : 0;
    for (guint i = 0; i < unit->n_units; i++) {
        const SatsOrganisationUnit *under = &unit->units[i];
        g_autofree char *words = under->text != NULL
                                     ? g_strdup_printf("%s, %s", under->name, under->text)
                                     : g_strdup(under->name);
        SatsChartParagraph text =
            sats_chart_break(org->pen, words, org->unit_width - LIST_STEP_PT, &unit_box.text);
        line = y + sats_chart_leading(org->pen, &unit_box.text) / 2;
        if (draw) {
            draw_rule(org, x, line, x + LIST_STEP_PT - 2.5F, line);
            sats_chart_paragraph(org->pen, x + LIST_STEP_PT, y, &text, &unit_box.text);
        }
        y += text.lines.height_pt + 1.5F;
    }
    if (draw && unit->n_units > 0)
        draw_rule(org, x, top, x, line);
    return y - top;
}

/* A line that leads down to the next row. */
typedef struct {
    float x, y; /* where it begins */
} Trunk;

/* One row of `n` units whose boxes begin at y, and the trunk down to it, which begins anew at the
 * row's line; returns the lower edge. */
static float draw_row(const Org *org, const SatsOrganisationUnit *units, guint n, Trunk *trunk,
                      float bus, float y) {
    float whole = (float)n * org->unit_width + (float)(n - 1) * org->gap;
    float x = org->middle - whole / 2;
    float height = 0, under = 0;
    g_autofree Box *boxes = g_new0(Box, n);
    for (guint i = 0; i < n; i++) {
        boxes[i] = measure_box(org, &units[i], &unit_box, org->unit_width);
        height = MAX(height, boxes[i].height);
    }
    float first = x + org->unit_width / 2,
          last = first + (float)(n - 1) * (org->unit_width + org->gap);
    draw_rule(org, trunk->x, trunk->y, trunk->x, bus);
    draw_rule(org, MIN(first, trunk->x), bus, MAX(last, trunk->x), bus);
    float aside = n % 2 == 0 ? 0 : (org->unit_width + org->gap) / 2;
    *trunk = (Trunk){org->middle + aside, bus};
    for (guint i = 0; i < n; i++, x += org->unit_width + org->gap) {
        draw_rule(org, x + org->unit_width / 2, bus, x + org->unit_width / 2, y);
        draw_box(org, &boxes[i], &unit_box, &(SatsChartRect){x, y, org->unit_width, height});
        float list = draw_list(org, &units[i], x, y + height, TRUE);
        under = MAX(under, list);
    }
    return y + height + under;
}

float sats_chart_draw_organisation(const SatsChartPen *pen, float y) {
    Org org = {.pen = pen, .chart = &pen->data->as.organisation};
    org.gap = sats_chart_length(pen, "organisation.column-gap");
    org.pad = sats_chart_length(pen, "organisation.pad-side");
    org.third = (pen->width_pt - 2 * org.gap) / 3;
    org.middle = pen->width_pt / 2;
    find_rows(&org);
    float reach = 0, row_gap = sats_chart_length(pen, "organisation.row-gap");
    float head = draw_head(&org, y);
    y = draw_staff(&org, head, &reach);
    Trunk trunk = {org.middle, head};
    guint n = org.chart->head.n_units, done = 0;
    for (guint row = 0; row < org.n_rows; row++) {
        guint in_row = count_row(&org, n - done, org.n_rows - row);
        y = draw_row(&org, &org.chart->head.units[done], in_row, &trunk, y + row_gap / 2,
                     y + row_gap);
        done += in_row;
    }
    if (n == 0 && reach > head)
        draw_rule(&org, org.middle, head, org.middle, reach);
    return y;
}
