/* text/pango-library.c: opens libpangoft2 and looks its functions up. */
#include "text/pango-library.h"

#include "base/dynamic.h"

static gboolean load(SatsPango *pango) {
    void *library = sats_dynamic_open("libpangoft2-1.0.so.0");
    gboolean complete = TRUE;
#define LOOK_UP(name) SATS_DYNAMIC_MEMBER(complete, library, "", *pango, name)
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
