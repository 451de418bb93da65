/* cli/main.c: the program: a thin user of plansats.h. */
#include <errno.h>
#include <glib.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "base/utf8.h"
#include "batch/plans.h"
#include "cli/batch.h"
#include "cli/check.h"
#include "cli/engine.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/revision.h"
#include "cli/words.h"
#include "plansats.h"

/* ---- render ---- */

static void print_timings(const SatsPlan *plan) {
    const char *stage = NULL;
    double seconds = 0;
    for (int i = 0; sats_plan_timing(plan, i, &stage, &seconds); i++) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        fprintf(stderr, "%-10s %9s ms\n", stage,
                g_ascii_formatd(text, sizeof text, "%.3f", seconds * 1e3));
    }
}

static gboolean parse_format(const char *text, SatsFormat *out, const char **out_ending) {
    static const struct {
        const char *name, *ending;
        SatsFormat format;
    } FORMATS[] = {
        {"pdf", ".pdf", SATS_FORMAT_PDF},
        {"png", ".png", SATS_FORMAT_PNG},
        {"svg", ".svg", SATS_FORMAT_SVG},
        {"plain-pdf", ".pdf", SATS_FORMAT_PLAIN_PDF},
    };
    for (guint i = 0; i < G_N_ELEMENTS(FORMATS); i++) {
        if (text == NULL || g_str_equal(text, FORMATS[i].name)) {
            *out = FORMATS[i].format;
            *out_ending = FORMATS[i].ending;
            return TRUE;
        }
    }
    sats_cli_complain("unknown format '%s': pdf, png, svg or plain-pdf",
                      "okänt format '%s': pdf, png, svg eller plain-pdf", text);
    return FALSE;
}

/* What the output's ending says; NULL nothing. */
static const char *format_of(const char *output) {
    return output == NULL                     ? NULL
           : g_str_has_suffix(output, ".png") ? "png"
           : g_str_has_suffix(output, ".svg") ? "svg"
                                              : NULL;
}

/* The plan's name without its ending; a file called plan.yaml is known by its folder. */
static char *default_output(const char *plan, const char *ending) {
    g_autofree char *base = g_path_get_basename(plan);
    char *dot = strrchr(base, '.');
    if (dot != NULL && dot != base) {
        *dot = '\0';
    }
    if (g_str_equal(base, "plan")) {
        g_autofree char *whole = g_canonicalize_filename(plan, NULL);
        g_autofree char *folder = g_path_get_dirname(whole);
        g_free(base);
        base = g_path_get_basename(folder);
    }
    return g_strconcat(base, ending, NULL);
}

/* -o FILE, or -o FOLDER, which is there or ends with a slash and is made then: in it, a file of the
 * plan's name. NULL, having complained, when the folder cannot be made. Caller frees. */
static char *output_path(const SatsCliOptions *options, const char *ending) {
    const char *output = options->output;
    char *name = default_output(options->arguments[0], ending);
    if (output == NULL) {
        return name;
    }
    g_autofree char *own = name;
    gboolean folder = g_str_has_suffix(output, "/");
    if (!folder && !g_file_test(output, G_FILE_TEST_IS_DIR)) {
        return g_strdup(output);
    }
    if (folder && g_mkdir_with_parents(output, 0777) != 0) {
        sats_cli_complain("%s: %s", "%s: %s", output, g_strerror(errno));
        return NULL;
    }
    return g_build_filename(output, own, NULL);
}

static gboolean render_options(const SatsCliOptions *options, SatsRenderOptions *out,
                               const char **out_ending) {
    *out = (SatsRenderOptions){.dpi = options->dpi,
                               .final_ = options->final_,
                               .archive_a2a = options->a2a,
                               .force = options->force};
    if (!parse_format(options->format != NULL ? options->format : format_of(options->output),
                      &out->format, out_ending)) {
        return FALSE;
    }
    if (options->pages != NULL &&
        !sats_cli_pages_parse(options->pages, &out->first_page, &out->last_page)) {
        sats_cli_complain("--pages is like 3, 3-5 or 3-, not '%s'",
                          "--pages skrivs som 3, 3-5 eller 3-, inte '%s'", options->pages);
        return FALSE;
    }
    if (options->dpi != 0 && !(options->dpi >= 10 && options->dpi <= 2400)) {
        sats_cli_complain("--dpi is between 10 and 2400", "--dpi ska vara mellan 10 och 2400");
        return FALSE;
    }
    return TRUE;
}

static int pages_rendered(const SatsPlan *plan, const SatsRenderOptions *how) {
    int all = sats_plan_pages(plan);
    int last = how->last_page > 0 ? MIN(how->last_page, all) : all;
    return last - MAX(how->first_page, 1) + 1;
}

