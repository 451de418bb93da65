/* engine/render.c: pages → PDF, PNG, SVG; to a callback or to files that are never left torn. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/new-file.h"
#include "engine/engine-private.h"
#include "paint/cairo-device.h"
#include "paint/paint.h"
#include "paint/trace-device.h"
#include "version.h"

typedef struct {
    SatsWriteFunc write;
    void *context;
    guint pages_before; /* the first painted page's number less one */
} Output;

static gboolean write_bytes(void *context, const void *bytes, gsize size, GError **error) {
    const Output *output = context;
    if (output->write(output->context, 0, bytes, size)) {
        return TRUE;
    }
    g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "the output could not be written");
    return FALSE;
}

static gboolean write_page(void *context, guint page, const void *bytes, gsize size,
                           GError **error) {
    const Output *output = context;
    if (output->write(output->context, (int)(page + output->pages_before), bytes, size)) {
        return TRUE;
    }
    g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "the output could not be written");
    return FALSE;
}

/* ---- dates ---- */

/* `n` digits of a value between two bounds; moves on. */
static gboolean take_digits(const char **at, guint n, guint low, guint high) {
    guint value = 0;
    for (guint i = 0; i < n; i++) {
        if (!g_ascii_isdigit((*at)[i])) {
            return FALSE;
        }
        value = value * 10 + (guint)((*at)[i] - '0');
    }
    *at += n;
    return value >= low && value <= high;
}

static gboolean take(const char **at, char character) {
    gboolean there = **at == character;
    *at += there ? 1 : 0;
    return there;
}

static gboolean take_time(const char **at) {
    if (!take_digits(at, 2, 0, 23) || !take(at, ':') || !take_digits(at, 2, 0, 59) ||
        (take(at, ':') && !take_digits(at, 2, 0, 59))) {
        return FALSE;
    }
    gboolean zone = take(at, '+') || take(at, '-');
    return zone ? take_digits(at, 2, 0, 23) && take(at, ':') && take_digits(at, 2, 0, 59)
                : take(at, 'Z') || **at == '\0';
}

/* A year, month, day or moment as XMP has them: 2024, 2024-03, 2024-03-01, 2024-03-01T12:00:00Z. */
static gboolean is_iso_date(const char *text) {
    const char *at = text;
    return take_digits(&at, 4, 1, 9999) &&
           (!take(&at, '-') || (take_digits(&at, 2, 1, 12) &&
                                (!take(&at, '-') || (take_digits(&at, 2, 1, 31) &&
                                                     (!take(&at, 'T') || take_time(&at)))))) &&
           *at == '\0';
}

/* The date of the file. What the plan has instead of a date ("[Skriv datum]", "våren 2024") is
 * none. */
static const char *created(const SatsPlan *plan, const SatsRenderOptions *options) {
    const char *date = options->date != NULL ? options->date : plan->document->date;
    return date != NULL && is_iso_date(date) ? date : NULL;
}

/* ---- painting ---- */

static void paint_pages(SatsPlan *plan, const SatsRenderOptions *options, SatsDevice *device) {
    sats_paint(plan->pages, plan->document->n_nodes, (guint)MAX(options->first_page, 0),
               (guint)MAX(options->last_page, 0), device);
}

/* The official PDF is begun before the pages are set: the files that are embedded deflate
 * meanwhile, in the second thread. */
static SatsPdf *begin_official(SatsPlan *plan, const SatsRenderOptions *options,
                               SatsMadeFrom *made_from, Output *output, GError **error) {
    if (!sats_engine_icc(plan->engine, error)) {
        return NULL;
    }
    sats_plan_made_from(plan, options, made_from);
    SatsPdfOptions how = {.profile = options->archive_a2a ? SATS_PDF_A2A_UA1 : SATS_PDF_A3A_UA1,
                          .icc_profile = plan->engine->icc,
                          .icc_size = plan->engine->icc_size,
                          .created = created(plan, options),
                          .creator = "plansats " SATS_VERSION,
                          .compression = SATS_PDF_COMPRESSION,
                          .attachments = made_from->files,
                          .n_attachments = made_from->n_files,
                          .input_hash = made_from->hash};
    SatsSink sink = {.write = write_bytes, .context = output};
    return sats_pdf_new(plan->document, &how, sink);
}

