/* data/diff.h: what has changed between two trees of values.
 *
 * Maps are compared key by key; their order says nothing. Items of lists are paired first: by the
 * field that tells the rows of both lists apart (the first scalar one that is unique in each and
 * that nearly all rows share, else the one that most share, if half do), then those that are equal,
 * then by likeness. A pair that stands in another order than most is *moved*, and its fields are
 * compared like any other's; so is a row that goes from one list to another of the same kind (an
 * action to another group) and keeps its name. A row is called by the field that tells rows apart,
 * else by the first one of its own that no other row has. How a scalar is written (quotes, block or
 * not) is no change, nor null against nothing.
 *
 * Life: sats_diff() into an arena; the list borrows both trees.
 */
#ifndef SATS_DATA_DIFF_H
#define SATS_DATA_DIFF_H

#include "data/value.h"

typedef enum {
    SATS_CHANGE_ADDED,
    SATS_CHANGE_REMOVED,
    SATS_CHANGE_CHANGED,
    SATS_CHANGE_MOVED
} SatsChangeKind;

typedef struct {
    SatsChangeKind kind;
    const char *section; /* the key at the top; "" for the whole tree */
    const char *path;    /* "uppdrag[U3].titel", in the new tree where it is there */
    const char *row;     /* innermost list item: its identity, or "#3"; NULL not in a list */
    const char *column;  /* the key within it; NULL: the row itself */
    const SatsValue *old_value, *new_value; /* NULL: was not, is not */
    SatsPlace old_place, new_place;         /* no source: not there */
    guint old_index, new_index;             /* of a row in its list, from 1; 0 not there */
    const char *old_path;                   /* MOVED from another list: where it was; else NULL */
} SatsChange;

typedef struct {
    const SatsChange *changes; /* in the order of the new tree, what is gone where it would stand */
    guint n_changes;
    guint count[4]; /* by SatsChangeKind */
} SatsDiff;

/* Either tree may be NULL. */
const SatsDiff *sats_diff(const SatsValue *old_root, const SatsValue *new_root, SatsArena *arena);

/* "added", "removed", "changed", "moved". */
const char *sats_change_name(SatsChangeKind kind);

gboolean sats_value_equal(const SatsValue *a, const SatsValue *b);

/* A value in a line: a scalar's text, the scalars of a map or list with " · " between; at most
 * about `limit` characters (0: all). `texts` (or NULL): scalars that have another text, by the
 * SatsValue. Caller frees. */
char *sats_value_summary(const SatsValue *value, guint limit, GHashTable *texts);

#endif
