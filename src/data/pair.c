/* data/pair.c: pairs rows by what identifies them, then the equal ones, then the alike. */
#include "data/pair.h"

#include <string.h>

#include "data/diff.h"
#include "data/words.h"

#define MAX_LIKENESS_PAIRS 40000U /* compared by likeness; beyond, what is left stays unpaired */
#define LEAST_LIKENESS     0.5

/* ---- equality ---- */

gboolean sats_value_equal(const SatsValue *a, const SatsValue *b) {
    if (a == b || (sats_value_is_left_out(a) && sats_value_is_left_out(b)))
        return TRUE;
    if (a == NULL || b == NULL || a->kind != b->kind || a->length != b->length)
        return FALSE;
    if (a->kind == SATS_VALUE_TEXT)
        return memcmp(a->as.text, b->as.text, a->length) == 0;
    for (guint32 i = 0; i < a->length; i++) {
        const SatsValue *other =
            a->kind == SATS_VALUE_MAP ? sats_value_lookup(b, a->as.entries[i].key) : b->as.items[i];
        const SatsValue *one = a->kind == SATS_VALUE_MAP ? a->as.entries[i].value : a->as.items[i];
        if (!sats_value_equal(one, other))
            return FALSE;
    }
    return TRUE;
}

static guint64 mix(guint64 hash, guint64 more) {
    hash ^= more + 0x9e3779b97f4a7c15U + (hash << 6) + (hash >> 2);
    return hash * 0xff51afd7ed558ccdU;
}

/* Of all that sats_value_equal() compares. */
static guint64 hash_of(const SatsValue *value) {
    if (sats_value_is_left_out(value))
        return 1;
    guint64 hash = (guint64)value->kind + 7;
    if (value->kind == SATS_VALUE_TEXT)
        return mix(hash, g_str_hash(value->as.text) + ((guint64)value->length << 32));
    guint64 sum = 0;
    for (guint32 i = 0; i < value->length; i++) {
        if (value->kind == SATS_VALUE_MAP) /* in any order */
            sum += mix(g_str_hash(value->as.entries[i].key), hash_of(value->as.entries[i].value));
        else
            hash = mix(hash, hash_of(value->as.items[i]));
    }
    return mix(hash, sum);
}

/* What identifies a row of cells stands in one of the first. */
static const char *const COLUMNS[] = {"1", "2", "3", "4"};

static const char *key_at(const SatsValue *row, guint32 index) {
    return row->kind == SATS_VALUE_MAP && index < row->length ? row->as.entries[index].key
           : row->kind == SATS_VALUE_LIST && index < MIN(row->length, G_N_ELEMENTS(COLUMNS))
               ? COLUMNS[index]
               : NULL;
}

const SatsValue *sats_row_field(const SatsValue *row, const char *key) {
    for (guint32 i = 0; row->kind == SATS_VALUE_LIST && key_at(row, i) != NULL; i++)
        if (strcmp(COLUMNS[i], key) == 0)
            return row->as.items[i];
    return row->kind == SATS_VALUE_MAP ? sats_value_lookup(row, key) : NULL;
}

static const char *field_text(const SatsValue *row, const char *key) {
    const SatsValue *field = sats_row_field(row, key);
    return field != NULL && field->kind == SATS_VALUE_TEXT && field->length > 0 ? field->as.text
                                                                                : NULL;
}

/* ---- by identity ---- */

static void pair(SatsPairs *pairs, guint old_index, guint new_index) {
    pairs->old_of[new_index] = old_index;
    pairs->new_of[old_index] = new_index;
}

/* The rows by a field's text; NULL when two share one. Index + 1. */
static GHashTable *index_by(const SatsValue *list, const char *key) {
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint32 i = 0; i < list->length; i++) {
        const char *text = field_text(list->as.items[i], key);
        if (text != NULL &&
            !g_hash_table_insert(table, (gpointer)(gsize)text, GUINT_TO_POINTER(i + 1))) {
            g_hash_table_unref(table);
            return NULL;
        }
    }
    return table;
}