static gboolean finish_official(SatsPlan *plan, const SatsRenderOptions *options, SatsPdf *pdf,
                                GError **error) {
    gint64 start = g_get_monotonic_time();
    paint_pages(plan, options, sats_pdf_device(pdf));
    sats_plan_time(plan, "paint", start);
    start = g_get_monotonic_time();
    gboolean done = sats_pdf_finish(pdf, error);
    sats_plan_time(plan, "finish", start);
    return done;
}

static gboolean render_cairo(SatsPlan *plan, const SatsRenderOptions *options, Output *output,
                             GError **error) {
    g_autoptr(SatsCairo) cairo = NULL;
    if (options->format == SATS_FORMAT_PNG) {
        cairo = sats_cairo_png_new(options->dpi > 0 ? options->dpi : 96, write_page, output);
    } else if (options->format == SATS_FORMAT_SVG) {
        cairo = sats_cairo_svg_new(write_page, output);
    } else {
        SatsCairoPdfOptions how = {.title = plan->document->title,
                                   .created = created(plan, options)};
        cairo = sats_cairo_pdf_new(&how, write_bytes, output);
    }
    gint64 start = g_get_monotonic_time();
    paint_pages(plan, options, sats_cairo_device(cairo));
    gboolean done = sats_cairo_finish(cairo, error);
    sats_plan_time(plan, "paint", start);
    return done;
}

static gboolean has_pages(const SatsPlan *plan, const SatsRenderOptions *options) {
    return options->first_page <= (int)plan->pages->n_pages &&
           (options->last_page <= 0 || options->last_page >= options->first_page);
}

static SatsStatus render(SatsPlan *plan, const SatsRenderOptions *options, SatsMadeFrom *made_from,
                         SatsWriteFunc write, void *context) {
    if (options->date != NULL && !is_iso_date(options->date)) {
        return SATS_STATUS_USAGE;
    }
    Output output = {
        .write = write, .context = context, .pages_before = (guint)MAX(options->first_page - 1, 0)};
    GError *error = NULL;
    SatsPdf *pdf = NULL;
    gboolean official = options->format == SATS_FORMAT_PDF;
    SatsStatus status = sats_plan_make_document(plan, options->final_ != 0);
    if (status == SATS_STATUS_DONE && official) {
        pdf = begin_official(plan, options, made_from, &output, &error);
    }
    if (error == NULL) {
        status = sats_plan_make_pages(plan, options->final_ != 0);
    }
    if (error == NULL && status == SATS_STATUS_DONE && !has_pages(plan, options)) {
        status = SATS_STATUS_USAGE;
    }
    if (error == NULL && status == SATS_STATUS_DONE) {
        (void)(official ? finish_official(plan, options, pdf, &error)
                        : render_cairo(plan, options, &output, &error));
    }
    g_clear_pointer(&pdf, sats_pdf_free);
    return error == NULL ? status : sats_plan_fail(plan, error);
}

static const SatsRenderOptions *or_defaults(const SatsRenderOptions *options) {
    static const SatsRenderOptions DEFAULTS = {0};
    return options != NULL ? options : &DEFAULTS;
}

SatsStatus sats_plan_render(SatsPlan *plan, const SatsRenderOptions *options, SatsWriteFunc write,
                            void *context) {
    g_autoptr(SatsArena) arena = sats_arena_new();
    SatsMadeFrom made_from = {.arena = arena};
    return render(plan, or_defaults(options), &made_from, write, context);
}

/* ---- files ---- */

#define MAX_OPEN_FILES 64U

/* Files being written; they get their names when all is well. */
typedef struct {
    const char *path;
    gboolean paged;    /* several pages, a file each */
    int width;         /* digits of a page number in names */
    GArray *files;     /* SatsNewFile: written so far */
    gboolean in_place; /* a pipe or device: written to, neither made nor renamed */
    int descriptor;    /* of the file being written in pieces; -1 none */
    int error;         /* errno of the first failure */
    char *failed_path;
} FileOutput;

static SatsNewFile *file_at(const FileOutput *output, guint index) {
    return &g_array_index(output->files, SatsNewFile, index);
}

