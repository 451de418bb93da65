/* Opens libcairo and looks its functions up. */
#include "paint/cairo-library.h"

#include "base/dynamic.h"

SatsLibcairo sats_libcairo;

#define NAME(name) "cairo_" #name,
static const char *const cairo_names[] = {SATS_CAIRO_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic cairo =
    SATS_DYNAMIC(cairo_names, sats_libcairo, "cairo, which draws this format", "libcairo.so.2");

gboolean sats_libcairo_load(GError **error) {
    return sats_dynamic_load(&cairo, error);
}
