/* engine/query.c: what a plan says and what its output is made from, without rendering.
 *
 * An output is the same as long as three things are: what the engine is (its version and the
 * libraries that it begins with, by their build ids), how it is asked, and what it reads; libraries
 * that are loaded on the way (Pango, for what few texts need it) are read, too. What it
 * reads is a list of paths, and the list holds paths that are *not* there too: a section file that
 * would be found first, were it made, changes the output as much as a change in one that is. A
 * folder (of fonts) stands for the files in it.
 *
 * So the list need only be made when a plan is rendered. Whether the plan would be the same today
 * is told from the list kept since then, without parsing anything. The hashes below are one
 * formula: sats_plan_hash takes the bytes that were really read, sats_inputs_hash what is on disk,
 * and the one in a PDF (unchanged.c) the files that the PDF carries. In the last the engine is told
 * by a hash of its sources and the versions of the libraries that make the PDF's bytes: a plan has
 * the same bytes wherever the same engine makes them, in a program or in a library, whatever else
 * is loaded there.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dynamic.h"
#include "engine/engine-private.h"
#include "source-hash.h"
#include "template/built-in.h"
#include "version.h"

#define ABSENT           "absent"
#define DIGEST_BUFFER    ((gsize)1 << 18)
#define MAX_DIGEST_BYTES ((off_t)1 << 30) /* more than any file that is read may have */

void sats_strings_free(char **strings) {
    g_strfreev(strings);
}

/* ---- what a plan says ---- */

char *sats_plan_text(const SatsPlan *plan, const char *path) {
    g_auto(GStrv) steps = g_strsplit(path, ".", -1);
    const SatsValue *value = plan->root;
    const SatsDecl *decl = plan->loaded != NULL && plan->loaded->template_ != NULL
                               ? plan->loaded->template_->data
                               : NULL;
    for (char **step = steps; *step != NULL; step++) {
        value =
            value != NULL && value->kind == SATS_VALUE_MAP ? sats_value_lookup(value, *step) : NULL;
        decl = sats_decl_key(decl, *step);
    }
    if (value != NULL && value->kind == SATS_VALUE_TEXT && value->length > 0) {
        return g_strdup(value->as.text);
    }
    gboolean missing = value == NULL || value->kind == SATS_VALUE_NULL;
    return missing && decl != NULL ? g_strdup(decl->fallback) : NULL;
}

/* ---- who the engine is ---- */

const char *sats_engine_sources(void) {
    return SATS_VERSION " " SATS_SOURCE_HASH;
}

static void add_id(const SatsObject *object, void *context) {
    g_ptr_array_add(context, g_strdup(object->build_id));
}

static gint compare_strings(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Who the engine is, is found out when first asked for. */
static void know_engine(SatsEngine *engine) {
    if (engine->identity != NULL) {
        return;
    }
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    sats_pdf_load(NULL); /* or not: then nothing is rendered */
    sats_objects_each(SATS_DYNAMIC_ALWAYS, engine->n_objects, add_id, ids);
    g_ptr_array_sort(ids, compare_strings);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)SATS_VERSION "\n", -1);
    for (guint i = 0; i < ids->len; i++) {
        g_checksum_update(sum, g_ptr_array_index(ids, i), -1);
        g_checksum_update(sum, (const guchar *)"\n", 1);
    }
    engine->identity = g_strdup(g_checksum_get_string(sum));
}

/* ---- digests of files, kept while a file looks the same ---- */

typedef struct {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified;
    char *digest;
} Digest;

void sats_digest_free(gpointer data) {
    Digest *digest = data;
    g_free(digest->digest);
    g_free(digest);
}

static gboolean same_file(const Digest *digest, const struct stat *status) {
    return digest->device == status->st_dev && digest->inode == status->st_ino &&
           digest->size == status->st_size && digest->modified.tv_sec == status->st_mtim.tv_sec &&
           digest->modified.tv_nsec == status->st_mtim.tv_nsec;
}

char *sats_bytes_digest(const void *bytes, gsize size) {
    SatsFrozenFacts known;
    return sats_frozen_facts(sats_built_in, bytes, size, &known)
               ? g_strdup(known.sha256)
               : g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, size);
}

static gssize read_some(int descriptor, guint8 *buffer, gsize size) {
    ssize_t n = 0;
    do
        n = read(descriptor, buffer, size);
    while (n < 0 && errno == EINTR);
    return n;
}

/* A file that the buffer holds whole may be one whose digest is known. */
static char *digest_descriptor(int descriptor) {
    g_autoptr(GChecksum) sum = NULL;
    g_autofree guint8 *buffer = g_malloc(DIGEST_BUFFER);
    gsize held = 0;
    for (;;) {
        gssize n = read_some(descriptor, buffer + held, DIGEST_BUFFER - held);
        if (n < 0)
            return NULL;
        if (n == 0 && sum == NULL)
            return sats_bytes_digest(buffer, held);
        held += (gsize)n;
        if (held < DIGEST_BUFFER && n > 0)
            continue;
        if (sum == NULL)
            sum = g_checksum_new(G_CHECKSUM_SHA256);
        g_checksum_update(sum, buffer, (gssize)held);
        held = 0;
        if (n == 0)
            return g_strdup(g_checksum_get_string(sum));
    }
}

