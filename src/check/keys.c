/* Checks of keys: what must be unique, and what refers to something that must exist. */
#include "check/run.h"

#include <string.h>

#include "check/near.h"
#include "template/filter.h"

#define TITLE_LENGTH    60u /* characters of a row that a finding shows */
#define MAX_SUGGESTIONS 50u /* of one check: each is looked for among all targets */

/* ---- rows as keys ---- */

static int by_name(gconstpointer a, gconstpointer b) {
    const SatsEntry *const *x = a, *const *y = b;
    return strcmp((*x)->key, (*y)->key);
}

static void append_value(GString *out, const SatsValue *value);

static void append_key(GString *out, const char *key, const SatsValue *value) {
    g_string_append_c(out, '\x1e');
    g_string_append(out, key);
    g_string_append_c(out, '\x1f');
    append_value(out, value);
}

/* Empty keys are as if they were not there, and the order of keys does not count. */
static void append_map(GString *out, const SatsValue *map) {
    g_autoptr(GPtrArray) entries = g_ptr_array_sized_new(map->length);
    for (guint32 i = 0; i < map->length; i++)
        if (!sats_value_is_empty(map->as.entries[i].value))
            g_ptr_array_add(entries, (gpointer)(guintptr)&map->as.entries[i]);
    g_ptr_array_sort(entries, by_name);
    for (guint i = 0; i < entries->len; i++) {
        const SatsEntry *entry = g_ptr_array_index(entries, i);
        append_key(out, entry->key, entry->value);
    }
}

static void append_value(GString *out, const SatsValue *value) {
    if (!value)
        return;
    if (value->kind == SATS_VALUE_MAP)
        append_map(out, value);
    for (guint32 i = 0; value->kind == SATS_VALUE_LIST && i < value->length; i++) {
        g_string_append_c(out, '\x1d');
        append_value(out, value->as.items[i]);
    }
    if (value->kind == SATS_VALUE_TEXT) {
        g_autofree char *text = g_strdup(value->as.text);
        g_string_append(out, g_strstrip(text));
    }
}

static gboolean is_unknown(const SatsValue *value) {
    return value && value->kind == SATS_VALUE_TEXT && sats_text_is_placeholder(value->as.text);
}

/* A row is as unique as the keys that count; "" when one of them is not known yet. */
static const char *row_key(const SatsCheckRun *run, const SatsValue *row) {
    const SatsCheck *check = run->check;
    g_autoptr(GString) key = g_string_new(NULL);
    if (!check->by)
        append_map(key, row);
    for (guint i = 0; check->by && i < check->n_by; i++) {
        const SatsValue *value = sats_value_lookup(row, check->by[i]);
        if (is_unknown(value))
            return "";
        if (!sats_value_is_empty(value))
            append_key(key, check->by[i], value);
    }
    return sats_arena_strndup(run->arena, key->str, key->len);
}

static const char *unique_key(const SatsCheckRun *run, const SatsResult *item) {
    const SatsValue *value = item->value;
    return item->kind == SATS_RESULT_MAP && value && value->kind == SATS_VALUE_MAP
               ? row_key(run, value)
               : sats_check_key(run, item);
}

/* What a finding calls an item: its text, or the first text of a row. */
static const char *title_of(const SatsCheckRun *run, const SatsResult *item) {
    const char *text = item->kind == SATS_RESULT_MAP ? NULL : sats_check_key(run, item);
    const SatsValue *row = item->value;
    const SatsValue *named =
        run->check->n_by && !text ? sats_value_lookup(row, run->check->by[0]) : NULL;
    if (named && named->kind == SATS_VALUE_TEXT)
        text = named->as.text;
    for (guint32 i = 0; !text && i < row->length; i++)
        if (row->as.entries[i].value->kind == SATS_VALUE_TEXT)
            text = row->as.entries[i].value->as.text;
    if (!text)
        return "";
    g_autofree char *line = g_strdelimit(g_strdup(text), "\n", ' ');
    g_strstrip(line);
    if (g_utf8_strlen(line, -1) <= (glong)TITLE_LENGTH)
        return sats_arena_strdup(run->arena, line);
    g_autofree char *start = g_utf8_substring(line, 0, TITLE_LENGTH);
    return sats_arena_printf(run->arena, "%s…", start);
}

/* ---- unique ---- */

/* Where an earlier item stands: "on line 7", or in a sheet "in B7". */
static const char *where(const SatsCheckRun *run, const SatsResult *item, gboolean swedish) {
    const SatsValue *value = item->value;
    if (!value || !value->place.source || !value->place.source->sheet)
        return sats_arena_printf(run->arena, "%s %u", swedish ? "på rad" : "on line",
                                 value ? value->place.line : 0);
    g_autoptr(GString) cell = g_string_new(swedish ? "i " : "in ");
    sats_place_append(cell, &value->place);
    return sats_arena_strndup(run->arena, cell->str, cell->len);
}

static void same(const SatsCheckRun *run, const SatsResult *item, const SatsResult *earlier) {
    const char *title = title_of(run, item);
    const SatsPlace *place = sats_check_place(run, item, NULL);
    if (item->value && item->value == earlier->value) /* the alias itself has no place */
        sats_check_found(
            run, place, sats_arena_printf(run->arena, "'%s' stands twice, by an alias", title),
            sats_arena_printf(run->arena, "'%s' står två gånger, genom ett alias", title));
    else
        sats_check_found(
            run, place,
            sats_arena_printf(run->arena, "'%s' stands %s already", title,
                              where(run, earlier, FALSE)),
            sats_arena_printf(run->arena, "'%s' finns redan %s", title, where(run, earlier, TRUE)));
}

