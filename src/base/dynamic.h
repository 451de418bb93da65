/* base/dynamic.h: shared libraries, opened when a run needs them.
 *
 * Linked in, a library and all that it needs are loaded at every start, before anything else can
 * begin. Who opens one instead calls it through a table of pointers, whose members have the names
 * of its functions, without their prefix; one list (an X macro) makes both table and names. See
 * paint/cairo-library.h.
 */
#ifndef SATS_BASE_DYNAMIC_H
#define SATS_BASE_DYNAMIC_H

#include <glib.h>

/* Whether a library is opened by nearly every run, or by those that need it. */
typedef enum { SATS_DYNAMIC_ALWAYS, SATS_DYNAMIC_SOMETIMES } SatsDynamicUse;

typedef struct {
    const char *files[3];     /* of the library ("libcairo.so.2"), tried in turn; NULL-terminated */
    const char *what;         /* for the message: "cairo, which draws this format" */
    const char *const *names; /* of functions, in the order of the table's members */
    gsize n_names;
    void *table; /* of pointers to functions */
    SatsDynamicUse use;
    char *trouble;
    gboolean tried;
} SatsDynamic;

/* Initializes one: its use, the list of functions' names, the table, what it is, the files. */
#define SATS_DYNAMIC(use_, names_, table_, what_, ...)                                             \
    {                                                                                              \
        .files = {__VA_ARGS__}, .what = (what_), .names = (names_),                                \
        .n_names = G_N_ELEMENTS(names_), .table = &(table_), .use = (use_)                         \
    }

/* Opens the library and fills its table, once a process; any thread may ask, and it is never
 * closed. FALSE with SATS_SYSTEM_ERROR_INTERNAL where it is not on this machine, or one that lacks
 * a function; the table may not be used then. */
gboolean sats_dynamic_load(SatsDynamic *library, GError **error);

/* A program or library that is loaded. */
typedef struct {
    const char *path;     /* "" or without a folder: the program, the system's own */
    const char *build_id; /* hexadecimal digits; "" it has none */
} SatsObject;

/* How many there are: the program, and libraries in the order of their coming. */
guint sats_objects_count(void);
/* Calls for each object that came with a library of that use; of ALWAYS also for the first
 * `n_first` objects, as far as they did not come with others. What comes with two libraries counts
 * as the one's that was opened first. */
typedef void (*SatsObjectFunc)(const SatsObject *object, void *context);
void sats_objects_each(SatsDynamicUse use, guint n_first, SatsObjectFunc func, void *context);

#endif
