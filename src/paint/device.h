/* paint/device.h: what a page is painted on.
 *
 * The painter walks the pages and calls a device; devices are the official PDF (pdf/), cairo (PNG,
 * SVG, plain PDF) and a text trace for tests. They are equals: none is told more than the others.
 * All lengths are points, origin top left of the page, y down. Colours are 0xRRGGBB.
 *
 * Everything between begin_content and end_content belongs to one element of the logical tree;
 * everything between begin_artifact and end_artifact to none. The two do not nest, and nothing is
 * painted outside them. A page's calls come in reading order as far as the page's stacking allows.
 *
 * Life: make -> { begin_page, calls …, end_page } … -> finish (of the concrete device) -> drop.
 */
#ifndef SATS_PAINT_DEVICE_H
#define SATS_PAINT_DEVICE_H

#include "base/arena.h"
#include "base/graphic.h"
#include "document/image.h"
#include "document/node.h"
#include "text/paragraph.h"

/* fill_rgb / stroke_rgb -1: none. Dashes in points, n_dashes 0: solid. Butt caps, miter joins,
 * unless round. */
typedef struct {
    gint32 fill_rgb, stroke_rgb;
    float stroke_width_pt;
    float dashes_pt[4];
    guint8 n_dashes;
    gboolean round;    /* round caps and joins */
    gboolean even_odd; /* fill by the even-odd rule; else nonzero winding */
} SatsPathStyle;

/* A run of fragments of one line that share the owner (all consecutive fragments[i].span may differ
 * in face, size, rise and colour). Fragment x positions are relative to x_pt. Boxes are not in it.
 */
typedef struct {
    const SatsFragment *fragments;
    guint n_fragments;
    double x_pt, y_pt; /* left end of the baseline at fragment x 0 */
} SatsTextRun;

typedef struct SatsDevice SatsDevice;
typedef struct {
    void (*begin_page)(SatsDevice *, double width_pt, double height_pt, const char *label);
    void (*end_page)(SatsDevice *);
    /* `order`: position among the owner's kids (run index), so that kids come in reading order even
     * where an element's content and its child elements are painted in another. */
    void (*begin_content)(SatsDevice *, const SatsNode *owner, guint order);
    void (*end_content)(SatsDevice *);
    void (*begin_artifact)(SatsDevice *, SatsArtifact artifact);
    void (*end_artifact)(SatsDevice *);
    void (*text)(SatsDevice *, const SatsTextRun *run);
    void (*path)(SatsDevice *, const SatsPathStep *steps, guint n_steps,
                 const SatsPathStyle *style);
    /* PNG or JPEG; the painter has turned SVG into paths. */
    void (*image)(SatsDevice *, const SatsImage *image, const SatsRect *rect);
    /* Affine transform [a b c d e f] (y down) until the matching pop. */
    void (*push_transform)(SatsDevice *, const double matrix[6]);
    void (*pop_transform)(SatsDevice *);
    /* Active areas; never inside content or artifact brackets. `owner` is the Link or Form node. */
    void (*link)(SatsDevice *, const SatsNode *owner, const SatsRect *rects, guint n_rects);
    void (*signature_field)(SatsDevice *, const SatsNode *owner, const SatsRect *rect);
    /* Where a link target or heading stands: the point a reader jumps to. */
    void (*anchor)(SatsDevice *, const SatsNode *node, double x_pt, double y_pt);
} SatsDeviceClass;

/* Concrete devices put this first. */
struct SatsDevice {
    const SatsDeviceClass *klass;
};

#endif
