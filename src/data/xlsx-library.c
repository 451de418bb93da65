/* Opens libzip and libexpat and looks their functions up. */
#include "data/xlsx-library.h"

#include "base/dynamic.h"

SatsLibzip sats_libzip;
SatsLibexpat sats_libexpat;

/* libzip 1.0–1.7 and 1.8 on: what we call is the same in both. */
#define NAME(name) "zip_" #name,
static const char *const zip_names[] = {SATS_ZIP_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic zip = {.files = {"libzip.so.5", "libzip.so.4"},
                          .what = "libzip, which reads spreadsheets",
                          .names = zip_names,
                          .n_names = G_N_ELEMENTS(zip_names),
                          .table = &sats_libzip};

#define NAME(name) "XML_" #name,
static const char *const expat_names[] = {SATS_XML_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic expat = {.files = {"libexpat.so.1"},
                            .what = "libexpat, which reads spreadsheets",
                            .names = expat_names,
                            .n_names = G_N_ELEMENTS(expat_names),
                            .table = &sats_libexpat};

gboolean sats_xlsx_library_load(GError **error) {
    return sats_dynamic_load(&zip, error) && sats_dynamic_load(&expat, error);
}
