/* layout/pages.c: the page builder: chooses where pages end, by cost over the whole list.
 *
 * The galley is cut into segments at its ejects; within a segment the builder looks for the
 * sequence of breaks of least total cost (shortest path, as Knuth and Plass do for lines). A page
 * from break p to break q costs the square root of the part of it that stays empty, much more
 * beyond a quarter, plus the penalty of q. (By the square root, one page that is a fifth empty is
 * cheaper than two that are a tenth: what is left white gathers before what could not be set, and
 * the other pages are full.) White that an easy break further down would have filled, or one no
 * dearer than the page's own, costs more: a reader sees no reason for it. The last page of a
 * segment may be short, though not with a line or two. First fit, the usual way, cannot move a
 * heading to save a signature block two pages on; this can.
 *
 * Each break is reached from those before it that would fill at most a page, so the work is the
 * number of break points times the break points on a page: linear in the document. A forbidden
 * break is a very dear one: it is only taken where a page cannot be made without it, and then
 * reported.
 *
 * What a break costs in height: the boxes and glue between, less glue next to breaks; the resume of
 * the break that begins the page (a table's head, repeated); the footnotes called on the page.
 */
#include "layout/pages.h"

#include <math.h>
#include <string.h>

#include "layout/tall.h"

#define COST_EMPTY    60.0   /* of a wholly empty page, by the square root of what is empty */
#define COST_GAP      4000.0 /* squared, of what is empty beyond the part that may be */
#define COST_PAGE     2.0    /* of one more page */
#define COST_NEEDLESS 150.0  /* of a page, all of it empty, that could have been filled */
#define COST_STUB     120.0  /* of a last page with next to nothing on it */
#define STUB_PART     0.10
#define COST_OVERFULL 1e9
#define SLACK_PT      0.05 /* rounding */

/* Breaks of one class are as good as each other for the end of a page; the penalties at most. The
 * first are the easy ones; those beyond the last count as it. */
static const float class_penalties[] = {5.0F, 15.0F, 45.0F, 90.0F, SATS_PENALTY_POOR};
#define CLASSES G_N_ELEMENTS(class_penalties)

/* A place where a page can begin and end. */
typedef struct {
    guint item;           /* the BREAK; the segment's start and end have no item of their own */
    guint start;          /* first item of the page that begins here */
    double before, after; /* height of all items before the break; before `start` */
    double ink_before;    /* height before the break without the glue that vanishes there */
    double notes_before;
    float penalty;
    const SatsResume *resume;
    double fullest[CLASSES]; /* most that a page from here on can hold that ends at such a break, or
                                at a better one; 0 unknown */
    double cost;
    int previous; /* best predecessor */
    gboolean overfull;
} Node;

typedef struct {
    const SatsGalley *galley;
    guint first, last; /* items [first, last) of the segment */
    const SatsPageKind *page;
    const SatsRunningLine *head;
    const SatsBox *again; /* at the top of its pages but the first */
    double height_pt, first_height_pt;
    double may_be_empty;   /* part of a page */
    double notes_extra_pt; /* rule and space above the footnotes of a page */
    GArray *nodes;
    gboolean ends_document;
} Segment;

/* ---- nodes ---- */

static double notes_height(const SatsNoteBox *notes) {
    double height = 0;
    for (; notes != NULL; notes = notes->next) {
        height += (double)notes->box->height_pt;
    }
    return height;
}

static guint skip_glue(const SatsGalley *galley, guint item, guint last) {
    while (item < last && galley->items[item].kind != SATS_GALLEY_BOX &&
           !(galley->items[item].kind == SATS_GALLEY_GLUE && galley->items[item].fill)) {
        item++;
    }
    return item;
}

/* Fills in `start` and `after` of a node: glue after a break vanishes. */
static void set_start(Node *node, const SatsGalley *galley, guint from, guint last) {
    node->start = skip_glue(galley, from, last);
    node->after = node->before;
    for (guint i = from; i < node->start; i++) {
        node->after += (double)galley->items[i].height_pt;
    }
}

