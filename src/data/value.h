/* data/value.h: a plan as read: a tree of values that know where they stand.
 *
 * Scalars keep the text they were written with; the template's declarations say what type each has,
 * and the readers below give it. The tree is immutable once read and lives in the arena it was read
 * into.
 */
#ifndef SATS_DATA_VALUE_H
#define SATS_DATA_VALUE_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/report.h"

typedef enum { SATS_VALUE_NULL, SATS_VALUE_TEXT, SATS_VALUE_LIST, SATS_VALUE_MAP } SatsValueKind;

/* How a scalar was written. */
typedef enum {
    SATS_STYLE_PLAIN,
    SATS_STYLE_SINGLE,  /* 'so' */
    SATS_STYLE_DOUBLE,  /* "so" */
    SATS_STYLE_LITERAL, /* | */
    SATS_STYLE_FOLDED,  /* > */
    SATS_STYLE_TAGGED,  /* !!str so */
} SatsScalarStyle;

typedef struct SatsValue SatsValue;
typedef struct {
    const char *key;
    SatsPlace place; /* of the key */
    const SatsValue *value;
} SatsEntry;

struct SatsValue {
    guint8 kind;    /* SatsValueKind */
    guint8 quoted;  /* scalar was quoted or a block scalar: never null, number or bool by itself;
                       a SatsScalarStyle */
    guint8 indexed; /* map with a hash index behind its entries; only the readers set it */
    guint32 length; /* bytes of text, items of a list, entries of a map */
    SatsPlace place;
    const char *tag; /* "!csv", "!xlsx", also of the list that was read from the file; NULL none */
    union {
        const char *text; /* NUL-terminated UTF-8 */
        const SatsValue *const *items;
        const SatsEntry *entries; /* in the file's order */
    } as;
};

/* Limits on what is read; 0 takes the default. */
typedef struct {
    gsize max_bytes; /* of one file; default 64 MiB */
    guint max_depth; /* default 64 */
    guint max_nodes; /* counted after aliases are expanded; default 4,000,000 */
} SatsReadLimits;

/* Reads one YAML document. Findings (syntax, tabs, duplicate keys, bad UTF-8, limits, unknown tags)
 * go to `report`; reading goes on as far as it can, after a syntax error from the next line that
 * begins at the margin. NULL when nothing usable was read: after findings of the codes
 * "yaml-syntax", "tab", "utf8", "limit", "empty". Otherwise the tree is whole but for what was
 * refused: of duplicate keys the first is kept, complex and merge keys are left out, unknown and
 * cyclic aliases become null. Aliases share the anchored value. Keys are composed (Unicode
 * NFC) and one string each, so that equal keys of one tree are equal pointers. */
const SatsValue *sats_yaml_read(const SatsSource *source, const SatsReadLimits *limits,
                                SatsArena *arena, SatsReport *report);

/* Reads an ordinary file whole into `sources`, under its path as name; NULL with an error as
 * sats_file_read() gives them (base/file.h), also over the limit of `max_bytes` (0: 64 MiB). */
const SatsSource *sats_source_read_file(SatsSources *sources, const char *path, gsize max_bytes,
                                        GError **error);
/* The same for what the user names, a pipe, too; and for what must lie in a folder or below it. */
const SatsSource *sats_source_read_stream(SatsSources *sources, const char *path, gsize max_bytes,
                                          GError **error);
const SatsSource *sats_source_read_below(SatsSources *sources, const char *folder, const char *path,
                                         gsize max_bytes, GError **error);

/* The value of a map's key, or NULL. Linear in small maps, hashed by the reader in large ones. */
const SatsValue *sats_value_lookup(const SatsValue *map, const char *key);
const SatsEntry *sats_value_lookup_entry(const SatsValue *map, const char *key);

/* Readers of scalars. FALSE: not of that type. NULL is of none. */
gboolean sats_value_number(const SatsValue *value, SatsDecimal *out);
gboolean sats_value_bool(const SatsValue *value, gboolean *out); /* true/false/ja/nej, unquoted */
gboolean sats_value_is_empty(const SatsValue *value); /* NULL pointer, null, "", [], {} */
/* The same but for {}, which is there and has its defaults. */
gboolean sats_value_is_left_out(const SatsValue *value);

/* Where in the source the `offset`th byte of a scalar's text stands, as well as can be told (exact
 * but where a block scalar's text can't be matched with its lines: the line then). */
SatsPlace sats_value_place_at(const SatsValue *value, gsize offset);

/* A stretch of a scalar's text, in bytes, whose place is found only when a finding needs it: most
 * never do. No value: no place. */
typedef struct {
    const SatsValue *value;
    guint32 offset, length;
} SatsSpot;
/* As sats_value_place_at(), with the length in characters, at least 1. */
SatsPlace sats_spot_place(SatsSpot spot);

/* Text dump, for --stage=values and tests. Caller frees. */
char *sats_value_dump(const SatsValue *value);

#endif
