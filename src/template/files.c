/* Finding and reading templates, sections and themes. */
#include "template/files.h"

#include "template/built-in.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"

#define SATS_TEMPLATE_MAX_BYTES (4u << 20)
#define SATS_TEMPLATE_MAX_NAMES 1000u

gboolean sats_files_is_path(const char *name) {
    return strchr(name, '/') != NULL || g_str_has_suffix(name, ".yaml");
}

const char *sats_files_join(const char *folder, const char *name, SatsArena *arena) {
    while (g_str_has_prefix(name, "./"))
        name += 2;
    if (!folder || !*folder || strcmp(folder, ".") == 0 || g_path_is_absolute(name))
        return sats_arena_strdup(arena, name);
    const char *slash = g_str_has_suffix(folder, "/") ? "" : "/";
    return sats_arena_printf(arena, "%s%s%s", folder, slash, name);
}

static void take(SatsFile *out, const char *path, guint index, SatsArena *arena) {
    g_autofree char *folder = g_path_get_dirname(path);
    out->path = path;
    out->folder = sats_arena_strdup(arena, folder);
    out->index = index;
}

/* What is there and is no file, or a link that leads nowhere, is found, too: reading it tells what
 * is wrong. */
static gboolean is_there(const char *path) {
    return g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

/* A plan may be called as its template is: what lies beside it and is no template is passed over.
 */
static gboolean says_template(const char *path) {
    gsize length = 0;
    g_autofree char *text = sats_file_read(path, SATS_TEMPLATE_MAX_BYTES, &length, NULL);
    if (!text)
        return TRUE; /* reading it tells what is wrong */
    return g_str_has_prefix(text, "template:") || strstr(text, "\ntemplate:") != NULL;
}

gboolean sats_files_find(const char *const *folders, guint from, const char *subfolder,
                         const char *name, const char *beside, SatsArena *arena, SatsFile *out) {
    guint n_folders = 0;
    while (folders && folders[n_folders])
        n_folders++;
    if (sats_files_is_path(name)) {
        const char *path = sats_files_join(beside, name, arena);
        if (!is_there(path))
            return FALSE;
        take(out, path, n_folders, arena);
        return TRUE;
    }
    const char *slash = *subfolder ? "/" : "";
    const char *file = sats_arena_printf(arena, "%s%s%s.yaml", subfolder, slash, name);
    for (guint i = from; i < n_folders; i++) {
        const char *path = sats_files_join(folders[i], file, arena);
        if (!is_there(path) ||
            (*subfolder == '\0' && i == 0 && n_folders > 1 && !says_template(path)))
            continue;
        take(out, path, i, arena);
        return TRUE;
    }
    return FALSE;
}

const SatsValue *sats_files_read(const SatsFile *file, SatsSources *sources, SatsArena *arena,
                                 SatsReport *report, const SatsPlace *place) {
    g_autoptr(GError) error = NULL;
    const SatsSource *source =
        sats_source_read_file(sources, file->path, SATS_TEMPLATE_MAX_BYTES, &error);
    if (!source) {
        sats_report_add(
            report, SATS_ERROR, "template-missing", place, "cannot read the file: %s",
            "kan inte läsa filen: %s",
            sats_error_words(error, sats_report_language(report) == SATS_LANGUAGE_SWEDISH));
        return NULL;
    }
    const SatsValue *known = sats_frozen_read(sats_built_in, source, arena);
    return known ? known : sats_yaml_read(source, NULL, arena, report);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *sats_files_names(const char *const *folders, const char *subfolder,
                                    SatsArena *arena) {
    const char **names = sats_arena_new_array(arena, const char *, SATS_TEMPLATE_MAX_NAMES + 1);
    guint n = 0;
    for (guint i = 0; folders && folders[i]; i++) {
        const char *folder = sats_files_join(folders[i], subfolder, arena);
        GDir *dir = g_dir_open(*subfolder ? folder : folders[i], 0, NULL);
        if (!dir)
            continue;
        for (const char *name = g_dir_read_name(dir); name && n < SATS_TEMPLATE_MAX_NAMES;
             name = g_dir_read_name(dir))
            if (g_str_has_suffix(name, ".yaml"))
                names[n++] = sats_arena_strndup(arena, name, strlen(name) - strlen(".yaml"));
        g_dir_close(dir);
    }
    if (n > 0)
        qsort(names, n, sizeof *names, by_name);
    guint kept = MIN(n, 1u); /* one name may stand in several folders */
    for (guint i = 1; i < n; i++)
        if (strcmp(names[i], names[kept - 1]) != 0)
            names[kept++] = names[i];
    names[kept] = NULL;
    return names;
}
