/* base/dynamic.h: shared libraries that few runs need, opened when one does.
 *
 * Linked in, such a library and all that it needs would be loaded at every start. Who opens one
 * keeps its functions in a table of pointers (see paint/cairo-library.h) and never closes it.
 */
#ifndef SATS_BASE_DYNAMIC_H
#define SATS_BASE_DYNAMIC_H

#include <glib.h>

/* Opens the library of that file name ("libcairo.so.2"); NULL when it is not on this machine. */
void *sats_dynamic_open(const char *name);

/* Why the last call of this thread failed; NULL when that is not known. Good until the next. */
const char *sats_dynamic_trouble(void);

/* Puts a function's address into the pointer at `out_function`, of `size` bytes. FALSE: there is
 * none of that name, and the pointer is NULL. `library` may not be NULL. */
gboolean sats_dynamic_look_up(void *library, const char *name, void *out_function, gsize size);

/* Fills in one member of a table: the function `prefix` (a string constant) and the member's name.
 * `complete` becomes FALSE, and stays so, where there is none, or no library (NULL). */
#define SATS_DYNAMIC_MEMBER(complete, library, prefix, table, name)                                \
    (complete) = (complete) && (library) != NULL &&                                                \
                 sats_dynamic_look_up((library), prefix #name, &(table).name, sizeof(table).name);

#endif
