/* Opens libcairo and looks its functions up. */
#include "paint/cairo-library.h"

#include "base/report.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

SatsLibcairo sats_libcairo;
static char *trouble; /* NULL none; set once, kept */

/* A function's address from an object's: ISO C has no cast for that, POSIX warrants the bytes. */
static gboolean look_up(void *library, const char *name, void *out_function, gsize size) {
    void *symbol = dlsym(library, name);
    g_assert(size == sizeof symbol);
    memcpy(out_function, &symbol, size);
    return symbol != NULL;
}

static void load(void) {
    void *library = dlopen("libcairo.so.2", RTLD_NOW | RTLD_LOCAL);
    gboolean complete = library != NULL;
#define LOOK_UP(name)                                                                              \
    complete = complete &&                                                                         \
               look_up(library, "cairo_" #name, &sats_libcairo.name, sizeof sats_libcairo.name);
    SATS_CAIRO_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    if (!complete) {
        const char *why = dlerror();
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
