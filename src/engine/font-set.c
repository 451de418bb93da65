/* engine/font-set.c: fonts, shapers and hyphenators, kept for the plans to come. */
#include "engine/engine-private.h"
#include "template/built-in.h"

void sats_font_set_free(gpointer data) {
    SatsFontSet *set = data;
    for (guint i = 0; i < set->n_typesetters; i++) {
        sats_shaper_free(set->typesetters[i].shaper);
        sats_hyphenator_free(set->typesetters[i].hyphenator);
    }
    sats_fonts_free(set->fonts);
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

static GPtrArray *font_folders(const SatsEngine *engine, const char *const *more) {
    GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(folders, g_build_filename(engine->data_folder, "fonts", NULL));
    for (; more != NULL && *more != NULL; more++) {
        g_ptr_array_add(folders, g_strdup(*more));
    }
    g_ptr_array_add(folders, NULL);
    return folders;
}

static const guint32 *known_index(const void *bytes, gsize size) {
    SatsFrozenFacts known;
    return sats_frozen_facts(sats_built_in, bytes, size, &known) ? known.index : NULL;
}

SatsFontSet *sats_font_set_new(const SatsEngine *engine, const char *const *more, GError **error) {
    g_autoptr(GPtrArray) folders = font_folders(engine, more);
    g_autofree char *dictionary =
        g_build_filename(engine->data_folder, "templates", "hyphenation", "hyph_sv_SE.dic", NULL);
    g_autoptr(SatsFonts) fonts = sats_fonts_new((const char *const *)folders->pdata, error);
    SatsHyphenator *hyphenator =
        fonts == NULL ? NULL : sats_hyphenator_new(dictionary, known_index, error);
    if (hyphenator == NULL) {
        return NULL;
    }
    SatsFontSet *set = g_new0(SatsFontSet, 1);
    set->key = g_strjoinv("\n", (char **)folders->pdata);
    set->fonts = g_steal_pointer(&fonts);
    add_typesetters(set, hyphenator, engine->threads);
    return set;
}

const SatsFontSet *sats_engine_fonts(SatsEngine *engine, const SatsTheme *theme, GError **error) {
    sats_engine_end_warm_up(engine);
    const char *const *more = sats_theme_font_folders(theme);
    g_autoptr(GPtrArray) folders = font_folders(engine, more);
    g_autofree char *key = g_strjoinv("\n", (char **)folders->pdata);
    for (guint i = 0; i < engine->font_sets->len; i++) {
        const SatsFontSet *set = g_ptr_array_index(engine->font_sets, i);
        if (g_str_equal(set->key, key)) {
            return set;
        }
    }
    SatsFontSet *set = sats_font_set_new(engine, more, error);
    if (set != NULL) {
        g_ptr_array_add(engine->font_sets, set);
    }
    return set;
}
