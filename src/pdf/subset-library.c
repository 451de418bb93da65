/* Opens libharfbuzz-subset and looks its functions up. */
#include "pdf/subset-library.h"

#include "base/dynamic.h"

SatsSubset sats_hb_subset;

#define NAME(name) "hb_subset_" #name,
static const char *const subset_names[] = {SATS_SUBSET_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic subset = SATS_DYNAMIC(SATS_DYNAMIC_ALWAYS, subset_names, sats_hb_subset,
                                         "HarfBuzz's subsetter, which cuts fonts to what is used",
                                         "libharfbuzz-subset.so.0");

gboolean sats_subset_load(GError **error) {
    return sats_dynamic_load(&subset, error);
}
