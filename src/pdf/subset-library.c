/* Opens libharfbuzz-subset and looks its functions up. */
#include "pdf/subset-library.h"

#include "base/dynamic.h"

SatsLibhbsubset sats_libhbsubset;

#define NAME(name) "hb_subset_" #name,
static const char *const subset_names[] = {SATS_SUBSET_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic subset = {.files = {"libharfbuzz-subset.so.0"},
                             .what = "HarfBuzz' subsetter, which makes fonts small",
                             .names = subset_names,
                             .n_names = G_N_ELEMENTS(subset_names),
                             .table = &sats_libhbsubset};

gboolean sats_libhbsubset_load(GError **error) {
    return sats_dynamic_load(&subset, error);
}
