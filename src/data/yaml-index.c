/* data/yaml-index.c: the hash index of large maps: slots behind the entries, open addressing. */
#include "data/yaml-parts.h"

#include <string.h>

enum { INDEXED_FROM = 24 }; /* entries */

static guint32 n_slots(guint32 n_entries) {
    guint32 slots = 32;
    while (slots / 2 < n_entries && slots < 0x80000000u)
        slots *= 2;
    return slots;
}

static guint32 hash(const char *key) {
    guint32 value = 2166136261u;
    for (; *key != '\0'; key++)
        value = (value ^ (guchar)*key) * 16777619u;
    return value ^ (value >> 15);
}

SatsEntry *sats_yaml_new_entries(SatsArena *arena, SatsValue *map) {
    gsize size = map->length * sizeof(SatsEntry);
    if (map->length >= INDEXED_FROM)
        size += n_slots(map->length) * sizeof(guint32);
    SatsEntry *entries = sats_arena_alloc(arena, size);
    map->as.entries = entries;
    return entries;
}

/* A slot holds the entry's number plus 1; 0 is free. */
void sats_yaml_index(SatsValue *map) {
    map->indexed = map->length >= INDEXED_FROM;
    if (!map->indexed)
        return;
    const SatsEntry *entries = map->as.entries;
    guint32 *index = (guint32 *)(gsize)(entries + map->length);
    guint32 mask = n_slots(map->length) - 1;
    for (guint32 i = 0; i < map->length; i++) {
        guint32 slot = hash(entries[i].key) & mask;
        while (index[slot] != 0)
            slot = (slot + 1) & mask;
        index[slot] = i + 1;
    }
}

const SatsEntry *sats_yaml_index_find(const SatsEntry *entries, guint32 n_entries,
                                      const char *key) {
    const guint32 *index = (const guint32 *)(const void *)(entries + n_entries);
    guint32 mask = n_slots(n_entries) - 1;
    for (guint32 slot = hash(key) & mask; index[slot] != 0; slot = (slot + 1) & mask)
        if (strcmp(entries[index[slot] - 1].key, key) == 0)
            return &entries[index[slot] - 1];
    return NULL;
}
