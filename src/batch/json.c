/* batch/json.c: a small JSON reader and writer. */
#include "batch/json.h"

#include <string.h>

#include "base/utf8.h"

#define MAX_DEPTH 32

/* ---- making ---- */

static SatsJson *value_new(SatsJsonKind kind) {
    SatsJson *value = g_new0(SatsJson, 1);
    value->kind = kind;
    return value;
}

static void value_free(gpointer value) {
    sats_json_free(value);
}

SatsJson *sats_json_list_new(void) {
    SatsJson *list = value_new(SATS_JSON_LIST);
    list->values = g_ptr_array_new_with_free_func(value_free);
    return list;
}

SatsJson *sats_json_map_new(void) {
    SatsJson *map = sats_json_list_new();
    map->kind = SATS_JSON_MAP;
    map->keys = g_ptr_array_new_with_free_func(g_free);
    return map;
}

SatsJson *sats_json_text_new(const char *text) {
    SatsJson *value = value_new(text == NULL ? SATS_JSON_NULL : SATS_JSON_TEXT);
    value->text = g_strdup(text);
    return value;
}

SatsJson *sats_json_number_new(gint64 number) {
    SatsJson *value = value_new(SATS_JSON_NUMBER);
    value->text = g_strdup_printf("%" G_GINT64_FORMAT, number);
    return value;
}

SatsJson *sats_json_bool_new(gboolean truth) {
    SatsJson *value = value_new(SATS_JSON_BOOL);
    value->truth = truth;
    return value;
}

SatsJson *sats_json_texts_new(const char *const *texts) {
    SatsJson *list = sats_json_list_new();
    for (; texts != NULL && *texts != NULL; texts++) {
        sats_json_add(list, sats_json_text_new(*texts));
    }
    return list;
}

SatsJson *sats_json_copy(const SatsJson *value) {
    SatsJson *copy = value_new(value->kind);
    copy->truth = value->truth;
    copy->text = g_strdup(value->text);
    copy->keys = value->keys == NULL ? NULL : g_ptr_array_new_with_free_func(g_free);
    copy->values = value->values == NULL ? NULL : g_ptr_array_new_with_free_func(value_free);
    for (guint i = 0; value->values != NULL && i < value->values->len; i++) {
        if (value->keys != NULL) {
            g_ptr_array_add(copy->keys, g_strdup(g_ptr_array_index(value->keys, i)));
        }
        g_ptr_array_add(copy->values, sats_json_copy(g_ptr_array_index(value->values, i)));
    }
    return copy;
}

void sats_json_free(SatsJson *value) {
    if (value == NULL) {
        return;
    }
    g_clear_pointer(&value->keys, g_ptr_array_unref);
    g_clear_pointer(&value->values, g_ptr_array_unref);
    g_free(value->text);
    g_free(value);
}

void sats_json_put(SatsJson *map, const char *key, SatsJson *value) {
    g_ptr_array_add(map->keys, g_strdup(key));
    g_ptr_array_add(map->values, value);
}

void sats_json_add(SatsJson *list, SatsJson *value) {
    g_ptr_array_add(list->values, value);
}

void sats_json_put_text(SatsJson *map, const char *key, const char *text) {
    if (text != NULL) {
        sats_json_put(map, key, sats_json_text_new(text));
    }
}

void sats_json_put_number(SatsJson *map, const char *key, gint64 number) {
    sats_json_put(map, key, sats_json_number_new(number));
}

/* ---- looking up ---- */

const SatsJson *sats_json_get(const SatsJson *map, const char *key, SatsJsonKind kind) {
    for (guint i = 0; map != NULL && map->kind == SATS_JSON_MAP && i < map->keys->len; i++) {
        const SatsJson *value = g_ptr_array_index(map->values, i);
        if (g_str_equal(g_ptr_array_index(map->keys, i), key)) {
            return value->kind == kind ? value : NULL;
        }
    }
    return NULL;
}

const char *sats_json_get_text(const SatsJson *map, const char *key) {
    const SatsJson *value = sats_json_get(map, key, SATS_JSON_TEXT);
    return value == NULL ? NULL : value->text;
}

gint64 sats_json_get_number(const SatsJson *map, const char *key, gint64 fallback) {
    const SatsJson *value = sats_json_get(map, key, SATS_JSON_NUMBER);
    return value == NULL ? fallback : g_ascii_strtoll(value->text, NULL, 10);
}

