/* layout/chart-look.c: how series are told apart, in colour, in grey and in words. */
#include "layout/chart-look.h"

#include "layout/path.h"

typedef enum {
    POINT_DISC,
    POINT_SQUARE,
    POINT_RING,
    POINT_TRIANGLE,
    POINT_DIAMOND,
    POINT_CROSS
} PointShape;

typedef struct {
    const char *fill;    /* of bars; NULL white */
    const char *outline; /* NULL none */
    int hatch;           /* 0 none, 1 rising, 2 both ways */
    const char *stroke;  /* of lines */
    float weight;        /* of the theme's line */
    float on, off;       /* in line widths; 0 solid */
    PointShape point;
    const char *on_bar; /* text on the bar */
    const char *label;  /* of the line; text colours have 4.5:1 */
} Look;

static const Look looks[SATS_LOOKS] = {
    [SATS_LOOK_MAIN] = {"accent", NULL, 0, "accent", 1, 0, 0, POINT_DISC, "white", "accent"},
    [SATS_LOOK_COMPARISON] = {"second", NULL, 0, "second", 1, 0, 0, POINT_SQUARE, "ink", "ink"},
    [SATS_LOOK_PLANNED] = {"planned", "planned-outline", 0, "accent", 0.75F, 3.5F, 2, POINT_RING,
                           "ink", "accent"},
    [SATS_LOOK_MUTED] = {NULL, "muted", 1, "muted", 0.6F, 0, 0, POINT_TRIANGLE, "ink", "muted"},
    [SATS_LOOK_DARK] = {"ink", NULL, 0, "ink", 0.85F, 0, 0, POINT_DIAMOND, "white", "ink"},
    [SATS_LOOK_DOTTED] = {NULL, "ink", 2, "ink", 0.75F, 1.2F, 1.6F, POINT_CROSS, "ink", "ink"},
};

static gint32 colour(const SatsChartPen *pen, const char *name) {
    return sats_chart_colour(pen, name != NULL ? name : "white");
}

/* ---- bars ---- */

void sats_look_bar(const SatsChartPen *pen, const SatsChartRect *rect, SatsSeriesLook which) {
    const Look *look = &looks[which];
    gint32 outline = look->outline != NULL ? colour(pen, look->outline) : -1;
    if (look->hatch == 0) {
        sats_chart_rect(pen, rect, colour(pen, look->fill), outline,
                        sats_chart_length(pen, "chart.outline"));
        return;
    }
    sats_chart_rect(pen, rect, colour(pen, look->fill), -1, 0);
    sats_chart_hatch(pen, rect, TRUE, look->hatch == 1 ? 3.4F : 4.4F, 0.5F, outline);
    if (look->hatch == 2)
        sats_chart_hatch(pen, rect, FALSE, 4.4F, 0.5F, outline);
    sats_chart_rect(pen, rect, -1, outline, sats_chart_length(pen, "chart.outline"));
}

void sats_look_negative(const SatsChartPen *pen, const SatsChartRect *rect) {
    sats_chart_rect(pen, rect, colour(pen, "negative"), colour(pen, "negative-outline"),
                    sats_chart_length(pen, "chart.negative-outline"));
}

const char *sats_look_text(SatsSeriesLook which, gboolean *out_mask) {
    *out_mask = looks[which].hatch != 0;
    return looks[which].on_bar;
}

/* ---- lines ---- */

void sats_look_line(const SatsChartPen *pen, const SatsPathStep *steps, guint n,
                    SatsSeriesLook which) {
    const Look *look = &looks[which];
    float width = sats_chart_length(pen, "chart.line") * look->weight;
    sats_chart_path(pen, steps, n,
                    &(SatsPathItem){.fill_rgb = -1,
                                    .stroke_rgb = colour(pen, look->stroke),
                                    .stroke_pt = width,
                                    .dash_on_pt = look->on * width,
                                    .dash_off_pt = look->off * width,
                                    .round = look->on <= 0});
}

static void polygon(const SatsChartPen *pen, const float *points, guint n,
                    const SatsPathItem *look) {
    SatsPathStep steps[8];
    sats_chart_path(pen, steps, sats_path_polygon(steps, points, n), look);
}

static void cross(const SatsChartPen *pen, float x, float y, float r, gint32 rgb) {
    sats_chart_disc(pen, x, y, r * 1.2F, colour(pen, "white"), -1, 0);
    sats_chart_line(pen, x - r, y - r, x + r, y + r, 1.0F, rgb);
    sats_chart_line(pen, x - r, y + r, x + r, y - r, 1.0F, rgb);
}

void sats_look_point(const SatsChartPen *pen, float x, float y, SatsSeriesLook which) {
    const Look *look = &looks[which];
    float r = sats_chart_length(pen, "chart.point") / 2;
    gint32 rgb = colour(pen, look->stroke);
    gint32 white = colour(pen, "white");
    SatsPathItem solid = {.fill_rgb = rgb, .stroke_rgb = white, .stroke_pt = 0.8F};
    switch (look->point) {
    case POINT_SQUARE: {
        float points[] = {x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r};
        polygon(pen, points, 4, &solid);
        break;
    }
    case POINT_TRIANGLE: {
        float points[] = {
            x, y - r * 1.2F, x + r * 1.15F, y + r * 0.85F, x - r * 1.15F, y + r * 0.85F};
        polygon(pen, points, 3, &solid);
        break;
    }
    case POINT_DIAMOND: {
        float points[] = {x, y - r * 1.3F, x + r * 1.3F, y, x, y + r * 1.3F, x - r * 1.3F, y};
        polygon(pen, points, 4, &solid);
        break;
    }
    case POINT_RING:
        sats_chart_disc(pen, x, y, r * 0.9F, white, rgb, 1.0F);
        break;
    case POINT_CROSS:
        cross(pen, x, y, r * 0.85F, rgb);
        break;
    case POINT_DISC:
    default:
        sats_chart_disc(pen, x, y, r + 0.4F, rgb, white, 0.8F);
        break;
    }
}

const char *sats_look_label(SatsSeriesLook which) {
    return looks[which].label;
}
