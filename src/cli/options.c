/* cli/options.c: the command line, by GLib's option parser. */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/help.h"
#include "cli/words.h"

#define EPOCH_YEAR_LIMIT 253402300799LL /* 9999-12-31 */

static gboolean parse_number(const char **text, int *out) {
    char *end = NULL;
    gint64 value = g_ascii_strtoll(*text, &end, 10);
    if (end == *text || value < 1 || value > 1000000) {
        return FALSE;
    }
    *out = (int)value;
    *text = end;
    return TRUE;
}

gboolean sats_cli_pages_parse(const char *text, int *out_first, int *out_last) {
    int first = 0;
    int last = 0;
    const char *at = text;
    if (g_ascii_isdigit(*at) && !parse_number(&at, &first)) {
        return FALSE;
    }
    if (*at == '-') {
        at++;
        if (g_ascii_isdigit(*at) && !parse_number(&at, &last)) {
            return FALSE;
        }
    } else {
        last = first;
    }
    if (*at != '\0' || (first == 0 && last == 0) || (last > 0 && last < first)) {
        return FALSE;
    }
    *out_first = first;
    *out_last = last;
    return TRUE;
}

/* GLib tells what is wrong in English only, and names the option last, but for "out of range".
 * Caller frees. */
static char *describe_error(const GError *error) {
    static const struct {
        const char *beginning, *swedish;
    } ERRORS[] = {{"Unknown option", "okänt tillval:"},
                  {"Missing argument", "värde saknas efter"},
                  {"Cannot parse", "ett tal ska stå efter"},
                  {"Integer value", "för stort tal efter"},
                  {"Double value", "för stort tal efter"}};
    const char *option = g_strrstr(error->message, " -");
    for (guint i = 0; sats_cli_swedish() && option != NULL && i < G_N_ELEMENTS(ERRORS); i++) {
        if (g_str_has_prefix(error->message, ERRORS[i].beginning)) {
            g_autofree char *name = g_strndup(option, 1 + strcspn(option + 1, " "));
            return g_strconcat(ERRORS[i].swedish, name, NULL);
        }
    }
    return g_strdup(error->message);
}

/* GLib would take the bytes of a text for the locale's, and refuse "ä" where the locale that LANG
 * names is not installed. Ours are UTF-8, as files and most terminals are; what is not is the
 * locale's. FALSE, having complained: neither. */
static gboolean take_text(char **in_out, const char *name) {
    if (*in_out == NULL || g_utf8_validate(*in_out, -1, NULL)) {
        return TRUE;
    }
    char *text = g_locale_to_utf8(*in_out, -1, NULL, NULL, NULL);
    if (text == NULL) {
        sats_cli_complain("the text after --%s is not UTF-8", "texten efter --%s är inte UTF-8",
                          name);
        return FALSE;
    }
    g_free(*in_out);
    *in_out = text;
    return TRUE;
}

static gboolean take_texts(const GOptionEntry *entries, guint n_entries) {
    gboolean taken = TRUE;
    for (guint i = 0; i < n_entries; i++) {
        if (entries[i].arg == G_OPTION_ARG_STRING) {
            taken = take_text(entries[i].arg_data, entries[i].long_name) && taken;
        }
    }
    return taken;
}

gboolean sats_cli_options_parse(char **argv, const GOptionEntry *entries, guint n_entries,
                                char ***out_arguments) {
    g_autofree GOptionEntry *taken = g_new0(GOptionEntry, n_entries + 2);
    guint n = 0;
    taken[n++] = (GOptionEntry){G_OPTION_REMAINING, 0,    0,   G_OPTION_ARG_FILENAME_ARRAY,
                                out_arguments,      NULL, NULL};
    for (guint i = 0; i < n_entries; i++) {
        if (sats_cli_help_takes(argv[0], entries[i].long_name)) {
            taken[n] = entries[i];
            if (entries[i].arg == G_OPTION_ARG_STRING) {
                taken[n].arg = G_OPTION_ARG_FILENAME; /* as it is: see take_text() */
            }
            n++;
        }
    }
    GOptionContext *context = g_option_context_new(NULL);
    g_option_context_add_main_entries(context, taken, NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_autoptr(GError) error = NULL;
    char **movable = g_strdupv(argv);
    gboolean read = g_option_context_parse_strv(context, &movable, &error);
    g_option_context_free(context);
    g_strfreev(movable);
    if (!read) {
        g_autofree char *text = describe_error(error);
        sats_cli_complain("%s; see 'plansats %s --help'", "%s; se 'plansats %s --help'", text,
                          argv[0]);
    }
    return read && take_texts(entries, n_entries);
}

gboolean sats_cli_archive_parse(const char *text, gboolean *out_a2a) {
    *out_a2a = g_strcmp0(text, "a2a") == 0;
    if (text == NULL || *out_a2a || g_str_equal(text, "a3a")) {
        return TRUE;
    }
    sats_cli_complain("--archive is a3a or a2a, not '%s'",
                      "--archive ska vara a3a eller a2a, inte '%s'", text);
    return FALSE;
}

gboolean sats_cli_options_read(char **argv, SatsCliOptions *out) {
    memset(out, 0, sizeof *out);
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out->output, NULL, NULL},
        {"format", 0, 0, G_OPTION_ARG_STRING, &out->format, NULL, NULL},
        {"pages", 0, 0, G_OPTION_ARG_STRING, &out->pages, NULL, NULL},
        {"dpi", 0, 0, G_OPTION_ARG_DOUBLE, &out->dpi, NULL, NULL},
        {"stage", 0, 0, G_OPTION_ARG_STRING, &out->stage, NULL, NULL},
        {"date", 0, 0, G_OPTION_ARG_STRING, &out->date, NULL, NULL},
        {"final", 0, 0, G_OPTION_ARG_NONE, &out->final_, NULL, NULL},
        {"archive", 0, 0, G_OPTION_ARG_STRING, &out->archive, NULL, NULL},
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &out->data, NULL, NULL},
        {"timings", 0, 0, G_OPTION_ARG_NONE, &out->timings, NULL, NULL},
        {"force", 0, 0, G_OPTION_ARG_NONE, &out->force, NULL, NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &out->quiet, NULL, NULL},
    };
    if (!sats_cli_options_parse(argv, entries, G_N_ELEMENTS(entries), &out->arguments)) {
        return FALSE;
    }
    return sats_cli_archive_parse(out->archive, &out->a2a);
}

void sats_cli_options_clear(SatsCliOptions *options) {
    g_free(options->output);
    g_free(options->format);
    g_free(options->pages);
    g_free(options->stage);
    g_free(options->date);
    g_free(options->data);
    g_free(options->archive);
    g_strfreev(options->arguments);
}

char *sats_cli_epoch_date(void) {
    const char *text = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    gint64 seconds = text == NULL ? 0 : g_ascii_strtoll(text, &end, 10);
    if (text == NULL || end == text || *end != '\0' || seconds < 0 || seconds > EPOCH_YEAR_LIMIT) {
        return NULL;
    }
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}