/* What an engine holds goes with the process, sooner than piece by piece. A sanitizer wants to see
 * that each piece has an owner. */
static void let_go(SatsEngine *engine) {
    if (SATS_HAS_ASAN) {
        sats_engine_free(engine);
    }
}

static int run_render(const SatsCliOptions *options) {
    SatsRenderOptions how;
    const char *ending = ".pdf";
    if (options->arguments == NULL || g_strv_length(options->arguments) != 1) {
        sats_cli_complain("render takes one plan", "render tar en plan");
        return SATS_STATUS_USAGE;
    }
    if (!render_options(options, &how, &ending)) {
        return SATS_STATUS_USAGE;
    }
    gint64 start = g_get_monotonic_time();
    SatsEngine *engine = sats_cli_engine_open(options->data);
    if (engine == NULL) {
        return SATS_STATUS_SYSTEM;
    }
    g_autofree char *date = options->date != NULL ? g_strdup(options->date) : sats_cli_epoch_date();
    how.date = date;
    g_autofree char *path = output_path(options, ending);
    if (path == NULL) {
        sats_engine_free(engine);
        return SATS_STATUS_SYSTEM;
    }
    SatsPlan *plan = sats_plan_load(engine, options->arguments[0]);
    SatsStatus status = sats_plan_render_file(plan, &how, path);
    sats_cli_report_print(plan);
    if (status == SATS_STATUS_USAGE && how.first_page <= sats_plan_pages(plan)) {
        sats_cli_complain("--date is like 2024-03-01 or 2024-03-01T12:00:00Z, not '%s'",
                          "--date skrivs som 2024-03-01 eller 2024-03-01T12:00:00Z, inte '%s'",
                          how.date);
    } else if (status == SATS_STATUS_USAGE) {
        g_autofree char *pages =
            sats_cli_count(sats_plan_pages(plan), "page", "pages", "sida", "sidor");
        sats_cli_complain("the document has only %s", "dokumentet har bara %s", pages);
    } else if (status != SATS_STATUS_DONE) {
        sats_cli_counts_print(plan);
    } else if (!options->quiet && sats_plan_unchanged(plan)) {
        printf(sats_cli_say("%s: up to date\n", "%s: oförändrad\n"), path);
    } else if (!options->quiet) {
        g_autofree char *pages =
            sats_cli_count(pages_rendered(plan, &how), "page", "pages", "sida", "sidor");
        printf("%s: %s, %d ms\n", path, pages,
               (int)((g_get_monotonic_time() - start + 500) / 1000));
    }
    if (options->timings) {
        print_timings(plan);
    }
    sats_plan_free(plan);
    let_go(engine);
    return (int)status;
}

/* ---- dump ---- */

static int run_dump(const SatsCliOptions *options) {
    static const char *const STAGES[] = {"values", "document", "pages", "tags", "text", NULL};
    if (options->arguments == NULL || g_strv_length(options->arguments) != 1 ||
        options->stage == NULL || !g_strv_contains(STAGES, options->stage)) {
        sats_cli_complain("dump takes one plan and --stage values, document, pages, tags or text",
                          "dump tar en plan och --stage values, document, pages, tags eller text");
        return SATS_STATUS_USAGE;
    }
    SatsEngine *engine = sats_cli_engine_open(options->data);
    if (engine == NULL) {
        return SATS_STATUS_SYSTEM;
    }
    SatsPlan *plan = sats_plan_load(engine, options->arguments[0]);
    char *text = sats_plan_dump(plan, options->stage);
    sats_cli_report_print(plan);
    if (text != NULL) {
        fputs(text, stdout);
    }
    int status = *sats_plan_message(plan) != '\0'             ? SATS_STATUS_SYSTEM
                 : text == NULL || sats_plan_errors(plan) > 0 ? SATS_STATUS_DOCUMENT
                                                              : SATS_STATUS_DONE;
    sats_string_free(text);
    sats_plan_free(plan);
    sats_engine_free(engine);
    return status;
}

/* ---- extract ---- */

static int run_extract(const SatsCliOptions *options) {
    if (options->arguments == NULL || g_strv_length(options->arguments) != 1) {
        sats_cli_complain("extract takes one PDF", "extract tar en PDF");
        return SATS_STATUS_USAGE;
    }
    g_autofree char *folder = options->output != NULL ? g_strdup(options->output)
                                                      : default_output(options->arguments[0], "");
    char *plan = NULL;
    char *message = NULL;
    SatsStatus status =
        sats_pdf_extract(options->arguments[0], folder, sats_cli_swedish(), &plan, &message);
    if (status != SATS_STATUS_DONE) {
        sats_cli_complain("%s", "%s", message);
    } else if (!options->quiet) {
        g_autofree char *visible = sats_utf8_visible(plan, FALSE);
        printf("%s\n", visible);
    }
    sats_string_free(plan);
    sats_string_free(message);
    return (int)status;
}

