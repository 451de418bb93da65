/* data/frozen.c: values as words, and back.
 *
 * The words are MAGIC, the number of files, for each file the words of HEAD, then the files' parts:
 * the text's bytes; its digests, each with its NUL; the bytes deflated; their index;
 * strings, each with its NUL;
 * keys, as places of their strings;
 * nodes, children before parents, the root last.
 *
 * A node is its kind and style, the line, column and length of its place, its length, and then for
 * a scalar the place of its string, for a list its nodes' numbers, for a map with each entry its
 * key's number, the key's place and its node's number.
 */
#include "data/frozen.h"

#include "data/yaml-parts.h"

#include <string.h>

enum { MAGIC = 0x53465A33 };
enum {
    TEXT,
    TEXT_BYTES,
    SHA256,
    MD5,
    PACKED,
    PACKED_BYTES,
    INDEX,
    STRINGS,
    KEYS,
    N_KEYS,
    NODES,
    N_NODES,
    HEAD
};

/* ---- freezing ---- */

typedef struct {
    GArray *nodes, *keys; /* guint32 */
    GByteArray *strings;
    GHashTable *numbers; /* of values and keys (pointers), plus 1 */
    guint32 n_nodes;
    gboolean tagged;
} Freezer;

static void put(GArray *words, guint32 word) {
    g_array_append_val(words, word);
}

static void put_place(GArray *words, SatsPlace place) {
    put(words, place.line);
    put(words, place.column | (guint32)place.length << 16);
}

static guint32 put_string(Freezer *freezer, const char *text, gsize length) {
    guint32 at = freezer->strings->len;
    g_byte_array_append(freezer->strings, (const guint8 *)text, (guint)length + 1);
    return at;
}

static guint32 number_of(const Freezer *freezer, const void *pointer) {
    return GPOINTER_TO_UINT(g_hash_table_lookup(freezer->numbers, pointer)) - 1;
}

static void remember(Freezer *freezer, const void *pointer, guint32 number) {
    g_hash_table_insert(freezer->numbers, (gpointer)(gsize)pointer, GUINT_TO_POINTER(number + 1));
}

static void freeze_key(Freezer *freezer, const char *key) {
    if (g_hash_table_contains(freezer->numbers, key))
        return;
    remember(freezer, key, freezer->keys->len);
    put(freezer->keys, put_string(freezer, key, strlen(key)));
}

static void put_children(Freezer *freezer, const SatsValue *value) {
    for (guint32 i = 0; i < value->length; i++) {
        if (value->kind == SATS_VALUE_LIST) {
            put(freezer->nodes, number_of(freezer, value->as.items[i]));
            continue;
        }
        const SatsEntry *entry = &value->as.entries[i];
        put(freezer->nodes, number_of(freezer, entry->key));
        put_place(freezer->nodes, entry->place);
        put(freezer->nodes, number_of(freezer, entry->value));
    }
}

/* Depth is limited by the reader. */
static void freeze(Freezer *freezer, const SatsValue *value) {
    gboolean list = value->kind == SATS_VALUE_LIST, map = value->kind == SATS_VALUE_MAP;
    if (g_hash_table_contains(freezer->numbers, value))
        return;
    for (guint32 i = 0; (list || map) && i < value->length; i++) {
        freeze(freezer, list ? value->as.items[i] : value->as.entries[i].value);
        if (map)
            freeze_key(freezer, value->as.entries[i].key);
    }
    remember(freezer, value, freezer->n_nodes++);
    freezer->tagged = freezer->tagged || value->tag != NULL;
    put(freezer->nodes, (guint32)value->kind | (guint32)value->quoted << 8);
    put_place(freezer->nodes, value->place);
    put(freezer->nodes, value->length);
    if (list || map)
        put_children(freezer, value);
    else
        put(freezer->nodes, put_string(freezer, value->as.text, value->length));
}

