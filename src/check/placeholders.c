/* Placeholders left in a plan that is to be final. */
#include "check/placeholders.h"

#include "base/utf8.h"
#include "template/brackets.h"

#include <string.h>

static void found(const SatsValue *value, const char *from, const char *to, SatsReport *report) {
    SatsPlace place = sats_value_place_at(value, (gsize)(from - value->as.text));
    glong length = g_utf8_strlen(from, to - from);
    place.length = (guint16)MIN(length, G_MAXUINT16);
    g_autofree char *text = g_strdelimit(g_strndup(from, (gsize)(to - from)), "\n", ' ');
    sats_report_add(
        report, SATS_ERROR, "placeholder", &place, "placeholder left in a final document: '%.*s'",
        "platshållare kvar i ett slutligt dokument: '%.*s'", sats_utf8_cut(text, 60), text);
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

static const char *word_end(const char *at) {
    while (*at && g_unichar_isalnum(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    return at;
}

/* A value's text, as far as it was read. */
typedef struct {
    const SatsValue *value;
    const char *at;
    const char *close, *after; /* of the link in whose words `at` is; NULL in none */
    gint64 budget;
} Reading;

/* Past a bracket, or into the words of a link. */
static void read_bracket(Reading *r, SatsReport *report) {
    const char *text = r->value->as.text;
    guint32 end = r->value->length;
    SatsBracket bracket = sats_bracket_read(text, (guint32)(r->at - text), end, &r->budget);
    const char *open = r->at++;
    if (bracket.kind == SATS_BRACKET_LINK && r->close == NULL) {
        r->close = text + bracket.close;
        r->after = text + bracket.end;
    } else if (bracket.kind == SATS_BRACKET_PLACEHOLDER) {
        r->at = text + bracket.end;
        found(r->value, open, r->at, report);
    }
}

static void search(const SatsValue *value, SatsReport *report) {
    Reading r = {
        .value = value, .at = value->as.text, .budget = sats_bracket_budget(value->length)};
    while (*r.at) {
        if ((r.at[0] == '\\' && g_ascii_ispunct(r.at[1])) || g_str_has_prefix(r.at, "^[")) {
            r.at += 2;
        } else if (r.at == r.close) { /* the target of a link says what it says */
            r.at = r.after;
            r.close = NULL;
        } else if (*r.at == '[') {
            read_bracket(&r, report);
        } else if (word_end(r.at) > r.at) {
            const char *end = word_end(r.at);
            if (is_stand_in(r.at, end))
                found(value, r.at, end, report);
            r.at = end;
        } else {
            r.at = g_utf8_next_char(r.at);
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
