/* engine/font-set.c: fonts, shapers and hyphenators, kept for the plans to come. */
#include "engine/engine-private.h"

void sats_font_set_free(gpointer data) {
    SatsFontSet *set = data;
    for (guint i = 0; i < set->n_typesetters; i++) {
        sats_shaper_free(set->typesetters[i].shaper);
        sats_hyphenator_free(set->typesetters[i].hyphenator);
    }
    g_clear_pointer(&set->fonts, sats_fonts_free);
    g_free(set->key);
    g_free(set);
}

/* One for each thread: shapes and divided words are kept without locks. The patterns of hyphenation
 * are shared. */
static void add_typesetters(SatsFontSet *set, SatsHyphenator *hyphenator, guint n) {
    for (guint i = 0; i < MIN(n, SATS_MAX_TYPESETTERS); i++) {
        set->typesetters[i] = (SatsTypesetter){
            .shaper = sats_shaper_new(set->fonts),
            .hyphenator = i == 0 ? hyphenator : sats_hyphenator_new_like(hyphenator)};
        set->n_typesetters++;
    }
}

static SatsFontSet *font_set_new(const SatsEngine *engine, const char *const *folders,
                                 const char *key, GError **error) {
    g_autofree char *dictionary =
        g_build_filename(engine->data_folder, "templates", "hyphenation", "hyph_sv_SE.dic", NULL);
    SatsFonts *fonts = sats_fonts_new(folders, error);
    SatsHyphenator *hyphenator = fonts == NULL ? NULL : sats_hyphenator_new(dictionary, error);
    if (hyphenator == NULL) {
        g_clear_pointer(&fonts, sats_fonts_free);
        return NULL;
    }
    SatsFontSet *set = g_new0(SatsFontSet, 1);
    set->key = g_strdup(key);
    set->fonts = fonts;
    add_typesetters(set, hyphenator, engine->threads);
    return set;
}

const SatsFontSet *sats_engine_fonts(SatsEngine *engine, const SatsTheme *theme, GError **error) {
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(folders, g_build_filename(engine->data_folder, "fonts", NULL));
    for (const char *const *f = sats_theme_font_folders(theme); f != NULL && *f != NULL; f++) {
        g_ptr_array_add(folders, g_strdup(*f));
    }
    g_ptr_array_add(folders, NULL);
    g_autofree char *key = g_strjoinv("\n", (char **)folders->pdata);
    for (guint i = 0; i < engine->font_sets->len; i++) {
        const SatsFontSet *set = g_ptr_array_index(engine->font_sets, i);
        if (g_str_equal(set->key, key)) {
            return set;
        }
    }
    SatsFontSet *set = font_set_new(engine, (const char *const *)folders->pdata, key, error);
    if (set != NULL) {
        g_ptr_array_add(engine->font_sets, set);
    }
    return set;
}