/* ---- new, schema, reference ---- */

/* To a file that is not there yet, or to the terminal. */
static int put_text(const char *text, const char *path) {
    g_autoptr(GError) error = NULL;
    if (path == NULL) {
        fputs(text, stdout);
        return SATS_STATUS_DONE;
    }
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        sats_cli_complain("%s is there already", "%s finns redan", path);
        return SATS_STATUS_USAGE;
    }
    if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &error)) {
        sats_cli_complain("%s", "%s", error->message);
        return SATS_STATUS_SYSTEM;
    }
    return SATS_STATUS_DONE;
}

/* A folder as ".." leads out of it: links followed. Caller frees. */
static char *real_folder(const char *folder) {
    char *real = realpath(folder, NULL);
    return real != NULL ? real : g_strdup(folder);
}

/* A template that is told by a path, as the new plan in `folder` has to name it. Caller frees. */
static char *name_from(const char *folder, const char *name) {
    gboolean path = strchr(name, '/') != NULL || g_str_has_suffix(name, ".yaml");
    if (!path || g_path_is_absolute(name) || g_str_equal(folder, ".")) {
        return g_strdup(name);
    }
    g_autofree char *here = real_folder(".");
    g_autofree char *there = real_folder(folder);
    g_autofree char *whole = g_build_filename(here, name, NULL);
    g_autofree char *from = sats_path_from(there, whole);
    return g_strconcat(strchr(from, '/') == NULL ? "./" : "", from, NULL);
}

/* Without an engine, what is told is why there is none. */
static int ask_for_template(const SatsCliOptions *options) {
    SatsEngine *engine = sats_cli_engine_open(options->data);
    char *names = engine != NULL ? sats_engine_templates(engine) : NULL;
    if (names != NULL) {
        sats_cli_complain("name one template; there are: %s", "ange en mall; det finns: %s", names);
    }
    sats_string_free(names);
    sats_engine_free(engine);
    return SATS_STATUS_USAGE;
}

static int describe(const SatsCliOptions *options, SatsDescription what) {
    if (options->arguments == NULL || g_strv_length(options->arguments) != 1) {
        return ask_for_template(options);
    }
    SatsEngine *engine = sats_cli_engine_open(options->data);
    if (engine == NULL) {
        return SATS_STATUS_SYSTEM;
    }
    /* only a new plan names its template */
    g_autofree char *folder = what == SATS_DESCRIBE_SCAFFOLD && options->output != NULL
                                  ? g_path_get_dirname(options->output)
                                  : g_strdup(".");
    g_autofree char *name = name_from(folder, options->arguments[0]);
    char *message = NULL;
    char *text = sats_engine_describe(engine, name, folder, what, &message);
    int status = SATS_STATUS_DOCUMENT;
    if (text == NULL) {
        fputs(message, stderr);
    } else {
        status = put_text(text, options->output);
    }
    sats_string_free(text);
    sats_string_free(message);
    sats_engine_free(engine);
    return status;
}

static int run_new(const SatsCliOptions *options) {
    return describe(options, SATS_DESCRIBE_SCAFFOLD);
}

static int run_schema(const SatsCliOptions *options) {
    return describe(options, SATS_DESCRIBE_SCHEMA);
}

static int run_reference(const SatsCliOptions *options) {
    return describe(options, SATS_DESCRIBE_REFERENCE);
}

/* ---- main ---- */

static const struct {
    const char *name;
    int (*run)(const SatsCliOptions *options);
} COMMANDS[] = {{"render", run_render},
                {"check", sats_cli_check},
                {"dump", run_dump},
                {"extract", run_extract},
                {"new", run_new},
                {"schema", run_schema},
                {"explain", sats_cli_explain},
                {"reference", run_reference}};

