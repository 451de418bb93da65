/* template/names.h: a table from names to pointers, kept in an arena, in order of first entry.
 *
 * For what a theme or a template names: filled while it is read, only read afterwards, by any
 * number of threads. Keys and values are borrowed.
 */
#ifndef SATS_TEMPLATE_NAMES_H
#define SATS_TEMPLATE_NAMES_H

#include "base/arena.h"

typedef struct {
    SatsArena *arena;
    const char **keys; /* in order of entry */
    void **values;
    guint n, allocated;
    guint32 *buckets; /* index into keys + 1; 0 free */
    guint n_buckets;  /* a power of two */
} SatsNames;

void sats_names_init(SatsNames *names, SatsArena *arena);
/* NULL when there is none. */
void *sats_names_get(const SatsNames *names, const char *key);
/* Adds, or replaces the value; the key is copied. */
void sats_names_put(SatsNames *names, const char *key, void *value);
/* The keys, NULL-terminated, in the names' arena. */
const char *const *sats_names_keys(const SatsNames *names);

#endif
