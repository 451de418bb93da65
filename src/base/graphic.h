/* base/graphic.h: words that layout and the devices share about what is drawn.
 *
 * Lengths are points, y down.
 */
#ifndef SATS_BASE_GRAPHIC_H
#define SATS_BASE_GRAPHIC_H

#include <glib.h>

/* What is drawn but is no part of the document (ISO 32000-1, 14.8.2.2.2). */
typedef enum {
    SATS_ARTIFACT_PAGINATION_HEADER, /* ISO 32000-1 14.8.2.2.2: /Pagination, /Subtype /Header */
    SATS_ARTIFACT_PAGINATION_FOOTER,
    SATS_ARTIFACT_PAGINATION_WATERMARK,
    SATS_ARTIFACT_PAGINATION, /* repeated table heads, "(forts.)" */
    SATS_ARTIFACT_LAYOUT,     /* rules, shading */
    SATS_ARTIFACT_BACKGROUND,
} SatsArtifact;

typedef enum { SATS_PATH_MOVE, SATS_PATH_LINE, SATS_PATH_CURVE, SATS_PATH_CLOSE } SatsPathOp;
typedef struct {
    guint8 op;        /* SatsPathOp */
    float x[3], y[3]; /* MOVE/LINE use [0]; CURVE two controls and the end */
} SatsPathStep;

typedef struct {
    double x_pt, y_pt, width_pt, height_pt;
} SatsRect;

#endif
