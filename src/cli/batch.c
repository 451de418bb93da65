/* cli/batch.c: `plansats batch`: many plans at once, and the joining of shards. */
#include "cli/batch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/batch.h"
#include "batch/merge.h"
#include "cli/batch-show.h"
#include "cli/engine.h"
#include "cli/options.h"
#include "cli/words.h"

#define DEFAULT_TIMEOUT_S 120
#define DEFAULT_MEMORY_MB 2048
#define MAX_WORKERS       256

typedef struct {
    char *folder, *pattern, *shard, *date, *data, *archive, *merge;
    int workers, memory;
    double timeout;
    gboolean final_, force, quiet;
    gboolean a2a; /* --archive=a2a */
    char **plans;
} Options;

/* ---- options ---- */

static gboolean parse(char **argv, Options *out) {
    *out = (Options){.timeout = DEFAULT_TIMEOUT_S, .memory = DEFAULT_MEMORY_MB};
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out->folder, NULL, NULL},
        {"workers", 'j', 0, G_OPTION_ARG_INT, &out->workers, NULL, NULL},
        {"timeout", 0, 0, G_OPTION_ARG_DOUBLE, &out->timeout, NULL, NULL},
        {"memory", 0, 0, G_OPTION_ARG_INT, &out->memory, NULL, NULL},
        {"pattern", 0, 0, G_OPTION_ARG_STRING, &out->pattern, NULL, NULL},
        {"shard", 0, 0, G_OPTION_ARG_STRING, &out->shard, NULL, NULL},
        {"merge", 0, 0, G_OPTION_ARG_FILENAME, &out->merge, NULL, NULL},
        {"final", 0, 0, G_OPTION_ARG_NONE, &out->final_, NULL, NULL},
        {"archive", 0, 0, G_OPTION_ARG_STRING, &out->archive, NULL, NULL},
        {"date", 0, 0, G_OPTION_ARG_STRING, &out->date, NULL, NULL},
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &out->data, NULL, NULL},
        {"force", 0, 0, G_OPTION_ARG_NONE, &out->force, NULL, NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &out->quiet, NULL, NULL},
    };
    return sats_cli_options_parse(argv, entries, G_N_ELEMENTS(entries), &out->plans);
}

static gboolean are_possible(Options *options) {
    if (options->workers < 0 || options->workers > MAX_WORKERS) {
        sats_cli_complain("-j is between 1 and %d", "-j ska vara mellan 1 och %d", MAX_WORKERS);
    } else if (!(options->timeout >= 0 && options->timeout <= 1e6)) {
        sats_cli_complain("--timeout is in seconds, 0 for none",
                          "--timeout anges i sekunder, 0 för ingen gräns");
    } else if (options->memory < 0 || options->memory > 1 << 20) {
        sats_cli_complain("--memory is in megabytes, 0 for no limit",
                          "--memory anges i megabyte, 0 för ingen gräns");
    } else if (options->merge != NULL && options->plans != NULL) {
        sats_cli_complain("--merge takes a folder and no plans",
                          "--merge tar en mapp men inga planer");
    } else if (options->merge == NULL && options->plans == NULL) {
        sats_cli_complain("batch takes plans, folders of plans, or @LIST",
                          "batch tar planer, mappar med planer eller @LISTA");
    } else {
        return sats_cli_archive_parse(options->archive, &options->a2a);
    }
    return FALSE;
}

static void clear(Options *options) {
    g_free(options->folder);
    g_free(options->pattern);
    g_free(options->shard);
    g_free(options->date);
    g_free(options->data);
    g_free(options->archive);
    g_free(options->merge);
    g_strfreev(options->plans);
}

/* ---- signals ---- */

static volatile sig_atomic_t stop;

static void ask_to_stop(int number) {
    (void)number;
    stop = 1;
}

