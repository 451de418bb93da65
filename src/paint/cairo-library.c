/* Opens libcairo and looks its functions up. */
#include "paint/cairo-library.h"

#include "base/dynamic.h"

SatsLibcairo sats_libcairo;

#define NAME(name) "cairo_" #name,
static const char *const cairo_names[] = {SATS_CAIRO_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic cairo = SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, cairo_names, sats_libcairo,
                                        "cairo, which draws this format", "libcairo.so.2");

SatsFreeType sats_freetype;

#define NAME(name) "FT_" #name,
static const char *const freetype_names[] = {SATS_FREETYPE_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic freetype =
    SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, freetype_names, sats_freetype,
                 "FreeType, which opens fonts for cairo", "libfreetype.so.6");

gboolean sats_libcairo_load(GError **error) {
    return sats_dynamic_load(&cairo, error) && sats_dynamic_load(&freetype, error);
}
