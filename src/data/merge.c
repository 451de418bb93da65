/* data/merge.c: one map laid over another: a plan over the data files it includes. */
#include "data/merge.h"

#include <string.h>

#define MAX_DEPTH 64U

static const SatsValue *merge(const SatsValue *over, const SatsValue *under, SatsArena *arena,
                              guint depth) {
    gboolean maps = over != NULL && under != NULL && over->kind == SATS_VALUE_MAP &&
                    under->kind == SATS_VALUE_MAP;
    if (!maps || depth > MAX_DEPTH) {
        return over != NULL ? over : under;
    }
    SatsEntry *entries = sats_arena_new_array(arena, SatsEntry, over->length + under->length + 1);
    guint n = 0;
    for (guint i = 0; i < over->length; i++) {
        entries[n] = over->as.entries[i];
        entries[n].value =
            merge(entries[n].value, sats_value_lookup(under, entries[n].key), arena, depth + 1);
        n++;
    }
    for (guint i = 0; i < under->length; i++) {
        if (sats_value_lookup_entry(over, under->as.entries[i].key) == NULL) {
            entries[n++] = under->as.entries[i];
        }
    }
    SatsValue *value = sats_arena_memdup(arena, over, sizeof *over);
    value->length = n;
    value->indexed = 0;
    value->as.entries = entries;
    return value;
}

const SatsValue *sats_value_merge(const SatsValue *over, const SatsValue *under, SatsArena *arena) {
    return merge(over, under, arena, 0);
}