static guint32 put_bytes(GArray *words, const void *bytes, gsize size) {
    guint32 at = words->len;
    g_array_set_size(words, at + (guint)((size + 3) / 4));
    if (size > 0)
        memcpy(words->data + (gsize)at * 4, bytes, size);
    return at;
}

static guint32 put_digest(GArray *words, GChecksumType type, const SatsSource *source) {
    g_autofree char *digest =
        g_compute_checksum_for_data(type, (const guchar *)source->text, source->length);
    return put_bytes(words, digest, strlen(digest) + 1);
}

static void put_source(GArray *words, guint32 *parts, const SatsSource *source) {
    parts[TEXT_BYTES] = (guint32)source->length;
    parts[TEXT] = put_bytes(words, source->text, source->length);
    parts[SHA256] = put_digest(words, G_CHECKSUM_SHA256, source);
    parts[MD5] = put_digest(words, G_CHECKSUM_MD5, source);
}

static void put_packed(GArray *words, guint32 *parts, GByteArray *packed) {
    parts[PACKED_BYTES] = packed->len;
    parts[PACKED] = put_bytes(words, packed->data, packed->len);
    g_byte_array_unref(packed);
}

static void put_values(GArray *words, guint32 *parts, const SatsValue *root) {
    Freezer freezer = {.nodes = g_array_new(FALSE, FALSE, 4),
                       .keys = g_array_new(FALSE, FALSE, 4),
                       .strings = g_byte_array_new(),
                       .numbers = g_hash_table_new(g_direct_hash, g_direct_equal)};
    freeze(&freezer, root);
    if (!freezer.tagged) {
        parts[STRINGS] = put_bytes(words, freezer.strings->data, freezer.strings->len);
        parts[N_KEYS] = freezer.keys->len;
        parts[KEYS] = put_bytes(words, freezer.keys->data, (gsize)freezer.keys->len * 4);
        parts[N_NODES] = freezer.n_nodes;
        parts[NODES] = put_bytes(words, freezer.nodes->data, (gsize)freezer.nodes->len * 4);
    }
    g_array_unref(freezer.nodes);
    g_array_unref(freezer.keys);
    g_byte_array_unref(freezer.strings);
    g_hash_table_unref(freezer.numbers);
}

static void put_index(GArray *words, guint32 *parts, GArray *index) {
    if (index == NULL)
        return;
    parts[INDEX] = put_bytes(words, index->data, (gsize)index->len * 4);
    g_array_unref(index);
}

static void put_file(GArray *words, guint32 head, const SatsSource *source,
                     const SatsFreezing *how) {
    g_autoptr(SatsArena) arena = sats_arena_new();
    g_autoptr(SatsReport) report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    const SatsValue *root = sats_yaml_read(source, NULL, arena, report);
    guint32 parts[HEAD] = {0};
    put_source(words, parts, source);
    if (root != NULL && sats_report_length(report) == 0) {
        put_values(words, parts, root);
        if (how->pack != NULL)
            put_packed(words, parts, how->pack(source->text, source->length));
    } else if (how->index != NULL) {
        put_index(words, parts, how->index(source->text, source->length));
    }
    memcpy(words->data + (gsize)head * 4, parts, sizeof parts);
}

GArray *sats_frozen_make(const SatsSources *sources, const SatsFreezing *how) {
    GArray *words = g_array_new(FALSE, TRUE, 4);
    guint n = sats_sources_count(sources);
    put(words, MAGIC);
    put(words, n);
    g_array_set_size(words, words->len + n * HEAD);
    for (guint i = 0; i < n; i++)
        put_file(words, 2 + i * HEAD, sats_sources_at(sources, i), how);
    return words;
}

/* ---- thawing ---- */

typedef struct {
    const guint32 *at; /* in the nodes */
    const char *strings;
    const guint32 *keys;
    const SatsSource *source;
    SatsArena *arena;
    SatsValue *values;
} Thawer;

static guint32 next(Thawer *thawer) {
    return *thawer->at++;
}

