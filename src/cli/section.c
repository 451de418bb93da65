/* cli/section.c: one section of the page of codes, without its Markdown. */
#include "cli/section.h"

#include <string.h>

#include "cli/words.h"

#define SHOWN_REPEATS 3u /* of "\<200:[>" */

/* ---- prose ---- */

/* The text of "[text](address)" that stands there; its end, or NULL when there is no link. */
static const char *take_link(GString *out, const char *at) {
    const char *close = strstr(at, "](");
    const char *end = close == NULL ? NULL : strchr(close, ')');
    if (end == NULL || memchr(at, '\n', (gsize)(close - at)) != NULL)
        return NULL;
    g_string_append_len(out, at + 1, close - at - 1);
    return end + 1;
}

static void add_prose(GString *out, const char *line) {
    while (*line != '\0') {
        const char *after = *line == '[' ? take_link(out, line) : NULL;
        if (after != NULL) {
            line = after;
        } else if (g_str_has_prefix(line, "**")) {
            line += 2;
        } else {
            g_string_append_c(out, *line == '`' ? '\'' : *line);
            line++;
        }
    }
    g_string_append_c(out, '\n');
}

/* ---- examples ---- */

/* What the words behind a fence say that the example is. */
static const char *name_of(const char *words) {
    static const struct {
        const char *word, *english, *swedish;
    } NAMES[] = {{"template", "In the template:", "I mallen:"},
                 {"section", "In a section of the template:", "I ett avsnitt av mallen:"},
                 {"theme", "In the theme:", "I temat:"},
                 {"plan", "In the plan:", "I planen:"},
                 {"csv", "In the CSV file:", "I CSV-filen:"},
                 {"xlsx", "In the workbook:", "I arbetsboken:"}};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (strstr(words, NAMES[i].word) != NULL)
            return sats_cli_say(NAMES[i].english, NAMES[i].swedish);
    return sats_cli_say("For example:", "Till exempel:");
}

/* "\<200:[>" is two hundred brackets: a few of them, and "…". */
static const char *take_repeat(GString *out, const char *at) {
    const char *colon = strchr(at, ':');
    const char *end = colon == NULL ? NULL : strchr(colon, '>');
    if (end == NULL)
        return NULL;
    for (guint i = 0; i < SHOWN_REPEATS; i++)
        g_string_append_len(out, colon + 1, end - colon - 1);
    g_string_append(out, "…");
    return end + 1;
}

static void add_example(GString *out, const char *line, gboolean escaped) {
    g_string_append(out, *line == '\0' ? "" : "    ");
    while (*line != '\0') {
        const char *after =
            escaped && g_str_has_prefix(line, "\\<") ? take_repeat(out, line) : NULL;
        if (after != NULL) {
            line = after;
        } else if (escaped && g_str_has_prefix(line, "\\t")) {
            g_string_append_c(out, '\t');
            line += 2;
        } else {
            g_string_append_c(out, *line++);
        }
    }
    g_string_append_c(out, '\n');
}

/* ---- the whole ---- */

char *sats_cli_section_text(const SatsCode *code, const char *section) {
    g_auto(GStrv) lines = g_strsplit(section, "\n", -1);
    GString *out = g_string_new(NULL);
    gboolean example = FALSE, escaped = FALSE;
    g_string_append_printf(out, "%s\n%s.\n", code->code,
                           sats_cli_swedish() ? code->swedish : code->english);
    /* the heading and its first line say the code and what it means */
    guint first = MIN(2u, g_strv_length(lines));
    if (sats_cli_swedish() && lines[first] != NULL)
        g_string_append(out, "\nMer om koden, på engelska:\n");
    for (char **line = lines + first; *line != NULL; line++) {
        if (g_str_has_prefix(*line, "```")) {
            example = !example;
            escaped = strstr(*line, "escaped") != NULL;
            if (example)
                g_string_append_printf(out, "%s\n", name_of(*line + 3));
        } else if (example) {
            add_example(out, *line, escaped);
        } else {
            add_prose(out, *line);
        }
    }
    return g_string_free(out, FALSE);
}
