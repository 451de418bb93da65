/* bind/free.c: sections and text that a plan brings itself and no template foresaw.
 *
 * A value is Markdown, or a section, or a list of them. A section is a map:
 *
 *     rubrik: Lokaler              # its heading; without one the rest stands where it is
 *     id: lokaler                  # for {{ref lokaler}} and [text](#lokaler)
 *     text: |                      # Markdown; # and ## open numbered subsections
 *     bild: {fil: karta.svg, rubrik: Linjenätet, alternativtext: Två linjer som korsas}
 *     tabell: {…}                  # or tabeller: [{…}, …]; see free-table.c
 *     underavsnitt: [{…}, …]       # sections one level down
 *     numrerad: nej                # without a number
 *     innehåll: nej                # not in the contents
 *     ny-sida: ja
 *     sida: landscape              # a page kind of the theme
 *     bilaga: ja                   # counted as "Bilaga n";  nummer: Bilaga 9 a  gives it
 *
 * A map with `kolumner` or `rader` is a table. Numbers, contents and looks are those of template
 * sections. */
#include "bind/free.h"

#include <string.h>

static const char *const section_words[] = {
    "rubrik",   "id",       "text",    "bild", "tabell", "tabeller", "underavsnitt",
    "numrerad", "innehåll", "ny-sida", "sida", "bilaga", "nummer",   NULL};

void sats_free_keys(SatsBinder *binder, const SatsValue *map, const char *const *words) {
    guint n_words = g_strv_length((char **)(guintptr)words);
    for (guint i = 0; i < map->length; i++) {
        const SatsEntry *entry = &map->as.entries[i];
        if (g_strv_contains(words, entry->key))
            continue;
        sats_report_add(binder->report, SATS_ERROR, "unknown-key", &entry->place,
                        "unknown key '%s'", "okänd nyckel '%s'", entry->key);
        sats_report_suggest(binder->report, entry->key, words, n_words);
    }
}

gboolean sats_free_is(SatsBinder *binder, const SatsValue *value, SatsValueKind kind) {
    static const char *const english[] = {"nothing", "a text", "a list", "a map"};
    static const char *const swedish[] = {"inget", "en text", "en lista", "nycklar med värden"};
    if (value == NULL || value->kind == SATS_VALUE_NULL)
        return FALSE;
    if (value->kind == kind)
        return TRUE;
    gboolean sv = sats_report_language(binder->report) == SATS_LANGUAGE_SWEDISH;
    sats_report_add(binder->report, SATS_ERROR, "wrong-type", &value->place, "%s was expected here",
                    "här ska det stå %s", (sv ? swedish : english)[kind]);
    return FALSE;
}

const char *sats_free_text(const SatsValue *map, const char *key) {
    const SatsValue *value = sats_value_lookup(map, key);
    return value != NULL && value->kind == SATS_VALUE_TEXT && value->length > 0 ? value->as.text
                                                                                : NULL;
}

gboolean sats_free_bool(const SatsValue *map, const char *key, gboolean fallback) {
    const SatsValue *value = sats_value_lookup(map, key);
    gboolean result = fallback;
    return value != NULL && sats_value_bool(value, &result) ? result : fallback;
}

static void bind_value(SatsBinder *binder, SatsNode *parent, const SatsValue *value);

static const char *page_kind(SatsBinder *binder, const SatsValue *map) {
    const char *name = sats_free_text(map, "sida");
    if (name == NULL || sats_theme_page(binder->theme, name) != NULL)
        return name;
    sats_report_add(binder->report, SATS_ERROR, "unknown-page",
                    &sats_value_lookup(map, "sida")->place, "the theme has no page kind '%s'",
                    "temat har ingen sidtyp '%s'", name);
    return NULL;
}

static void bind_content(SatsBinder *binder, SatsNode *parent, const SatsValue *map) {
    const SatsValue *text = sats_value_lookup(map, "text");
    if (sats_free_is(binder, text, SATS_VALUE_TEXT))
        sats_bind_value_blocks(binder, parent, text, SATS_MARKDOWN_SECTIONS);
    const SatsValue *picture = sats_value_lookup(map, "bild");
    if (sats_free_is(binder, picture, SATS_VALUE_MAP))
        sats_free_picture(binder, parent, picture);
    const SatsValue *table = sats_value_lookup(map, "tabell");
    if (sats_free_is(binder, table, SATS_VALUE_MAP))
        sats_free_table(binder, parent, table);
    const SatsValue *tables = sats_value_lookup(map, "tabeller");
    if (sats_free_is(binder, tables, SATS_VALUE_LIST))
        for (guint i = 0; i < tables->length; i++)
            if (sats_free_is(binder, tables->as.items[i], SATS_VALUE_MAP))
                sats_free_table(binder, parent, tables->as.items[i]);
    const SatsValue *sections = sats_value_lookup(map, "underavsnitt");
    if (sections != NULL)
        bind_value(binder, parent, sections);
}

static void bind_section(SatsBinder *binder, SatsNode *parent, const SatsValue *map) {
    sats_free_keys(binder, map, section_words);
    const SatsValue *title = sats_value_lookup(map, "rubrik");
    if (!sats_free_is(binder, title, SATS_VALUE_TEXT)) {
        bind_content(binder, parent, map);
        return;
    }
    SatsSectionOptions options = {
        .numbered = sats_free_bool(map, "numrerad", !binder->unnumbered),
        .in_contents = sats_free_bool(map, "innehåll", TRUE),
        .new_page = sats_free_bool(map, "ny-sida", FALSE),
        .appendix = sats_free_bool(map, "bilaga", FALSE),
        .number = sats_free_text(map, "nummer"),
        .id = sats_free_text(map, "id"),
        .page_kind = page_kind(binder, map),
    };
    SatsNode *heading = NULL;
    SatsNode *section = sats_bind_section_begin(binder, parent, &options, title->place, &heading);
    sats_bind_value_inline(binder, heading, title, 0);
    bind_content(binder, section, map);
    sats_bind_section_end(binder);
}

static void bind_value(SatsBinder *binder, SatsNode *parent, const SatsValue *value) {
    if (value == NULL || binder->depth >= SATS_BIND_MAX_DEPTH)
        return;
    binder->depth++;
    switch (value->kind) {
    case SATS_VALUE_TEXT:
        sats_bind_value_blocks(binder, parent, value, SATS_MARKDOWN_SECTIONS);
        break;
    case SATS_VALUE_LIST:
        for (guint i = 0; i < value->length && !binder->full; i++)
            bind_value(binder, parent, value->as.items[i]);
        break;
    case SATS_VALUE_MAP:
        if (sats_value_lookup(value, "kolumner") != NULL ||
            sats_value_lookup(value, "rader") != NULL)
            sats_free_table(binder, parent, value);
        else
            bind_section(binder, parent, value);
        break;
    case SATS_VALUE_NULL:
    default:
        break;
    }
    binder->depth--;
}

void sats_bind_free(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsValue *const *values = NULL;
    const SatsPath *path = &block->as.free->value->path;
    guint n = sats_path_values(path, binder->scope, binder->arena, &values);
    sats_scope_use(binder->scope, path->decl);
    binder->unnumbered = !block->as.free->numbered;
    for (guint i = 0; i < n; i++)
        bind_value(binder, parent, values[i]);
    binder->unnumbered = FALSE;
}
