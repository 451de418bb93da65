/* engine/unchanged.c: is the file that stands there already what a render would make?
 *
 * Every official PDF carries in its metadata a hash of all that went into it: the plan, its
 * template, theme and pictures, the fonts, the version, the options. When a render would have the
 * same hash, it would make the same bytes, and there is nothing to do.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "engine/engine-private.h"
#include "version.h"

/* As pdf/metadata.c writes it. */
#define HASH_BEGIN    "inputHash>"
#define MAX_OLD_BYTES ((gsize)1 << 30)

/* Fonts and hyphenation patterns by name and size; the folder's own list of hashes where it has
 * one. */
static void add_fonts(GChecksum *sum, const char *data_folder) {
    static const char *const FILES[] = {"fonts/SHA256SUMS", "templates/hyphenation/hyph_sv_SE.dic",
                                        "templates/icc/srgb.icc"};
    for (guint i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *path = g_build_filename(data_folder, FILES[i], NULL);
        g_autofree char *text = NULL;
        gsize size = 0;
        if (i == 0 && g_file_get_contents(path, &text, &size, NULL)) {
            g_checksum_update(sum, (const guchar *)text, (gssize)size);
            continue;
        }
        GStatBuf status;
        g_autofree char *line = g_strdup_printf(
            "%s %lld\n", FILES[i], g_stat(path, &status) == 0 ? (long long)status.st_size : -1LL);
        g_checksum_update(sum, (const guchar *)line, -1);
    }
}

const char *sats_plan_input_hash(SatsPlan *plan, const SatsRenderOptions *options,
                                 SatsArena *arena) {
    guint n = 0;
    const SatsAttachment *files = sats_plan_attachments(plan, arena, &n);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *how =
        g_strdup_printf("%s\n%d %d %d %d %d %s\n", SATS_VERSION, (int)options->format,
                        options->final_, options->archive_a2a, options->first_page,
                        options->last_page, options->date != NULL ? options->date : "");
    g_checksum_update(sum, (const guchar *)how, -1);
    g_checksum_update(sum, (const guchar *)(plan->compared != NULL ? plan->compared : ""), -1);
    add_fonts(sum, plan->engine->data_folder);
    for (guint i = 0; i < n; i++) {
        g_autofree char *head =
            g_strdup_printf("%s %" G_GSIZE_FORMAT "\n", files[i].name, files[i].size);
        g_checksum_update(sum, (const guchar *)head, -1);
        g_checksum_update(sum, files[i].bytes, (gssize)files[i].size);
    }
    return sats_arena_strdup(arena, g_checksum_get_string(sum));
}

gboolean sats_plan_is_unchanged(SatsPlan *plan, const SatsRenderOptions *options,
                                const char *path) {
    if (options->force || options->format != SATS_FORMAT_PDF || plan->document == NULL) {
        return FALSE;
    }
    GMappedFile *file = g_mapped_file_new(path, FALSE, NULL);
    if (file == NULL) {
        return FALSE;
    }
    g_autoptr(SatsArena) arena = sats_arena_new();
    const char *bytes = g_mapped_file_get_contents(file);
    gsize size = g_mapped_file_get_length(file);
    gboolean same = FALSE;
    if (bytes != NULL && size < MAX_OLD_BYTES) {
        g_autofree char *wanted =
            g_strconcat(HASH_BEGIN, sats_plan_input_hash(plan, options, arena), "<", NULL);
        gsize tail = MIN(size, 32);
        same = memmem(bytes, size, wanted, strlen(wanted)) != NULL &&
               memmem(bytes + size - tail, tail, "%%EOF", 5) != NULL;
    }
    g_mapped_file_unref(file);
    return same;
}
