/* data/diff.c: walks two trees side by side and notes what differs. */
#include "data/diff.h"

#include <string.h>

#include "data/pair.h"

#define MAX_DEPTH      64U
#define MAX_NAMED      1000U /* rows of a list, compared with each other for names */
#define LEAST_LIKENESS 0.5

typedef struct {
    SatsArena *arena;
    GArray *changes; /* SatsChange */
    guint depth;
} Differ;

/* Where in the trees the walk stands. */
typedef struct {
    const char *section, *path, *row, *column;
} Spot;

static void compare(Differ *differ, const Spot *spot, const SatsValue *old_value,
                    SatsPlace old_place, const SatsValue *new_value, SatsPlace new_place);

const char *sats_change_name(SatsChangeKind kind) {
    static const char *const NAMES[] = {"added", "removed", "changed", "moved"};
    return NAMES[kind];
}

static SatsChange *latest(const Differ *differ) {
    return &g_array_index(differ->changes, SatsChange, differ->changes->len - 1);
}

static SatsChange *note(Differ *differ, SatsChangeKind kind, const Spot *spot) {
    SatsChange change = {.kind = kind,
                         .section = spot->section,
                         .path = spot->path,
                         .row = spot->row,
                         .column = spot->column};
    g_array_append_val(differ->changes, change);
    return latest(differ);
}

static void note_values(Differ *differ, SatsChangeKind kind, const Spot *spot,
                        const SatsValue *old_value, SatsPlace old_place, const SatsValue *new_value,
                        SatsPlace new_place) {
    SatsChange *change = note(differ, kind, spot);
    change->old_value = old_value;
    change->new_value = new_value;
    change->old_place = old_place;
    change->new_place = new_place;
}

/* ---- maps ---- */

static Spot spot_of_key(Differ *differ, const Spot *outer, const char *key) {
    Spot spot = *outer;
    gboolean top = *outer->path == '\0';
    spot.section = top ? key : outer->section;
    spot.path = top ? key : sats_arena_printf(differ->arena, "%s.%s", outer->path, key);
    if (outer->row != NULL)
        spot.column = outer->column == NULL
                          ? key
                          : sats_arena_printf(differ->arena, "%s.%s", outer->column, key);
    return spot;
}

static void compare_maps(Differ *differ, const Spot *outer, const SatsValue *old_map,
                         const SatsValue *new_map) {
    const SatsPlace nowhere = {0};
    for (guint32 i = 0; i < new_map->length; i++) {
        const SatsEntry *entry = &new_map->as.entries[i];
        const SatsEntry *before = sats_value_lookup_entry(old_map, entry->key);
        if (before != NULL && before->value == entry->value)
            continue;
        Spot spot = spot_of_key(differ, outer, entry->key);
        compare(differ, &spot, before != NULL ? before->value : NULL,
                before != NULL ? before->place : nowhere, entry->value, entry->place);
    }
    for (guint32 i = 0; i < old_map->length; i++) {
        const SatsEntry *entry = &old_map->as.entries[i];
        if (sats_value_lookup_entry(new_map, entry->key) != NULL)
            continue;
        Spot spot = spot_of_key(differ, outer, entry->key);
        compare(differ, &spot, entry->value, entry->place, NULL, nowhere);
    }
}

/* ---- lists ---- */

static gboolean is_name(const SatsValue *field) {
    return field != NULL && field->kind == SATS_VALUE_TEXT && field->length > 0;
}

static gboolean is_alone(const SatsValue *list, const char *key, const SatsValue *name) {
    guint same = 0;
    for (guint32 i = 0; i < list->length && same < 2; i++)
        same += sats_value_equal(sats_row_field(list->as.items[i], key), name) ? 1U : 0U;
    return same == 1;
}

/* The first of its fields that no other row of the list has; of cells, the first one. */
static const SatsValue *own_name(const SatsValue *list, const SatsValue *row) {
    if (list->length > MAX_NAMED || (row->kind != SATS_VALUE_MAP && row->kind != SATS_VALUE_LIST))
        return NULL;
    for (guint32 i = 0; i < (row->kind == SATS_VALUE_MAP ? row->length : 1U); i++) {
        const char *key = row->kind == SATS_VALUE_MAP ? row->as.entries[i].key : "1";
        const SatsValue *name = sats_row_field(row, key);
        if (is_name(name) && is_alone(list, key, name))
            return name;
    }
    return NULL;
}

