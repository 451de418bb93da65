/* engine/unchanged.c: is the file that stands there already what a render would make?
 *
 * Every official PDF carries in its metadata a hash of all that went into it: the plan, its
 * template, theme and pictures, the fonts, the sources of the program, the libraries that shape
 * words and write the file, the options. When a render would have the same hash, it would make the
 * same bytes, and there is nothing to do; unless the file has been damaged since.
 */
#include <unistd.h>

#include "base/file.h"
#include "engine/engine-private.h"
#include "pdf/made-from.h"

#define MAX_OLD_BYTES ((gsize)1 << 30)

static void add_bytes(GChecksum *sum, const SatsPlan *plan, const SatsAttachment *file) {
    SatsFrozenFacts known;
    gboolean is_known = sats_plan_facts(plan, file->bytes, file->size, &known);
    g_autofree char *digest = is_known ? NULL : sats_bytes_digest(file->bytes, file->size);
    sats_hash_add(sum, file->name, is_known ? known.sha256 : digest);
}

/* The engine's own fonts by the list of hashes beside them, where there is one: reading them all
 * would take longer than many a plan. */
static void add_own_fonts(GChecksum *sum, SatsEngine *engine) {
    g_autofree char *list = g_build_filename(engine->data_folder, "fonts", "SHA256SUMS", NULL);
    g_autofree char *folder = g_build_filename(engine->data_folder, "fonts", NULL);
    gboolean listed = g_file_test(list, G_FILE_TEST_IS_REGULAR);
    g_autofree char *digest = sats_engine_digest(engine, listed ? list : folder);
    sats_hash_add(sum, "fonts", digest != NULL ? digest : "");
}

static void add_engine_files(GChecksum *sum, const SatsPlan *plan) {
    static const char *const FILES[] = {"hyphenation/hyph_sv_SE.dic", "icc/srgb.icc"};
    add_own_fonts(sum, plan->engine);
    for (guint i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *path =
            g_build_filename(plan->engine->data_folder, "templates", FILES[i], NULL);
        g_autofree char *digest = sats_engine_digest(plan->engine, path);
        sats_hash_add(sum, FILES[i], digest != NULL ? digest : "");
    }
    const SatsTheme *theme = plan->loaded != NULL && plan->loaded->template_ != NULL
                                 ? plan->loaded->template_->theme
                                 : NULL;
    const char *const *folders = theme != NULL ? sats_theme_font_folders(theme) : NULL;
    for (; folders != NULL && *folders != NULL; folders++) {
        g_autofree char *digest = sats_engine_digest(plan->engine, *folders);
        sats_hash_add(sum, "theme fonts", digest != NULL ? digest : "");
    }
}

void sats_plan_made_from(SatsPlan *plan, const SatsRenderOptions *options, SatsMadeFrom *in_out) {
    if (in_out->hash != NULL) {
        return;
    }
    sats_engine_end_warm_up(plan->engine);
    in_out->files = sats_plan_attachments(plan, in_out->arena, &in_out->n_files);
    g_autoptr(GChecksum) sum = sats_hash_begin(sats_engine_sources(), options);
    g_autofree char *libraries = sats_pdf_libraries();
    sats_hash_add(sum, "libraries", libraries);
    sats_hash_add(sum, "compared", plan->compared != NULL ? plan->compared : "");
    add_engine_files(sum, plan);
    for (guint i = 0; i < in_out->n_files; i++) {
        add_bytes(sum, plan, &in_out->files[i]);
    }
    in_out->hash = sats_arena_strdup(in_out->arena, g_checksum_get_string(sum));
}

gboolean sats_plan_is_unchanged(SatsPlan *plan, const SatsRenderOptions *options, const char *path,
                                SatsMadeFrom *made_from) {
    if (options->force || options->format != SATS_FORMAT_PDF || plan->document == NULL) {
        return FALSE;
    }
    int descriptor = sats_file_open(path, MAX_OLD_BYTES, NULL);
    if (descriptor < 0) {
        return FALSE;
    }
    sats_plan_made_from(plan, options, made_from);
    gboolean same = sats_pdf_is_made_from(descriptor, made_from->hash);
    close(descriptor);
    return same;
}
