/* paint/image.h: pictures as files become pictures that can be placed and painted.
 *
 * The engine reads a file, sets name, bytes and size, and decodes it once; layout then knows the
 * natural size, and every painter draws from the same SatsImage. Gamma and colour profiles are
 * ignored: pixels are taken as sRGB.
 *
 * Limits: 100 megapixels, 32,767 pixels a side; SVG: see paint/svg.h.
 */
#ifndef SATS_PAINT_IMAGE_H
#define SATS_PAINT_IMAGE_H

#include "base/arena.h"
#include "document/image.h"

#define SATS_IMAGE_MAX_PIXELS 100000000u
#define SATS_IMAGE_MAX_SIDE   32767u

#define SATS_IMAGE_ERROR      (sats_image_error_quark())
typedef enum {
    SATS_IMAGE_ERROR_BROKEN,      /* cut short or malformed */
    SATS_IMAGE_ERROR_UNSUPPORTED, /* well-formed, but not what plansats can show faithfully */
    SATS_IMAGE_ERROR_LIMIT,
} SatsImageError;
GQuark sats_image_error_quark(void);

/* Recognises the kind by its first bytes and fills in the rest of `image`, whose name, bytes and
 * size the caller has set; pixels, alpha and vector go to the arena. PNG is decoded, JPEG
 * measured and checked (its bytes go into the PDF as they are), SVG turned into paths. CMYK, turned
 * (EXIF) and arithmetic-coded JPEGs are refused, and what svg.h does not draw. The error message
 * is one line without the image's name. `image` is untouched on failure. */
gboolean sats_image_decode(SatsImage *image, SatsArena *arena, GError **error);

#endif