static int run_command(char **argv) {
    if (g_str_equal(argv[1], "batch")) {
        return sats_cli_batch(argv + 1);
    }
    if (g_str_equal(argv[1], "diff")) {
        return sats_cli_diff(argv + 1);
    }
    if (g_str_equal(argv[1], "revise")) {
        return sats_cli_revise(argv + 1);
    }
    for (guint i = 0; i < G_N_ELEMENTS(COMMANDS); i++) {
        if (!g_str_equal(argv[1], COMMANDS[i].name)) {
            continue;
        }
        SatsCliOptions options;
        int status = SATS_STATUS_USAGE;
        if (sats_cli_options_read(argv + 1, &options)) {
            status = COMMANDS[i].run(&options);
        }
        sats_cli_options_clear(&options);
        return status;
    }
    sats_cli_complain("unknown command '%s'; 'plansats --help' lists them",
                      "okänt kommando '%s'; 'plansats --help' räknar upp dem som finns", argv[1]);
    return SATS_STATUS_USAGE;
}

/* Is help asked for? Behind "--" stand names of files. */
static gboolean asks_for_help(char **argv) {
    for (char **word = argv + 1; *word != NULL && !g_str_equal(*word, "--"); word++) {
        if (g_str_equal(*word, "--help") || g_str_equal(*word, "-h")) {
            return TRUE;
        }
    }
    return g_str_equal(argv[1], "help");
}

/* Of the command that is named, before or after the word help; else of all. */
static void print_help(char **argv) {
    const char *command = NULL;
    for (char **word = argv + 1; *word != NULL && command == NULL; word++) {
        command = sats_cli_help_knows(*word) ? *word : NULL;
    }
    g_autofree char *text = command != NULL ? sats_cli_help_of(command) : sats_cli_help_all();
    fputs(text, stdout);
}

static int run(char **argv) {
    if (argv[0] == NULL || argv[1] == NULL) {
        g_autofree char *text = sats_cli_help_all();
        fputs(text, stderr);
        return SATS_STATUS_USAGE;
    }
    if (asks_for_help(argv)) {
        print_help(argv);
        return SATS_STATUS_DONE;
    }
    if (g_str_equal(argv[1], "--version")) {
        printf("plansats %s\n", sats_version());
        return SATS_STATUS_DONE;
    }
    return run_command(argv);
}

/* What was printed may still be on its way, to a disk that is full. */
static int finish(int status) {
    errno = 0;
    gboolean failed = fflush(stdout) != 0;
    int cause = errno;
    if (!failed && !ferror(stdout)) {
        return status;
    }
    sats_cli_complain("cannot write to standard output%s%s", "kan inte skriva till standard ut%s%s",
                      cause != 0 ? ": " : "", cause != 0 ? g_strerror(cause) : "");
    return SATS_STATUS_SYSTEM;
}

#ifdef __GLIBC__
/* May the process have as much memory as it asks for? */
static gboolean is_unlimited(void) {
    static const int WHAT[] = {RLIMIT_AS, RLIMIT_DATA};
    for (guint i = 0; i < G_N_ELEMENTS(WHAT); i++) {
        struct rlimit limit;
        if (getrlimit(WHAT[i], &limit) != 0 || limit.rlim_cur != RLIM_INFINITY) {
            return FALSE;
        }
    }
    return TRUE;
}
#endif

/* Gives the heap its room at once, in large pages where the system has them: a short render is a
 * tenth quicker for not being given its few megabytes by 4 KiB, and a long one for not giving
 * memory back that it takes again. */
static void prepare_heap(void) {
#ifdef __GLIBC__
    enum { ROOM = 64 << 20, LARGE_PAGE = 2 << 20, USUAL = 128 << 10 };
    enum { FIRST = 140 << 10, BEFORE = FIRST + (20 << 10) }; /* more than USUAL */
    if (!is_unlimited()) {
        return;
    }
    mallopt(M_TOP_PAD, ROOM);
    mallopt(M_TRIM_THRESHOLD, 8 * ROOM);
    mallopt(M_MMAP_THRESHOLD, ROOM);
    /* It begins just before a large page: what is touched before the system knows that the pages
     * may be large stays small. */
    (void)sbrk((intptr_t)(-((gsize)sbrk(0) + BEFORE) % LARGE_PAGE));
    gpointer first = g_try_malloc(FIRST); /* more than there is: now the heap grows */
    if (first == NULL) {
        mallopt(M_TOP_PAD, USUAL); /* the system gives no more than is used */
        return;
    }
    g_free(first);
    char *end = sbrk(0);
    gsize beyond = (gsize)end % LARGE_PAGE;
    if ((gsize)end > ROOM)
        madvise(end - beyond - (ROOM - LARGE_PAGE), ROOM - LARGE_PAGE + beyond, MADV_HUGEPAGE);
#endif
}

int main(int argc, char **argv) {
    prepare_heap();
    (void)argc;
    setlocale(LC_CTYPE, "");
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write */
    return finish(run(argv));
}
