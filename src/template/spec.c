/* Reading the words of a template's or theme's own YAML, with findings. */
#include "template/spec.h"

#include <string.h>

guint sats_spec_n(const char *const *words) {
    guint n = 0;
    while (words && words[n])
        n++;
    return n;
}

gboolean sats_spec_is_map(SatsReport *report, const SatsValue *value, const char *what_en,
                          const char *what_sv) {
    if (value && value->kind == SATS_VALUE_MAP)
        return TRUE;
    if (value)
        sats_report_add(report, SATS_ERROR, "template-type", &value->place,
                        "expected a map: %.0s%s", "här ska det stå nycklar med värden: %s%.0s",
                        what_sv, what_en);
    return FALSE;
}

gboolean sats_spec_is_list(SatsReport *report, const SatsValue *value, const char *what_en,
                           const char *what_sv) {
    if (value && value->kind == SATS_VALUE_LIST)
        return TRUE;
    if (value)
        sats_report_add(report, SATS_ERROR, "template-type", &value->place,
                        "expected a list: %.0s%s", "här ska det stå en lista: %s%.0s", what_sv,
                        what_en);
    return FALSE;
}

void sats_spec_unknown(SatsReport *report, const SatsPlace *place, const char *code,
                       const char *what_en, const char *what_sv, const char *word,
                       const char *const *known) {
    sats_report_add(report, SATS_ERROR, code, place, "unknown %s%.0s '%s'", "%.0s%s '%s'", what_en,
                    what_sv, word);
    sats_report_suggest(report, word, known, sats_spec_n(known));
}

void sats_spec_too_wide(SatsReport *report, const SatsPlace *place, guint cells, guint columns) {
    gboolean one = columns == 1; /* there are more cells than that */
    sats_report_add(report, SATS_ERROR, "row-width", place,
                    one ? "a row of %u cells in a table of %u column"
                        : "a row of %u cells in a table of %u columns",
                    one ? "en rad med %u celler i en tabell med %u kolumn"
                        : "en rad med %u celler i en tabell med %u kolumner",
                    cells, columns);
}

/* Words that every block may have, and that stand beside its block word. */
static gboolean stands_beside(const char *key, const char *owner) {
    static const char *const words[] = {"each", "when", "keep", "style", NULL};
    static const char *const blocks[] = {"section", "table", "figure", NULL};
    return g_strv_contains(words, key) && g_strv_contains(blocks, owner);
}

void sats_spec_keys(SatsReport *report, const SatsValue *map, const char *owner,
                    const char *owner_sv, const char *const *known) {
    if (!map || map->kind != SATS_VALUE_MAP)
        return;
    for (guint32 i = 0; i < map->length; i++) {
        const SatsEntry *entry = &map->as.entries[i];
        gboolean found = FALSE;
        for (guint k = 0; known[k] && !found; k++)
            found = *known[k] == *entry->key && strcmp(known[k], entry->key) == 0;
        if (found)
            continue;
        sats_report_add(report, SATS_ERROR, "unknown-word", &entry->place,
                        "unknown word '%s' in %s%.0s", "okänt ord '%s' i %.0s%s", entry->key, owner,
                        owner_sv);
        if (strstr(entry->key, " in "))
            sats_report_hint(report, "quote the whole: each: \"a, n in list\"",
                             "sätt citattecken om det hela: each: \"a, n in lista\"");
        else if (stands_beside(entry->key, owner))
            sats_report_hint(report, "it stands beside '%s', not in it",
                             "det står bredvid '%s', inte i det", owner);
        else
            sats_report_suggest(report, entry->key, known, sats_spec_n(known));
    }
}

static gboolean is_scalar(const SatsValue *value) {
    return value && value->kind == SATS_VALUE_TEXT;
}

static void wrong(SatsReport *report, const SatsValue *value, const char *key, const char *need_en,
                  const char *need_sv) {
    sats_report_add(report, SATS_ERROR, "template-type", &value->place, "'%s' should be %s%.0s",
                    "'%s' ska vara %.0s%s", key, need_en, need_sv);
}

const char *sats_spec_string(SatsReport *report, const SatsValue *map, const char *key,
                             const char *fallback) {
    const SatsValue *value = sats_value_lookup(map, key);
    if (!value || value->kind == SATS_VALUE_NULL)
        return fallback;
    if (is_scalar(value))
        return value->as.text;
    wrong(report, value, key, "a text", "en text");
    return fallback;
}

