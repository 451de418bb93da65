/* Opens libcairo and looks its functions up. */
#include "paint/cairo-library.h"

#include "base/dynamic.h"

SatsLibcairo sats_libcairo;

#define NAME(name) "cairo_" #name,
static const char *const cairo_names[] = {SATS_CAIRO_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic cairo = {.files = {"libcairo.so.2"},
                            .what = "cairo, which draws this format",
                            .names = cairo_names,
                            .n_names = G_N_ELEMENTS(cairo_names),
                            .table = &sats_libcairo};

gboolean sats_libcairo_load(GError **error) {
    return sats_dynamic_load(&cairo, error);
}
