/* Placeholders left in a plan that is to be final. */
#include "check/placeholders.h"

#include "base/utf8.h"

#include <string.h>

static void found(const SatsValue *value, const char *from, const char *to, SatsReport *report) {
    SatsPlace place = sats_value_place_at(value, (gsize)(from - value->as.text));
    glong length = g_utf8_strlen(from, to - from);
    place.length = (guint16)MIN(length, G_MAXUINT16);
    g_autofree char *text = g_strndup(from, (gsize)(to - from));
    sats_report_add(
        report, SATS_ERROR, "placeholder", &place, "placeholder left in a final document: '%.*s'",
        "platshållare kvar i ett slutligt dokument: '%.*s'", sats_utf8_cut(text, 60), text);
}

/* "[Skriv datum]", but no link, no footnote, no escaped bracket. Returns where it ends, or NULL. */
static const char *bracket_end(const char *text, const char *open) {
    if (open > text && (open[-1] == '\\' || open[-1] == '^' || open[-1] == '!'))
        return NULL;
    const char *p = open + 1;
    while (*p && *p != ']' && *p != '[' && *p != '\n')
        p++;
    if (*p != ']' || p == open + 1 || p[1] == '(' || p[1] == '[' || open[1] == '^')
        return NULL;
    return p + 1;
}

static gboolean all_x(const char *from, const char *to) {
    for (const char *p = from; p < to; p++)
        if (*p != 'x' && *p != 'X')
            return FALSE;
    return TRUE;
}

/* "xx", "xxx", "XXX", "20xx"; not "XX", which is twenty. */
static gboolean is_stand_in(const char *from, const char *to) {
    gsize n = (gsize)(to - from);
    if (n == 4 && g_ascii_isdigit(from[0]) && g_ascii_isdigit(from[1]))
        return all_x(from + 2, to);
    return n >= 2 && all_x(from, to) && (n > 2 || from[0] == 'x');
}

static void search(const SatsValue *value, SatsReport *report) {
    const char *text = value->as.text, *p = text;
    while (*p) {
        gunichar c = g_utf8_get_char(p);
        const char *end = *p == '[' ? bracket_end(text, p) : NULL;
        const char *target = p[0] == ']' && p[1] == '(' ? strchr(p, ')') : NULL;
        if (target) { /* the target of a link says what it says */
            p = target;
        } else if (end) {
            found(value, p, end, report);
            p = end;
        } else if (g_unichar_isalnum(c)) {
            end = p;
            while (*end && g_unichar_isalnum(g_utf8_get_char(end)))
                end = g_utf8_next_char(end);
            if (is_stand_in(p, end))
                found(value, p, end, report);
            p = end;
        } else {
            p = g_utf8_next_char(p);
        }
    }
}

static gboolean is_missing(const SatsValue *value) {
    return sats_value_is_empty(value);
}

static void walk(const SatsValue *value, const SatsDecl *decl, SatsReport *report) {
    if (!value)
        return;
    if (value->kind == SATS_VALUE_TEXT && (!decl || decl->type != SATS_TYPE_IMAGE))
        search(value, report);
    for (guint32 i = 0; value->kind == SATS_VALUE_LIST && i < value->length; i++)
        walk(value->as.items[i], decl ? decl->item : NULL, report);
    if (value->kind != SATS_VALUE_MAP)
        return;
    const SatsDecl *map = decl && decl->type == SATS_TYPE_MAP ? decl : NULL;
    for (guint32 i = 0; i < value->length; i++) {
        const SatsEntry *entry = &value->as.entries[i];
        walk(entry->value, sats_decl_key(map, entry->key), report);
    }
    for (guint k = 0; map && k < map->n_keys; k++) {
        const SatsDecl *key = map->keys[k];
        if (key->placeholder && !key->fallback && is_missing(sats_value_lookup(value, key->name)))
            sats_report_add(report, SATS_ERROR, "placeholder", &value->place,
                            "'%s' is missing; a final document cannot show '%s'",
                            "'%s' saknas; ett slutligt dokument kan inte visa '%s'", key->name,
                            key->placeholder);
    }
}

void sats_check_placeholders(const SatsTemplate *template_, const SatsValue *plan,
                             SatsReport *report) {
    walk(plan, template_->data, report);
}
