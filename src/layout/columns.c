/* layout/columns.c: blocks side by side, and one flow balanced over several columns. */
#include <string.h>

#include "layout/context.h"

/* As asked for, but at least half of the width is left for the columns. */
static float gap_of(SatsContext *context, const SatsColumns *columns, guint n, float width) {
    double gap =
        columns->gap_pt > 0 ? columns->gap_pt : sats_theme_length_pt(context->theme, "columns.gap");
    return MIN((float)gap, width / (float)(2 * MAX(n, 1)));
}

/* Widths by shares of the live width less the gaps. */
static void column_widths(const SatsColumns *columns, guint n, float width, float gap, float *out) {
    double total = 0;
    for (guint i = 0; i < n; i++) {
        total += columns->shares != NULL && i < columns->n_columns ? columns->shares[i] : 1;
    }
    for (guint i = 0; i < n; i++) {
        double share = columns->shares != NULL && i < columns->n_columns ? columns->shares[i] : 1;
        out[i] = (width - gap * (float)(n - 1)) * (float)(share / total);
    }
}

static guint count_columns(const SatsNode *node) {
    guint n = 0;
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        n += child->kind == SATS_NODE_COLUMN ? 1U : 0U;
    }
    return n;
}

/* Glue and breaks at the ends of a flow are white space of the surroundings. */
static void trim_end(SatsGalley *galley) {
    while (galley->n_items > 0 && galley->items[galley->n_items - 1].kind != SATS_GALLEY_BOX) {
        galley->n_items--;
    }
}

static void trim(SatsGalley *galley) {
    trim_end(galley);
    guint first = 0;
    while (first < galley->n_items && galley->items[first].kind != SATS_GALLEY_BOX) {
        first++;
    }
    if (first > 0) {
        memmove(galley->items, galley->items + first,
                (galley->n_items - first) * sizeof(SatsGalleyItem));
        galley->n_items -= first;
    }
}

static void add_slices(SatsGalley *galley, const SatsFlow *flows, guint n_flows, SatsArena *arena) {
    float height = 0;
    for (guint i = 0; i < n_flows; i++) {
        height = MAX(height, sats_galley_height_pt(flows[i].galley));
    }
    guint n = 0;
    SatsSlice *slices = sats_flows_slice(flows, n_flows, height, FALSE, arena, &n);
    for (guint i = 0; i < n; i++) {
        sats_galley_box(galley, slices[i].box, 0, slices[i].notes);
        if (i + 1 < n) {
            sats_galley_break(galley, MAX(slices[i].penalty, SATS_PENALTY_POOR), NULL);
        }
    }
}

static void set_side_by_side(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                             SatsGalley *galley) {
    guint n = count_columns(node);
    float gap = gap_of(context, node->as.columns, n, measure->table_width_pt);
    g_autofree float *widths = g_new0(float, n);
    g_autofree SatsGalley *galleys = g_new0(SatsGalley, n);
    g_autofree SatsFlow *flows = g_new0(SatsFlow, n);
    column_widths(node->as.columns, n, measure->table_width_pt, gap, widths);
    float x = measure->table_x_pt;
    guint i = 0;
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        if (child->kind != SATS_NODE_COLUMN) {
            continue;
        }
        SatsMeasure inner = *measure;
        inner.x_pt = 0;
        inner.table_x_pt = 0;
        inner.width_pt = inner.table_width_pt = widths[i];
        sats_galley_init(&galleys[i], context->arena);
        sats_blocks_set(context, child, &inner, &galleys[i]);
        trim(&galleys[i]);
        flows[i] = (SatsFlow){.galley = &galleys[i], .x_pt = x};
        x += widths[i] + gap;
        i++;
    }
    add_slices(galley, flows, n, context->arena);
    for (i = 0; i < n; i++) {
        sats_galley_clear(&galleys[i]);
    }
}

/* ---- balanced ---- */

/* Where the columns end when none may be taller than `height`; FALSE when they do not suffice. */
static gboolean fill_columns(const SatsGalley *flow, guint n_columns, float height, guint *ends) {
    guint column = 0;
    float used = 0;
    guint last_break = 0;
    guint start = 0;
    for (guint i = 0; i < flow->n_items; i++) {
        const SatsGalleyItem *item = &flow->items[i];
        if (item->kind == SATS_GALLEY_BREAK && item->penalty < SATS_PENALTY_FORBIDDEN) {
            last_break = i;
        }
        if (item->kind == SATS_GALLEY_GLUE && i == start) {
            start++;
            continue;
        }
        used += item->height_pt;
        if (item->kind == SATS_GALLEY_BOX && used > height + 0.1F) {
            if (last_break <= start || column + 1 >= n_columns) {
                return FALSE;
            }
            ends[column++] = last_break;
            i = last_break;
            start = last_break + 1;
            used = 0;
        }
    }
    while (column < n_columns) {
        ends[column++] = flow->n_items;
    }
    return TRUE;
}

static float balanced_height(const SatsGalley *flow, guint n_columns, guint *ends) {
    float low = sats_galley_height_pt(flow) / (float)n_columns;
    float high = sats_galley_height_pt(flow);
    for (guint i = 0; i < 24; i++) {
        float middle = (low + high) / 2;
        if (fill_columns(flow, n_columns, middle, ends)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    fill_columns(flow, n_columns, high, ends);
    return high;
}

static void set_balanced(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                         SatsGalley *galley) {
    guint n = MAX(node->as.columns->n_columns, 2);
    float gap = gap_of(context, node->as.columns, n, measure->table_width_pt);
    SatsMeasure inner = *measure;
    inner.x_pt = inner.table_x_pt = 0;
    inner.width_pt = inner.table_width_pt =
        (measure->table_width_pt - gap * (float)(n - 1)) / (float)n;
    SatsGalley flow;
    sats_galley_init(&flow, context->arena);
    sats_blocks_set(context, node, &inner, &flow);
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        if (child->kind == SATS_NODE_COLUMN) {
            trim_end(&flow);
        }
    }
    trim(&flow);
    g_autofree guint *ends = g_new0(guint, n);
    balanced_height(&flow, n, ends);
    g_autofree SatsGalley *parts = g_new0(SatsGalley, n);
    g_autofree SatsFlow *flows = g_new0(SatsFlow, n);
    guint first = 0;
    for (guint i = 0; i < n; i++) {
        parts[i] = (SatsGalley){
            .items = flow.items + first, .n_items = ends[i] - first, .arena = context->arena};
        while (parts[i].n_items > 0 && parts[i].items[0].kind != SATS_GALLEY_BOX) {
            parts[i].items++;
            parts[i].n_items--;
        }
        trim_end(&parts[i]);
        flows[i] = (SatsFlow){.galley = &parts[i],
                              .x_pt = measure->table_x_pt + (float)i * (inner.width_pt + gap)};
        first = ends[i];
    }
    add_slices(galley, flows, n, context->arena);
    sats_galley_clear(&flow);
}

void sats_columns_set(SatsContext *context, const SatsNode *columns, const SatsMeasure *measure,
                      SatsGalley *galley) {
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    if (columns->as.columns->balanced) {
        set_balanced(context, columns, measure, galley);
    } else if (count_columns(columns) > 0) {
        set_side_by_side(context, columns, measure, galley);
    }
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, (float)sats_context_style(context, NULL, "body")->below_pt);
}