static guint count_shared(GHashTable *old_rows, GHashTable *new_rows) {
    guint shared = 0;
    GHashTableIter iter;
    gpointer text = NULL;
    g_hash_table_iter_init(&iter, new_rows);
    while (g_hash_table_iter_next(&iter, &text, NULL))
        shared += g_hash_table_contains(old_rows, text) ? 1 : 0;
    return shared;
}

static void pair_by_key(const SatsValue *new_list, const char *key, GHashTable *old_rows,
                        SatsPairs *out) {
    for (guint32 i = 0; i < new_list->length; i++) {
        const char *text = field_text(new_list->as.items[i], key);
        guint found = text == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(old_rows, text));
        if (found > 0)
            pair(out, found - 1, i);
    }
}

/* How many rows share a field that is unique in both lists; 0 when it is not. */
static guint share_of(const SatsValue *old_list, const SatsValue *new_list, const char *key) {
    g_autoptr(GHashTable) old_rows = index_by(old_list, key);
    g_autoptr(GHashTable) new_rows = old_rows == NULL ? NULL : index_by(new_list, key);
    return new_rows == NULL ? 0 : count_shared(old_rows, new_rows);
}

/* The first field that nine of ten rows of the shorter list share, else the one that most do, and
 * at least half. */
static const char *identity_of(const SatsValue *old_list, const SatsValue *new_list) {
    const SatsValue *first = new_list->length > 0 ? new_list->as.items[0] : NULL;
    guint64 fewest = MIN(old_list->length, new_list->length);
    const char *best = NULL;
    guint64 most = 0;
    const char *key = NULL;
    for (guint32 i = 0; first != NULL && (key = key_at(first, i)) != NULL; i++) {
        guint64 share = share_of(old_list, new_list, key);
        if (share > most) {
            most = share;
            best = key;
        }
        if (10 * most >= 9 * fewest && most > 0)
            break;
    }
    return 2 * most >= fewest ? best : NULL;
}

static void pair_by_identity(const SatsValue *old_list, const SatsValue *new_list, SatsPairs *out) {
    const char *key = identity_of(old_list, new_list);
    g_autoptr(GHashTable) old_rows = key == NULL ? NULL : index_by(old_list, key);
    if (old_rows != NULL) {
        out->id_key = key;
        pair_by_key(new_list, key, old_rows, out);
    }
}

/* ---- by equality ---- */

/* Items that are equal, first to first. */
static void pair_equal(const SatsValue *old_list, const SatsValue *new_list, SatsPairs *out) {
    g_autoptr(GHashTable) waiting =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
    for (guint32 i = old_list->length; i-- > 0;) {
        if (out->new_of[i] != SATS_UNPAIRED)
            continue;
        guint64 hash = hash_of(old_list->as.items[i]);
        GArray *stack = g_hash_table_lookup(waiting, &hash);
        if (stack == NULL) {
            stack = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(waiting, g_memdup2(&hash, sizeof hash), stack);
        }
        g_array_append_val(stack, i);
    }
    for (guint32 i = 0; i < new_list->length; i++) {
        guint64 hash = out->old_of[i] != SATS_UNPAIRED ? 0 : hash_of(new_list->as.items[i]);
        GArray *stack =
            out->old_of[i] != SATS_UNPAIRED ? NULL : g_hash_table_lookup(waiting, &hash);
        guint candidate =
            stack != NULL && stack->len > 0 ? g_array_index(stack, guint, stack->len - 1) : 0;
        if (stack == NULL || stack->len == 0 ||
            !sats_value_equal(old_list->as.items[candidate], new_list->as.items[i]))
            continue;
        pair(out, candidate, i);
        g_array_set_size(stack, stack->len - 1);
    }
}

/* ---- by likeness ---- */

static double likeness(const SatsValue *a, const SatsValue *b, guint depth) {
    if (sats_value_equal(a, b))
        return 1;
    if (a == NULL || b == NULL || a->kind != b->kind || depth > 3)
        return 0;
    if (a->kind == SATS_VALUE_TEXT)
        return sats_words_likeness(a->as.text, a->length, b->as.text, b->length, 0);
    double sum = 0;
    guint32 n = MAX(a->length, b->length);
    for (guint32 i = 0; i < a->length; i++) {
        if (a->kind == SATS_VALUE_MAP) {
            const SatsEntry *entry = &a->as.entries[i];
            sum += likeness(entry->value, sats_value_lookup(b, entry->key), depth + 1);
        } else if (i < b->length) {
            sum += likeness(a->as.items[i], b->as.items[i], depth + 1);
        }
    }
    return n == 0 ? 0 : sum / n;
}