/* Never waits: what is no ordinary file (a FIFO), or too large to be read, has no digest. */
static char *digest_file(SatsEngine *engine, const char *path, const struct stat *status) {
    const Digest *known = g_hash_table_lookup(engine->digests, path);
    if (known != NULL && same_file(known, status)) {
        return g_strdup(known->digest);
    }
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat opened;
    char *text = NULL;
    if (descriptor >= 0 && fstat(descriptor, &opened) == 0 && S_ISREG(opened.st_mode) &&
        opened.st_size <= MAX_DIGEST_BYTES) {
        text = digest_descriptor(descriptor);
    }
    if (text != NULL) {
        Digest *digest = g_new(Digest, 1);
        *digest =
            (Digest){opened.st_dev, opened.st_ino, opened.st_size, opened.st_mtim, g_strdup(text)};
        g_hash_table_replace(engine->digests, g_strdup(path), digest);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return text;
}

static char *digest_folder(SatsEngine *engine, const char *path) {
    GDir *folder = g_dir_open(path, 0, NULL);
    if (folder == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
        g_ptr_array_add(names, g_strdup(name));
    }
    g_dir_close(folder);
    g_ptr_array_sort(names, compare_strings);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *file = g_build_filename(path, g_ptr_array_index(names, i), NULL);
        struct stat status;
        g_autofree char *digest = NULL;
        if (stat(file, &status) == 0 && S_ISREG(status.st_mode)) {
            digest = digest_file(engine, file, &status);
        }
        g_autofree char *line = g_strdup_printf(
            "%s %s\n", (const char *)g_ptr_array_index(names, i), digest != NULL ? digest : "");
        g_checksum_update(sum, (const guchar *)line, -1);
    }
    return g_strdup(g_checksum_get_string(sum));
}

char *sats_engine_digest(SatsEngine *engine, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) {
        return errno == ENOENT || errno == ENOTDIR ? g_strdup(ABSENT) : NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        return digest_folder(engine, path);
    }
    return S_ISREG(status.st_mode) ? digest_file(engine, path, &status) : NULL;
}

/* ---- what a plan is made from ---- */

static void add_input(GPtrArray *inputs, GHashTable *seen, const char *path) {
    char *whole = g_canonicalize_filename(path, NULL);
    if (g_hash_table_add(seen, whole)) {
        g_ptr_array_add(inputs, whole);
    } else {
        g_free(whole);
    }
}

/* `path` below `folder`, or NULL. */
static const char *within(const char *path, const char *folder) {
    gsize length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

/* A template's file, after the places where another of its name would have been found first. */
static void add_template_file(GPtrArray *inputs, GHashTable *seen, const SatsPlan *plan,
                              const char *name) {
    g_autofree char *path = g_canonicalize_filename(name, NULL);
    g_autofree char *plan_folder = g_canonicalize_filename(plan->folder, NULL);
    char **folders = plan->engine->template_folders;
    for (guint i = 0; folders[i] != NULL; i++) {
        g_autofree char *folder = g_canonicalize_filename(folders[i], NULL);
        const char *rest = within(path, folder);
        if (rest == NULL) {
            continue;
        }
        g_autofree char *beside = g_build_filename(plan_folder, rest, NULL);
        add_input(inputs, seen, beside);
        for (guint j = 0; j < i; j++) {
            g_autofree char *earlier = g_build_filename(folders[j], rest, NULL);
            add_input(inputs, seen, earlier);
        }
        break;
    }
    add_input(inputs, seen, path);
}

static void add_engine_files(GPtrArray *inputs, GHashTable *seen, const SatsPlan *plan) {
    static const char *const FILES[] = {"fonts", "templates/hyphenation/hyph_sv_SE.dic",
                                        "templates/icc/srgb.icc"};
    for (guint i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *path = g_build_filename(plan->engine->data_folder, FILES[i], NULL);
        add_input(inputs, seen, path);
    }
    const SatsTheme *theme = plan->loaded != NULL && plan->loaded->template_ != NULL
                                 ? plan->loaded->template_->theme
                                 : NULL;
    const char *const *folders = theme != NULL ? sats_theme_font_folders(theme) : NULL;
    for (; folders != NULL && *folders != NULL; folders++) {
        add_input(inputs, seen, *folders);
    }
}

static void add_path(const SatsObject *object, void *context) {
    if (*object->path == '/') {
        g_ptr_array_add(context, g_strdup(object->path));
    }
}

/* Those that only some plans need. */
static void add_libraries(GPtrArray *inputs, GHashTable *seen) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    sats_objects_each(SATS_DYNAMIC_SOMETIMES, 0, add_path, paths);
    g_ptr_array_sort(paths, compare_strings);
    for (guint i = 0; i < paths->len; i++) {
        add_input(inputs, seen, g_ptr_array_index(paths, i));
    }
}

