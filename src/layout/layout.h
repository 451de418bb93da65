/* layout/layout.h: a document becomes pages of placed boxes.
 *
 * Layout walks the document once and turns every block into galley items (context.h, table.h, …),
 * breaks the galley into pages by cost (pages.c), fills in page numbers, and sets running heads,
 * feet, watermark. It does no I/O and changes nothing in the document.
 *
 * Life: sats_layout() -> paint the pages -> sats_pages_free().
 */
#ifndef SATS_LAYOUT_LAYOUT_H
#define SATS_LAYOUT_LAYOUT_H

#include "layout/galley.h"

#define SATS_MAX_PAGES 20000U /* of a document */

typedef struct {
    const SatsPageKind *kind;
    guint number;                /* from 1 */
    const char *label;           /* page label */
    const SatsRunningLine *head; /* a section's own running head; NULL the document's */
    const SatsPlaced *placed;
    guint n_placed;
} SatsPage;

typedef struct {
    SatsPage *pages;
    guint n_pages;
    SatsArena *arena;
} SatsPages;

/* What one thread sets text with. */
typedef struct {
    SatsShaper *shaper;
    SatsHyphenator *hyphenator; /* NULL: no division */
} SatsTypesetter;

typedef struct {
    SatsTypesetter typesetter;
    const SatsTypesetter *more; /* for further threads, a thread each, which a long document makes
                                   use of; says nothing of the pages: they are the same */
    guint n_more;
    guint max_pages; /* limit; 0: SATS_MAX_PAGES */
} SatsLayoutOptions;

/* Findings (a word wider than its column, a row taller than a page, a character no font has) go to
 * `report`. NULL with `error` when a font is missing or a limit is passed. */
SatsPages *sats_layout(const SatsDocument *document, const SatsTheme *theme,
                       const SatsLayoutOptions *options, SatsReport *report, GError **error);
void sats_pages_free(SatsPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsPages, sats_pages_free)

/* For --stage=pages: what stands where, as text. Caller frees. */
char *sats_pages_dump(const SatsPages *pages);

#endif