static char *page_path(const FileOutput *output, int page) {
    if (!output->paged) {
        return g_strdup(output->path);
    }
    const char *dot = strrchr(output->path, '.');
    const char *slash = strrchr(output->path, '/');
    int stem = dot != NULL && (slash == NULL || dot > slash) ? (int)(dot - output->path)
                                                             : (int)strlen(output->path);
    return g_strdup_printf("%.*s-%0*d%s", stem, output->path, output->width, page,
                           output->path + stem);
}

static gboolean file_failed(FileOutput *output, const char *path) {
    if (output->error == 0) {
        output->error = errno;
        output->failed_path = g_strdup(path);
    }
    return FALSE;
}

static gboolean open_file(FileOutput *output, int page) {
    if (output->in_place) {
        output->descriptor = open(output->path, O_WRONLY | O_CLOEXEC);
        return output->descriptor >= 0 ? TRUE : file_failed(output, output->path);
    }
    g_autofree char *path = page_path(output, page);
    SatsNewFile file;
    if (!sats_new_file_open(&file, path)) {
        return file_failed(output, path);
    }
    output->descriptor = file.descriptor;
    g_array_append_val(output->files, file);
    return TRUE;
}

static gboolean write_all(FileOutput *output, const guint8 *bytes, gsize size) {
    while (size > 0) {
        gssize n = write(output->descriptor, bytes, size);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return file_failed(output, output->in_place
                                           ? output->path
                                           : file_at(output, output->files->len - 1)->path);
        }
        bytes += n;
        size -= (gsize)n;
    }
    return TRUE;
}

/* What is flushed stays open, for it has no name yet; unless there are many. */
static gboolean close_file(FileOutput *output) {
    if (output->descriptor < 0) {
        return TRUE;
    }
    SatsNewFile own = {.descriptor = output->descriptor};
    gboolean flushed = sats_new_file_flush(&own);
    gboolean closed = TRUE;
    if (output->in_place) {
        int number = errno;
        closed = close(output->descriptor) == 0;
        errno = flushed ? errno : number;
    } else if (flushed && output->files->len > MAX_OPEN_FILES) {
        closed = sats_new_file_close(file_at(output, output->files->len - 1));
    }
    output->descriptor = -1;
    return flushed && closed ? TRUE : file_failed(output, output->path);
}

static int write_file(void *context, int page, const void *bytes, size_t size) {
    FileOutput *output = context;
    gboolean whole = page > 0;
    if ((whole || output->descriptor < 0) && !open_file(output, page)) {
        return 0;
    }
    gboolean written = write_all(output, bytes, size);
    return written && (!whole || close_file(output)) ? 1 : 0;
}

#define MAX_LINKS 40U

/* Where links lead whose end is not there yet; links in a circle, to one of them. Caller frees. */
static char *follow_dangling(const char *path) {
    char *target = g_strdup(path);
    for (guint i = 0; i < MAX_LINKS; i++) {
        g_autofree char *link = g_file_read_link(target, NULL);
        if (link == NULL) {
            break;
        }
        g_autofree char *folder = g_path_get_dirname(target);
        g_free(target);
        target = g_path_is_absolute(link) ? g_strdup(link) : g_build_filename(folder, link, NULL);
    }
    return target;
}

/* The file that a path leads to: a symbolic link stays one, and what it points at is written. What
 * stands for an open pipe has no path that it leads to. */
static char *follow_link(const char *path) {
    gboolean link = g_file_test(path, G_FILE_TEST_IS_SYMLINK);
    char *real = link ? realpath(path, NULL) : NULL;
    gboolean there = real != NULL || !link || g_file_test(path, G_FILE_TEST_EXISTS);
    char *target = there ? g_strdup(real != NULL ? real : path) : follow_dangling(path);
    free(real);
    return target;
}

/* Pipes and devices cannot be renamed over, nor read to see what they hold. */
static gboolean is_special(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

static void discard_files(FileOutput *output) {
    for (guint i = 0; i < output->files->len; i++) {
        sats_new_file_discard(file_at(output, i));
    }
}

static void sync_folder(const char *path) {
    g_autofree char *folder = g_path_get_dirname(path);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        close(descriptor);
    }
}

static gboolean name_files(FileOutput *output) {
    for (guint i = 0; i < output->files->len; i++) {
        if (!sats_new_file_name(file_at(output, i))) {
            return file_failed(output, file_at(output, i)->path);
        }
    }
    sync_folder(output->path);
    return TRUE;
}

