/* paint/paint.c: pages of placed boxes → calls on a device. */
#include "paint/paint.h"

#include <math.h>

#include "paint/svg.h"

#define CIRCLE_HANDLE 0.5522847F /* of the radius: a quarter circle as a Bézier curve */

/* The areas of one link on the page being painted. */
typedef struct {
    const SatsNode *owner;
    GArray *rects;
} LinkAreas;

typedef struct {
    SatsDevice *device;
    const SatsNode *open_owner; /* of the content bracket that is open; NULL none */
    int open_artifact;          /* of the artifact bracket that is open; -1 none */
    guint8 *anchored;           /* by node id: its anchor has been told */
    guint n_nodes;
    GArray *links;    /* LinkAreas, in order of first appearance */
    gboolean turned;  /* within a transform: links would be misplaced */
    gboolean grounds; /* the pass that paints only what lies under everything else */
} Painter;

/* ---- brackets ---- */

static void close_bracket(Painter *painter) {
    if (painter->open_owner != NULL) {
        painter->device->klass->end_content(painter->device);
    } else if (painter->open_artifact >= 0) {
        painter->device->klass->end_artifact(painter->device);
    }
    painter->open_owner = NULL;
    painter->open_artifact = -1;
}

static void open_artifact(Painter *painter, int artifact) {
    if (painter->open_artifact == artifact) {
        return;
    }
    close_bracket(painter);
    painter->device->klass->begin_artifact(painter->device, (SatsArtifact)artifact);
    painter->open_artifact = artifact;
}

/* Consecutive content of one element is one bracket. */
static void open_content(Painter *painter, const SatsNode *owner, guint order) {
    if (painter->open_owner == owner) {
        return;
    }
    close_bracket(painter);
    painter->device->klass->begin_content(painter->device, owner, order);
    painter->open_owner = owner;
}

static void open_for(Painter *painter, const SatsItem *item) {
    if (item->artifact != SATS_ITEM_CONTENT) {
        open_artifact(painter, item->artifact);
    } else {
        open_content(painter, item->owner, item->order);
    }
}

/* ---- anchors and links ---- */

static gboolean is_target(const SatsNode *node) {
    return node->kind == SATS_NODE_HEADING || node->kind == SATS_NODE_TABLE ||
           node->kind == SATS_NODE_FIGURE || node->kind == SATS_NODE_NOTE ||
           node->kind == SATS_NODE_SECTION;
}

static void tell_anchors(Painter *painter, const SatsNode *owner, double x, double y) {
    for (; owner != NULL && owner->id < painter->n_nodes && !painter->anchored[owner->id];
         owner = owner->parent) {
        painter->anchored[owner->id] = 1;
        if (is_target(owner)) {
            painter->device->klass->anchor(painter->device, owner, x, y);
        }
    }
}

static gboolean is_link(const SatsNode *owner) {
    return owner != NULL && (owner->kind == SATS_NODE_LINK || owner->kind == SATS_NODE_REFERENCE) &&
           owner->as.link != NULL &&
           (owner->as.link->uri != NULL || owner->as.link->target != NULL ||
            owner->as.link->note != NULL);
}

static void add_link_area(Painter *painter, const SatsNode *owner, const SatsRect *rect) {
    for (guint i = painter->links->len; i-- > 0;) {
        LinkAreas *areas = &g_array_index(painter->links, LinkAreas, i);
        if (areas->owner == owner) {
            g_array_append_vals(areas->rects, rect, 1);
            return;
        }
        if (painter->links->len - i > 8) {
            break; /* a link's lines come close together */
        }
    }
    LinkAreas areas = {.owner = owner, .rects = g_array_new(FALSE, FALSE, sizeof(SatsRect))};
    g_array_append_vals(areas.rects, rect, 1);
    g_array_append_val(painter->links, areas);
}