static void collect_nodes(Segment *segment) {
    const SatsGalley *galley = segment->galley;
    Node node = {.item = segment->first, .previous = -1};
    set_start(&node, galley, segment->first, segment->last);
    node.after = 0;
    for (guint i = segment->first; i < node.start; i++) {
        node.after += (double)galley->items[i].height_pt;
    }
    g_array_append_val(segment->nodes, node);
    double height = 0;
    double ink = 0;
    double notes = 0;
    for (guint i = segment->first; i < segment->last; i++) {
        const SatsGalleyItem *item = &galley->items[i];
        if (item->kind == SATS_GALLEY_BREAK && i > node.start) {
            Node next = {.item = i,
                         .before = height,
                         .ink_before = ink,
                         .notes_before = notes,
                         .penalty = item->penalty,
                         .resume = item->as.resume,
                         .cost = G_MAXDOUBLE,
                         .previous = -1};
            set_start(&next, galley, i + 1, segment->last);
            g_array_append_val(segment->nodes, next);
        }
        height += (double)item->height_pt;
        if (item->kind == SATS_GALLEY_BOX) {
            ink = height;
            notes += notes_height(item->notes);
        }
    }
    Node end = {.item = segment->last,
                .start = segment->last,
                .before = height,
                .after = height,
                .ink_before = ink,
                .notes_before = notes,
                .cost = G_MAXDOUBLE,
                .previous = -1};
    g_array_append_val(segment->nodes, end);
}

/* ---- cost ---- */

static double page_height(const Segment *segment, guint from) {
    return from == 0 ? segment->first_height_pt : segment->height_pt;
}

static double content_height(const Segment *segment, const Node *from, const Node *to) {
    double height = to->ink_before - from->after;
    if (from->resume != NULL) {
        height += (double)from->resume->height_pt;
    }
    double notes = to->notes_before - from->notes_before;
    return MAX(height, 0) + (notes > 0 ? notes + segment->notes_extra_pt : 0);
}

static guint class_of(float penalty) {
    guint class = 0;
    while (class < CLASSES && penalty > class_penalties[class]) {
        class ++;
    }
    return class;
}

/* Finds, once, the most that a page from `from` can hold when it ends at a break of each class. */
static void find_fullest(const Segment *segment, guint from, double room) {
    Node *nodes = (Node *)(void *)segment->nodes->data;
    double *fullest = nodes[from].fullest;
    if (fullest[0] > 0) {
        return;
    }
    fullest[0] = SLACK_PT;
    for (guint to = from + 1;
         to < segment->nodes->len && nodes[to].ink_before - nodes[from].after <= room; to++) {
        double used = content_height(segment, &nodes[from], &nodes[to]);
        guint class = class_of(nodes[to].penalty);
        if (used <= room && class < CLASSES) {
            fullest[class] = MAX(fullest[class], used);
        }
    }
    for (guint i = 1; i < CLASSES; i++) {
        fullest[i] = MAX(fullest[i], fullest[i - 1]);
    }
}

static double page_cost(const Segment *segment, guint from, guint to, double room) {
    const Node *nodes = (const Node *)(const void *)segment->nodes->data;
    double used = content_height(segment, &nodes[from], &nodes[to]);
    double empty = CLAMP(1.0 - used / room, 0, 1);
    if (to + 1 == segment->nodes->len) {
        return COST_PAGE + (from > 0 && used < STUB_PART * room ? COST_STUB : 0);
    }
    double gap = MAX(0, empty - segment->may_be_empty);
    guint class = MIN(class_of(nodes[to].penalty), CLASSES - 1);
    find_fullest(segment, from, room);
    double needless = MAX(0, nodes[from].fullest[class] - used) / room;
    return COST_EMPTY * sqrt(empty) + COST_GAP * gap * gap + COST_NEEDLESS * needless + COST_PAGE +
           (double)nodes[to].penalty;
}

/* Best way to end a page at node `to`. Goes back as far as a page reaches. */
static void find_best(Segment *segment, guint to) {
    Node *nodes = (Node *)(void *)segment->nodes->data;
    double most = MAX(segment->height_pt, segment->first_height_pt);
    for (guint from = to; from-- > 0;) {
        double room = page_height(segment, from);
        double used = content_height(segment, &nodes[from], &nodes[to]);
        gboolean fits = used <= room + SLACK_PT;
        if (nodes[from].cost < G_MAXDOUBLE) {
            double cost = nodes[from].cost + page_cost(segment, from, to, room);
            cost += fits ? 0 : COST_OVERFULL * (used / room);
            if (cost < nodes[to].cost) {
                nodes[to].cost = cost;
                nodes[to].previous = (int)from;
                nodes[to].overfull = !fits;
            }
        }
        gboolean reached = nodes[to].previous >= 0;
        if (!fits && reached && nodes[to].ink_before - nodes[from].after > most) {
            break;
        }
    }
}

