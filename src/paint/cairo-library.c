/* Opens libcairo and libfreetype and looks their functions up. */
#include "paint/cairo-library.h"

#include "base/dynamic.h"

SatsLibcairo sats_libcairo;
SatsLibfreetype sats_libfreetype;

#define NAME(name) "cairo_" #name,
static const char *const cairo_names[] = {SATS_CAIRO_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic cairo = {.files = {"libcairo.so.2"},
                            .what = "cairo, which draws this format",
                            .names = cairo_names,
                            .n_names = G_N_ELEMENTS(cairo_names),
                            .table = &sats_libcairo};

#define NAME(name) "FT_" #name,
static const char *const freetype_names[] = {SATS_FREETYPE_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic freetype = {.files = {"libfreetype.so.6"},
                               .what = "FreeType, which draws this format",
                               .names = freetype_names,
                               .n_names = G_N_ELEMENTS(freetype_names),
                               .table = &sats_libfreetype};

gboolean sats_libcairo_load(GError **error) {
    return sats_dynamic_load(&cairo, error) && sats_dynamic_load(&freetype, error);
}
