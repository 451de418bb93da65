/* layout/box.h: what is placed: items in boxes, boxes on pages.
 *
 * A box is a piece of page that is never divided: a line of text, a slice of a table row, a rule.
 * Its items stand relative to the box's top left corner. Each item points at the document node it
 * shows, or is an artifact. Boxes are immutable once they are in a galley, except that page numbers
 * are filled in when all pages are known (layout/resolve.h).
 */
#ifndef SATS_LAYOUT_BOX_H
#define SATS_LAYOUT_BOX_H

#include "base/graphic.h"
#include "document/image.h"
#include "document/node.h"
#include "text/paragraph.h"

typedef enum {
    SATS_ITEM_LINE, /* a line of text; baseline at y */
    SATS_ITEM_RULE, /* straight line from x,y to x2,y2 */
    SATS_ITEM_FILL, /* filled and/or stroked rectangle with rounded corners */
    SATS_ITEM_PATH, /* any path, coordinates relative to x,y */
    SATS_ITEM_IMAGE,
    SATS_ITEM_FIELD, /* signature field: owner is the FORM node */
    SATS_ITEM_TURN,  /* a box drawn turned about x,y by `degrees` (clockwise) */
} SatsItemKind;

#define SATS_ITEM_CONTENT 255 /* `artifact` of an item that is content */

typedef struct SatsItem SatsItem;
typedef struct {
    float width_pt, height_pt;
    SatsItem *items;
    guint n_items;
} SatsBox;

typedef struct {
    float x2, y2, width_pt;
    guint32 rgb;
    float dash_on_pt, dash_off_pt; /* 0: solid; dotted rules: 0.6 on 1.8 off */
} SatsRuleItem;

typedef struct {
    float width_pt, height_pt, radius_pt, stroke_pt;
    gint32 fill_rgb, stroke_rgb; /* -1 none */
} SatsFillItem;

typedef struct {
    const SatsPathStep *steps;
    guint n_steps;
    gint32 fill_rgb, stroke_rgb;
    float stroke_pt, dash_on_pt, dash_off_pt;
    gboolean round;
} SatsPathItem;

struct SatsItem {
    guint8 kind;     /* SatsItemKind */
    guint8 artifact; /* SatsArtifact (paint/device.h), or SATS_ITEM_CONTENT */
    guint16 order;   /* content of non-text items: position among the owner's kids */
    float x, y;
    const SatsNode
        *owner; /* LINE: the text block; the fragments' tags (SatsRun) name inline owners */
    union {
        SatsLine *line;
        const SatsRuleItem *rule;
        const SatsFillItem *fill;
        const SatsPathItem *path;
        struct {
            const SatsImage *image;
            float width_pt, height_pt;
        } * image;
        struct {
            float width_pt, height_pt;
        } * field;
        struct {
            const SatsBox *box;
            float degrees;
        } * turn;
    } as;
};

typedef struct {
    const SatsBox *box;
    float x_pt, y_pt;
} SatsPlaced;

#endif
