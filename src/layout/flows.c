/* layout/flows.c: galleys side by side, cut into slices.
 *
 * A table row is several galleys next to each other, and it may have to continue on the next page.
 * The row is thought of undivided, each flow's boxes at their heights. A cut is possible at any
 * height that no box straddles; the slice between two neighbouring cuts is then an ordinary box,
 * and the heights of slices add up, so that the page builder can treat a row as a list like any
 * other. (The alternative, asking "split this row at h" while pages are built, would make the cost
 * of a page depend on where the page before it ended.)
 *
 * A cut's penalty is the dearest of what the flows say there: inside a flow it is that flow's break
 * point at this height, FORBIDDEN where it has none; before a flow's first box or after its last it
 * is free of charge. As a flow's first line alone says little, cuts before any flow has two boxes
 * above are left to the flows' own widow rules.
 */
#include "layout/galley.h"

/* Candidate: below a box of some flow. */
typedef struct {
    float y;
    float penalty;
} Cut;

#define EPSILON_PT 0.02F

/* One flow's boxes with their tops, read in order while slices are filled. */
typedef struct {
    const SatsFlow *flow;
    guint next;
    float y;
} Reader;

static gint compare_floats(gconstpointer a, gconstpointer b) {
    float x = *(const float *)a;
    float y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Heights below every box, sorted, without doubles; the last is the row's height. */
static GArray *candidate_heights(const SatsFlow *flows, guint n_flows, float height_pt) {
    GArray *all = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint i = 0; i < n_flows; i++) {
        float y = flows[i].y_pt;
        for (guint j = 0; j < flows[i].galley->n_items; j++) {
            const SatsGalleyItem *item = &flows[i].galley->items[j];
            y += item->height_pt;
            if (item->kind == SATS_GALLEY_BOX && y < height_pt - EPSILON_PT) {
                g_array_append_val(all, y);
            }
        }
    }
    g_array_sort(all, compare_floats);
    guint kept = 0;
    for (guint i = 0; i < all->len; i++) {
        float y = g_array_index(all, float, i);
        if (kept == 0 || y > g_array_index(all, float, kept - 1) + EPSILON_PT) {
            g_array_index(all, float, kept++) = y;
        }
    }
    g_array_set_size(all, kept);
    return all;
}

/* Marks in `penalties` what one flow says of each height: straddled heights become -1. One pass. */
static void judge_flow(const SatsFlow *flow, const GArray *heights, float *penalties) {
    float y = flow->y_pt;
    guint h = 0;
    float pending = 0; /* penalty of the gap we stand in; free before the first box */
    const SatsGalley *galley = flow->galley;
    guint last_box = 0;
    for (guint j = 0; j < galley->n_items; j++) {
        last_box = galley->items[j].kind == SATS_GALLEY_BOX ? j : last_box;
    }
    for (guint j = 0; j < galley->n_items; j++) {
        const SatsGalleyItem *item = &galley->items[j];
        float bottom = y + item->height_pt;
        if (item->kind == SATS_GALLEY_BREAK) {
            pending = item->penalty;
        } else if (item->kind == SATS_GALLEY_BOX) {
            for (; h < heights->len && g_array_index(heights, float, h) <= y + EPSILON_PT; h++) {
                penalties[h] = penalties[h] < 0 ? -1 : MAX(penalties[h], pending);
            }
            for (; h < heights->len && g_array_index(heights, float, h) < bottom - EPSILON_PT;
                 h++) {
                penalties[h] = -1;
            }
            pending = j == last_box ? 0 : SATS_PENALTY_FORBIDDEN;
        }
        y = bottom;
    }
}

static Cut *find_cuts(const SatsFlow *flows, guint n_flows, float height_pt, guint *out_n) {
    g_autoptr(GArray) heights = candidate_heights(flows, n_flows, height_pt);
    g_autofree float *penalties = g_new0(float, heights->len + 1);
    for (guint i = 0; i < n_flows; i++) {
        judge_flow(&flows[i], heights, penalties);
    }
    Cut *cuts = g_new(Cut, heights->len + 1);
    guint n = 0;
    for (guint i = 0; i < heights->len; i++) {
        if (penalties[i] >= 0) {
            cuts[n++] = (Cut){g_array_index(heights, float, i), penalties[i]};
        }
    }
    cuts[n++] = (Cut){height_pt, 0};
    *out_n = n;
    return cuts;
}

/* Notes chains are shared with the cells' own galleys: copied, so that they can be joined. */
static const SatsNoteBox **append_notes(const SatsNoteBox **tail, const SatsNoteBox *notes,
                                        SatsArena *arena) {
    for (; notes != NULL; notes = notes->next) {
        SatsNoteBox *copy = sats_arena_memdup(arena, notes, sizeof *notes);
        copy->next = NULL;
        *tail = copy;
        tail = &copy->next;
    }
    return tail;
}

/* Takes from a flow the boxes that end above `bottom`. */
static const SatsNoteBox **fill_slice(Reader *reader, float top, float bottom,
                                      SatsBoxBuilder *builder, const SatsNoteBox **tail) {
    const SatsGalley *galley = reader->flow->galley;
    while (reader->next < galley->n_items) {
        const SatsGalleyItem *item = &galley->items[reader->next];
        if (item->kind == SATS_GALLEY_BOX) {
            if (reader->y + item->height_pt > bottom + EPSILON_PT) {
                break;
            }
            sats_box_merge(builder, item->as.box, reader->flow->x_pt + item->x_pt, reader->y - top);
            tail = append_notes(tail, item->notes, builder->arena);
        }
        reader->y += item->height_pt;
        reader->next++;
    }
    return tail;
}

SatsSlice *sats_flows_slice(const SatsFlow *flows, guint n_flows, float height_pt, gboolean whole,
                            SatsArena *arena, guint *out_n) {
    guint n = 1;
    Cut single = {height_pt, 0};
    g_autofree Cut *found = whole ? NULL : find_cuts(flows, n_flows, height_pt, &n);
    const Cut *cuts = whole ? &single : found;
    SatsSlice *slices = sats_arena_new_array(arena, SatsSlice, n);
    g_autofree Reader *readers = g_new0(Reader, n_flows);
    for (guint i = 0; i < n_flows; i++) {
        readers[i] = (Reader){.flow = &flows[i], .y = flows[i].y_pt};
    }
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, arena);
    float top = 0;
    for (guint s = 0; s < n; s++) {
        SatsSlice *slice = &slices[s];
        slice->top_pt = top;
        slice->bottom_pt = cuts[s].y;
        slice->penalty = cuts[s].penalty;
        /* the last slice takes all that is left, also what is taller than the row was said to be */
        float bottom = s + 1 == n ? G_MAXFLOAT : cuts[s].y;
        const SatsNoteBox **tail = &slice->notes;
        for (guint i = 0; i < n_flows; i++) {
            tail = fill_slice(&readers[i], top, bottom, &builder, tail);
        }
        slice->box = sats_box_finish(&builder, 0, slice->bottom_pt - top);
        top = slice->bottom_pt;
    }
    sats_box_builder_clear(&builder);
    *out_n = n;
    return slices;
}
