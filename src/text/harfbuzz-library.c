/* Opens libharfbuzz and looks its functions up. */
#include "text/harfbuzz-library.h"

#include "base/dynamic.h"

SatsHarfBuzz sats_hb;

#define NAME(name) "hb_" #name,
static const char *const harfbuzz_names[] = {SATS_HARFBUZZ_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic harfbuzz = SATS_DYNAMIC(SATS_DYNAMIC_ALWAYS, harfbuzz_names, sats_hb,
                                           "HarfBuzz, which reads fonts", "libharfbuzz.so.0");

gboolean sats_harfbuzz_load(GError **error) {
    return sats_dynamic_load(&harfbuzz, error);
}
