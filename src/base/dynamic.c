/* base/dynamic.c: dlopen, in one place. */
#include "base/dynamic.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "base/report.h"

typedef void (*Function)(void);

/* ISO C has no cast from an object's address to a function's, POSIX warrants the bytes. */
static gboolean look_up(void *handle, const char *name, Function *out) {
    void *symbol = dlsym(handle, name);
    memcpy(out, &symbol, sizeof symbol);
    return symbol != NULL;
}

static gboolean fill(SatsDynamic *library, void *handle) {
    Function *table = library->table;
    for (gsize i = 0; i < library->n_names; i++)
        if (!look_up(handle, library->names[i], &table[i]))
            return FALSE;
    return TRUE;
}

static void try(SatsDynamic *library) {
    void *handle = NULL;
    library->tried = TRUE;
    for (guint i = 0; handle == NULL && library->files[i] != NULL; i++)
        handle = dlopen(library->files[i], RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL || !fill(library, handle)) {
        const char *why = dlerror();
        library->trouble = g_strdup(why != NULL ? why : library->files[0]);
    }
}

gboolean sats_dynamic_load(SatsDynamic *library, GError **error) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    if (!library->tried)
        try(library);
    pthread_mutex_unlock(&lock);
    if (library->trouble != NULL)
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_INTERNAL,
                    "%s, could not be loaded: %s", library->what, library->trouble);
    return library->trouble == NULL;
}