static void tell_links(Painter *painter) {
    for (guint i = 0; i < painter->links->len; i++) {
        LinkAreas *areas = &g_array_index(painter->links, LinkAreas, i);
        painter->device->klass->link(painter->device, areas->owner,
                                     (const SatsRect *)(const void *)areas->rects->data,
                                     areas->rects->len);
        g_array_unref(areas->rects);
    }
    g_array_set_size(painter->links, 0);
}

/* ---- items ---- */

static const SatsNode *inline_owner(const SatsFragment *fragment) {
    const SatsRun *run = fragment->span->tag;
    return run == NULL ? NULL : run->owner;
}

static guint run_order(const SatsNode *block, const SatsFragment *fragment) {
    const SatsRun *run = fragment->span->tag;
    return block != NULL && run >= block->runs && run < block->runs + block->n_runs
               ? (guint)(run - block->runs)
               : 0;
}

static void paint_stretch(Painter *painter, const SatsItem *item, guint first, guint last, double x,
                          double y) {
    const SatsFragment *fragments = item->as.line->fragments;
    const SatsNode *owner = inline_owner(&fragments[first]);
    if (item->artifact != SATS_ITEM_CONTENT) {
        open_artifact(painter, item->artifact);
    } else {
        open_content(painter, owner != NULL ? owner : item->owner,
                     run_order(item->owner, &fragments[first]));
    }
    SatsTextRun run = {
        .fragments = &fragments[first], .n_fragments = last - first, .x_pt = x, .y_pt = y};
    painter->device->klass->text(painter->device, &run);
    if (item->artifact == SATS_ITEM_CONTENT && !painter->turned && is_link(owner)) {
        double left = (double)fragments[first].x_pt;
        double right = (double)(fragments[last - 1].x_pt + fragments[last - 1].width_pt);
        double size = (double)fragments[first].span->size_pt;
        double rise = (double)fragments[first].span->rise_pt;
        add_link_area(painter, owner,
                      &(SatsRect){x + left, y - rise - 0.9 * size, right - left, 1.2 * size});
    }
}

/* A line is painted in stretches of one owner; boxes were drawn as items of their own. */
static void paint_line(Painter *painter, const SatsItem *item, double x, double y) {
    const SatsLine *line = item->as.line;
    guint i = 0;
    while (i < line->n_fragments) {
        if (line->fragments[i].shape == NULL) {
            i++;
            continue;
        }
        guint first = i++;
        const SatsNode *owner = inline_owner(&line->fragments[first]);
        while (i < line->n_fragments && line->fragments[i].shape != NULL &&
               inline_owner(&line->fragments[i]) == owner) {
            i++;
        }
        paint_stretch(painter, item, first, i, x, y);
    }
}

static void paint_rule(Painter *painter, const SatsItem *item, double dx, double dy) {
    const SatsRuleItem *rule = item->as.rule;
    SatsPathStep steps[2] = {{.op = SATS_PATH_MOVE}, {.op = SATS_PATH_LINE}};
    steps[0].x[0] = (float)((double)item->x + dx);
    steps[0].y[0] = (float)((double)item->y + dy);
    steps[1].x[0] = (float)((double)rule->x2 + dx);
    steps[1].y[0] = (float)((double)rule->y2 + dy);
    SatsPathStyle style = {
        .fill_rgb = -1, .stroke_rgb = (gint32)rule->rgb, .stroke_width_pt = rule->width_pt};
    if (rule->dash_on_pt > 0) {
        style.dashes_pt[0] = rule->dash_on_pt;
        style.dashes_pt[1] = rule->dash_off_pt;
        style.n_dashes = 2;
    }
    painter->device->klass->path(painter->device, steps, 2, &style);
}

static SatsPathStep step_to(SatsPathOp op, float x, float y) {
    return (SatsPathStep){.op = (guint8)op, .x = {x}, .y = {y}};
}

static SatsPathStep curve_to(float x1, float y1, float x2, float y2, float x3, float y3) {
    return (SatsPathStep){.op = SATS_PATH_CURVE, .x = {x1, x2, x3}, .y = {y1, y2, y3}};
}

