/* data/value.c: looking into values, and their text dump. */
#include "data/value.h"

#include "base/utf8.h"
#include "data/yaml-parts.h"

#include <string.h>

const SatsEntry *sats_value_lookup_entry(const SatsValue *map, const char *key) {
    if (map == NULL || map->kind != SATS_VALUE_MAP)
        return NULL;
    if (map->indexed)
        return sats_yaml_index_find(map->as.entries, map->length, key);
    for (guint32 i = 0; i < map->length; i++) {
        const char *own = map->as.entries[i].key;
        if (own == key || (*own == *key && strcmp(own, key) == 0))
            return &map->as.entries[i];
    }
    return NULL;
}

const SatsValue *sats_value_lookup(const SatsValue *map, const char *key) {
    const SatsEntry *entry = sats_value_lookup_entry(map, key);
    return entry == NULL ? NULL : entry->value;
}

static gboolean is_plain_text(const SatsValue *value) {
    return value != NULL && value->kind == SATS_VALUE_TEXT && !value->quoted;
}

gboolean sats_value_number(const SatsValue *value, SatsDecimal *out) {
    return is_plain_text(value) && sats_decimal_parse(value->as.text, value->length, out);
}

gboolean sats_value_bool(const SatsValue *value, gboolean *out) {
    if (!is_plain_text(value))
        return FALSE;
    const char *text = value->as.text;
    gboolean yes = g_ascii_strcasecmp(text, "ja") == 0 || g_ascii_strcasecmp(text, "true") == 0;
    gboolean no = g_ascii_strcasecmp(text, "nej") == 0 || g_ascii_strcasecmp(text, "false") == 0;
    if (yes || no)
        *out = yes;
    return yes || no;
}

gboolean sats_value_is_empty(const SatsValue *value) {
    return value == NULL || value->kind == SATS_VALUE_NULL || value->length == 0;
}

gboolean sats_value_is_left_out(const SatsValue *value) {
    return sats_value_is_empty(value) && (value == NULL || value->kind != SATS_VALUE_MAP);
}

/* ---- dump ---- */

static void append_value(GString *out, const SatsValue *value, guint depth);

static void append_indent(GString *out, guint depth) {
    for (guint i = 0; i < depth; i++)
        g_string_append(out, "  ");
}

static const char *style_name(const SatsValue *value) {
    switch ((SatsScalarStyle)value->quoted) {
    case SATS_STYLE_PLAIN:
        return "";
    case SATS_STYLE_SINGLE:
        return "single ";
    case SATS_STYLE_DOUBLE:
        return "double ";
    case SATS_STYLE_LITERAL:
        return "literal ";
    case SATS_STYLE_FOLDED:
        return "folded ";
    case SATS_STYLE_TAGGED:
    default:
        return "tagged ";
    }
}

static void append_children(GString *out, const SatsValue *value, guint depth) {
    for (guint32 i = 0; i < value->length; i++) {
        append_indent(out, depth);
        if (value->kind == SATS_VALUE_LIST) {
            g_string_append(out, "- ");
            append_value(out, value->as.items[i], depth + 1);
        } else {
            const char *key = value->as.entries[i].key;
            sats_utf8_quote(out, key, strlen(key));
            g_string_append(out, ": ");
            append_value(out, value->as.entries[i].value, depth + 1);
        }
    }
}

static void append_value(GString *out, const SatsValue *value, guint depth) {
    sats_place_append(out, &value->place);
    g_string_append_c(out, ' ');
    if (value->tag != NULL)
        g_string_append_printf(out, "%s ", value->tag);
    switch (value->kind) {
    case SATS_VALUE_NULL:
        g_string_append(out, "null\n");
        break;
    case SATS_VALUE_TEXT:
        g_string_append(out, style_name(value));
        sats_utf8_quote(out, value->as.text, value->length);
        g_string_append_c(out, '\n');
        break;
    case SATS_VALUE_LIST:
        g_string_append_printf(out, "list %u\n", value->length);
        append_children(out, value, depth);
        break;
    case SATS_VALUE_MAP:
        g_string_append_printf(out, "map %u\n", value->length);
        append_children(out, value, depth);
        break;
    }
}

char *sats_value_dump(const SatsValue *value) {
    GString *out = g_string_new(NULL);
    if (value == NULL)
        g_string_append(out, "nothing\n");
    else
        append_value(out, value, 0);
    return g_string_free(out, FALSE);
}
