/* Opens libharfbuzz and looks its functions up. */
#include "text/harfbuzz-library.h"

#include "base/dynamic.h"

SatsLibhb sats_libhb;

#define NAME(name) "hb_" #name,
static const char *const harfbuzz_names[] = {SATS_HARFBUZZ_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic harfbuzz = {.files = {"libharfbuzz.so.0"},
                               .what = "HarfBuzz, which sets all text",
                               .names = harfbuzz_names,
                               .n_names = G_N_ELEMENTS(harfbuzz_names),
                               .table = &sats_libhb};

gboolean sats_libhb_load(GError **error) {
    return sats_dynamic_load(&harfbuzz, error);
}
