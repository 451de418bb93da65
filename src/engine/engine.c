/* engine/engine.c: what plans share: where the data is, fonts, templates. */
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

#include "base/dynamic.h"
#include "base/file.h"
#include "base/processors.h"
#include "engine/engine-private.h"
#include "template/describe.h"
#include "template/files.h"
#include "version.h"

#define LANDMARK      "templates/themes/standard.yaml"
#define MAX_ICC_BYTES (1U << 20)

const char *sats_version(void) {
    return SATS_VERSION;
}

void sats_string_free(char *string) {
    g_free(string);
}

/* ---- finding the data ---- */

static gboolean holds_data(const char *folder) {
    g_autofree char *path = g_build_filename(folder, LANDMARK, NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* share/plansats beside the folder that a program or library lies in. */
static char *beside(const char *binary) {
    if (binary == NULL) {
        return NULL;
    }
    g_autofree char *bin = g_path_get_dirname(binary);
    g_autofree char *prefix = g_path_get_dirname(bin);
    g_autofree char *folder = g_build_filename(prefix, "share", "plansats", NULL);
    if (holds_data(folder)) {
        return g_steal_pointer(&folder);
    }
    /* lib/<architecture>/ */
    g_autofree char *outer = g_path_get_dirname(prefix);
    g_autofree char *second = g_build_filename(outer, "share", "plansats", NULL);
    return holds_data(second) ? g_steal_pointer(&second) : NULL;
}

static char *find_data(void) {
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    char *found = beside(program);
    Dl_info library;
    if (found == NULL && dladdr((const void *)(gsize)&sats_version, &library) != 0 &&
        library.dli_fname != NULL) {
        g_autofree char *path = g_canonicalize_filename(library.dli_fname, NULL);
        found = beside(path);
    }
    static const char *const FOLDERS[] = {SATS_SOURCE_DATA_DIR, SATS_INSTALL_DATA_DIR};
    for (guint i = 0; i < G_N_ELEMENTS(FOLDERS) && found == NULL; i++) {
        found = holds_data(FOLDERS[i]) ? g_strdup(FOLDERS[i]) : NULL;
    }
    return found;
}

static char **template_folders(const SatsEngineOptions *options, const char *data_folder) {
    GPtrArray *folders = g_ptr_array_new();
    for (const char *const *f = options->template_folders; f != NULL && *f != NULL; f++) {
        g_ptr_array_add(folders, g_strdup(*f));
    }
    g_ptr_array_add(folders, g_build_filename(data_folder, "templates", NULL));
    g_ptr_array_add(folders, NULL);
    return (char **)(void *)g_ptr_array_free(folders, FALSE);
}

/* ---- life ---- */

static void loaded_template_free(gpointer data) {
    SatsLoadedTemplate *loaded = data;
    sats_report_free(loaded->report);
    sats_arena_free(loaded->arena);
    sats_sources_free(loaded->sources);
    g_free(loaded->key);
    g_free(loaded->folder);
    g_free(loaded);
}

SatsEngine *sats_engine_new(const SatsEngineOptions *options, char **out_message) {
    static const SatsEngineOptions DEFAULTS = {0};
    options = options != NULL ? options : &DEFAULTS;
    char *data = options->data_folder != NULL ? g_strdup(options->data_folder) : find_data();
    if (data == NULL || !holds_data(data)) {
        if (out_message != NULL) {
            *out_message =
                g_strconcat(options->swedish ? "hittar inte plansats mallar och teckensnitt"
                                             : "cannot find plansats' templates and fonts",
                            data == NULL       ? NULL
                            : options->swedish ? " i "
                                               : " in ",
                            data, NULL);
        }
        g_free(data);
        return NULL;
    }
    SatsEngine *engine = g_new0(SatsEngine, 1);
    engine->data_folder = data;
    engine->template_folders = template_folders(options, data);
    engine->language = options->swedish ? SATS_LANGUAGE_SWEDISH : SATS_LANGUAGE_ENGLISH;
    engine->font_sets = g_ptr_array_new_with_free_func(sats_font_set_free);
    engine->threads = options->threads > 0 ? (guint)options->threads : sats_processors();
    engine->templates = g_ptr_array_new_with_free_func(loaded_template_free);
    engine->n_objects = sats_objects_count();
    engine->digests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, sats_digest_free);
    return engine;
}

void sats_engine_free(SatsEngine *engine) {
    if (engine == NULL) {
        return;
    }
    sats_engine_end_warm_up(engine);
    g_ptr_array_unref(engine->font_sets);
    g_ptr_array_unref(engine->templates);
    g_strfreev(engine->template_folders);
    g_hash_table_unref(engine->digests);
    g_free(engine->identity);
    g_free(engine->icc);
    g_free(engine->data_folder);
    g_free(engine);
}

/* ---- what is loaded on first use ---- */

static guint32 read_u32(const guint8 *bytes) {
    return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/* Is it whole, and what PDF/A asks of an output intent (ISO 15076-1, 7.2 and 7.3)? The head says
 * how long it is, of which class and colour space; then come the places of its parts. */
static gboolean is_rgb_profile(const guint8 *bytes, gsize size) {
    enum {
        SIZE = 0,
        CLASS = 12,
        SPACE = 16,
        SIGNATURE = 36,
        N_PARTS = 128,
        PARTS = 132,
        PART = 12
    };
    if (size < PARTS || read_u32(bytes + SIZE) != size ||
        memcmp(bytes + SIGNATURE, "acsp", 4) != 0 || memcmp(bytes + SPACE, "RGB ", 4) != 0 ||
        (memcmp(bytes + CLASS, "mntr", 4) != 0 && memcmp(bytes + CLASS, "prtr", 4) != 0)) {
        return FALSE;
    }
    guint32 n = read_u32(bytes + N_PARTS);
    gboolean whole = n > 0 && n <= (size - PARTS) / PART;
    for (guint32 i = 0; whole && i < n; i++) {
        const guint8 *part = bytes + PARTS + (gsize)i * PART;
        guint32 at = read_u32(part + 4), length = read_u32(part + 8);
        whole = at >= PARTS && at <= size && length <= size - at;
    }
    return whole;
}

gboolean sats_engine_icc(SatsEngine *engine, GError **error) {
    if (engine->icc != NULL) {
        return TRUE;
    }
    g_autofree char *path =
        g_build_filename(engine->data_folder, "templates", "icc", "srgb.icc", NULL);
    gsize size = 0;
    char *bytes = sats_file_read(path, MAX_ICC_BYTES, &size, error);
    if (bytes == NULL) {
        return FALSE;
    }
    if (!is_rgb_profile((const guint8 *)bytes, size)) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO,
                    "%s: not a whole ICC profile of RGB colours", path);
        g_free(bytes);
        return FALSE;
    }
    engine->icc = (guint8 *)bytes;
    engine->icc_size = size;
    return TRUE;
}