/* A plan's own and its template's; what was taken out of a PDF is gone when the plan is. */
static void add_own_files(GPtrArray *inputs, GHashTable *seen, const SatsPlan *plan) {
    add_input(inputs, seen, plan->path);
    for (guint i = 0; i < sats_sources_count(plan->sources); i++) {
        add_input(inputs, seen, sats_sources_at(plan->sources, i)->name);
    }
    for (guint i = 0; i < plan->files->len; i++) {
        const SatsPlanFile *file = g_ptr_array_index(plan->files, i);
        g_autofree char *path = g_build_filename(plan->folder, file->name, NULL);
        add_input(inputs, seen, path);
    }
    for (guint i = 0; plan->loaded != NULL && i < sats_sources_count(plan->loaded->sources); i++) {
        add_template_file(inputs, seen, plan, sats_sources_at(plan->loaded->sources, i)->name);
    }
}

static char **list_inputs(const SatsPlan *plan, gboolean with_libraries) {
    GPtrArray *inputs = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    if (plan->pdf != NULL) {
        add_input(inputs, seen, plan->pdf);
    } else {
        add_own_files(inputs, seen, plan);
    }
    add_engine_files(inputs, seen, plan);
    if (with_libraries) {
        add_libraries(inputs, seen);
    }
    g_ptr_array_add(inputs, NULL);
    return (char **)(void *)g_ptr_array_free(inputs, FALSE);
}

char **sats_plan_inputs(const SatsPlan *plan) {
    return list_inputs(plan, TRUE);
}

int sats_plan_reads(const SatsPlan *plan, const char *path) {
    struct stat output, input;
    if (stat(path, &output) != 0 || !S_ISREG(output.st_mode)) {
        return FALSE;
    }
    char **inputs = list_inputs(plan, FALSE);
    gboolean reads = FALSE;
    for (char **name = inputs; *name != NULL && !reads; name++) {
        reads = stat(*name, &input) == 0 && input.st_dev == output.st_dev &&
                input.st_ino == output.st_ino;
    }
    sats_strings_free(inputs);
    return reads;
}

/* ---- the hash ---- */

GChecksum *sats_hash_begin(const char *who, const SatsRenderOptions *options) {
    static const SatsRenderOptions DEFAULTS = {0};
    options = options != NULL ? options : &DEFAULTS;
    g_autofree char *how = g_strdup_printf(
        "plansats inputs 1\n%s\n%d %d %d %d %d %.17g %s\n", who, (int)options->format,
        options->final_, options->archive_a2a, options->first_page, options->last_page,
        options->format == SATS_FORMAT_PNG ? options->dpi : 0,
        options->date != NULL ? options->date : "");
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)how, -1);
    return sum;
}

void sats_hash_add(GChecksum *sum, const char *name, const char *digest) {
    g_autofree char *line = g_strdup_printf("%s %s\n", digest, name);
    g_checksum_update(sum, (const guchar *)line, -1);
}

/* `known`: digests of files by path, of bytes that were read; NULL: all from disk. */
static char *hash_inputs(SatsEngine *engine, const SatsRenderOptions *options,
                         const char *const *inputs, GHashTable *known) {
    know_engine(engine);
    g_autoptr(GChecksum) sum = sats_hash_begin(engine->identity, options);
    for (; *inputs != NULL; inputs++) {
        const char *read = known != NULL ? g_hash_table_lookup(known, *inputs) : NULL;
        g_autofree char *digest =
            read != NULL ? g_strdup(read) : sats_engine_digest(engine, *inputs);
        if (digest == NULL) {
            return NULL;
        }
        g_autofree char *base = g_path_get_basename(*inputs);
        sats_hash_add(sum, base, digest);
    }
    return g_strdup(g_checksum_get_string(sum));
}

char *sats_inputs_hash(SatsEngine *engine, const SatsRenderOptions *options,
                       const char *const *inputs) {
    return hash_inputs(engine, options, inputs, NULL);
}

static void remember(GHashTable *known, const char *path, const void *bytes, gsize size) {
    g_hash_table_replace(known, g_canonicalize_filename(path, NULL),
                         g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, size));
}

static void remember_sources(GHashTable *known, const SatsSources *sources) {
    for (guint i = 0; i < sats_sources_count(sources); i++) {
        const SatsSource *source = sats_sources_at(sources, i);
        remember(known, source->name, source->text, source->length);
    }
}

char *sats_plan_hash(const SatsPlan *plan, const SatsRenderOptions *options) {
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    remember_sources(known, plan->sources);
    for (guint i = 0; i < plan->files->len; i++) {
        const SatsPlanFile *file = g_ptr_array_index(plan->files, i);
        g_autofree char *path = g_build_filename(plan->folder, file->name, NULL);
        remember(known, path, file->bytes, file->size);
    }
    if (plan->loaded != NULL) {
        remember_sources(known, plan->loaded->sources);
    }
    char **inputs = sats_plan_inputs(plan);
    char *hash = hash_inputs(plan->engine, options, (const char *const *)inputs, known);
    g_strfreev(inputs);
    return hash;
}