/* ---- placing ---- */

static void place(GArray *placed, const SatsBox *box, double x_pt, double y_pt) {
    SatsPlaced item = {.box = box, .x_pt = (float)x_pt, .y_pt = (float)y_pt};
    g_array_append_val(placed, item);
}

static const SatsBox *notes_rule(SatsContext *context) {
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    sats_box_rule(&builder, 0, 0, sats_context_length_pt(context, "footnote.rule-width"), 0,
                  sats_context_length_pt(context, "footnote.rule"),
                  sats_context_colour(context, "ink"));
    const SatsBox *box = sats_box_finish(&builder, 0, 0);
    sats_box_builder_clear(&builder);
    return box;
}

/* Footnotes stand at the foot of the live area, in the order of their calls. */
static void place_notes(SatsContext *context, const Segment *segment, const Node *from,
                        const Node *to, GArray *placed) {
    double height = to->notes_before - from->notes_before;
    if (height <= 0) {
        return;
    }
    const SatsPageKind *page = segment->page;
    double y = page->height_pt - page->bottom_pt - height;
    double gap = sats_theme_length_pt(context->theme, "footnote.rule-gap");
    place(placed, notes_rule(context), page->left_pt, y - gap);
    for (guint i = from->start; i < to->item; i++) {
        const SatsGalleyItem *item = &segment->galley->items[i];
        for (const SatsNoteBox *note = item->kind == SATS_GALLEY_BOX ? item->notes : NULL;
             note != NULL; note = note->next) {
            place(placed, note->box, page->left_pt, y);
            y += (double)note->box->height_pt;
        }
    }
}

/* Number of fills between two nodes, that share what the page has left. */
static guint count_fills(const Segment *segment, const Node *from, const Node *to) {
    guint n = 0;
    for (guint i = from->start; i < to->item; i++) {
        n += segment->galley->items[i].kind == SATS_GALLEY_GLUE && segment->galley->items[i].fill
                 ? 1U
                 : 0U;
    }
    return n;
}

static void place_page(SatsContext *context, const Segment *segment, guint from_index,
                       guint to_index, gboolean first_of_document, GArray *placed) {
    const Node *nodes = (const Node *)(const void *)segment->nodes->data;
    const Node *from = &nodes[from_index];
    const Node *to = &nodes[to_index];
    const SatsPageKind *page = segment->page;
    double room = page_height(segment, from_index);
    double y = first_of_document && from_index == 0 ? page->first_top_pt : page->top_pt;
    double left_over = MAX(0, room - content_height(segment, from, to));
    guint fills = count_fills(segment, from, to);
    if (from_index > 0 && segment->again != NULL) {
        place(placed, segment->again, page->left_pt, y);
        y += (double)segment->again->height_pt;
    }
    if (from->resume != NULL) {
        const SatsBox *box = from->resume->make(from->resume, context->arena);
        place(placed, box, page->left_pt, y);
        y += (double)from->resume->height_pt;
    }
    for (guint i = from->start; i < to->item; i++) {
        const SatsGalleyItem *item = &segment->galley->items[i];
        if (item->kind == SATS_GALLEY_BOX) {
            place(placed, item->as.box, page->left_pt + (double)item->x_pt, y);
        } else if (item->kind == SATS_GALLEY_GLUE && item->fill) {
            y += left_over / fills;
        }
        y += (double)item->height_pt;
    }
    place_notes(context, segment, from, to, placed);
}

/* The first thing on a page that has a place in the user's files. */
static const SatsPlace *place_of(const Segment *segment, const Node *from, const Node *to) {
    for (guint i = from->start; i < to->item; i++) {
        const SatsGalleyItem *item = &segment->galley->items[i];
        for (guint j = 0; item->kind == SATS_GALLEY_BOX && j < item->as.box->n_items; j++) {
            const SatsNode *owner = item->as.box->items[j].owner;
            if (owner != NULL && owner->place.source != NULL) {
                return &owner->place;
            }
        }
    }
    return NULL;
}

