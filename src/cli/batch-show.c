/* cli/batch-show.c: the progress line, the log and the summary of a batch. */
#include "cli/batch-show.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/engine.h"
#include "cli/words.h"

#define DEFAULT_WIDTH  80
#define FIRST_FINDINGS 3
#define REDRAW_US      100000

typedef struct {
    char *path;
    SatsRecord *record;
} Failure;

struct SatsShow {
    gboolean quiet, terminal;
    gint64 drawn;      /* when the line was last written */
    gboolean standing; /* a progress line stands on the terminal */
    GPtrArray *failures;
};

static void failure_free(gpointer data) {
    Failure *failure = data;
    g_free(failure->path);
    sats_record_free(failure->record);
    g_free(failure);
}

SatsShow *sats_show_new(gboolean quiet) {
    SatsShow *show = g_new0(SatsShow, 1);
    show->quiet = quiet;
    show->terminal = isatty(STDERR_FILENO) == 1;
    show->failures = g_ptr_array_new_with_free_func(failure_free);
    return show;
}

void sats_show_free(SatsShow *show) {
    g_ptr_array_unref(show->failures);
    g_free(show);
}

/* ---- the progress line ---- */

static guint terminal_width(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col
                                                                           : DEFAULT_WIDTH;
}

static char *per_second(double rate) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    char *text = g_strdup(g_ascii_formatd(digits, sizeof digits, "%.1f", rate));
    return sats_cli_swedish() ? g_strdelimit(text, ".", ',') : text;
}

static char *time_left(double seconds) {
    guint whole = seconds > 359999 ? 359999 : (guint)(seconds + 0.5);
    return whole < 60 ? g_strdup_printf("%u s", whole)
                      : g_strdup_printf("%u:%02u:%02u", whole / 3600, whole / 60 % 60, whole % 60);
}

char *sats_show_count_failed(guint n) {
    return sats_cli_count((int)n, "failed", "failed", "misslyckad", "misslyckade");
}

static void draw(SatsShow *show, const SatsBatchCounts *counts) {
    guint finished = counts->made + counts->failed;
    double rate = counts->seconds > 0 ? finished / counts->seconds : 0;
    g_autofree char *speed = per_second(rate);
    g_autofree char *left = rate > 0 ? time_left(counts->left / rate) : g_strdup("–");
    g_autofree char *failed = sats_show_count_failed(counts->failed);
    g_autofree char *line = g_strdup_printf(
        sats_cli_say("%u of %u done, %s, %u left, %s/s, %s to go",
                     "%u av %u klara, %s, %u kvar, %s/s, %s återstår"),
        counts->made + counts->unchanged, counts->total, failed, counts->left, speed, left);
    glong columns = g_utf8_strlen(line, -1);
    glong width = (glong)terminal_width() - 1;
    g_autofree char *shown = g_utf8_substring(line, 0, MIN(columns, width));
    fprintf(stderr, "\r%s\033[K", shown);
    (void)fflush(stderr);
    show->standing = TRUE;
    show->drawn = g_get_monotonic_time();
}

static void wipe(SatsShow *show) {
    if (show->standing) {
        fputs("\r\033[K", stderr);
        (void)fflush(stderr);
        show->standing = FALSE;
    }
}

void sats_show_tick(void *context, const SatsBatchCounts *counts) {
    SatsShow *show = context;
    if (show->terminal && !show->quiet && g_get_monotonic_time() - show->drawn >= REDRAW_US) {
        draw(show, counts);
    }
}

/* ---- a plan ---- */

