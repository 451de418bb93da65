/* text/pango-library.h: Pango, loaded when a text first needs it.
 *
 * Swedish text is itemised without Pango; only right-to-left and Indic scripts, CJK, emoji and the
 * like ask for it. Linked in, Pango and what it needs would be loaded by every run: thirteen
 * libraries. So it is opened by name, once a process, and called through this table, whose members
 * have the names and types of Pango's headers. */
#ifndef SATS_TEXT_PANGO_LIBRARY_H
#define SATS_TEXT_PANGO_LIBRARY_H

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>

/* Looked up in libpangoft2 and the libraries it is linked with: libpango, libgobject, fontconfig.
 */
#define SATS_PANGO_FUNCTIONS(X)                                                                    \
    X(FcConfigCreate)                                                                              \
    X(FcConfigAppFontAddFile)                                                                      \
    X(FcConfigDestroy)                                                                             \
    X(FcPatternGetString)                                                                          \
    X(g_object_unref)                                                                              \
    X(g_type_check_instance_is_a)                                                                  \
    X(pango_attr_list_new)                                                                         \
    X(pango_attr_list_unref)                                                                       \
    X(pango_context_set_font_description)                                                          \
    X(pango_context_set_language)                                                                  \
    X(pango_context_set_round_glyph_positions)                                                     \
    X(pango_fc_font_get_pattern)                                                                   \
    X(pango_fc_font_get_type)                                                                      \
    X(pango_fc_font_map_set_config)                                                                \
    X(pango_font_description_free)                                                                 \
    X(pango_font_description_new)                                                                  \
    X(pango_font_description_set_absolute_size)                                                    \
    X(pango_font_description_set_family)                                                           \
    X(pango_font_description_set_style)                                                            \
    X(pango_font_description_set_weight)                                                           \
    X(pango_font_map_create_context)                                                               \
    X(pango_ft2_font_map_new)                                                                      \
    X(pango_ft2_font_map_set_resolution)                                                           \
    X(pango_item_free)                                                                             \
    X(pango_itemize_with_base_dir)                                                                 \
    X(pango_language_from_string)

typedef struct {
#define SATS_PANGO_MEMBER(name) __typeof__(name) *name;
    SATS_PANGO_FUNCTIONS(SATS_PANGO_MEMBER)
#undef SATS_PANGO_MEMBER
} SatsPango;

/* NULL when Pango is not on this machine. Any thread may ask; never unloaded. */
const SatsPango *sats_pango(void);

#endif
