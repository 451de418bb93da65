/* A table from names to pointers, in an arena: open addressing over an ordered list. */
#include "template/names.h"

#include <string.h>

void sats_names_init(SatsNames *names, SatsArena *arena) {
    memset(names, 0, sizeof *names);
    names->arena = arena;
}

static guint bucket_of(const SatsNames *names, const char *key) {
    guint mask = names->n_buckets - 1;
    guint at = g_str_hash(key) & mask;
    while (names->buckets[at] && strcmp(names->keys[names->buckets[at] - 1], key) != 0)
        at = (at + 1) & mask;
    return at;
}

void *sats_names_get(const SatsNames *names, const char *key) {
    if (names->n == 0 || !key)
        return NULL;
    guint32 found = names->buckets[bucket_of(names, key)];
    return found ? names->values[found - 1] : NULL;
}

static void grow(SatsNames *names) {
    guint allocated = names->allocated ? names->allocated * 2 : 16;
    const char **keys = sats_arena_new_array(names->arena, const char *, allocated + 1);
    void **values = sats_arena_new_array(names->arena, void *, allocated);
    for (guint i = 0; i < names->n; i++) {
        keys[i] = names->keys[i];
        values[i] = names->values[i];
    }
    names->keys = keys;
    names->values = values;
    names->allocated = allocated;
    names->n_buckets = allocated * 2;
    names->buckets = sats_arena_new_array(names->arena, guint32, names->n_buckets);
    for (guint i = 0; i < names->n; i++)
        names->buckets[bucket_of(names, names->keys[i])] = i + 1;
}

void sats_names_put(SatsNames *names, const char *key, void *value) {
    if (names->n == names->allocated)
        grow(names);
    guint at = bucket_of(names, key);
    if (names->buckets[at]) {
        names->values[names->buckets[at] - 1] = value;
        return;
    }
    names->keys[names->n] = sats_arena_strdup(names->arena, key);
    names->values[names->n] = value;
    names->n++;
    names->buckets[at] = names->n;
}

const char *const *sats_names_keys(const SatsNames *names) {
    const char **keys = sats_arena_new_array(names->arena, const char *, names->n + 1);
    for (guint i = 0; i < names->n; i++)
        keys[i] = names->keys[i];
    return keys;
}
