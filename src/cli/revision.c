/* cli/revision.c: `plansats diff`: what has changed; `plansats revise`: a new version. */
#include "cli/revision.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/engine.h"
#include "cli/options.h"
#include "cli/words.h"
#include "plansats.h"

typedef struct {
    char *output, *format, *note, *date, *who, *data;
    gboolean quiet;
    char **arguments;
} Options;

static gboolean parse(char **argv, Options *out) {
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out->output, NULL, NULL},
        {"format", 0, 0, G_OPTION_ARG_STRING, &out->format, NULL, NULL},
        {"note", 0, 0, G_OPTION_ARG_STRING, &out->note, NULL, NULL},
        {"date", 0, 0, G_OPTION_ARG_STRING, &out->date, NULL, NULL},
        {"who", 0, 0, G_OPTION_ARG_STRING, &out->who, NULL, NULL},
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &out->data, NULL, NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &out->quiet, NULL, NULL},
    };
    return sats_cli_options_parse(argv, entries, G_N_ELEMENTS(entries), &out->arguments);
}

static void clear(Options *options) {
    g_free(options->output);
    g_free(options->format);
    g_free(options->note);
    g_free(options->date);
    g_free(options->who);
    g_free(options->data);
    g_strfreev(options->arguments);
}

/* ---- diff ---- */

static gboolean diff_options_are_possible(const Options *options) {
    if (options->arguments == NULL || g_strv_length(options->arguments) != 2) {
        sats_cli_complain("diff takes two plans, the old one and the new one",
                          "diff tar två planer, den gamla och den nya");
    } else if (options->format != NULL && !g_str_equal(options->format, "text") &&
               !g_str_equal(options->format, "json")) {
        sats_cli_complain("unknown format '%s': text or json", "okänt format '%s': text eller json",
                          options->format);
    } else {
        return TRUE;
    }
    return FALSE;
}

static void print_changes(const Options *options, const SatsPlan *old_plan,
                          const SatsPlan *new_plan) {
    gboolean json = g_strcmp0(options->format, "json") == 0;
    gboolean colour = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
    char *text = sats_plan_changes(old_plan, new_plan,
                                   json     ? SATS_REPORT_JSON
                                   : colour ? SATS_REPORT_COLOUR
                                            : SATS_REPORT_TEXT,
                                   NULL);
    fputs(text, stdout);
    sats_string_free(text);
}

static int read_status(const SatsPlan *plan) {
    return *sats_plan_message(plan) != '\0' ? SATS_STATUS_SYSTEM
           : sats_plan_errors(plan) > 0     ? SATS_STATUS_DOCUMENT
                                            : SATS_STATUS_DONE;
}

static int compare(const Options *options, SatsEngine *engine) {
    SatsPlan *old_plan = sats_plan_load(engine, options->arguments[0]);
    SatsPlan *new_plan = sats_plan_load(engine, options->arguments[1]);
    int status = MAX(read_status(old_plan), read_status(new_plan));
    if (status == SATS_STATUS_DONE && options->output != NULL) {
        g_autofree char *epoch = sats_cli_epoch_date();
        SatsRenderOptions how = {.date = options->date != NULL ? options->date : epoch};
        status = (int)sats_plan_render_changes(old_plan, new_plan, &how, options->output);
    }
    sats_cli_report_print(old_plan);
    sats_cli_report_print(new_plan);
    if (status == SATS_STATUS_DONE && !options->quiet) {
        print_changes(options, old_plan, new_plan);
    }
    sats_plan_free(old_plan);
    sats_plan_free(new_plan);
    return status;
}

int sats_cli_diff(char **argv) {
    Options options = {0};
    int status = SATS_STATUS_USAGE;
    if (parse(argv, &options) && diff_options_are_possible(&options)) {
        SatsEngine *engine = sats_cli_engine_open(options.data);
        status = engine == NULL ? SATS_STATUS_SYSTEM : compare(&options, engine);
        sats_engine_free(engine);
    }
    clear(&options);
    return status;
}

/* ---- revise ---- */

static gboolean is_iso_date(const char *text) {
    return g_regex_match_simple("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", text, 0, 0);
}

static gboolean revise_options_are_possible(const Options *options) {
    if (options->arguments == NULL || g_strv_length(options->arguments) != 1) {
        sats_cli_complain("revise takes one plan", "revise tar en plan");
    } else if (options->note == NULL || *options->note == '\0') {
        sats_cli_complain("say what is new with --note", "ange med --note vad som är nytt");
    } else if (options->date != NULL && !is_iso_date(options->date)) {
        sats_cli_complain("--date is like 2024-01-31, not '%s'",
                          "--date skrivs som 2024-01-31, inte '%s'", options->date);
    } else {
        return TRUE;
    }
    return FALSE;
}

/* Today, or the day of SOURCE_DATE_EPOCH. */
static char *today(void) {
    char *epoch = sats_cli_epoch_date();
    if (epoch != NULL) {
        epoch[10] = '\0';
        return epoch;
    }
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    return g_date_time_format(now, "%Y-%m-%d");
}

static int revise(const Options *options, SatsEngine *engine) {
    g_autofree char *date = options->date != NULL ? g_strdup(options->date) : today();
    SatsRevision revision = {.note = options->note, .date = date, .by = options->who};
    SatsPlan *plan = sats_plan_load(engine, options->arguments[0]);
    char *version = NULL;
    SatsStatus status = sats_plan_revise(plan, &revision, &version);
    sats_cli_report_print(plan);
    if (status == SATS_STATUS_DONE && !options->quiet) {
        printf(sats_cli_say("%s: version %s\n", "%s: utgåva %s\n"), options->arguments[0], version);
    }
    sats_string_free(version);
    sats_plan_free(plan);
    return (int)status;
}

int sats_cli_revise(char **argv) {
    Options options = {0};
    int status = SATS_STATUS_USAGE;
    if (parse(argv, &options) && revise_options_are_possible(&options)) {
        SatsEngine *engine = sats_cli_engine_open(options.data);
        status = engine == NULL ? SATS_STATUS_SYSTEM : revise(&options, engine);
        sats_engine_free(engine);
    }
    clear(&options);
    return status;
}