double sats_value_likeness(const SatsValue *a, const SatsValue *b) {
    return likeness(a, b, 0);
}

typedef struct {
    double likeness;
    guint old_index, new_index;
} Candidate;

static gint compare_candidates(gconstpointer a, gconstpointer b) {
    const Candidate *x = a;
    const Candidate *y = b;
    if (x->likeness != y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    if (x->new_index != y->new_index)
        return x->new_index < y->new_index ? -1 : 1;
    return x->old_index < y->old_index ? -1 : x->old_index > y->old_index;
}

static GArray *unpaired(const guint *other, guint32 length) {
    GArray *list = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < length; i++)
        if (other[i] == SATS_UNPAIRED)
            g_array_append_val(list, i);
    return list;
}

/* The most alike first. */
static void pair_alike(const SatsValue *old_list, const SatsValue *new_list, SatsPairs *out) {
    g_autoptr(GArray) old_left = unpaired(out->new_of, old_list->length);
    g_autoptr(GArray) new_left = unpaired(out->old_of, new_list->length);
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    if ((guint64)old_left->len * new_left->len > MAX_LIKENESS_PAIRS)
        return;
    for (guint i = 0; i < old_left->len; i++)
        for (guint j = 0; j < new_left->len; j++) {
            Candidate c = {0, g_array_index(old_left, guint, i), g_array_index(new_left, guint, j)};
            c.likeness =
                likeness(old_list->as.items[c.old_index], new_list->as.items[c.new_index], 0);
            if (c.likeness >= LEAST_LIKENESS)
                g_array_append_val(candidates, c);
        }
    g_array_sort(candidates, compare_candidates);
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *c = &g_array_index(candidates, Candidate, i);
        if (out->new_of[c->old_index] == SATS_UNPAIRED &&
            out->old_of[c->new_index] == SATS_UNPAIRED)
            pair(out, c->old_index, c->new_index);
    }
}

/* ---- moves: all pairs but a longest run of them that keeps the order ---- */

void sats_find_moves(const guint *old_of, guint n_new, gboolean *out_moved) {
    g_autofree guint *tails =
        g_new(guint, (gsize)n_new + 1); /* new index that ends the best run of each length */
    g_autofree guint *before = g_new(guint, (gsize)n_new + 1);
    guint length = 0;
    for (guint i = 0; i < n_new; i++) {
        out_moved[i] = old_of[i] != SATS_UNPAIRED;
        if (!out_moved[i])
            continue;
        guint low = 0;
        for (guint high = length; low < high;) {
            guint middle = (low + high) / 2;
            if (old_of[tails[middle]] < old_of[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low > 0 ? tails[low - 1] : SATS_UNPAIRED;
        tails[low] = i;
        length = MAX(length, low + 1);
    }
    for (guint i = length > 0 ? tails[length - 1] : SATS_UNPAIRED; i != SATS_UNPAIRED;
         i = before[i])
        out_moved[i] = FALSE;
}

void sats_pair_lists(const SatsValue *old_list, const SatsValue *new_list, SatsArena *arena,
                     SatsPairs *out) {
    *out = (SatsPairs){.old_of = sats_arena_new_array(arena, guint, MAX(new_list->length, 1U)),
                       .new_of = sats_arena_new_array(arena, guint, MAX(old_list->length, 1U)),
                       .moved = sats_arena_new_array(arena, gboolean, MAX(new_list->length, 1U))};
    for (guint32 i = 0; i < new_list->length; i++)
        out->old_of[i] = SATS_UNPAIRED;
    for (guint32 i = 0; i < old_list->length; i++)
        out->new_of[i] = SATS_UNPAIRED;
    pair_by_identity(old_list, new_list, out);
    pair_equal(old_list, new_list, out);
    pair_alike(old_list, new_list, out);
    sats_find_moves(out->old_of, new_list->length, out->moved);
}
