/* text/pango-library.c: opens libpangoft2 and looks its functions up. */
#include "text/pango-library.h"

#include <dlfcn.h>
#include <string.h>

/* A function's address from an object's: ISO C has no cast for that, POSIX warrants the bytes. */
static gboolean look_up(void *library, const char *name, void *out_function, gsize size) {
    void *symbol = dlsym(library, name);
    g_assert(size == sizeof symbol);
    memcpy(out_function, &symbol, size);
    return symbol != NULL;
}

static gboolean load(SatsPango *pango) {
    void *library = dlopen("libpangoft2-1.0.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return FALSE;
    gboolean complete = TRUE;
#define LOOK_UP(name)                                                                              \
    complete = look_up(library, #name, &pango->name, sizeof pango->name) && complete;
    SATS_PANGO_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    return complete;
}

const SatsPango *sats_pango(void) {
    static SatsPango pango;
    static gsize state; /* 0: not yet asked for, 1: there, 2: not there */
    if (g_once_init_enter(&state))
        g_once_init_leave(&state, load(&pango) ? 1 : 2);
    return state == 1 ? &pango : NULL;
}
