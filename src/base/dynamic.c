/* base/dynamic.c: dlopen, in one place. */
#include "base/dynamic.h"

#include <dlfcn.h>
#include <string.h>

void *sats_dynamic_open(const char *name) {
    return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

const char *sats_dynamic_trouble(void) {
    return dlerror();
}

/* ISO C has no cast from an object's address to a function's, POSIX warrants the bytes. */
gboolean sats_dynamic_look_up(void *library, const char *name, void *out_function, gsize size) {
    void *symbol = dlsym(library, name);
    g_assert(size == sizeof symbol);
    memcpy(out_function, &symbol, size);
    return symbol != NULL;
}
