/* base/sarif.c: writes SARIF, piece by piece. The names of SARIF's own parts are those of the
 * standard (OASIS, SARIF 2.1.0 with errata 01). */
#include "base/sarif.h"

#include <string.h>

#include "base/codes.h"
#include "base/utf8.h"

#define SCHEMA                                                                                     \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

struct SatsSarif {
    SatsLanguage language;
    char *version, *help;
    GString *rules, *results, *notifications;
    GHashTable *rule_indices; /* code -> index */
    GHashTable *seen;         /* results */
    gboolean failed;
};

SatsSarif *sats_sarif_new(const char *version, const char *help, SatsLanguage language) {
    SatsSarif *sarif = g_new0(SatsSarif, 1);
    sarif->language = language;
    sarif->version = g_strdup(version);
    sarif->help = g_strdup(help);
    sarif->rules = g_string_new(NULL);
    sarif->results = g_string_new(NULL);
    sarif->notifications = g_string_new(NULL);
    sarif->rule_indices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sarif->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return sarif;
}

/* ---- texts ---- */

static void append_text(GString *out, const char *text) {
    sats_utf8_quote(out, text, strlen(text));
}

/* A message: braces are doubled, because single ones are places for arguments. */
static void append_message(GString *out, const char *text) {
    g_autoptr(GString) doubled = g_string_new(NULL);
    for (const char *c = text; *c != '\0'; c++) {
        g_string_append_c(doubled, *c);
        if (*c == '{' || *c == '}')
            g_string_append_c(doubled, *c);
    }
    g_string_append(out, "{\"text\": ");
    append_text(out, doubled->str);
    g_string_append_c(out, '}');
}

/* A path as a URI reference. An absolute one becomes a file URI; a colon, which could be taken for
 * the end of a scheme, is encoded. */
static void append_uri(GString *out, const char *name) {
    g_autofree char *escaped = g_uri_escape_string(name, "/!$&'()*+,;=@", FALSE);
    g_autofree char *uri = g_strconcat(*name == '/' ? "file://" : "", escaped, NULL);
    append_text(out, uri);
}

/* ---- rules ---- */

static void append_rule(SatsSarif *sarif, const char *code) {
    GString *out = sarif->rules;
    gboolean swedish = sarif->language == SATS_LANGUAGE_SWEDISH;
    const SatsCode *known = sats_code_find(code);
    const char *meaning = known == NULL ? (swedish ? "En kontroll som mallen själv gör"
                                                   : "A check that the template makes")
                                        : (swedish ? known->swedish : known->english);
    g_string_append(out, out->len > 0 ? ",\n          " : "\n          ");
    g_string_append(out, "{\"id\": ");
    append_text(out, code);
    g_string_append(out, ", \"shortDescription\": ");
    append_message(out, meaning);
    if (known != NULL && sarif->help != NULL) {
        g_autofree char *uri = g_strconcat(sarif->help, "#", code, NULL);
        g_string_append(out, ", \"helpUri\": ");
        append_text(out, uri);
    }
    g_string_append_c(out, '}');
}

static guint rule_index(SatsSarif *sarif, const char *code) {
    gpointer index = NULL;
    if (g_hash_table_lookup_extended(sarif->rule_indices, code, NULL, &index))
        return GPOINTER_TO_UINT(index);
    guint next = g_hash_table_size(sarif->rule_indices);
    g_hash_table_insert(sarif->rule_indices, g_strdup(code), GUINT_TO_POINTER(next));
    append_rule(sarif, code);
    return next;
}

/* ---- places ---- */

typedef struct {
    guint start, end; /* columns in UTF-16 code units, from 1; the end is past the last */
    const char *text; /* the region's bytes */
    gsize length;
} Region;

/* A place counts characters; its length may reach beyond the line, or be unknown. */
static Region region_of(const SatsPlace *place) {
    gsize length = 0;
    const char *line = sats_source_line(place->source, place->line, &length);
    Region region = {1, 1, line, 0};
    const char *end = line == NULL ? NULL : line + length;
    guint before = place->column - 1u, within = MAX(place->length, 1u);
    for (const char *at = line; at < end && (before > 0 || within > 0);) {
        gunichar c = 0;
        gsize bytes = sats_utf8_read(at, end, &c);
        guint units = c != SATS_UTF8_BROKEN && c > 0xFFFF ? 2 : 1;
        at += bytes;
        region.end += units;
        if (before > 0) {
            before--;
            region.start += units;
            region.text = at;
        } else {
            within--;
            region.length += bytes;
        }
    }
    return region;
}

static void append_region(GString *out, const SatsPlace *place, const Region *region) {
    g_string_append_printf(out, "{\"startLine\": %u", place->line);
    if (place->column > 0)
        g_string_append_printf(out, ", \"startColumn\": %u, \"endColumn\": %u", region->start,
                               region->end);
    g_string_append_c(out, '}');
}

/* A sheet has no lines: the cell is a place in the file's own terms. */
static void append_cell(GString *out, const SatsPlace *place) {
    if (place->source->sheet == NULL)
        return;
    g_autoptr(GString) cell = g_string_new(NULL);
    sats_place_append(cell, place);
    g_string_append(out, ", \"logicalLocations\": [{\"fullyQualifiedName\": ");
    append_text(out, cell->len > 0 ? cell->str : place->source->sheet);
    g_string_append(out, "}]");
}

