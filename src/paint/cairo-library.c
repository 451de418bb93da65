/* Opens libcairo and looks its functions up. */
#include "paint/cairo-library.h"

#include "base/dynamic.h"
#include "base/report.h"

#include <pthread.h>

SatsLibcairo sats_libcairo;
static char *trouble; /* NULL none; set once, kept */

static void load(void) {
    void *library = sats_dynamic_open("libcairo.so.2");
    gboolean complete = TRUE;
#define LOOK_UP(name) SATS_DYNAMIC_MEMBER(complete, library, "cairo_", sats_libcairo, name)
    SATS_CAIRO_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    if (!complete) {
        const char *why = sats_dynamic_trouble();
        trouble = g_strdup(why != NULL ? why : "libcairo.so.2");
    }
}

gboolean sats_libcairo_load(GError **error) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (trouble != NULL)
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_INTERNAL,
                    "cairo, which draws this format, could not be loaded: %s", trouble);
    return trouble == NULL;
}
