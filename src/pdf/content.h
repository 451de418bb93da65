/* pdf/content.h: a page's content stream.
 *
 * Keeps the graphics state that the stream has set, and writes an operator only when it changes
 * something. A text object stays open from run to run; neighbouring filled rectangles become one
 * path, and so do strokes of one style. Knows nothing of structure: the caller brackets.
 *
 * Coordinates come in with y down and go out with y up. Life: begin (page) -> … -> end.
 */
#ifndef SATS_PDF_CONTENT_H
#define SATS_PDF_CONTENT_H

#include "paint/device.h"
#include "pdf/fonts.h"
#include "pdf/out.h"

/* -1 where the stream has not set it. */
typedef struct {
    gint32 fill, stroke;
    int font;
    float size_pt, rise_pt, line_width_pt;
    float dashes_pt[4];
    guint8 n_dashes;
    gint8 round;
} SatsGraphics;

typedef enum { SATS_PAINT_NONE, SATS_PAINT_FILL, SATS_PAINT_STROKE } SatsPendingPaint;

typedef struct {
    SatsOut out;
    double height_pt;
    SatsGraphics state;
    GArray *saved;    /* SatsGraphics */
    double matrix[6]; /* current transform, y down; for the boxes of figures */
    GArray *matrices;
    SatsPendingPaint pending; /* path that is not painted yet */
    gboolean in_text;
    gint64 line_x, line_y; /* of the text line matrix, hundredths of a point */
    /* the open TJ */
    gboolean show_open, string_open, adjusted;
    gsize show_start;
    double pen_pt;              /* where the viewer's pen is, x */
    gboolean hexadecimal;       /* strings as hexadecimal digits */
    gboolean no_spans;          /* inside an alternative: no ActualText of its own */
    const SatsFace *space_face; /* of the last space that was shown; NULL none yet */
    guint16 space_glyph;
} SatsContent;

void sats_content_init(SatsContent *content, gboolean hexadecimal);
void sats_content_clear(SatsContent *content);
void sats_content_begin(SatsContent *content, double height_pt);
/* Ends what is pending, so that marked content can begin or end, or the stream. */
void sats_content_settle(SatsContent *content);

void sats_content_path(SatsContent *content, const SatsPathStep *steps, guint n_steps,
                       const SatsPathStyle *style);
void sats_content_image(SatsContent *content, guint32 index, const SatsRect *rect);
void sats_content_push(SatsContent *content, const double matrix[6]);
void sats_content_pop(SatsContent *content);
/* Sets the fill colour. */
void sats_content_fill(SatsContent *content, gint32 rgb);
/* text.c */
void sats_content_text(SatsContent *content, SatsGlyphFonts *fonts, const SatsTextRun *run);
void sats_content_end_text(SatsContent *content);
void sats_content_space(SatsContent *content, SatsGlyphFonts *fonts, double x_pt, double y_pt);
/* "/Span<</ActualText(…)>>BDC" */
void sats_content_begin_span(SatsContent *content, const char *text, gsize length);

/* Box of points under the current transform, x0 y0 x1 y1 with y up. */
void sats_content_box(const SatsContent *content, double x0, double y0, double x1, double y1,
                      double box[4]);

#endif