static SatsPlace next_place(Thawer *thawer) {
    SatsPlace place = {.source = thawer->source, .line = next(thawer)};
    guint32 columns = next(thawer);
    place.column = (guint16)(columns & 0xFFFF);
    place.length = (guint16)(columns >> 16);
    return place;
}

static void thaw_list(Thawer *thawer, SatsValue *value) {
    const SatsValue **items = sats_arena_new_array(thawer->arena, const SatsValue *, value->length);
    for (guint32 i = 0; i < value->length; i++)
        items[i] = &thawer->values[next(thawer)];
    value->as.items = items;
}

static void thaw_map(Thawer *thawer, SatsValue *value) {
    SatsEntry *entries = sats_yaml_new_entries(thawer->arena, value);
    for (guint32 i = 0; i < value->length; i++) {
        entries[i].key = thawer->strings + thawer->keys[next(thawer)];
        entries[i].place = next_place(thawer);
        entries[i].value = &thawer->values[next(thawer)];
    }
    sats_yaml_index(value);
}

static void thaw(Thawer *thawer, SatsValue *value) {
    guint32 what = next(thawer);
    value->kind = (SatsValueKind)(what & 0xFF);
    value->quoted = (guint8)(what >> 8);
    value->place = next_place(thawer);
    value->length = next(thawer);
    value->as.text = "";
    if (value->kind == SATS_VALUE_MAP)
        thaw_map(thawer, value);
    else if (value->kind == SATS_VALUE_LIST && value->length > 0)
        thaw_list(thawer, value);
    else if (value->kind != SATS_VALUE_LIST)
        value->as.text = thawer->strings + next(thawer);
}

/* The words of a file's HEAD, or NULL. */
static const guint32 *find_file(const guint32 *words, const void *bytes, gsize size) {
    const guint32 *head = words + 2, *end = head + (gsize)sats_frozen_count(words) * HEAD;
    for (; head < end; head += HEAD)
        if (head[TEXT_BYTES] == size && (size == 0 || memcmp(words + head[TEXT], bytes, size) == 0))
            return head;
    return NULL;
}

/* The values of the file with that HEAD; `source` may be NULL. */
static const SatsValue *thaw_file(const guint32 *words, const guint32 *head,
                                  const SatsSource *source, SatsArena *arena) {
    guint32 n = head[N_NODES];
    if (n == 0)
        return NULL;
    Thawer thawer = {.at = words + head[NODES],
                     .strings = (const char *)(words + head[STRINGS]),
                     .keys = words + head[KEYS],
                     .source = source,
                     .arena = arena,
                     .values = sats_arena_new_array(arena, SatsValue, n)};
    for (guint32 i = 0; i < n; i++)
        thaw(&thawer, &thawer.values[i]);
    return &thawer.values[n - 1];
}

const SatsValue *sats_frozen_read(const guint32 *words, const SatsSource *source,
                                  SatsArena *arena) {
    const guint32 *head = find_file(words, source->text, source->length);
    return head != NULL ? thaw_file(words, head, source, arena) : NULL;
}

guint sats_frozen_count(const guint32 *words) {
    return words[0] == MAGIC ? words[1] : 0;
}

const SatsValue *sats_frozen_at(const guint32 *words, guint index, SatsArena *arena) {
    return thaw_file(words, words + 2 + (gsize)index * HEAD, NULL, arena);
}

gboolean sats_frozen_facts(const guint32 *words, const void *bytes, gsize size,
                           SatsFrozenFacts *out) {
    const guint32 *head = find_file(words, bytes, size);
    if (head == NULL)
        return FALSE;
    const guint8 *packed = (const guint8 *)(words + head[PACKED]);
    *out = (SatsFrozenFacts){.sha256 = (const char *)(words + head[SHA256]),
                             .md5 = (const char *)(words + head[MD5]),
                             .packed = head[PACKED_BYTES] > 0 ? packed : NULL,
                             .packed_size = head[PACKED_BYTES],
                             .index = head[INDEX] > 0 ? words + head[INDEX] : NULL};
    return TRUE;
}