/* A path below one of the engine's own folders, from there; NULL: it lies elsewhere. */
static const char *below_own(const SatsEngine *engine, const char *path) {
    for (char **folder = engine->template_folders; *folder != NULL; folder++) {
        gsize length = strlen(*folder);
        if (strncmp(path, *folder, length) == 0 && path[length] == '/') {
            return path + length + 1;
        }
    }
    return NULL;
}

/* May a template that was looked up for one folder be used for a plan in another? When all its
 * files are the engine's own, and none would be found in the plan's folder first. */
static gboolean serves(const SatsEngine *engine, const SatsLoadedTemplate *loaded,
                       const char *plan_folder) {
    if (g_strcmp0(loaded->folder, plan_folder) == 0) {
        return TRUE;
    }
    for (guint i = 0; i < sats_sources_count(loaded->sources); i++) {
        const char *rest = below_own(engine, sats_sources_at(loaded->sources, i)->name);
        g_autofree char *beside = rest == NULL ? NULL : g_build_filename(plan_folder, rest, NULL);
        if (rest == NULL || g_file_test(beside, G_FILE_TEST_EXISTS)) {
            return FALSE;
        }
    }
    return TRUE;
}

char *sats_extracted_templates(const char *folder, guint index) {
    g_autofree char *name =
        index == 0 ? g_strdup("templates") : g_strdup_printf("%u-templates", index + 1);
    return g_build_filename(folder, name, NULL);
}