static void report_page(SatsContext *context, const Segment *segment, const Node *from,
                        const Node *to) {
    if (to->overfull) {
        sats_report_add(context->report, SATS_WARNING, "overfull-page", place_of(segment, from, to),
                        "what must stay together is taller than a page",
                        "det som ska hållas ihop är högre än en sida");
    }
}

static void emit_segment(SatsContext *context, Segment *segment, GArray *pages) {
    const Node *nodes = (const Node *)(const void *)segment->nodes->data;
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(int));
    for (int at = (int)segment->nodes->len - 1; at > 0; at = nodes[at].previous) {
        g_array_append_val(path, at);
    }
    int from = 0;
    for (guint i = path->len; i-- > 0;) {
        int to = g_array_index(path, int, i);
        g_autoptr(GArray) placed = g_array_new(FALSE, FALSE, sizeof(SatsPlaced));
        place_page(context, segment, (guint)from, (guint)to, pages->len == 0, placed);
        report_page(context, segment, &nodes[from], &nodes[to]);
        SatsPage page = {.kind = segment->page,
                         .head = segment->head,
                         .number = pages->len + 1,
                         .n_placed = placed->len};
        page.placed =
            sats_arena_memdup(context->arena, placed->data, placed->len * sizeof(SatsPlaced));
        g_array_append_val(pages, page);
        from = to;
    }
}

/* ---- driver ---- */

static void build_segment(SatsContext *context, Segment *segment, GArray *pages) {
    const SatsPageKind *page = segment->page;
    segment->height_pt = page->height_pt - page->top_pt - page->bottom_pt;
    segment->first_height_pt = pages->len == 0
                                   ? page->height_pt - page->first_top_pt - page->bottom_pt
                                   : segment->height_pt;
    segment->height_pt -= segment->again != NULL ? (double)segment->again->height_pt : 0;
    segment->notes_extra_pt = sats_theme_length_pt(context->theme, "footnote.above") +
                              sats_theme_length_pt(context->theme, "footnote.rule-gap");
    segment->may_be_empty = sats_theme_number(context->theme, "break.empty");
    segment->nodes = g_array_new(FALSE, TRUE, sizeof(Node));
    collect_nodes(segment);
    g_array_index(segment->nodes, Node, 0).cost = 0;
    for (guint i = 1; i < segment->nodes->len; i++) {
        find_best(segment, i);
    }
    emit_segment(context, segment, pages);
    g_array_unref(segment->nodes);
}

static gboolean has_ink(const SatsGalley *galley, guint first, guint last) {
    for (guint i = first; i < last; i++) {
        if (galley->items[i].kind == SATS_GALLEY_BOX) {
            return TRUE;
        }
    }
    return FALSE;
}

static void build_segments(SatsContext *context, const SatsGalley *galley,
                           const SatsPageKind *first_page, guint max_pages, GArray *pages) {
    const SatsPageKind *page = first_page;
    const SatsRunningLine *head = NULL;
    const SatsBox *again = NULL;
    guint first = 0;
    for (guint i = 0; i <= galley->n_items && pages->len <= max_pages; i++) {
        if (i < galley->n_items && galley->items[i].kind != SATS_GALLEY_EJECT) {
            continue;
        }
        if (has_ink(galley, first, i)) {
            Segment segment = {.galley = galley,
                               .first = first,
                               .last = i,
                               .page = page,
                               .head = head,
                               .again = again};
            build_segment(context, &segment, pages);
        }
        if (i < galley->n_items) {
            page = galley->items[i].as.eject->page;
            head = galley->items[i].as.eject->head;
            again = galley->items[i].as.eject->again;
            first = i + 1;
        }
    }
}

void sats_pages_build(SatsContext *context, const SatsGalley *galley,
                      const SatsPageKind *first_page, guint max_pages, GArray *pages) {
    SatsGalley divided;
    sats_galley_init(&divided, context->arena);
    build_segments(context, sats_tall_divide(context, galley, first_page, &divided), first_page,
                   max_pages, pages);
    sats_galley_clear(&divided);
    if (pages->len == 0) { /* a file without pages is none */
        SatsPage empty = {.kind = first_page, .number = 1};
        g_array_append_val(pages, empty);
    }
}