const char *const *sats_spec_texts(SatsReport *report, const SatsValue *value, const char *what_en,
                                   const char *what_sv, SatsArena *arena, guint *out_n) {
    gboolean list = value->kind == SATS_VALUE_LIST;
    const SatsValue *const *items =
        list ? (const SatsValue *const *)value->as.items : (const SatsValue *const *)&value;
    guint n = list ? value->length : 1;
    const char **texts = sats_arena_new_array(arena, const char *, MAX(n, 1u));
    gboolean good = n > 0;
    for (guint i = 0; i < n && good; i++) {
        good = is_scalar(items[i]) && items[i]->length > 0;
        texts[i] = good ? items[i]->as.text : NULL;
    }
    *out_n = good ? n : 0;
    if (good)
        return texts;
    sats_report_add(report, SATS_ERROR, "template-type", &value->place, "expected %s%.0s",
                    "här ska det stå %.0s%s", what_en, what_sv);
    return NULL;
}

gboolean sats_spec_bool(SatsReport *report, const SatsValue *map, const char *key,
                        gboolean fallback) {
    const SatsValue *value = sats_value_lookup(map, key);
    gboolean result = fallback;
    if (value && !sats_value_bool(value, &result))
        wrong(report, value, key, "true or false", "true eller false");
    return result;
}

double sats_spec_number(SatsReport *report, const SatsValue *map, const char *key,
                        double fallback) {
    const SatsValue *value = sats_value_lookup(map, key);
    SatsDecimal number;
    if (!value)
        return fallback;
    if (sats_value_number(value, &number))
        return sats_decimal_to_double(number);
    wrong(report, value, key, "a number", "ett tal");
    return fallback;
}

guint sats_spec_count(SatsReport *report, const SatsValue *map, const char *key, guint fallback,
                      guint least, guint most) {
    double number = sats_spec_number(report, map, key, (double)fallback);
    if (number >= (double)least && number <= (double)most && number == (double)(guint)number)
        return (guint)number;
    const SatsValue *value = sats_value_lookup(map, key);
    sats_report_add(report, SATS_ERROR, "template-range", value ? &value->place : NULL,
                    "'%s' should be a whole number from %u to %u",
                    "'%s' ska vara ett heltal från %u till %u", key, least, most);
    return fallback;
}

gboolean sats_spec_length_of(const SatsValue *value, SatsUnit unit, double *out_points) {
    if (!is_scalar(value))
        return FALSE;
    gsize length = value->length;
    const char *text = value->as.text;
    double factor = unit == SATS_UNIT_MM ? SATS_POINTS_PER_MM : 1.0;
    if (length > 2 && strcmp(text + length - 2, "pt") == 0) {
        factor = 1.0;
        length -= 2;
    } else if (length > 2 && strcmp(text + length - 2, "mm") == 0) {
        factor = SATS_POINTS_PER_MM;
        length -= 2;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    SatsDecimal number;
    if (!sats_decimal_parse(text, length, &number))
        return FALSE;
    double points = sats_decimal_to_double(number) * factor;
    if (points < -10000.0 || points > 10000.0)
        return FALSE;
    *out_points = points;
    return TRUE;
}

double sats_spec_length(SatsReport *report, const SatsValue *map, const char *key, SatsUnit unit,
                        double fallback) {
    const SatsValue *value = sats_value_lookup(map, key);
    double points = fallback;
    if (value && !sats_spec_length_of(value, unit, &points))
        wrong(report, value, key, "a length, such as 12, \"3 mm\" or \"6 pt\"",
              "ett mått, till exempel 12, \"3 mm\" eller \"6 pt\"");
    return points;
}

double sats_spec_distance(SatsReport *report, const SatsValue *map, const char *key, SatsUnit unit,
                          double fallback) {
    double points = sats_spec_length(report, map, key, unit, fallback);
    const SatsValue *value = sats_value_lookup(map, key);
    if (points >= 0 || value == NULL)
        return MAX(points, 0);
    sats_report_add(report, SATS_ERROR, "template-range", &value->place,
                    "'%s' should not be below 0", "'%s' ska inte vara under 0", key);
    return MAX(fallback, 0);
}

int sats_spec_choice(SatsReport *report, const SatsValue *map, const char *key,
                     const char *const *choices, int fallback) {
    const SatsValue *value = sats_value_lookup(map, key);
    if (!value)
        return fallback;
    if (!is_scalar(value)) {
        wrong(report, value, key, choices[0], choices[0]);
        return fallback;
    }
    for (int i = 0; choices[i]; i++)
        if (strcmp(choices[i], value->as.text) == 0)
            return i;
    sats_report_add(report, SATS_ERROR, "unknown-word", &value->place,
                    "unknown value '%s' for '%s'", "okänt värde '%s' för '%s'", value->as.text,
                    key);
    sats_report_suggest(report, value->as.text, choices, sats_spec_n(choices));
    return fallback;
}