/* What a row is called: its identity, else what it alone has, else its number. */
static Spot spot_of_row(Differ *differ, const Spot *outer, const SatsValue *list,
                        const char *id_key, guint index) {
    Spot spot = *outer;
    const SatsValue *row = list->as.items[index];
    const SatsValue *id = id_key == NULL ? NULL : sats_row_field(row, id_key);
    id = is_name(id) ? id : own_name(list, row);
    gboolean named = id != NULL;
    if (named) {
        g_autofree char *name = sats_value_summary(id, 40, NULL);
        spot.row = sats_arena_strdup(differ->arena, name);
    } else {
        spot.row = sats_arena_printf(differ->arena, "#%u", index + 1);
    }
    spot.path =
        sats_arena_printf(differ->arena, "%s[%s]", outer->path, named ? spot.row : spot.row + 1);
    spot.column = NULL;
    return spot;
}

static void compare_items(Differ *differ, const Spot *outer, const SatsValue *old_list,
                          const SatsValue *new_list, const SatsPairs *pairs, guint j) {
    guint i = pairs->old_of[j];
    const SatsValue *after = new_list->as.items[j];
    Spot spot = spot_of_row(differ, outer, new_list, pairs->id_key, j);
    if (i == SATS_UNPAIRED) {
        note_values(differ, SATS_CHANGE_ADDED, &spot, NULL, (SatsPlace){0}, after, after->place);
        latest(differ)->new_index = j + 1;
        return;
    }
    const SatsValue *before = old_list->as.items[i];
    if (pairs->moved[j]) {
        note_values(differ, SATS_CHANGE_MOVED, &spot, before, before->place, after, after->place);
        latest(differ)->old_index = i + 1;
        latest(differ)->new_index = j + 1;
    }
    compare(differ, &spot, before, before->place, after, after->place);
}

/* What is gone is told where it stood: after the row that stood before it. */
static void compare_lists(Differ *differ, const Spot *outer, const SatsValue *old_list,
                          const SatsValue *new_list) {
    SatsPairs pairs;
    sats_pair_lists(old_list, new_list, differ->arena, &pairs);
    guint gone = 0;
    for (guint j = 0; j <= new_list->length; j++) {
        guint i = j < new_list->length ? pairs.old_of[j] : old_list->length;
        gboolean in_order = j == new_list->length || (i != SATS_UNPAIRED && !pairs.moved[j]);
        for (; in_order && gone < i; gone++) {
            if (pairs.new_of[gone] != SATS_UNPAIRED)
                continue;
            const SatsValue *row = old_list->as.items[gone];
            Spot spot = spot_of_row(differ, outer, old_list, pairs.id_key, gone);
            note_values(differ, SATS_CHANGE_REMOVED, &spot, row, row->place, NULL, (SatsPlace){0});
            latest(differ)->old_index = gone + 1;
        }
        if (j < new_list->length)
            compare_items(differ, outer, old_list, new_list, &pairs, j);
    }
}

/* Lists of lists: the inner ones are rows whose columns have numbers. */
static void compare_rows(Differ *differ, const Spot *outer, const SatsValue *old_row,
                         const SatsValue *new_row) {
    guint32 n = MAX(old_row->length, new_row->length);
    for (guint32 i = 0; i < n; i++) {
        const SatsValue *before = i < old_row->length ? old_row->as.items[i] : NULL;
        const SatsValue *after = i < new_row->length ? new_row->as.items[i] : NULL;
        Spot spot = *outer;
        spot.path = sats_arena_printf(differ->arena, "%s[%u]", outer->path, i + 1);
        spot.column = sats_arena_printf(differ->arena, "%u", i + 1);
        compare(differ, &spot, before, before != NULL ? before->place : (SatsPlace){0}, after,
                after != NULL ? after->place : (SatsPlace){0});
    }
}

/* ---- any two ---- */

static gboolean is_kind(const SatsValue *a, const SatsValue *b, SatsValueKind kind) {
    return a != NULL && b != NULL && a->kind == kind && b->kind == kind;
}

/* Rows within a row, all of which came or went: they are told one by one, and may come from another
 * list. */
