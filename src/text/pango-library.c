/* Opens libpangoft2 and looks its functions up. */
#include "text/pango-library.h"

#include "base/dynamic.h"

static SatsPango table;

#define NAME(name) #name,
static const char *const pango_names[] = {SATS_PANGO_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic pango =
    SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, pango_names, table,
                 "Pango, which splits texts of several scripts", "libpangoft2-1.0.so.0");

const SatsPango *sats_pango(void) {
    return sats_dynamic_load(&pango, NULL) ? &table : NULL;
}
