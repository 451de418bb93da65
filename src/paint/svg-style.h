/* paint/svg-style.h: how SVG shapes look: colours, presentation properties, style sheets.
 *
 * The cascade is presentation attributes, then rules of <style> elements (selectors: element,
 * .class, #id, *, in lists), then the style attribute. A property that would change the look but
 * cannot be drawn is a problem that is told, never skipped; properties of text and hints are
 * ignored.
 */
#ifndef SATS_PAINT_SVG_STYLE_H
#define SATS_PAINT_SVG_STYLE_H

#include <glib.h>

typedef enum { SATS_SVG_NO_PAINT, SATS_SVG_COLOUR, SATS_SVG_CURRENT_COLOUR } SatsSvgPaintKind;
typedef struct {
    SatsSvgPaintKind kind;
    guint32 rgb;
    double alpha;
} SatsSvgPaint;

typedef enum { SATS_SVG_BUTT, SATS_SVG_ROUND_CAP, SATS_SVG_SQUARE } SatsSvgCap;
typedef enum { SATS_SVG_MITER, SATS_SVG_ROUND_JOIN, SATS_SVG_BEVEL } SatsSvgJoin;

typedef struct {
    SatsSvgPaint fill, stroke;
    guint32 colour; /* what currentColor means */
    double fill_opacity, stroke_opacity;
    double opacity; /* product of the element's and its ancestors' */
    double stroke_width;
    double dashes[4];
    guint n_dashes;
    SatsSvgCap cap;
    SatsSvgJoin join;
    gboolean even_odd;
    gboolean hidden;        /* visibility */
    gboolean not_displayed; /* display: none, this element and all in it */
} SatsSvgStyle;

extern const SatsSvgStyle sats_svg_initial_style;

typedef struct SatsSvgSheet SatsSvgSheet;
SatsSvgSheet *sats_svg_sheet_new(void);
void sats_svg_sheet_free(SatsSvgSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsSvgSheet, sats_svg_sheet_free)
/* Adds the rules of a <style> element. FALSE with SATS_IMAGE_ERROR otherwise. */
gboolean sats_svg_sheet_parse(SatsSvgSheet *sheet, const char *text, GError **error);

/* Makes `style`, which holds the parent's, the element's own. `attributes`: name, value, …, NULL.
 * FALSE with SATS_IMAGE_ERROR (one line) when a property cannot be drawn. */
gboolean sats_svg_style_element(SatsSvgStyle *style, const char *element,
                                const char *const *attributes, const SatsSvgSheet *sheet,
                                GError **error);

/* "#rgb", "#rrggbb", "rgb(…)", "rgba(…)" or a CSS colour name. */
gboolean sats_svg_colour_parse(const char *text, guint32 *out_rgb, double *out_alpha);

/* A length in pixels: number with px, pt, pc, mm, cm, in or nothing; "%" of `percent_of`. */
gboolean sats_svg_length_parse(const char *text, double percent_of, double *out_px);

#endif
