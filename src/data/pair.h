/* data/pair.h: which item of an old list is which of a new one. */
#ifndef SATS_DATA_PAIR_H
#define SATS_DATA_PAIR_H

#include "data/value.h"

#define SATS_UNPAIRED G_MAXUINT

typedef struct {
    guint *old_of;      /* for each new item the old one, or SATS_UNPAIRED */
    guint *new_of;      /* for each old item the new one */
    gboolean *moved;    /* for each new item: out of the order that most pairs keep */
    const char *id_key; /* the field that tells rows apart, as sats_row_field() has it; NULL none */
} SatsPairs;

/* Both are lists. Arrays in the arena. */
void sats_pair_lists(const SatsValue *old_list, const SatsValue *new_list, SatsArena *arena,
                     SatsPairs *out);

/* Which of `n` new items stand out of the order of the rest: all but a longest run that keeps the
 * old order. `old_of` as in SatsPairs; `out_moved` has room for `n`. */
void sats_find_moves(const guint *old_of, guint n, gboolean *out_moved);

/* The field of a map by its key, or the cell of a list by its column ("1" the first); NULL: none.
 */
const SatsValue *sats_row_field(const SatsValue *row, const char *key);
/* How much of two values is the same: 0 nothing to 1 all. */
double sats_value_likeness(const SatsValue *a, const SatsValue *b);

#endif
