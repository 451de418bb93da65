/* batch/json.h: JSON, as far as a batch needs it: one line for each plan, and messages to workers.
 *
 * A value owns what it holds: a child that is put into a list or map belongs to it. Numbers keep
 * the digits they were read with. Reading is strict and bounded: depth 32, no comments, nothing
 * after the value.
 *
 * Life: new/parse -> put, add, look up -> write -> free.
 */
#ifndef SATS_BATCH_JSON_H
#define SATS_BATCH_JSON_H

#include <glib.h>

typedef enum {
    SATS_JSON_NULL,
    SATS_JSON_BOOL,
    SATS_JSON_NUMBER,
    SATS_JSON_TEXT,
    SATS_JSON_LIST,
    SATS_JSON_MAP,
} SatsJsonKind;

typedef struct SatsJson SatsJson;
struct SatsJson {
    SatsJsonKind kind;
    gboolean truth;    /* BOOL */
    char *text;        /* TEXT, and NUMBER as written */
    GPtrArray *keys;   /* MAP: char * */
    GPtrArray *values; /* LIST, MAP: SatsJson * */
};

SatsJson *sats_json_map_new(void);
SatsJson *sats_json_list_new(void);
SatsJson *sats_json_text_new(const char *text); /* NULL text: null */
SatsJson *sats_json_number_new(gint64 number);
SatsJson *sats_json_bool_new(gboolean truth);
SatsJson *sats_json_copy(const SatsJson *value);
void sats_json_free(SatsJson *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsJson, sats_json_free)

/* Take `value` over. A key should be put once. */
void sats_json_put(SatsJson *map, const char *key, SatsJson *value);
void sats_json_add(SatsJson *list, SatsJson *value);
/* Short for the usual cases. A NULL text is left out. */
void sats_json_put_text(SatsJson *map, const char *key, const char *text);
void sats_json_put_number(SatsJson *map, const char *key, gint64 number);

/* NULL, or the fallback, for what is not there or of another kind. Borrowed. `map` may be NULL. */
const SatsJson *sats_json_get(const SatsJson *map, const char *key, SatsJsonKind kind);
const char *sats_json_get_text(const SatsJson *map, const char *key);
gint64 sats_json_get_number(const SatsJson *map, const char *key, gint64 fallback);
double sats_json_get_real(const SatsJson *map, const char *key, double fallback);
gboolean sats_json_get_bool(const SatsJson *map, const char *key);
/* A list's texts, NULL-terminated, for g_strfreev(); NULL when it is no list of texts. */
char **sats_json_get_texts(const SatsJson *map, const char *key);
SatsJson *sats_json_texts_new(const char *const *texts);

/* NULL when the bytes are not one JSON value in UTF-8. */
SatsJson *sats_json_parse(const char *bytes, gsize length);
/* On one line, without a line end. */
void sats_json_write(GString *out, const SatsJson *value);
char *sats_json_to_text(const SatsJson *value);

#endif