/* Almost the same is a warning, however severe the check: it may be meant. */
static void almost(const SatsCheckRun *run, const SatsResult *item, const SatsResult *earlier) {
    SatsSeverity severity = run->check->severity;
    const char *title = title_of(run, item), *other = title_of(run, earlier);
    sats_report_add(run->report, severity == SATS_ERROR ? SATS_WARNING : severity, "near-duplicate",
                    sats_check_place(run, item, NULL), "'%s' is almost the same as '%s' %s%.0s",
                    "'%s' är nästan lika med '%s' %.0s%s", title, other, where(run, earlier, FALSE),
                    where(run, earlier, TRUE));
}

void sats_check_unique(const SatsCheckRun *run) {
    SatsResult result;
    const SatsResult *items;
    if (!sats_check_values(run, &run->check->left, &result))
        return;
    guint n = sats_check_items(&result, &items);
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal);
    const char **keys = sats_arena_new_array(run->arena, const char *, MAX(n, 1u));
    for (guint i = 0; i < n; i++) {
        keys[i] = items[i].part ? "" : unique_key(run, &items[i]); /* each whole has its own */
        const SatsResult *earlier = *keys[i] ? g_hash_table_lookup(first, keys[i]) : NULL;
        if (earlier)
            same(run, &items[i], earlier);
        else if (*keys[i])
            g_hash_table_insert(first, (gpointer)(guintptr)keys[i], (gpointer)(guintptr)&items[i]);
    }
    if (!run->check->near)
        return;
    guint *near = sats_arena_new_array(run->arena, guint, MAX(n, 1u));
    sats_near_find(keys, n, near);
    for (guint i = 0; i < n; i++)
        if (near[i] != i && g_hash_table_lookup(first, keys[i]) == &items[i])
            almost(run, &items[i], &items[near[i]]);
}

/* ---- references ---- */

static GHashTable *index_of(const SatsCheckRun *run, const SatsResult *result) {
    GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);
    const SatsResult *items;
    guint n = sats_check_items(result, &items);
    for (guint i = 0; i < n; i++) {
        const char *key = sats_check_key(run, &items[i]);
        if (*key && !g_hash_table_contains(index, key))
            g_hash_table_insert(index, (gpointer)(guintptr)key, (gpointer)(guintptr)&items[i]);
    }
    return index;
}

/* Every one of the targets must be named. `first`: the targets' index, since one may stand twice.
 */
static void check_covered(const SatsCheckRun *run, const SatsResult *targets, GHashTable *first,
                          GHashTable *named) {
    const SatsResult *items;
    guint n = sats_check_items(targets, &items);
    for (guint i = 0; i < n; i++) {
        const char *key = sats_check_key(run, &items[i]);
        if (*key && !g_hash_table_contains(named, key) &&
            g_hash_table_lookup(first, key) == &items[i])
            sats_check_found(run, sats_check_place(run, &items[i], NULL),
                             sats_arena_printf(run->arena, "nothing refers to '%s'", key),
                             sats_arena_printf(run->arena, "inget hänvisar till '%s'", key));
    }
}

void sats_check_covered(const SatsCheckRun *run) {
    SatsResult left, right;
    if (!sats_check_values(run, &run->check->left, &left) ||
        !sats_check_values(run, &run->check->right, &right))
        return;
    g_autoptr(GHashTable) targets = index_of(run, &left);
    g_autoptr(GHashTable) named = index_of(run, &right);
    check_covered(run, &left, targets, named);
}

static void leads_nowhere(const SatsCheckRun *run, const SatsResult *item, const char *key) {
    sats_check_found(run, sats_check_place(run, item, NULL),
                     sats_arena_printf(run->arena, "'%s' is referred to but does not exist", key),
                     sats_arena_printf(run->arena, "'%s' finns inte att hänvisa till", key));
}

static const char **names_of(const SatsCheckRun *run, const SatsResult *targets, guint *out_n) {
    const SatsResult *items;
    *out_n = sats_check_items(targets, &items);
    const char **names = sats_arena_new_array(run->arena, const char *, MAX(*out_n, 1u));
    for (guint i = 0; i < *out_n; i++)
        names[i] = sats_check_key(run, &items[i]);
    return names;
}

void sats_check_reference(const SatsCheckRun *run) {
    SatsResult left, right;
    const SatsResult *items;
    if (!sats_check_values(run, &run->check->left, &left) ||
        !sats_check_values(run, &run->check->right, &right))
        return;
    g_autoptr(GHashTable) targets = index_of(run, &right);
    g_autoptr(GHashTable) named = index_of(run, &left);
    guint n = sats_check_items(&left, &items), n_names, found = 0;
    const char **names = names_of(run, &right, &n_names);
    for (guint i = 0; i < n; i++) {
        const char *key = sats_check_key(run, &items[i]);
        if (!*key || g_hash_table_contains(targets, key))
            continue;
        leads_nowhere(run, &items[i], key);
        if (!run->check->message[0] && found++ < MAX_SUGGESTIONS)
            sats_report_suggest(run->report, key, names, n_names);
    }
    if (run->check->covers)
        check_covered(run, &right, targets, named);
}
