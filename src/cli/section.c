/* cli/section.c: one section of the page of codes, without its Markdown. */
#include "cli/section.h"

#include <string.h>

#include "base/utf8.h"
#include "cli/words.h"

#define COLUMNS       80u
#define KEPT_SPACE    '\x1f' /* one that no line ends at */
#define KEPT_SPACES   "\x1f"
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

/* A line without its marks; what stands in backquotes is kept together. */
static void take_line(GString *paragraph, const char *line) {
    gboolean code = FALSE;
    while (*line != '\0') {
        const char *after = *line == '[' && !code ? take_link(paragraph, line) : NULL;
        if (after != NULL) {
            line = after;
        } else if (g_str_has_prefix(line, "**") && !code) {
            line += 2;
        } else {
            code ^= *line == '`';
            g_string_append_c(paragraph, *line == '`'           ? '\''
                                         : code && *line == ' ' ? KEPT_SPACE
                                                                : *line);
            line++;
        }
    }
    g_string_append_c(paragraph, ' ');
}

/* What has been taken, on lines that a terminal has room for. */
static void end_paragraph(GString *out, GString *paragraph) {
    g_auto(GStrv) words = g_strsplit(g_strchomp(paragraph->str), " ", -1);
    guint column = 0;
    for (char **word = words; *word != NULL; word++) {
        guint columns = sats_utf8_columns(*word, strlen(*word));
        gboolean fits = column + 1 + columns <= COLUMNS;
        g_string_append(out, column == 0 ? "" : fits ? " " : "\n");
        g_string_append(out, g_strdelimit(*word, KEPT_SPACES, ' '));
        column = (column > 0 && fits ? column + 1 : 0) + columns;
    }
    g_string_append(out, *words != NULL ? "\n" : "");
    g_string_truncate(paragraph, 0);
}

/* ---- examples ---- */

/* What the words behind a fence say that the example is. */
static const char *name_of(const char *words) {
    static const struct {
        const char *word, *english, *swedish;
    } NAMES[] = {{"template", "In the template:", "I mallen:"},
                 {"section", "In the section template:", "I avsnittsmallen:"},
                 {"theme", "In the theme:", "I temat:"},
                 {"plan", "In the plan:", "I planen:"},
                 {"csv", "In the CSV file:", "I CSV-filen:"},
                 {"xlsx", "In the workbook:", "I arbetsboken:"},
                 {"svg", "In the picture:", "I bilden:"}};
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

char *sats_cli_section_text(const char *section) {
    g_auto(GStrv) lines = g_strsplit(section, "\n", -1);
    GString *out = g_string_new(NULL);
    g_autoptr(GString) paragraph = g_string_new(NULL);
    gboolean example = FALSE, escaped = FALSE;
    for (char **line = lines; *line != NULL; line++) {
        gboolean fence = g_str_has_prefix(*line, "```");
        if (example && !fence) {
            add_example(out, *line, escaped);
        } else if (fence) {
            example = !example;
            escaped = strstr(*line, "escaped") != NULL;
            if (example)
                g_string_append_printf(out, "%s\n", name_of(*line + 3));
        } else if (g_str_has_prefix(*line, "### ")) {
            g_string_append_printf(out, "%s\n", *line + 4);
        } else if (**line != '\0') {
            take_line(paragraph, *line);
        } else {
            end_paragraph(out, paragraph);
            g_string_append_c(out, '\n');
        }
    }
    end_paragraph(out, paragraph);
    return g_string_free(out, FALSE);
}
