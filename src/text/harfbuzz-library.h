/* text/harfbuzz-library.h: HarfBuzz, loaded when fonts are opened.
 *
 * Most words are put together without it (pairs.h), and fonts are opened beside what comes before
 * layout. Linked in, HarfBuzz and what it needs, six libraries, would hold up every start. So it is
 * opened by name, once a process, and called through this table, whose members are the functions of
 * its headers without their prefix. */
#ifndef SATS_TEXT_HARFBUZZ_LIBRARY_H
#define SATS_TEXT_HARFBUZZ_LIBRARY_H

#include <glib.h>
#include <hb-ot.h>
#include <hb.h>

#define SATS_HARFBUZZ_FUNCTIONS(X)                                                                 \
    X(blob_create)                                                                                 \
    X(blob_destroy)                                                                                \
    X(blob_get_data)                                                                               \
    X(blob_get_length)                                                                             \
    X(buffer_add_utf8)                                                                             \
    X(buffer_clear_contents)                                                                       \
    X(buffer_create)                                                                               \
    X(buffer_destroy)                                                                              \
    X(buffer_get_glyph_infos)                                                                      \
    X(buffer_get_glyph_positions)                                                                  \
    X(buffer_get_script)                                                                           \
    X(buffer_get_segment_properties)                                                               \
    X(buffer_guess_segment_properties)                                                             \
    X(buffer_set_direction)                                                                        \
    X(buffer_set_language)                                                                         \
    X(buffer_set_script)                                                                           \
    X(face_builder_add_table)                                                                      \
    X(face_builder_create)                                                                         \
    X(face_create)                                                                                 \
    X(face_destroy)                                                                                \
    X(face_get_glyph_count)                                                                        \
    X(face_get_table_tags)                                                                         \
    X(face_get_upem)                                                                               \
    X(face_reference_blob)                                                                         \
    X(face_reference_table)                                                                        \
    X(font_create)                                                                                 \
    X(font_destroy)                                                                                \
    X(font_get_face)                                                                               \
    X(font_get_glyph_h_advance)                                                                    \
    X(font_get_nominal_glyph)                                                                      \
    X(font_make_immutable)                                                                         \
    X(language_from_string)                                                                        \
    X(ot_metrics_get_position)                                                                     \
    X(ot_name_get_utf8)                                                                            \
    X(set_add)                                                                                     \
    X(shape)                                                                                       \
    X(shape_plan_create_cached)                                                                    \
    X(shape_plan_destroy)                                                                          \
    X(shape_plan_execute)                                                                          \
    X(style_get_value)                                                                             \
    X(tag_from_string)                                                                             \
    X(version_string)

typedef struct {
#define SATS_HARFBUZZ_MEMBER(name) __typeof__(hb_##name) *name;
    SATS_HARFBUZZ_FUNCTIONS(SATS_HARFBUZZ_MEMBER)
#undef SATS_HARFBUZZ_MEMBER
} SatsHarfBuzz;

/* To be called only after a load that said TRUE: where there are SatsFonts, there was one. */
extern SatsHarfBuzz sats_hb;

/* Any thread may ask; never unloaded. FALSE with SATS_SYSTEM_ERROR_INTERNAL where there is no
 * HarfBuzz on this machine, or one too old. */
gboolean sats_harfbuzz_load(GError **error);

#endif
