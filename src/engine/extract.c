/* engine/extract.c: a PDF gives back what it was made from, and can be rendered from it. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "engine/engine-private.h"
#include "pdf/read.h"

#define MAX_PDF_BYTES ((gsize)512 << 20)

/* `keep`: flushed to disk; what is only read and removed again need not be. */
static gboolean write_file(const char *folder, const SatsEmbeddedFile *file, gboolean keep,
                           GError **error) {
    g_autofree char *path = g_build_filename(folder, file->name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    if (g_mkdir_with_parents(parent, 0777) != 0) {
        sats_error_set_unwritten(error, parent, errno);
        return FALSE;
    }
    GFileSetContentsFlags flags = keep
                                      ? G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE
                                      : G_FILE_SET_CONTENTS_NONE;
    return g_file_set_contents_full(path, (const char *)file->bytes, (gssize)file->size, flags,
                                    0666, error);
}

static gboolean is_link(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

/* Is what the name leads to, or a folder on the way to it, a link that is there already? */
static gboolean passes_a_link(const char *folder, const char *name) {
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    g_autofree char *path = g_strdup(folder);
    for (char **part = parts; *part != NULL; part++) {
        char *longer = g_build_filename(path, *part, NULL);
        g_free(path);
        path = longer;
        if (is_link(path)) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_same(const char *path, const SatsEmbeddedFile *file) {
    gsize size = 0;
    g_autofree char *old = sats_file_read(path, file->size, &size, NULL);
    return old != NULL && size == file->size && memcmp(old, file->bytes, size) == 0;
}

/* Nothing is written over: what stands there may have been worked on since. Nor is anything written
 * through links: they may lead out of the folder. */
static gboolean check_free(const char *folder, const SatsEmbeddedFile *files, guint n,
                           GError **error) {
    for (guint i = 0; i < n; i++) {
        g_autofree char *path = g_build_filename(folder, files[i].name, NULL);
        gboolean link = passes_a_link(folder, files[i].name);
        if (link || (g_file_test(path, G_FILE_TEST_EXISTS) && !is_same(path, &files[i]))) {
            sats_error_set(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO,
                           link ? "%s is there already, and a link on its way"
                                : "%s is there already, and differs",
                           link ? "%s finns redan, eller nås genom en länk"
                                : "%s finns redan, och är inte som i PDF-filen",
                           path);
            return FALSE;
        }
    }
    return TRUE;
}

/* The name of the file that is the plan: the one embedded as source. */
static const char *plan_name(const SatsEmbeddedFile *files, guint n) {
    for (guint i = 0; i < n; i++) {
        if (g_str_equal(files[i].relationship, "Source")) {
            return files[i].name;
        }
    }
    return NULL;
}

/* Writes a PDF's files below `folder`. Returns the plan's name, or NULL with `error`. */
static char *extract(const char *path, const char *folder, gboolean keep, GError **error) {
    gsize size = 0;
    g_autofree char *bytes = sats_file_read_stream(path, MAX_PDF_BYTES, &size, error);
    g_autoptr(SatsArena) arena = sats_arena_new();
    SatsEmbeddedFile *files = NULL;
    guint n = 0;
    if (bytes == NULL) {
        return NULL;
    }
    if (!sats_pdf_read_embedded((const guint8 *)bytes, size, arena, &files, &n, error)) {
        sats_error_prefix(error, "%s: ", "%s: ", path);
        return NULL;
    }
    const char *name = plan_name(files, n);
    if (name == NULL) {
        sats_error_set(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "%s carries no plan",
                       "%s har ingen plan med sig", path);
        return NULL;
    }
    if (!check_free(folder, files, n, error)) {
        return NULL;
    }
    for (guint i = 0; i < n; i++) {
        if (!write_file(folder, &files[i], keep, error)) {
            return NULL;
        }
    }
    return g_strdup(name);
}

SatsStatus sats_pdf_extract(const char *path, const char *folder, int swedish, char **out_plan,
                            char **out_message) {
    GError *error = NULL;
    char *name = extract(path, folder, TRUE, &error);
    if (name == NULL) {
        if (out_message != NULL) {
            *out_message = g_strdup(sats_error_words(error, swedish != 0));
        }
        g_clear_error(&error);
        return SATS_STATUS_SYSTEM;
    }
    if (out_plan != NULL) {
        *out_plan = g_build_filename(folder, name, NULL);
    }
    g_free(name);
    return SATS_STATUS_DONE;
}

/* ---- rendering from a PDF ---- */

static void remove_tree(const char *path) {
    GDir *dir = g_dir_open(path, 0, NULL);
    for (const char *name = NULL; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        if (g_file_test(child, G_FILE_TEST_IS_DIR) && !g_file_test(child, G_FILE_TEST_IS_SYMLINK)) {
            remove_tree(child);
        } else {
            g_unlink(child);
        }
    }
    if (dir != NULL) {
        g_dir_close(dir);
    }
    g_rmdir(path);
}

void sats_plan_remove_extracted(SatsPlan *plan) {
    if (plan->extracted != NULL) {
        remove_tree(plan->extracted);
        g_clear_pointer(&plan->extracted, g_free);
    }
}

gboolean sats_is_pdf(const char *path) {
    char start[5] = {0};
    int descriptor =
        g_str_has_suffix(path, ".pdf") ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
    if (descriptor < 0) {
        return FALSE;
    }
    gboolean is = read(descriptor, start, sizeof start) == (gssize)sizeof start &&
                  memcmp(start, "%PDF-", 5) == 0;
    close(descriptor);
    return is;
}

char *sats_plan_extract(SatsPlan *plan, const char *path, GError **error) {
    plan->extracted = g_dir_make_tmp("plansats-XXXXXX", error);
    g_autofree char *name =
        plan->extracted == NULL ? NULL : extract(path, plan->extracted, FALSE, error);
    return name == NULL ? NULL : g_build_filename(plan->extracted, name, NULL);
}