SatsStatus sats_plan_refuse_source(SatsPlan *plan, const char *path) {
    GError *error = NULL;
    sats_error_set(&error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO,
                   "%s is what the plan is made from", "%s är det som planen görs av", path);
    return sats_plan_fail(plan, error);
}

/* One of several files that are to be named now; NULL none. A single one has been looked at. */
static const char *own_source_among(const SatsPlan *plan, const FileOutput *output) {
    for (guint i = 0; output->paged && i < output->files->len; i++) {
        const char *path = file_at(output, i)->path;
        if (sats_plan_reads(plan, path)) {
            return path;
        }
    }
    return NULL;
}

SatsStatus sats_plan_render_file(SatsPlan *plan, const SatsRenderOptions *options,
                                 const char *path) {
    options = or_defaults(options);
    SatsStatus status = sats_plan_make_document(plan, options->final_ != 0);
    g_autofree char *target = follow_link(path);
    g_autoptr(SatsArena) arena = sats_arena_new();
    SatsMadeFrom made_from = {.arena = arena};
    gboolean special = is_special(target);
    plan->unchanged = status == SATS_STATUS_DONE && !special &&
                      sats_plan_is_unchanged(plan, options, target, &made_from);
    if (plan->unchanged) {
        return status;
    }
    if (status == SATS_STATUS_SYSTEM) { /* it has been said why */
        return status;
    }
    if (sats_plan_reads(plan, target)) {
        return sats_plan_refuse_source(plan, target);
    }
    gboolean paged = options->format == SATS_FORMAT_PNG || options->format == SATS_FORMAT_SVG;
    if (paged) {
        status = sats_plan_make_pages(plan, options->final_ != 0);
    }
    if (status != SATS_STATUS_DONE) {
        return status;
    }
    guint n_pages = paged ? plan->pages->n_pages : 1;
    FileOutput output = {.path = target,
                         .paged = paged && n_pages > 1 && options->first_page != options->last_page,
                         .width = n_pages < 100    ? 2
                                  : n_pages < 1000 ? 3
                                                   : 5,
                         .files = g_array_new(FALSE, FALSE, sizeof(SatsNewFile)),
                         .descriptor = -1};
    if (paged && (options->first_page == 0 && options->last_page == 0)) {
        output.paged = n_pages > 1;
    }
    output.in_place = special && !output.paged;
    status = render(plan, options, &made_from, write_file, &output);
    gboolean closed = close_file(&output);
    const char *own = own_source_among(plan, &output);
    if (status == SATS_STATUS_DONE && own != NULL) {
        status = sats_plan_refuse_source(plan, own);
    }
    if (status == SATS_STATUS_DONE && (!closed || !name_files(&output))) {
        status = SATS_STATUS_SYSTEM;
    }
    discard_files(&output); /* those that have no name */
    if (output.error != 0) {
        GError *error = NULL;
        sats_error_set_unwritten(&error, output.failed_path, output.error);
        status = sats_plan_fail(plan, error);
    }
    g_free(output.failed_path);
    g_array_unref(output.files);
    return status;
}

/* ---- dumps ---- */

static char *trace(SatsPlan *plan) {
    g_autoptr(SatsTrace) device = sats_trace_new();
    sats_paint(plan->pages, plan->document->n_nodes, 0, 0, sats_trace_device(device));
    return g_strdup(sats_trace_text(device));
}

char *sats_plan_dump(SatsPlan *plan, const char *stage) {
    if (g_str_equal(stage, "values")) {
        return plan->root == NULL ? NULL : sats_value_dump(plan->root);
    }
    gboolean document = g_str_equal(stage, "document") || g_str_equal(stage, "tags");
    gboolean pages = g_str_equal(stage, "pages") || g_str_equal(stage, "text");
    if (!document && !pages) {
        return NULL;
    }
    if (document) {
        sats_plan_make_document(plan, FALSE);
    } else {
        sats_plan_make_pages(plan, FALSE);
    }
    if (plan->document == NULL || (pages && plan->pages == NULL)) {
        return NULL;
    }
    if (document) {
        return g_str_equal(stage, "tags") ? sats_document_tags(plan->document)
                                          : sats_document_dump(plan->document);
    }
    return g_str_equal(stage, "text") ? trace(plan) : sats_pages_dump(plan->pages);
}