const SatsLoadedTemplate *sats_engine_template(SatsEngine *engine, const SatsTemplateWish *wish,
                                               SatsReport *report) {
    const char *extracted = wish->extracted;
    for (guint i = 0; extracted == NULL && i < engine->templates->len; i++) {
        const SatsLoadedTemplate *loaded = g_ptr_array_index(engine->templates, i);
        if (g_str_equal(loaded->key, wish->name) && serves(engine, loaded, wish->plan_folder)) {
            sats_report_add_all(report, loaded->report);
            return loaded;
        }
    }
    SatsLoadedTemplate *loaded = g_new0(SatsLoadedTemplate, 1);
    loaded->key = g_strdup(wish->name);
    loaded->folder = g_strdup(wish->plan_folder);
    loaded->arena = sats_arena_new();
    loaded->sources = sats_sources_new();
    if (extracted != NULL) {
        sats_sources_show_as(loaded->sources, extracted, wish->pdf);
    }
    /* what a PDF carries is all that it was made from: the library has no say in it */
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
    for (char **folder = engine->template_folders; extracted == NULL && *folder != NULL; folder++) {
        g_ptr_array_add(folders, g_strdup(*folder));
    }
    for (guint i = 0; extracted != NULL && i < SATS_EXTRACTED_FOLDERS; i++) {
        g_ptr_array_add(folders, sats_extracted_templates(extracted, i));
    }
    g_ptr_array_add(folders, NULL);
    SatsTemplateOptions options = {.folders = (const char *const *)folders->pdata,
                                   .plan_folder = wish->plan_folder,
                                   .place = wish->place};
    loaded->report = sats_report_new(sats_report_language(report));
    loaded->template_ =
        sats_template_load(wish->name, &options, loaded->sources, loaded->arena, loaded->report);
    sats_report_add_all(report, loaded->report);
    /* kept even when it has errors: findings point into its sources */
    g_ptr_array_add(engine->templates, loaded);
    if (loaded->template_ == NULL || extracted != NULL ||
        sats_report_count(loaded->report, SATS_ERROR) > 0) {
        g_free(loaded->key);
        loaded->key = g_strdup("");
    }
    return loaded;
}

int sats_engine_preload(SatsEngine *engine, const char *template_name) {
    g_autoptr(SatsReport) report = sats_report_new(engine->language);
    const SatsLoadedTemplate *loaded =
        sats_engine_template(engine, &(SatsTemplateWish){.name = template_name}, report);
    return loaded->template_ != NULL && sats_report_count(report, SATS_ERROR) == 0;
}

char *sats_engine_templates(SatsEngine *engine) {
    g_autoptr(SatsArena) arena = sats_arena_new();
    const char *const *folders = (const char *const *)engine->template_folders;
    return g_strjoinv(", ", (char **)(gsize)sats_files_names(folders, "", arena));
}

char *sats_engine_describe(SatsEngine *engine, const char *template_name, const char *plan_folder,
                           SatsDescription what, char **out_message) {
    g_autoptr(SatsReport) report = sats_report_new(engine->language);
    SatsTemplateWish wish = {.name = template_name,
                             .plan_folder = plan_folder != NULL ? plan_folder : "."};
    const SatsLoadedTemplate *loaded = sats_engine_template(engine, &wish, report);
    if (loaded->template_ == NULL || sats_report_count(report, SATS_ERROR) > 0) {
        if (out_message != NULL) {
            *out_message = sats_report_to_text(report, FALSE);
        }
        return NULL;
    }
    switch (what) {
    case SATS_DESCRIBE_SCHEMA:
        return sats_template_schema(loaded->template_);
    case SATS_DESCRIBE_SCAFFOLD:
        return sats_template_scaffold(loaded->template_, template_name);
    case SATS_DESCRIBE_REFERENCE:
        return sats_template_reference(loaded->template_, engine->language);
    }
    return NULL;
}
