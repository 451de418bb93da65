/* Opens libzip and libexpat and looks their functions up. */
#include "data/xlsx-library.h"

#include "base/dynamic.h"
#include "base/report.h"

#include <pthread.h>

SatsLibzip sats_libzip;
SatsLibexpat sats_libexpat;
static const char *missing; /* NULL: both are loaded */

/* libzip 1.0–1.7 and 1.8 on: what we call is the same in both. */
static void *open_zip(void) {
    void *library = sats_dynamic_open("libzip.so.5");
    return library != NULL ? library : sats_dynamic_open("libzip.so.4");
}

static void load(void) {
    void *zip = open_zip();
    void *expat = sats_dynamic_open("libexpat.so.1");
    gboolean complete = TRUE;
#define LOOK_UP(name) SATS_DYNAMIC_MEMBER(complete, zip, "zip_", sats_libzip, name)
    SATS_ZIP_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    missing = complete ? NULL : "libzip";
    complete = TRUE;
#define LOOK_UP(name) SATS_DYNAMIC_MEMBER(complete, expat, "XML_", sats_libexpat, name)
    SATS_XML_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    missing = complete ? missing : "libexpat";
}

gboolean sats_xlsx_library_load(GError **error) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (missing != NULL)
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_INTERNAL,
                    "%s, which reads spreadsheets, could not be loaded", missing);
    return missing == NULL;
}
