/* Opens libzip and libexpat and looks their functions up. */
#include "data/xlsx-library.h"

#include "base/dynamic.h"

SatsLibzip sats_libzip;
SatsLibexpat sats_libexpat;

/* libzip 1.0–1.7 and 1.8 on: what we call is the same in both. */
#define NAME(name) "zip_" #name,
static const char *const zip_names[] = {SATS_ZIP_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic zip =
    SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, zip_names, sats_libzip, "libzip, which reads spreadsheets",
                 "libzip.so.5", "libzip.so.4");

#define NAME(name) "XML_" #name,
static const char *const expat_names[] = {SATS_XML_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic expat = SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, expat_names, sats_libexpat,
                                        "libexpat, which reads spreadsheets", "libexpat.so.1");

gboolean sats_xlsx_library_load(GError **error) {
    return sats_dynamic_load(&zip, error) && sats_dynamic_load(&expat, error);
}