static gboolean are_inner_rows(const Spot *spot, const SatsValue *list) {
    return spot->row != NULL && spot->column != NULL && list != NULL &&
           list->kind == SATS_VALUE_LIST && list->length > 0 &&
           list->as.items[0]->kind == SATS_VALUE_MAP;
}

static void compare(Differ *differ, const Spot *spot, const SatsValue *old_value,
                    SatsPlace old_place, const SatsValue *new_value, SatsPlace new_place) {
    static const SatsValue EMPTY = {.kind = SATS_VALUE_LIST};
    if (old_value == new_value ||
        (sats_value_is_left_out(old_value) && sats_value_is_left_out(new_value)))
        return;
    gboolean deep = differ->depth < MAX_DEPTH;
    differ->depth++;
    if (deep && is_kind(old_value, new_value, SATS_VALUE_MAP)) {
        compare_maps(differ, spot, old_value, new_value);
    } else if (deep && is_kind(old_value, new_value, SATS_VALUE_LIST)) {
        gboolean row =
            spot->row != NULL && spot->column == NULL && g_str_has_suffix(spot->path, "]");
        if (row)
            compare_rows(differ, spot, old_value, new_value);
        else
            compare_lists(differ, spot, old_value, new_value);
    } else if (deep && sats_value_is_left_out(old_value) && are_inner_rows(spot, new_value)) {
        compare_lists(differ, spot, &EMPTY, new_value);
    } else if (deep && sats_value_is_left_out(new_value) && are_inner_rows(spot, old_value)) {
        compare_lists(differ, spot, old_value, &EMPTY);
    } else if (sats_value_is_left_out(old_value)) {
        note_values(differ, SATS_CHANGE_ADDED, spot, NULL, (SatsPlace){0}, new_value, new_place);
    } else if (sats_value_is_left_out(new_value)) {
        note_values(differ, SATS_CHANGE_REMOVED, spot, old_value, old_place, NULL, new_place);
    } else if (!sats_value_equal(old_value, new_value)) {
        g_assert(old_value != NULL && new_value != NULL); /* neither is empty */
        note_values(differ, SATS_CHANGE_CHANGED, spot, old_value, old_value->place, new_value,
                    new_value->place);
    }
    differ->depth--;
}

/* ---- from list to list ---- */

#define SEVERAL GUINT_TO_POINTER(G_MAXUINT)

/* A row's name and the kind of list it is in, its path without the names of items; NULL: it has no
 * name, or is no row. Caller frees. */
static char *name_among_lists(const SatsChange *change) {
    if (change->row == NULL || change->column != NULL || change->row[0] == '#')
        return NULL;
    GString *name = g_string_new(NULL);
    gboolean inside = FALSE;
    for (const char *c = change->path; *c != '\0'; c++) {
        inside = *c == '[' || (inside && *c != ']');
        if (!inside)
            g_string_append_c(name, *c);
    }
    g_string_append_printf(name, " %s", change->row);
    return g_string_free(name, FALSE);
}

/* Rows of a kind by that name: index + 1, or SEVERAL. */
static GHashTable *rows_by_name(const GArray *changes, SatsChangeKind kind) {
    GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < changes->len; i++) {
        const SatsChange *change = &g_array_index(changes, SatsChange, i);
        char *name = change->kind == kind ? name_among_lists(change) : NULL;
        if (name != NULL)
            g_hash_table_insert(
                rows, name, g_hash_table_contains(rows, name) ? SEVERAL : GUINT_TO_POINTER(i + 1));
    }
    return rows;
}

/* For each change of a pair the other one's index + 1. */
static guint *pair_moves(const GArray *changes) {
    guint *other = g_new0(guint, (gsize)changes->len + 1);
    g_autoptr(GHashTable) gone = rows_by_name(changes, SATS_CHANGE_REMOVED);
    g_autoptr(GHashTable) come = rows_by_name(changes, SATS_CHANGE_ADDED);
    GHashTableIter iter;
    gpointer name = NULL, at = NULL;
    g_hash_table_iter_init(&iter, come);
    while (g_hash_table_iter_next(&iter, &name, &at)) {
        gpointer from = g_hash_table_lookup(gone, name);
        if (from == NULL || from == SEVERAL || at == SEVERAL)
            continue;
        guint i = GPOINTER_TO_UINT(from) - 1, j = GPOINTER_TO_UINT(at) - 1;
        if (sats_value_likeness(g_array_index(changes, SatsChange, i).old_value,
                                g_array_index(changes, SatsChange, j).new_value) < LEAST_LIKENESS)
            continue;
        other[i] = j + 1;
        other[j] = i + 1;
    }
    return other;
}

