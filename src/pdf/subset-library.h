/* pdf/subset-library.h: HarfBuzz's subsetter, loaded when a file's fonts are written. See
 * text/harfbuzz-library.h. */
#ifndef SATS_PDF_SUBSET_LIBRARY_H
#define SATS_PDF_SUBSET_LIBRARY_H

#include <glib.h>
#include <hb-subset.h>

#define SATS_SUBSET_FUNCTIONS(X)                                                                   \
    X(input_create_or_fail)                                                                        \
    X(input_destroy)                                                                               \
    X(input_glyph_set)                                                                             \
    X(input_set)                                                                                   \
    X(input_set_flags)                                                                             \
    X(or_fail)

typedef struct {
#define SATS_SUBSET_MEMBER(name) __typeof__(hb_subset_##name) *name;
    SATS_SUBSET_FUNCTIONS(SATS_SUBSET_MEMBER)
#undef SATS_SUBSET_MEMBER
} SatsSubset;

/* To be called only after a load that said TRUE. */
extern SatsSubset sats_hb_subset;

/* Any thread may ask; never unloaded. FALSE with SATS_SYSTEM_ERROR_INTERNAL where there is none on
 * this machine, or one too old. */
gboolean sats_subset_load(GError **error);

#endif