static void append_location(GString *out, const SatsPlace *place) {
    g_string_append(out, ",\n          \"locations\": [{\"physicalLocation\": "
                         "{\"artifactLocation\": {\"uri\": ");
    append_uri(out, place->source->shown);
    g_string_append_c(out, '}');
    if (place->line > 0 && place->source->sheet == NULL) {
        Region region = {1, 1, NULL, 0};
        if (place->column > 0)
            region = region_of(place);
        g_string_append(out, ", \"region\": ");
        append_region(out, place, &region);
    }
    g_string_append_c(out, '}');
    append_cell(out, place);
    g_string_append(out, "}]");
}

/* ---- fixes ---- */

static void append_fix(GString *out, const SatsFinding *finding) {
    const SatsPlace *place = &finding->place;
    if (finding->nearest == NULL || place->source == NULL || place->column == 0 ||
        place->source->sheet != NULL || !g_str_equal(place->source->shown, place->source->name))
        return; /* what is no file by its name can't be changed */
    Region region = region_of(place);
    if (region.length != strlen(finding->word) ||
        memcmp(region.text, finding->word, region.length) != 0)
        return;
    g_string_append(out, ",\n          \"fixes\": [{\"description\": ");
    append_message(out, finding->hint);
    g_string_append(out, ", \"artifactChanges\": [{\"artifactLocation\": {\"uri\": ");
    append_uri(out, place->source->shown);
    g_string_append(out, "}, \"replacements\": [{\"deletedRegion\": ");
    append_region(out, place, &region);
    g_string_append(out, ", \"insertedContent\": {\"text\": ");
    append_text(out, finding->nearest);
    g_string_append(out, "}}]}]}]");
}

/* ---- results ---- */

static const char *level_of(SatsSeverity severity) {
    return severity == SATS_ERROR ? "error" : severity == SATS_WARNING ? "warning" : "note";
}

static char *result_of(SatsSarif *sarif, const SatsFinding *finding) {
    GString *out = g_string_new("        {\"ruleId\": ");
    append_text(out, finding->code);
    g_string_append_printf(out, ", \"ruleIndex\": %u, \"level\": \"%s\",\n          \"message\": ",
                           rule_index(sarif, finding->code), level_of(finding->severity));
    g_autofree char *whole = finding->hint == NULL
                                 ? g_strdup(finding->message)
                                 : g_strdup_printf("%s (%s)", finding->message, finding->hint);
    append_message(out, whole);
    if (finding->place.source != NULL)
        append_location(out, &finding->place);
    append_fix(out, finding);
    g_string_append_c(out, '}');
    return g_string_free(out, FALSE);
}

static void notify(SatsSarif *sarif, const char *level, const char *message) {
    GString *out = sarif->notifications;
    g_string_append(out, out->len > 0 ? ",\n          " : "\n          ");
    g_string_append_printf(out, "{\"level\": \"%s\", \"message\": ", level);
    append_message(out, message);
    g_string_append_c(out, '}');
}

void sats_sarif_add(SatsSarif *sarif, const SatsReport *report) {
    for (guint i = 0; i < sats_report_length(report); i++) {
        char *result = result_of(sarif, sats_report_at(report, i));
        if (g_hash_table_contains(sarif->seen, result)) {
            g_free(result);
            continue;
        }
        g_string_append_printf(sarif->results, "%s%s", sarif->results->len > 0 ? ",\n" : "\n",
                               result);
        g_hash_table_add(sarif->seen, result);
    }
    guint omitted = sats_report_omitted(report);
    if (omitted == 0)
        return;
    g_autofree char *message =
        g_strdup_printf(sarif->language == SATS_LANGUAGE_SWEDISH ? "ytterligare %u visas inte"
                        : omitted == 1                           ? "%u more finding is not shown"
                                                                 : "%u more findings are not shown",
                        omitted);
    notify(sarif, "note", message);
}

void sats_sarif_fail(SatsSarif *sarif, const char *message) {
    sarif->failed = TRUE;
    notify(sarif, "error", message);
}

char *sats_sarif_end(SatsSarif *sarif) {
    GString *out =
        g_string_new("{\n  \"$schema\": \"" SCHEMA "\",\n  \"version\": \"2.1.0\",\n"
                     "  \"runs\": [\n    {\n"
                     "      \"tool\": {\"driver\": {\"name\": \"plansats\", \"version\": ");
    append_text(out, sarif->version);
    g_string_append_printf(out, ", \"language\": \"%s\",\n        \"rules\": [%s",
                           sarif->language == SATS_LANGUAGE_SWEDISH ? "sv" : "en",
                           sarif->rules->str);
    g_string_append_printf(out, "%s]}},\n      \"invocations\": [{\"executionSuccessful\": %s",
                           sarif->rules->len > 0 ? "\n        " : "",
                           sarif->failed ? "false" : "true");
    if (sarif->notifications->len > 0)
        g_string_append_printf(out, ",\n        \"toolExecutionNotifications\": [%s\n        ]",
                               sarif->notifications->str);
    g_string_append_printf(out,
                           "}],\n      \"columnKind\": \"utf16CodeUnits\",\n"
                           "      \"results\": [%s%s]\n    }\n  ]\n}\n",
                           sarif->results->str, sarif->results->len > 0 ? "\n      " : "");
    g_string_free(sarif->rules, TRUE);
    g_string_free(sarif->results, TRUE);
    g_string_free(sarif->notifications, TRUE);
    g_hash_table_unref(sarif->rule_indices);
    g_hash_table_unref(sarif->seen);
    g_free(sarif->version);
    g_free(sarif->help);
    g_free(sarif);
    return g_string_free(out, FALSE);
}
