/* paint/cairo-image.h: decoded pictures as cairo surfaces. */
#ifndef SATS_PAINT_CAIRO_IMAGE_H
#define SATS_PAINT_CAIRO_IMAGE_H

#include "document/image.h"

#include <cairo.h>

/* A new surface of a PNG or JPEG picture. JPEG's bytes go along as they are, for PDF and SVG;
 * image->bytes must outlive the surface. NULL with SATS_IMAGE_ERROR on failure. */
cairo_surface_t *sats_cairo_image_surface(const SatsImage *image, GError **error);

#endif