static void note_move(Differ *differ, const SatsChange *gone, const SatsChange *come) {
    SatsChange move = *come;
    move.kind = SATS_CHANGE_MOVED;
    move.old_value = gone->old_value;
    move.old_place = gone->old_place;
    move.old_index = gone->old_index;
    move.old_path = gone->path;
    g_array_append_val(differ->changes, move);
    Spot spot = {come->section, come->path, come->row, come->column};
    compare(differ, &spot, gone->old_value, gone->old_place, come->new_value, come->new_place);
}

/* Rows that went from one list and came in another are one change each. */
static void join_moves(Differ *differ) {
    g_autoptr(GArray) changes = g_steal_pointer(&differ->changes);
    g_autofree guint *other = pair_moves(changes);
    differ->changes = g_array_sized_new(FALSE, FALSE, sizeof(SatsChange), changes->len);
    for (guint i = 0; i < changes->len; i++) {
        const SatsChange *change = &g_array_index(changes, SatsChange, i);
        if (other[i] == 0)
            g_array_append_vals(differ->changes, change, 1);
        else if (change->kind == SATS_CHANGE_ADDED)
            note_move(differ, &g_array_index(changes, SatsChange, other[i] - 1), change);
    }
}

/* ---- all of it ---- */

const SatsDiff *sats_diff(const SatsValue *old_root, const SatsValue *new_root, SatsArena *arena) {
    Differ differ = {arena, g_array_new(FALSE, FALSE, sizeof(SatsChange)), 0};
    const SatsPlace nowhere = {0};
    Spot top = {"", "", NULL, NULL};
    compare(&differ, &top, old_root, old_root != NULL ? old_root->place : nowhere, new_root,
            new_root != NULL ? new_root->place : nowhere);
    join_moves(&differ);
    g_autoptr(GArray) changes = differ.changes;
    SatsDiff *diff = sats_arena_new_struct(arena, SatsDiff);
    diff->changes = sats_arena_memdup(arena, changes->data, changes->len * sizeof(SatsChange));
    diff->n_changes = changes->len;
    for (guint i = 0; i < changes->len; i++)
        diff->count[diff->changes[i].kind]++;
    return diff;
}

/* ---- summaries ---- */

static void add_summary(GString *out, const SatsValue *value, GHashTable *texts, guint depth) {
    if (sats_value_is_left_out(value) || depth > MAX_DEPTH)
        return;
    if (value->kind == SATS_VALUE_MAP && value->length == 0)
        g_string_append(out, out->len > 0 ? " · {}" : "{}");
    if (value->kind == SATS_VALUE_TEXT) {
        if (out->len > 0)
            g_string_append(out, " · ");
        const char *text = texts != NULL ? g_hash_table_lookup(texts, value) : NULL;
        for (const char *c = text != NULL ? text : value->as.text; *c != '\0'; c++) {
            gboolean space = *c == ' ' || *c == '\n' || *c == '\r' || *c == '\t';
            if (!space)
                g_string_append_c(out, *c);
            else if (out->len > 0 && out->str[out->len - 1] != ' ')
                g_string_append_c(out, ' ');
        }
        return;
    }
    for (guint32 i = 0; i < value->length; i++)
        add_summary(out,
                    value->kind == SATS_VALUE_MAP ? value->as.entries[i].value : value->as.items[i],
                    texts, depth + 1);
}

char *sats_value_summary(const SatsValue *value, guint limit, GHashTable *texts) {
    GString *out = g_string_new(NULL);
    add_summary(out, value, texts, 0);
    while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    if (limit > 0 && g_utf8_strlen(out->str, (gssize)out->len) > (glong)limit) {
        g_string_truncate(out,
                          (gsize)(g_utf8_offset_to_pointer(out->str, (glong)limit - 1) - out->str));
        g_string_append(out, "…");
    }
    return g_string_free(out, FALSE);
}
