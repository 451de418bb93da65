/* document/image.h: a picture that the document shows.
 *
 * bind names the file, the engine reads and decodes it (paint/image.h), layout places it by its
 * natural size, painters draw it. Lives in the document's arena.
 */
#ifndef SATS_DOCUMENT_IMAGE_H
#define SATS_DOCUMENT_IMAGE_H

#include <glib.h>

typedef enum { SATS_IMAGE_PNG, SATS_IMAGE_JPEG, SATS_IMAGE_SVG } SatsImageKind;

typedef struct {
    SatsImageKind kind;
    const char *name;    /* as the plan names it */
    const guint8 *bytes; /* the file */
    gsize size;
    double width_pt, height_pt; /* natural size (96 px an inch when the file does not say) */
    guint width_px, height_px;  /* PNG, JPEG */
    guint components;           /* PNG: 1 grey, 3 RGB in `pixels`; JPEG: 1, 3 or 4 in the file */
    const guint8 *pixels;       /* PNG: rows of `components` bytes a pixel, no padding; else NULL */
    const guint8 *alpha;        /* PNG with transparency: one byte a pixel; else NULL */
    const void *vector;         /* SVG: paint/svg.h's picture */
} SatsImage;

#endif
