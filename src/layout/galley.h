/* layout/galley.h: the vertical list that pages are broken from.
 *
 * Every block becomes items of a galley: boxes, glue (white space that vanishes at a page break),
 * and break points with a penalty. A break point may be a *discretionary*: it may set something at
 * the top of the next page when chosen (a table's head, "(forts.)"), through its `resume`. Boxes
 * may call footnotes, which take room at the foot of the page they fall on. The page builder
 * (layout/pages.h) chooses among the break points; nothing else breaks pages.
 *
 * Pages are only broken at BREAK items. A galley without any is unbreakable.
 */
#ifndef SATS_LAYOUT_GALLEY_H
#define SATS_LAYOUT_GALLEY_H

#include "layout/box.h"
#include "template/theme.h"

typedef enum {
    SATS_GALLEY_BOX,
    SATS_GALLEY_GLUE,
    SATS_GALLEY_BREAK,
    SATS_GALLEY_EJECT
} SatsGalleyKind;

/* Penalties. FORBIDDEN is broken only when nothing else can be done (and then warned about). */
#define SATS_PENALTY_NONE      0.0F
#define SATS_PENALTY_POOR      150.0F
#define SATS_PENALTY_BAD       1000.0F
#define SATS_PENALTY_FORBIDDEN 1000000.0F

typedef struct SatsResume SatsResume;
/* What is set at the top of the page after a break. `height_pt` is known at once; `make` builds the
 * box when the break is chosen. Embed as first member. */
struct SatsResume {
    float height_pt;
    const SatsBox *(*make)(const SatsResume *resume, SatsArena *arena);
};

/* A footnote set in a box, ready for the foot of a page. */
typedef struct SatsNoteBox {
    const SatsNode *note;
    const SatsBox *box;             /* one box; height includes the space between notes */
    const struct SatsNoteBox *next; /* further notes called from the same galley box */
} SatsNoteBox;

/* What the pages from an eject on have in common. */
typedef struct {
    const SatsPageKind *page;
    const SatsRunningLine *head; /* running head of their own; NULL the document's */
    const SatsBox *again;        /* at the top of all of them but the first; NULL nothing */
    gboolean soft; /* turns the page, or back: no page begins where it is so already */
} SatsEject;

typedef struct {
    guint8 kind;     /* SatsGalleyKind */
    guint8 fill;     /* GLUE: takes what is left of the page */
    float height_pt; /* BOX, GLUE */
    float penalty;   /* BREAK */
    float x_pt;      /* BOX: from the live area's left edge */
    union {
        const SatsBox *box;
        const SatsResume *resume; /* BREAK; NULL none */
        const SatsEject *eject;   /* EJECT */
    } as;
    const SatsNoteBox *notes; /* BOX */
} SatsGalleyItem;

typedef struct {
    SatsGalleyItem *items;
    guint n_items, capacity;
    SatsArena *arena; /* of the boxes; the item array itself is malloc'd */
} SatsGalley;

void sats_galley_init(SatsGalley *galley, SatsArena *arena);
void sats_galley_clear(SatsGalley *galley);

void sats_galley_box(SatsGalley *galley, const SatsBox *box, float x_pt, const SatsNoteBox *notes);
/* Space between blocks: consecutive glues count as the larger, not the sum. */
void sats_galley_space(SatsGalley *galley, float height_pt);
void sats_galley_fill(SatsGalley *galley);
void sats_galley_break(SatsGalley *galley, float penalty, const SatsResume *resume);
/* A new page; `eject` is copied. Soft ones that turn back and forth with nothing between are none.
 */
void sats_galley_eject(SatsGalley *galley, const SatsEject *eject);
/* Adds all items of another galley, as if they were made here. `other` must begin with a box of no
 * height, which stands for what comes before and is left out. Where nothing does, there is no break
 * before the first box. */
void sats_galley_append(SatsGalley *galley, const SatsGalley *other);
/* Forbids the breaks between the first and the last box from item `first` on: what they make stays
 * on one page. Breaks before and after it are left as they are. */
void sats_galley_keep(SatsGalley *galley, guint first);
/* Height of all boxes and glue. */
float sats_galley_height_pt(const SatsGalley *galley);

/* ---- building boxes ---- */

/* A growing list of items; finish copies it into a box. */
typedef struct {
    GArray *items; /* of SatsItem */
    SatsArena *arena;
} SatsBoxBuilder;
void sats_box_builder_init(SatsBoxBuilder *builder, SatsArena *arena);
void sats_box_builder_clear(SatsBoxBuilder *builder);
void sats_box_line(SatsBoxBuilder *builder, const SatsNode *owner, SatsLine *line, float x,
                   float y);
void sats_box_artifact_line(SatsBoxBuilder *builder, int artifact, const SatsNode *owner,
                            SatsLine *line, float x, float y);
void sats_box_rule(SatsBoxBuilder *builder, float x, float y, float x2, float y2, float width_pt,
                   guint32 rgb);
void sats_box_dotted(SatsBoxBuilder *builder, float x, float y, float x2, float width_pt,
                     guint32 rgb);
void sats_box_fill(SatsBoxBuilder *builder, float x, float y, float width, float height,
                   guint32 rgb);
void sats_box_item(SatsBoxBuilder *builder, const SatsItem *item);
/* Copies all of a box's items, moved by dx, dy. */
void sats_box_merge(SatsBoxBuilder *builder, const SatsBox *box, float dx, float dy);
/* Empties the builder. The box lives in the arena. */
SatsBox *sats_box_finish(SatsBoxBuilder *builder, float width_pt, float height_pt);

/* ---- galleys side by side: table rows, columns ---- */

typedef struct {
    const SatsGalley *galley;
    float x_pt; /* left edge, relative to the row */
    float y_pt; /* top of the content, relative to the row's top (padding) */
} SatsFlow;

/* Part of several galleys side by side, between two heights at which none of them has a box that
 * straddles. Slices add up: the first begins at 0, the last ends at the total height. */
typedef struct {
    float top_pt, bottom_pt; /* in the undivided row's coordinates */
    float penalty;           /* of breaking after this slice (last: 0) */
    SatsBox *box; /* items relative to top_pt; items of flow i come before those of i+1 */
    const SatsNoteBox *notes;
} SatsSlice;

/* Cuts flows that stand side by side into slices, as many as can be. `height_pt` is the whole row's
 * height (at least the tallest flow and its padding). With `whole` TRUE gives one slice. */
SatsSlice *sats_flows_slice(const SatsFlow *flows, guint n_flows, float height_pt, gboolean whole,
                            SatsArena *arena, guint *out_n);

#endif