double sats_json_get_real(const SatsJson *map, const char *key, double fallback) {
    const SatsJson *value = sats_json_get(map, key, SATS_JSON_NUMBER);
    return value == NULL ? fallback : g_ascii_strtod(value->text, NULL);
}

gboolean sats_json_get_bool(const SatsJson *map, const char *key) {
    const SatsJson *value = sats_json_get(map, key, SATS_JSON_BOOL);
    return value != NULL && value->truth;
}

static gboolean all_texts(const SatsJson *list) {
    for (guint i = 0; i < list->values->len; i++) {
        const SatsJson *item = g_ptr_array_index(list->values, i);
        if (item->kind != SATS_JSON_TEXT) {
            return FALSE;
        }
    }
    return TRUE;
}

char **sats_json_get_texts(const SatsJson *map, const char *key) {
    const SatsJson *list = sats_json_get(map, key, SATS_JSON_LIST);
    if (list == NULL || !all_texts(list)) {
        return NULL;
    }
    char **texts = g_new0(char *, list->values->len + 1);
    for (guint i = 0; i < list->values->len; i++) {
        const SatsJson *item = g_ptr_array_index(list->values, i);
        texts[i] = g_strdup(item->text);
    }
    return texts;
}

/* ---- reading ---- */

typedef struct {
    const char *at, *end;
    guint depth;
} Reader;

static SatsJson *read_value(Reader *reader);

static void skip_space(Reader *reader) {
    while (reader->at < reader->end && *reader->at != '\0' &&
           strchr(" \t\r\n", *reader->at) != NULL) {
        reader->at++;
    }
}

static gboolean take(Reader *reader, const char *word) {
    gsize length = strlen(word);
    if ((gsize)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0) {
        return FALSE;
    }
    reader->at += length;
    return TRUE;
}

static gboolean read_hex(Reader *reader, gunichar *out) {
    *out = 0;
    for (int i = 0; i < 4; i++, reader->at++) {
        int digit = reader->at < reader->end ? g_ascii_xdigit_value(*reader->at) : -1;
        if (digit < 0) {
            return FALSE;
        }
        *out = *out * 16 + (gunichar)digit;
    }
    return TRUE;
}

/* After "\u": one character, of two halves where it needs them. */
static gboolean read_unicode(Reader *reader, GString *out) {
    gunichar first = 0;
    gunichar second = 0;
    if (!read_hex(reader, &first)) {
        return FALSE;
    }
    if (first >= 0xD800 && first < 0xDC00) {
        if (!take(reader, "\\u") || !read_hex(reader, &second) || second < 0xDC00 ||
            second > 0xDFFF) {
            return FALSE;
        }
        first = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    }
    if (first == 0 || (first >= 0xD800 && first <= 0xDFFF)) {
        return FALSE;
    }
    g_string_append_unichar(out, first);
    return TRUE;
}

static gboolean read_escape(Reader *reader, GString *out) {
    static const char LETTERS[] = "\"\\/bfnrt";
    static const char MEANT[] = "\"\\/\b\f\n\r\t";
    if (reader->at >= reader->end) {
        return FALSE;
    }
    char letter = *reader->at++;
    if (letter == 'u') {
        return read_unicode(reader, out);
    }
    const char *found = letter != '\0' ? strchr(LETTERS, letter) : NULL;
    if (found == NULL) {
        return FALSE;
    }
    g_string_append_c(out, MEANT[found - LETTERS]);
    return TRUE;
}

/* After the opening quote. */
static char *read_text(Reader *reader) {
    GString *out = g_string_new(NULL);
    while (reader->at < reader->end) {
        char c = *reader->at++;
        if (c == '"') {
            return g_string_free(out, FALSE);
        }
        if ((guchar)c < 0x20 || (c == '\\' && !read_escape(reader, out))) {
            break;
        }
        if (c != '\\') {
            g_string_append_c(out, c);
        }
    }
    g_string_free(out, TRUE);
    return NULL;
}

