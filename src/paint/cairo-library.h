/* paint/cairo-library.h: cairo, loaded when a page is first drawn by it.
 *
 * The official PDF needs no cairo. Linked in, cairo and what it needs (X11 among it) would be
 * loaded by every run. So it is opened by name, once a process, and called through this table,
 * whose members are the functions of cairo's headers without their prefix.
 */
#ifndef SATS_PAINT_CAIRO_LIBRARY_H
#define SATS_PAINT_CAIRO_LIBRARY_H

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <ft2build.h>
#include <glib.h>
#include FT_FREETYPE_H

#define SATS_CAIRO_FUNCTIONS(X)                                                                    \
    X(append_path)                                                                                 \
    X(close_path)                                                                                  \
    X(copy_path)                                                                                   \
    X(create)                                                                                      \
    X(curve_to)                                                                                    \
    X(destroy)                                                                                     \
    X(fill)                                                                                        \
    X(fill_preserve)                                                                               \
    X(font_face_destroy)                                                                           \
    X(font_face_reference)                                                                         \
    X(font_face_set_user_data)                                                                     \
    X(font_options_create)                                                                         \
    X(font_options_destroy)                                                                        \
    X(font_options_set_antialias)                                                                  \
    X(font_options_set_hint_metrics)                                                               \
    X(font_options_set_hint_style)                                                                 \
    X(ft_font_face_create_for_ft_face)                                                             \
    X(get_matrix)                                                                                  \
    X(get_source)                                                                                  \
    X(glyph_path)                                                                                  \
    X(image_surface_create)                                                                        \
    X(image_surface_get_data)                                                                      \
    X(image_surface_get_height)                                                                    \
    X(image_surface_get_stride)                                                                    \
    X(image_surface_get_width)                                                                     \
    X(line_to)                                                                                     \
    X(matrix_init)                                                                                 \
    X(move_to)                                                                                     \
    X(new_path)                                                                                    \
    X(paint)                                                                                       \
    X(path_destroy)                                                                                \
    X(path_extents)                                                                                \
    X(pattern_set_extend)                                                                          \
    X(pdf_surface_create_for_stream)                                                               \
    X(pdf_surface_set_metadata)                                                                    \
    X(pdf_surface_set_page_label)                                                                  \
    X(pdf_surface_set_size)                                                                        \
    X(rectangle)                                                                                   \
    X(restore)                                                                                     \
    X(save)                                                                                        \
    X(scale)                                                                                       \
    X(set_dash)                                                                                    \
    X(set_fill_rule)                                                                               \
    X(set_font_face)                                                                               \
    X(set_font_options)                                                                            \
    X(set_font_size)                                                                               \
    X(set_line_cap)                                                                                \
    X(set_line_join)                                                                               \
    X(set_line_width)                                                                              \
    X(set_source_rgb)                                                                              \
    X(set_source_surface)                                                                          \
    X(show_page)                                                                                   \
    X(show_text_glyphs)                                                                            \
    X(status)                                                                                      \
    X(status_to_string)                                                                            \
    X(stroke_preserve)                                                                             \
    X(surface_destroy)                                                                             \
    X(surface_finish)                                                                              \
    X(surface_flush)                                                                               \
    X(surface_mark_dirty)                                                                          \
    X(surface_set_mime_data)                                                                       \
    X(surface_status)                                                                              \
    X(svg_surface_create_for_stream)                                                               \
    X(transform)                                                                                   \
    X(translate)

/* FreeType is cairo's own already. */
#define SATS_FREETYPE_FUNCTIONS(X)                                                                 \
    X(Done_Face)                                                                                   \
    X(Done_FreeType)                                                                               \
    X(Init_FreeType)                                                                               \
    X(New_Memory_Face)

typedef struct {
#define SATS_CAIRO_MEMBER(name) __typeof__(cairo_##name) *name;
    SATS_CAIRO_FUNCTIONS(SATS_CAIRO_MEMBER)
#undef SATS_CAIRO_MEMBER
} SatsLibcairo;

typedef struct {
#define SATS_FREETYPE_MEMBER(name) __typeof__(FT_##name) *name;
    SATS_FREETYPE_FUNCTIONS(SATS_FREETYPE_MEMBER)
#undef SATS_FREETYPE_MEMBER
} SatsFreeType;

/* To be called only after a load that said TRUE. */
extern SatsLibcairo sats_libcairo;
extern SatsFreeType sats_freetype;

/* Any thread may ask; never unloaded. FALSE with SATS_SYSTEM_ERROR_INTERNAL where there is no cairo
 * on this machine, or one too old. */
gboolean sats_libcairo_load(GError **error);

#endif