/* The first ^C ends the run tidily, the second at once. */
static void catch_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = ask_to_stop;
    action.sa_flags = (int)SA_RESETHAND;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGHUP, &action, NULL);
    (void)signal(SIGXFSZ, SIG_IGN); /* a file too large is an error of write() */
}

/* ---- run, merge ---- */

static void print_result(const SatsBatchCounts *counts, gboolean quiet) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *seconds =
        g_strdup(g_ascii_formatd(digits, sizeof digits, "%.1f", counts->seconds));
    if (sats_cli_swedish()) {
        g_strdelimit(seconds, ".", ',');
    }
    if (!quiet) {
        g_autofree char *made =
            sats_cli_count((int)counts->made, "made", "made", "gjord", "gjorda");
        g_autofree char *unchanged = sats_cli_count((int)counts->unchanged, "unchanged",
                                                    "unchanged", "oförändrad", "oförändrade");
        g_autofree char *failed = sats_show_count_failed(counts->failed);
        printf(sats_cli_say("%s, %s, %s, %u left, %s s\n", "%s, %s, %s, %u kvar, %s s\n"), made,
               unchanged, failed, counts->left, seconds);
    }
}

static int run(const Options *options) {
    g_auto(GStrv) folders = sats_cli_template_folders();
    g_autofree char *date = options->date != NULL ? g_strdup(options->date) : sats_cli_epoch_date();
    SatsBatchOptions batch = {
        .arguments = (const char *const *)options->plans,
        .folder = options->folder,
        .pattern = options->pattern,
        .shard = options->shard,
        .workers = options->workers,
        .timeout_s = options->timeout,
        .memory_mb = options->memory,
        .force = options->force,
        .render = {.final_ = options->final_, .archive_a2a = options->a2a, .date = date},
        .engine = {.data_folder = options->data,
                   .template_folders = (const char *const *)folders,
                   .swedish = sats_cli_swedish()},
        .stop = &stop};
    SatsShow *show = sats_show_new(options->quiet);
    SatsBatchListener listener = {.plan = sats_show_plan, .tick = sats_show_tick, .context = show};
    SatsBatchCounts counts = {0};
    g_autoptr(GError) error = NULL;
    catch_signals();
    SatsStatus status = sats_batch_run(&batch, &listener, &counts, &error);
    sats_show_failures(show);
    sats_show_free(show);
    if (error != NULL) {
        sats_cli_complain("%s", "%s", error->message);
    }
    if (counts.total > 0 && status != SATS_STATUS_USAGE) {
        print_result(&counts, options->quiet);
    }
    return (int)status;
}

static void keep_failure(void *show, const SatsRecord *record) {
    sats_show_failure(show, record->plan, record);
}

static int merge(const Options *options) {
    SatsShow *show = sats_show_new(options->quiet);
    SatsMergeListener listener = {.failed = keep_failure, .context = show};
    SatsMergeCounts counts = {0};
    g_autoptr(GError) error = NULL;
    SatsStatus status = sats_merge_run(options->merge, &listener, &counts, &error);
    sats_show_failures(show);
    sats_show_free(show);
    if (error != NULL) {
        sats_cli_complain("%s", "%s", error->message);
    } else if (!options->quiet) {
        g_autofree char *shards =
            sats_cli_count((int)counts.shards, "shard joined", "shards joined", "del sammanförd",
                           "delar sammanförda");
        g_autofree char *plans =
            sats_cli_count((int)counts.plans, "plan verified", "plans verified",
                           "plan kontrollerad", "planer kontrollerade");
        g_autofree char *failed = sats_show_count_failed(counts.failed);
        printf("%s, %s, %s\n", shards, plans, failed);
    }
    return (int)status;
}

int sats_cli_batch(char **argv) {
    Options options;
    int status = SATS_STATUS_USAGE;
    sats_batch_speak_swedish(sats_cli_swedish());
    if (parse(argv, &options) && are_possible(&options)) {
        status = options.merge != NULL ? merge(&options) : run(&options);
    }
    clear(&options);
    return status;
}