static guint rounded_steps(SatsPathStep *s, float x, float y, float w, float h, float r) {
    float k = r * (1 - CIRCLE_HANDLE);
    guint n = 0;
    s[n++] = step_to(SATS_PATH_MOVE, x + r, y);
    s[n++] = step_to(SATS_PATH_LINE, x + w - r, y);
    s[n++] = curve_to(x + w - k, y, x + w, y + k, x + w, y + r);
    s[n++] = step_to(SATS_PATH_LINE, x + w, y + h - r);
    s[n++] = curve_to(x + w, y + h - k, x + w - k, y + h, x + w - r, y + h);
    s[n++] = step_to(SATS_PATH_LINE, x + r, y + h);
    s[n++] = curve_to(x + k, y + h, x, y + h - k, x, y + h - r);
    s[n++] = step_to(SATS_PATH_LINE, x, y + r);
    s[n++] = curve_to(x, y + k, x + k, y, x + r, y);
    s[n++] = step_to(SATS_PATH_CLOSE, 0, 0);
    return n;
}

static void paint_fill(Painter *painter, const SatsItem *item, double dx, double dy) {
    const SatsFillItem *fill = item->as.fill;
    SatsPathStep steps[10];
    guint n = 0;
    float x = (float)((double)item->x + dx);
    float y = (float)((double)item->y + dy);
    if (fill->radius_pt > 0) {
        n = rounded_steps(steps, x, y, fill->width_pt, fill->height_pt, fill->radius_pt);
    } else {
        steps[n++] = step_to(SATS_PATH_MOVE, x, y);
        steps[n++] = step_to(SATS_PATH_LINE, x + fill->width_pt, y);
        steps[n++] = step_to(SATS_PATH_LINE, x + fill->width_pt, y + fill->height_pt);
        steps[n++] = step_to(SATS_PATH_LINE, x, y + fill->height_pt);
        steps[n++] = step_to(SATS_PATH_CLOSE, 0, 0);
    }
    SatsPathStyle style = {.fill_rgb = fill->fill_rgb,
                           .stroke_rgb = fill->stroke_rgb,
                           .stroke_width_pt = fill->stroke_pt};
    painter->device->klass->path(painter->device, steps, n, &style);
}

static void paint_path(Painter *painter, const SatsItem *item, double dx, double dy) {
    const SatsPathItem *path = item->as.path;
    g_autofree SatsPathStep *steps = g_memdup2(path->steps, path->n_steps * sizeof *steps);
    for (guint i = 0; i < path->n_steps; i++) {
        for (guint j = 0; j < 3; j++) {
            steps[i].x[j] += (float)((double)item->x + dx);
            steps[i].y[j] += (float)((double)item->y + dy);
        }
    }
    SatsPathStyle style = {.fill_rgb = path->fill_rgb,
                           .stroke_rgb = path->stroke_rgb,
                           .stroke_width_pt = path->stroke_pt,
                           .round = path->round};
    if (path->dash_on_pt > 0) {
        style.dashes_pt[0] = path->dash_on_pt;
        style.dashes_pt[1] = path->dash_off_pt;
        style.n_dashes = 2;
    }
    painter->device->klass->path(painter->device, steps, path->n_steps, &style);
}

static void paint_image(Painter *painter, const SatsItem *item, double dx, double dy) {
    const SatsImage *image = item->as.image->image;
    SatsRect rect = {(double)item->x + dx, (double)item->y + dy, (double)item->as.image->width_pt,
                     (double)item->as.image->height_pt};
    if (image->kind == SATS_IMAGE_SVG) {
        sats_svg_paint(image, painter->device, &rect);
    } else {
        painter->device->klass->image(painter->device, image, &rect);
    }
}

static void paint_box(Painter *painter, const SatsBox *box, double dx, double dy);