/* Why there is no output, on one line. Caller frees. */
static char *reason(const SatsRecord *record) {
    switch (record->status) {
    case SATS_RECORD_DONE:
        break;
    case SATS_RECORD_DOCUMENT:
        return sats_cli_counts_text((int)record->errors, (int)record->warnings);
    case SATS_RECORD_NAME:
        return g_strdup_printf(sats_cli_say("has no value '%s' that can name its output",
                                            "har inget värde '%s' att namnge utfilen efter"),
                               record->message != NULL ? record->message : "");
    case SATS_RECORD_CRASHED:
        return g_strdup_printf(
            sats_cli_say("its worker crashed: %s", "arbetsprocessen kraschade: %s"),
            record->message != NULL ? record->message : "?");
    case SATS_RECORD_TIMEOUT:
        return g_strdup(sats_cli_say("took longer than --timeout", "tog längre tid än --timeout"));
    case SATS_RECORD_MEMORY:
        return g_strdup(
            sats_cli_say("took more memory than --memory", "tog mer minne än --memory"));
    case SATS_RECORD_SYSTEM:
    case SATS_RECORD_DISK:
        return g_strdup(record->message != NULL ? record->message : "?");
    }
    return g_strdup("");
}

void sats_show_failure(SatsShow *show, const char *path, const SatsRecord *record) {
    Failure *failure = g_new(Failure, 1);
    *failure = (Failure){g_strdup(path), sats_record_copy(record)};
    g_ptr_array_add(show->failures, failure);
}

void sats_show_plan(void *context, const char *path, const SatsRecord *record, gboolean unchanged,
                    const SatsBatchCounts *counts) {
    SatsShow *show = context;
    gboolean failed = record->status != SATS_RECORD_DONE;
    if (failed) {
        sats_show_failure(show, path, record);
    }
    if (show->terminal || show->quiet || unchanged) {
        return;
    }
    guint number = counts->total - counts->left;
    if (failed) {
        g_autofree char *why = reason(record);
        fprintf(stderr, sats_cli_say("[%u/%u] %s: failed: %s\n", "[%u/%u] %s: misslyckades: %s\n"),
                number, counts->total, path, why);
    } else {
        g_autofree char *pages =
            sats_cli_count((int)record->pages, "page", "pages", "sida", "sidor");
        fprintf(stderr, "[%u/%u] %s -> %s: %s, %d ms\n", number, counts->total, path,
                record->output, pages, (int)(record->seconds * 1e3 + 0.5));
    }
}

/* ---- the summary ---- */

static const char *severity_word(const char *severity) {
    return g_strcmp0(severity, "error") == 0     ? sats_cli_say("error", "fel")
           : g_strcmp0(severity, "warning") == 0 ? sats_cli_say("warning", "varning")
                                                 : sats_cli_say("note", "anm");
}

static void print_finding(const SatsJson *finding) {
    const char *file = sats_json_get_text(finding, "file");
    const char *message = sats_json_get_text(finding, "message");
    const char *code = sats_json_get_text(finding, "code");
    const char *cell = sats_json_get_text(finding, "cell");
    fputs("  ", stderr);
    if (cell != NULL) {
        fprintf(stderr, "%s: %s: ", file != NULL ? file : "", cell);
    } else if (file != NULL) {
        fprintf(stderr, "%s:%d:%d: ", file, (int)sats_json_get_number(finding, "line", 0),
                (int)sats_json_get_number(finding, "column", 0));
    }
    fprintf(stderr, "%s: %s [%s]\n", severity_word(sats_json_get_text(finding, "severity")),
            message != NULL ? message : "", code != NULL ? code : "");
}

static void print_failure(const Failure *failure) {
    g_autofree char *why = reason(failure->record);
    fprintf(stderr, "%s: %s\n", failure->path, why);
    const SatsJson *findings = failure->record->findings;
    guint n = findings == NULL ? 0 : MIN(findings->values->len, FIRST_FINDINGS);
    for (guint i = 0; i < n; i++) {
        print_finding(g_ptr_array_index(findings->values, i));
    }
}

static gint compare_paths(gconstpointer a, gconstpointer b) {
    const Failure *const *first = a;
    const Failure *const *second = b;
    return strcmp((*first)->path, (*second)->path);
}

void sats_show_failures(SatsShow *show) {
    wipe(show);
    g_ptr_array_sort(show->failures, compare_paths);
    for (guint i = 0; i < show->failures->len; i++) {
        print_failure(g_ptr_array_index(show->failures, i));
    }
}
