/* cli/options.c: the command line, by GLib's option parser. */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

gboolean sats_cli_options_read(char **argv, SatsCliOptions *out) {
    memset(out, 0, sizeof *out);
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out->output,
         sats_cli_say("write to FILE", "skriv till FIL"), "FILE"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &out->format, "pdf, png, svg, plain-pdf", "FORMAT"},
        {"pages", 0, 0, G_OPTION_ARG_STRING, &out->pages,
         sats_cli_say("only these pages: 3, 3-5, 3-", "bara dessa sidor: 3, 3-5, 3-"), "N-M"},
        {"dpi", 0, 0, G_OPTION_ARG_DOUBLE, &out->dpi,
         sats_cli_say("resolution of PNG", "upplösning för PNG"), "N"},
        {"stage", 0, 0, G_OPTION_ARG_STRING, &out->stage, "values, document, pages, tags, text",
         "STAGE"},
        {"date", 0, 0, G_OPTION_ARG_STRING, &out->date,
         sats_cli_say("date of the file (ISO)", "filens datum (ISO)"), "DATE"},
        {"final", 0, 0, G_OPTION_ARG_NONE, &out->final_,
         sats_cli_say("final: nothing may be missing", "slutlig: inget får saknas"), NULL},
        {"archive", 0, 0, G_OPTION_ARG_STRING, &out->archive,
         sats_cli_say("a3a (default) or a2a, without attachments",
                      "a3a (förval) eller a2a, utan bilagor"),
         "LEVEL"},
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &out->data,
         sats_cli_say("folder with templates and fonts", "mapp med mallar och teckensnitt"),
         "FOLDER"},
        {"timings", 0, 0, G_OPTION_ARG_NONE, &out->timings,
         sats_cli_say("print time by stage", "skriv tid per steg"), NULL},
        {"force", 0, 0, G_OPTION_ARG_NONE, &out->force,
         sats_cli_say("render also what has not changed", "gör om även det som inte ändrats"),
         NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &out->quiet,
         sats_cli_say("only say what is wrong", "säg bara vad som är fel"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &out->arguments, NULL, "PLAN"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    GOptionContext *context = g_option_context_new(NULL);
    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) copy = g_strdupv(argv);
    gboolean read = g_option_context_parse_strv(context, &copy, &error);
    g_option_context_free(context);
    if (!read) {
        sats_cli_complain("%s", "%s", error->message);
        return FALSE;
    }
    if (out->archive != NULL && !g_str_equal(out->archive, "a3a") &&
        !g_str_equal(out->archive, "a2a")) {
        sats_cli_complain("--archive is a3a or a2a, not '%s'",
                          "--archive är a3a eller a2a, inte '%s'", out->archive);
        return FALSE;
    }
    out->a2a = g_strcmp0(out->archive, "a2a") == 0;
    return TRUE;
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