static SatsJson *read_number(Reader *reader) {
    const char *start = reader->at;
    while (reader->at < reader->end && *reader->at != '\0' &&
           strchr("+-.eE0123456789", *reader->at) != NULL) {
        reader->at++;
    }
    if (reader->at == start) {
        return NULL;
    }
    SatsJson *value = value_new(SATS_JSON_NUMBER);
    value->text = g_strndup(start, (gsize)(reader->at - start));
    char *end = NULL;
    (void)g_ascii_strtod(value->text, &end);
    if (*end != '\0') {
        g_clear_pointer(&value, sats_json_free);
    }
    return value;
}

static gboolean read_member(Reader *reader, SatsJson *into) {
    skip_space(reader);
    if (into->kind == SATS_JSON_MAP) {
        char *key = take(reader, "\"") ? read_text(reader) : NULL;
        if (key == NULL) {
            return FALSE;
        }
        g_ptr_array_add(into->keys, key);
        skip_space(reader);
        if (!take(reader, ":")) {
            return FALSE;
        }
    }
    SatsJson *value = read_value(reader);
    if (value == NULL) {
        return FALSE;
    }
    g_ptr_array_add(into->values, value);
    skip_space(reader);
    return TRUE;
}

static SatsJson *read_members(Reader *reader, SatsJson *into, const char *close) {
    skip_space(reader);
    if (take(reader, close)) {
        return into;
    }
    while (read_member(reader, into)) {
        if (take(reader, close)) {
            return into;
        }
        if (!take(reader, ",")) {
            break;
        }
    }
    sats_json_free(into);
    return NULL;
}

static SatsJson *read_value(Reader *reader) {
    SatsJson *value = NULL;
    skip_space(reader);
    if (++reader->depth > MAX_DEPTH || reader->at >= reader->end) {
        return NULL;
    }
    if (take(reader, "{")) {
        value = read_members(reader, sats_json_map_new(), "}");
    } else if (take(reader, "[")) {
        value = read_members(reader, sats_json_list_new(), "]");
    } else if (take(reader, "\"")) {
        g_autofree char *text = read_text(reader);
        value = text == NULL ? NULL : sats_json_text_new(text);
    } else if (take(reader, "true")) {
        value = sats_json_bool_new(TRUE);
    } else if (take(reader, "false")) {
        value = sats_json_bool_new(FALSE);
    } else if (take(reader, "null")) {
        value = value_new(SATS_JSON_NULL);
    } else {
        value = read_number(reader);
    }
    reader->depth--;
    return value;
}

SatsJson *sats_json_parse(const char *bytes, gsize length) {
    if (!g_utf8_validate_len(bytes, length, NULL)) {
        return NULL;
    }
    Reader reader = {.at = bytes, .end = bytes + length};
    SatsJson *value = read_value(&reader);
    skip_space(&reader);
    if (value != NULL && reader.at != reader.end) {
        g_clear_pointer(&value, sats_json_free);
    }
    return value;
}

/* ---- writing ---- */

static void write_members(GString *out, const SatsJson *value) {
    for (guint i = 0; i < value->values->len; i++) {
        if (i > 0) {
            g_string_append(out, ", ");
        }
        if (value->kind == SATS_JSON_MAP) {
            const char *key = g_ptr_array_index(value->keys, i);
            sats_utf8_quote(out, key, strlen(key));
            g_string_append(out, ": ");
        }
        sats_json_write(out, g_ptr_array_index(value->values, i));
    }
}

void sats_json_write(GString *out, const SatsJson *value) {
    switch (value->kind) {
    case SATS_JSON_NULL:
        g_string_append(out, "null");
        break;
    case SATS_JSON_BOOL:
        g_string_append(out, value->truth ? "true" : "false");
        break;
    case SATS_JSON_NUMBER:
        g_string_append(out, value->text);
        break;
    case SATS_JSON_TEXT:
        sats_utf8_quote(out, value->text, strlen(value->text));
        break;
    case SATS_JSON_LIST:
    case SATS_JSON_MAP:
        g_string_append_c(out, value->kind == SATS_JSON_MAP ? '{' : '[');
        write_members(out, value);
        g_string_append_c(out, value->kind == SATS_JSON_MAP ? '}' : ']');
        break;
    }
}

char *sats_json_to_text(const SatsJson *value) {
    GString *out = g_string_new(NULL);
    sats_json_write(out, value);
    return g_string_free(out, FALSE);
}
