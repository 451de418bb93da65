/* text/itemise.h: which face shows which part of a text, where one face is not enough.
 *
 * Life: new(fonts) -> split … -> free. One thread at a time; several may exist at once. */
#ifndef SATS_TEXT_ITEMISE_H
#define SATS_TEXT_ITEMISE_H

#include "text/font.h"

typedef struct SatsItemiser SatsItemiser;

/* One stretch of text in one face. is_unknown: in a script that plansats does not set (right to
 * left), or one that needs Pango on a machine without. */
typedef struct {
    const SatsFace *face;
    guint start, end; /* bytes */
    gboolean is_unknown;
} SatsItem;

SatsItemiser *sats_itemiser_new(SatsFonts *fonts);
void sats_itemiser_free(SatsItemiser *itemiser);

/* Whether the text has characters that one face without itemising may get wrong: right-to-left and
 * Indic scripts, CJK, emoji, variation selectors, joiners and marks of direction. */
gboolean sats_itemiser_needs_scripts(const char *text, gsize length);

/* Splits `text` into items in its order, covering all of it; *out_items is the itemiser's, valid
 * until the next call. `text` must be NUL-terminated at `length`. */
guint sats_itemiser_split(SatsItemiser *itemiser, const SatsFace *face, const char *text,
                          gsize length, const SatsItem **out_items);

#endif