static void paint_turn(Painter *painter, const SatsItem *item, double dx, double dy) {
    double angle = (double)item->as.turn->degrees * G_PI / 180.0;
    double c = cos(angle);
    double s = sin(angle);
    double matrix[6] = {c, s, -s, c, (double)item->x + dx, (double)item->y + dy};
    gboolean before = painter->turned;
    close_bracket(painter);
    painter->device->klass->push_transform(painter->device, matrix);
    painter->turned = TRUE;
    paint_box(painter, item->as.turn->box, 0, 0);
    close_bracket(painter);
    painter->device->klass->pop_transform(painter->device);
    painter->turned = before;
}

static void paint_field(Painter *painter, const SatsItem *item, double dx, double dy) {
    SatsRect rect = {(double)item->x + dx, (double)item->y + dy, (double)item->as.field->width_pt,
                     (double)item->as.field->height_pt};
    close_bracket(painter);
    painter->device->klass->signature_field(painter->device, item->owner, &rect);
}

static void paint_item(Painter *painter, const SatsItem *item, double dx, double dy) {
    switch ((SatsItemKind)item->kind) {
    case SATS_ITEM_LINE:
        paint_line(painter, item, (double)item->x + dx, (double)item->y + dy);
        break;
    case SATS_ITEM_RULE:
        open_for(painter, item);
        paint_rule(painter, item, dx, dy);
        break;
    case SATS_ITEM_FILL:
        open_for(painter, item);
        paint_fill(painter, item, dx, dy);
        break;
    case SATS_ITEM_PATH:
        open_for(painter, item);
        paint_path(painter, item, dx, dy);
        break;
    case SATS_ITEM_IMAGE:
        open_for(painter, item);
        paint_image(painter, item, dx, dy);
        break;
    case SATS_ITEM_FIELD:
        paint_field(painter, item, dx, dy);
        break;
    case SATS_ITEM_TURN:
        paint_turn(painter, item, dx, dy);
        break;
    }
}

/* The watermark, then tints and other grounds, come first on a page: nothing covers a neighbour's
 * rule. */
static gboolean is_ground(const SatsItem *item) {
    return (item->kind == SATS_ITEM_FILL && item->artifact == SATS_ARTIFACT_LAYOUT) ||
           item->artifact == SATS_ARTIFACT_PAGINATION_WATERMARK;
}

static void paint_box(Painter *painter, const SatsBox *box, double dx, double dy) {
    for (guint i = 0; i < box->n_items; i++) {
        const SatsItem *item = &box->items[i];
        if (!painter->turned && is_ground(item) != painter->grounds) {
            continue;
        }
        if (item->artifact == SATS_ITEM_CONTENT && !painter->turned && item->owner != NULL) {
            tell_anchors(painter, item->owner, dx, dy);
        }
        paint_item(painter, item, dx, dy);
    }
}

static void paint_page(Painter *painter, const SatsPage *page) {
    SatsDevice *device = painter->device;
    device->klass->begin_page(device, page->kind->width_pt, page->kind->height_pt, page->label);
    for (guint pass = 0; pass < 2; pass++) {
        painter->grounds = pass == 0;
        for (guint i = 0; i < page->n_placed; i++) {
            const SatsPlaced *placed = &page->placed[i];
            paint_box(painter, placed->box, (double)placed->x_pt, (double)placed->y_pt);
        }
    }
    close_bracket(painter);
    tell_links(painter);
    device->klass->end_page(device);
}

void sats_paint(const SatsPages *pages, guint n_nodes, guint first, guint last,
                SatsDevice *device) {
    Painter painter = {.device = device, .open_artifact = -1, .n_nodes = n_nodes};
    painter.anchored = g_new0(guint8, n_nodes + 1);
    painter.links = g_array_new(FALSE, FALSE, sizeof(LinkAreas));
    last = last == 0 ? pages->n_pages : MIN(last, pages->n_pages);
    for (guint i = MAX(first, 1); i <= last; i++) {
        paint_page(&painter, &pages->pages[i - 1]);
    }
    g_array_unref(painter.links);
    g_free(painter.anchored);
}
